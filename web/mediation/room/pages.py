"""A room as a page: the newest lines, a form that works without script, and older lines on request."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from community.codes import new_code
from community.errors import Hidden, Refused, TooOften, Unfit
from community.people.models import Person
from mediation.evidence.rules import BROUGHT
from mediation.privacy.logging import note_room
from mediation.room import commands
from mediation.room.card_rules import LAID_IN
from mediation.room.denying import denied
from mediation.room.models import Room, RoomQuiet
from mediation.room.queries import PAGE, Entry, history, rooms_of, unread, visible_room
from mediation.room.quiet import quiets
from mediation.room.repeating import Repeated
from mediation.room.rules import MOST, OF_PARTIES, RoomKind, Voice
from mediation.room.watermark import mark_of
from web.forms import Filled, read
from web.mediation.room.answered import answering_of
from web.mediation.room.board import Board
from web.mediation.room.forms import RecallForm, SayForm
from web.mediation.room.joining import live
from web.mediation.room.show import Look, look, row
from web.mediation.room.talk import TOO_MANY
from web.page import done, page
from web.person import now, signed_in
from web.tasks import spawn

NOTHING: Final[Mapping[str, object]] = {}


async def show(request: Request) -> Response:
    """Show the newest lines, or those before a number, and note that they were read."""
    person, entry = await enter(request)
    before = _number(request, "before")
    if before is None and entry.seat:
        await commands.seen(entry.room, entry.room.last_seq, by=person)
    return await _page(request, person, entry, None, before=before)


async def say(request: Request) -> Response:
    """Take words without script and show the room again."""
    person, entry = await enter(request)
    filled = await read(request, SayForm)
    if filled.data is None:
        return await _page(request, person, entry, filled)
    hold_back(request, person)
    try:
        await commands.send(
            entry.room.code,
            filled.data.client_id,
            filled.data.text,
            reply_to=filled.data.reply_to,
            sure=filled.data.sure,
            by=person,
            at=now(request),
        )
    except Unfit as wrong:
        return await _page(request, person, entry, filled.with_error(wrong), sure=isinstance(wrong, Repeated))
    return done(f"{address(entry)}#f-text")


async def recall(request: Request) -> Response:
    """Take back one's own words."""
    person, entry = await enter(request)
    filled = await read(request, RecallForm)
    if filled.data is None:
        raise Refused("没有看明白要撤回哪一条，请回到调解室再按一次。")
    await commands.recall(entry.room.code, filled.data.seq, by=person, at=now(request))
    return done(address(entry))


async def present(request: Request) -> tuple[Person, Entry]:
    """Return who does something in a room, and the room as they may see it; nothing of it is shown."""
    person = signed_in(request)
    code, room = request.path_params["code"], request.path_params["room"]
    try:
        return person, await visible_room(person, code, room, at=now(request))
    except Hidden:  # noted beside the answer, which takes as long for a room that does not exist
        spawn(denied(room, by=person, at=now(request)), name="denied")
        raise


async def enter(request: Request) -> tuple[Person, Entry]:
    """Return who reads, and the room as they may see it; that they read it is noted."""
    person, entry = await present(request)
    if entry.seat:
        await note_room(entry.room, entry.seat.voice, by=person, at=now(request))
    return person, entry


async def _page(
    request: Request,
    person: Person,
    entry: Entry,
    filled: Filled[SayForm] | None,
    *,
    before: int | None = None,
    sure: bool = False,
) -> Response:
    lines = await history(entry, before=before)
    room = entry.room
    mediates = entry.seat is not None and entry.seat.voice is Voice.MEDIATOR
    said = await answering_of(entry.seat, lines)
    rows = [
        row(each, mine=each.author_id == person.id, at=now(request), mediates=mediates, answering=said)
        for each in lines
    ]
    view = {
        "room": room,
        "entry": entry,
        "rows": rows,
        "address": address(entry),
        "last": room.last_seq,
        "older": lines[0].seq if len(lines) == PAGE else None,
        "before": before,
        "tabs": await _tabs(person, entry, request),
        "look": look_of(room, person),
        "errors": filled.errors if filled else NOTHING,
        "typed": _typed(request, filled),
        "most": MOST,
        "sure": sure,
        "mediates": mediates,
        "brings": _brings(entry),
        "lays": room.kind in LAID_IN,
        "mark": mark_of(room, person) if room.kind is RoomKind.CAUCUS else "",
        "at": now(request),
        "alone": room.kind is RoomKind.CAUCUS,
        "hushed": [each for each in await _quiets(entry, request) if mediates or each.person_id == person.id],
        "quiets": mediates and room.kind is RoomKind.JOINT,
    }
    return await page(request, "mediation/room/show.html", view, status=422 if filled else 200)


async def _quiets(entry: Entry, request: Request) -> list[RoomQuiet]:
    """Return who was asked to say nothing for a while; only where everybody talks together somebody can be."""
    asked = entry.room.kind is RoomKind.JOINT and entry.talks
    return await quiets(entry.room, at=now(request)) if asked else []


def _brings(entry: Entry) -> bool:
    """Return whether the reader may bring evidence from here: a party, together or alone with whoever mediates."""
    voiced = entry.seat is not None and entry.seat.voice in OF_PARTIES
    return voiced and entry.room.kind in (RoomKind.JOINT, RoomKind.CAUCUS) and entry.room.case.state in BROUGHT


def _typed(request: Request, filled: Filled[SayForm] | None) -> Mapping[str, object]:
    """Return what the form holds: what was typed, but a fresh name for words whose name was no good."""
    fresh = {"text": "", "client_id": new_code(), "reply_to": _number(request, "reply")}
    if filled is None:
        return fresh
    good = {name for name in fresh if name == "text" or name not in filled.errors}
    return fresh | {name: filled.value(name) for name in good}


async def _tabs(person: Person, entry: Entry, request: Request) -> list[tuple[Room, Look, int]]:
    """Return the rooms of the case in which the reader sits, with how much is unread; no other is ever named."""
    rooms = await rooms_of(person, entry.room.case, at=now(request))
    waiting = await unread(person, rooms)
    return [(room, look_of(room, person), 0 if room == entry.room else waiting[room.id]) for room in rooms]


def look_of(room: Room, person: Person) -> Look:
    """Return how a room (with its party) looks to somebody."""
    party = room.party
    return look(room, party, party.person.name if party and party.person else "", reader_id=person.id)


def hold_back(request: Request, person: Person) -> None:
    """Raise `TooOften` when somebody says too much at a time."""
    board: Board = request.app.state.board
    if seconds := board.wait(person.id):
        raise TooOften(TOO_MANY, seconds=seconds)


def address(entry: Entry) -> str:
    """Return where a room is."""
    return f"/cases/{entry.room.case.code}/rooms/{entry.room.code}"


def _number(request: Request, name: str) -> int | None:
    typed = request.query_params.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None  # noqa: PLR2004 - 31 bits


routes = [
    WebSocketRoute("/cases/{code}/rooms/{room}/live", live, name="room-live"),
    Route("/cases/{code}/rooms/{room}", show, name="room"),
    Route("/cases/{code}/rooms/{room}", say, methods=["POST"]),
    Route("/cases/{code}/rooms/{room}/recall", recall, methods=["POST"], name="room-recall"),
]
