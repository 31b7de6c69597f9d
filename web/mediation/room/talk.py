"""One socket in a room: its right is checked on joining, at every frame that comes in and before each that goes out.

Nothing queues for a slow reader: the socket keeps the number it has delivered and reads on from there.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from community.errors import Hidden, Refused
from community.people.models import Person, Session
from community.people.queries import alive
from mediation.privacy.logging import note_room
from mediation.room import commands
from mediation.room.denying import denied
from mediation.room.models import Room
from mediation.room.queries import Line, entry_of, visible_room
from mediation.room.repeating import Repeated
from mediation.room.rules import Voice
from web.locale import say
from web.mediation.room.board import Board
from web.mediation.room.ends import ENDED, FLOOD, SIGNED_OUT, SLOW, UNSEEN, End, close, outcome
from web.mediation.room.feed import Feed
from web.mediation.room.forms import Resume, Seen, Send, Typing, named, parse
from web.mediation.room.limits import Window
from web.page import prefs_of
from web.person import now
from web.sockets import pusher
from web.tasks import spawn
from web.text import clean
from web.words import N_

PATIENCE: Final = 10.0  # seconds in which a reader must take a frame
SILENCE: Final = 1.0  # seconds in which a new socket may say from where it resumes
NOTING: Final = 2.0  # seconds between two notes of how far somebody has read
FAR: Final = 500  # lines behind which a reader is told to fetch the page instead
FRAME_RULES: Final = ((100, 10),)
FULL: Final = "30"
NAMED: Final = 30  # names of those who are here that one is told

UNCLEAR: Final = N_("这条消息看不明白，请刷新页面后再试。")
TOO_MANY: Final = N_("您发得太快了，请等 {seconds} 秒再发。写好的都还在。")


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
    if not board.admit(person.id):
        await close(socket, End(FLOOD, FULL))
        return
    try:
        end = await Talk(socket, board, session, person, room).run()
    finally:
        board.dismiss(person.id)
    if end:
        await close(socket, end)


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


class Talk:
    """One person at one socket in one room."""

    def __init__(self, socket: WebSocket, board: Board, session: Session, person: Person, room: Room) -> None:
        self.socket, self.board, self.person, self.room = socket, board, person, room
        self.person_id, self.session_id = person.id, session.id
        self.lang = prefs_of(socket).lang
        self.feed: Feed
        self.cursor = room.last_seq
        self._first = 0
        self._mediates = False
        self._shown = ""
        self._turn = asyncio.Lock()  # what one frame brings about is told before anything else
        self._awake = asyncio.Event()
        self._lost = asyncio.Event()
        self._read = self._noted = 0
        self._noted_at = 0.0
        self._begun = asyncio.Event()
        self._frames = Window(FRAME_RULES)
        self._push = pusher(socket.scope)
        self._telling = False
        self._mood = -1

    def take(self, lines: Sequence[Line], before: int) -> bool:
        """Write new lines at once when nothing waits before them; return whether that was all there is to deliver."""
        if self._push is None or not self._telling or self._turn.locked() or self.cursor != before:
            return False
        try:
            self._still_may()
        except End:
            return False
        for line in lines:
            if line.seq >= self._first:
                mine = line.author_id == self.person_id
                for frame in self.feed.frames(line, mine=mine, lang=self.lang, mediates=self._mediates):
                    if not self._push(frame.wire):
                        return False
            self.cursor = line.seq
        return self._mood == self.feed.moods

    def wake(self) -> None:
        """Look whether there is something to deliver."""
        self._awake.set()

    def lost(self) -> None:
        """Hear that the right has ended."""
        self._lost.set()

    async def run(self) -> End | None:
        """Listen and deliver until either ends; return why, when the other side has not hung up."""
        self.feed = await self.board.join(self.room, self)
        work = (self._listen(), self._tell(), self._until_lost())
        tasks = [spawn(outcome(each), name=f"socket in {self.room.name}") for each in work]
        try:
            await commands.come(self.room, by=self.person, at=now(self.socket))
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            end: End | None = next(iter(done)).result()
            return end
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._note_read()
            if self.board.leave(self.feed, self):
                await commands.go(self.room, by=self.person, at=now(self.socket))

    async def _listen(self) -> None:
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            if seconds := self._frames.wait(0, asyncio.get_running_loop().time()):
                await self._flooded(seconds)
            async with self._turn:
                await self._heard(message.get("text"))
            self._begun.set()
            self.wake()

    async def _heard(self, text: str | None) -> None:
        frame = parse(text)
        await self._authorise()
        if frame is None:
            await self._put({"type": "error", "reason": say(self.lang, UNCLEAR), **named(text)})
        elif isinstance(frame, Send):
            await self._say(frame)
        elif isinstance(frame, Seen):
            await self._seen(frame.seq)
        elif isinstance(frame, Resume):
            await self._resume(frame.after)
        elif isinstance(frame, Typing):
            self.board.hub.say(self.room.name, f"typing {self.person_id}")

    async def _say(self, frame: Send) -> None:
        if seconds := self.board.wait(self.person_id):
            await self._flooded(seconds)
        try:
            sent = await commands.send(
                self.room.code,
                frame.client_id,
                clean(frame.text, field="text"),
                reply_to=frame.reply_to,
                sure=frame.sure,
                by=self.person,
                at=now(self.socket),
            )
        except Hidden as hidden:
            raise End(ENDED) from hidden
        except Refused as why:
            reason = say(self.lang, why.reason, **why.facts)
            again = {"sure": True} if isinstance(why, Repeated) else {}
            await self._put({"type": "error", "client_id": frame.client_id, "reason": reason, **again})
        else:
            await self._put({"type": "ack", "client_id": frame.client_id, "seq": sent.seq})

    async def _flooded(self, seconds: int) -> None:
        """Say how long to wait, without naming the message: it is not refused, and is sent again afterwards."""
        await self._put({"type": "error", "reason": say(self.lang, TOO_MANY, seconds=seconds), "seconds": seconds})
        raise End(FLOOD, str(seconds))

    async def _seen(self, seq: int) -> None:
        """Note how far one has read, at most every other second; the rest is noted when the socket ends."""
        self._read = max(self._read, min(seq, self.feed.last))
        if asyncio.get_running_loop().time() - self._noted_at > NOTING:
            await self._note_read()

    async def _note_read(self) -> None:
        if self._read > self._noted:
            self._noted, self._noted_at = self._read, asyncio.get_running_loop().time()
            await commands.seen(self.room, self._read, by=self.person)

    async def _resume(self, after: int) -> None:
        """Go on after line ``after``; one who is too far behind fetches the page, which shows the newest lines."""
        newest = (await Room.get(id=self.room.id)).last_seq
        self.cursor = min(after, newest)
        if newest - self.cursor > FAR:
            self.cursor = newest
            await self._put({"type": "gap", "after": after})

    async def _tell(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(SILENCE):
                await self._begun.wait()
        while True:
            async with self._turn:
                await self._deliver()
            self._telling = True
            await self._awake.wait()
            self._awake.clear()

    async def _deliver(self) -> None:
        self._still_may()
        while lines := await self._next():
            for line in lines:
                self._still_may()
                if line.seq >= self._first:
                    mine = line.author_id == self.person_id
                    for frame in self.feed.frames(line, mine=mine, lang=self.lang, mediates=self._mediates):
                        await self._send(frame.text)
                self.cursor = line.seq
        await self._show_presence()

    async def _next(self) -> list[Line]:
        lines = self.feed.at_hand(self.cursor)
        if lines is None:
            lines = await self.feed.log(self.cursor)
            await self._authorise()  # after reading: who lost the right before a line was said does not get it
        return lines

    async def _until_lost(self) -> None:
        await self._lost.wait()
        self._still_may()

    async def _show_presence(self) -> None:
        if self._mood == self.feed.moods:
            return
        self._mood = self.feed.moods
        others = (name for person_id, name in self.feed.here.items() if person_id != self.person_id)
        here = list(islice(others, NAMED))
        typing = [self.feed.here.get(each, "") for each in self.feed.writing() if each != self.person_id]
        frame = {"type": "presence", "here": [say(self.lang, N_("您自己")), *here], "typing": [t for t in typing if t]}
        text = json.dumps(frame, ensure_ascii=False)
        if text != self._shown:
            self._shown = text
            await self._send(text)

    async def _authorise(self) -> None:
        """Read the right afresh from the database."""
        at = now(self.socket)
        if not await alive([self.session_id], at=at):
            raise End(SIGNED_OUT)
        entry = await entry_of(self.person, self.room, at=at)
        if entry is None or entry.seat is None:
            raise End(ENDED)

    def _still_may(self) -> None:
        """Hold against the right as last read; that is at most a second old, and as new as the newest line."""
        if self.session_id in self.feed.ended:
            raise End(SIGNED_OUT)
        seat = self.feed.seats.get(self.person_id)
        if seat is None:
            raise End(ENDED)
        self._first, self._mediates = seat.from_seq, seat.voice is Voice.MEDIATOR

    async def _put(self, frame: dict[str, object]) -> None:
        await self._send(json.dumps(frame, ensure_ascii=False))

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.socket.send_text(text)
        except TimeoutError as slow:
            raise End(SLOW) from slow
