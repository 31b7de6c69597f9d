"""A socket comes to a room: who it is, whether they may, and that nothing of the request is kept while they stay."""

from starlette.websockets import WebSocket

from community.errors import Hidden
from community.people.models import Person, Session
from mediation.privacy.logging import note_room
from mediation.room.denying import denied
from mediation.room.models import Room
from mediation.room.queries import visible_room
from web.mediation.room.board import Board
from web.mediation.room.ends import ENDED, SIGNED_OUT, UNSEEN, End, close
from web.mediation.room.talk import Talk
from web.page import prefs_of
from web.person import now
from web.sockets import stayer
from web.tasks import spawn


async def live(socket: WebSocket) -> None:
    """Serve one socket from its first to its last frame."""
    board: Board = socket.app.state.board
    try:
        session, person, room = await _who(socket)  # before the other side knows it is in, so that it misses no line
    except End as early:
        await socket.accept()
        await close(socket, early)
        return
    await socket.accept()
    talk = Talk(board, session.id, person, room, prefs_of(socket).lang)
    stay = stayer(socket.scope)
    if stay:  # the layers around the request end now, and what they held is free
        stay(talk.live)
    else:
        await talk.live(socket)


async def _who(socket: WebSocket) -> tuple[Session, Person, Room]:
    person, session = socket.state.person, socket.state.session
    if person is None:
        raise End(SIGNED_OUT)
    code, room_code = socket.path_params["code"], socket.path_params["room"]
    try:
        entry = await visible_room(person, code, room_code, at=now(socket))
    except Hidden as hidden:
        spawn(denied(room_code, by=person, at=now(socket)), name="denied")
        raise End(UNSEEN) from hidden
    if entry.seat is None:
        raise End(ENDED)
    await note_room(entry.room, entry.seat.voice, by=person, at=now(socket))
    return session, person, entry.room
