"""One socket in a room: its right is checked on joining, at every frame that comes in and before each that goes out.

Nothing queues for a slow reader: the socket keeps the number it has delivered and reads on from there.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from community.errors import Hidden, Refused
from community.people.models import Person
from community.people.queries import alive
from mediation.room import commands
from mediation.room.models import Room
from mediation.room.queries import Line, entry_of
from mediation.room.repeating import Repeated
from mediation.room.rules import Voice
from web.locale import say
from web.mediation.room.board import Board
from web.mediation.room.ends import ENDED, FLOOD, FULL, SIGNED_OUT, SLOW, End, close, outcome
from web.mediation.room.feed import Feed, News
from web.mediation.room.forms import Resume, Seen, Send, Typing, named, parse
from web.mediation.room.limits import Window
from web.mediation.room.presence import presence
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

UNCLEAR: Final = N_("这条消息看不明白，请刷新页面后再试。")
TOO_MANY: Final = N_("您发得太快了，请等 {seconds} 秒再发。写好的都还在。")


class Talk:
    """One person at one socket in one room."""

    def __init__(self, board: Board, session_id: int, person: Person, room: Room, lang: str) -> None:
        self.board, self.person, self.room, self.lang = board, person, room, lang
        person.held = None  # what was read with the request that opened it is too old for a socket that stays
        self.person_id, self.session_id = person.id, session_id
        self.socket: WebSocket
        self.feed: Feed
        self.cursor = room.last_seq
        self._first, self._mediates = 0, False
        self._shown = 0
        self._turn = asyncio.Lock()  # what one frame brings about is told before anything else
        self._inside = self._begun = self._telling = self._stirred = False
        self._teller: asyncio.Task[End | None] | None = None
        self._listener: asyncio.Task[Any] | None = None
        self._end: End | None = None
        self._read = self._noted = 0
        self._noted_at = 0.0
        self._frames = Window(FRAME_RULES)
        self._push: Callable[[bytes], bool] | None = None
        self._mood = -1

    async def live(self, socket: WebSocket) -> None:
        """Serve the socket to its last frame."""
        self.socket, self._push = socket, pusher(socket.scope)
        if not self.board.admit(self.person_id):
            await close(socket, End(FLOOD, FULL))
            return
        try:
            end = await outcome(self.run())
        finally:
            self.board.dismiss(self.person_id)
        if end:
            await close(socket, end)

    def take(self, news: News) -> bool:
        """Write new lines at once when nothing waits before them; return whether that was all there is to deliver."""
        if self._push is None or not self._telling or self._turn.locked() or self.cursor != news.before:
            return False
        seat = self.feed.seats.get(self.person_id)
        if seat is None or self.session_id in self.feed.ended:
            return False
        if news.first < seat.from_seq or self.person_id in news.authors:
            return False
        if not self._push(self.feed.bunch(news, lang=self.lang, mediates=seat.voice is Voice.MEDIATOR)):
            return False
        self.cursor = news.last
        return self._mood == self.feed.moods and news.last == self.feed.last

    def wake(self) -> None:
        """Look whether there is something to deliver, once it is known from where on."""
        self._stirred = True
        if self._begun and self._teller is None:
            self._teller = spawn(self._tell(), name=f"telling in {self.room.name}")
            self._teller.add_done_callback(self._told)

    def lost(self) -> None:
        """Hear that the right has ended."""
        try:
            if self._inside:
                self._still_may()
        except End as end:
            self._over(end)

    async def run(self) -> None:
        """Listen and deliver until either ends.

        Raises:
            End: it is to be closed with a reason.
            WebSocketDisconnect: the other side has hung up.
        """
        listener = self._listener = asyncio.current_task()
        assert listener  # noqa: S101 - a coroutine that runs is in a task
        self.feed = feed = await self.board.join(self.room, self)
        self.room, self._inside = feed.room, True  # one room for all who are in it
        beginning = asyncio.get_running_loop().call_later(SILENCE, self._begin)
        coming = spawn(self._come(), name=f"coming to {self.room.name}")
        try:
            self._still_may()
            await self._listen()
        except asyncio.CancelledError:
            if self._end is None:
                raise
            listener.uncancel()
            raise self._end from None
        finally:
            beginning.cancel()
            await self._leave(feed, coming)

    async def _come(self) -> None:
        await commands.come(self.room, by=self.person, at=now(self.socket))

    async def _leave(self, feed: Feed, coming: asyncio.Task[None]) -> None:
        self._listener, self._begun = None, False
        if self._teller:
            self._teller.cancel()
        await asyncio.gather(coming, *([self._teller] if self._teller else []), return_exceptions=True)
        await self._note_read()
        if self.board.leave(feed, self):
            await commands.go(self.room, by=self.person, at=now(self.socket))

    def _over(self, end: End) -> None:
        """End from outside what is being listened to, once."""
        if self._end is None and self._listener:
            self._end = end
            self._listener.cancel()

    async def _listen(self) -> None:
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            if seconds := self._frames.wait(0, asyncio.get_running_loop().time()):
                await self._flooded(seconds)
            async with self._turn:
                await self._heard(message.get("text"))
            self._begin()

    def _begin(self) -> None:
        """Deliver from now on: it is known from where, or nothing was said about it for a while."""
        self._begun = True
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

    async def _tell(self) -> End | None:
        return await outcome(self._catch_up())

    async def _catch_up(self) -> None:
        while self._stirred:
            self._stirred = False
            async with self._turn:
                await self._deliver()
            self._telling = True

    def _told(self, teller: asyncio.Task[End | None]) -> None:
        self._teller = None
        end = None if teller.cancelled() else teller.result()
        if end:
            self._over(end)
        elif self._stirred and self._begun:
            self.wake()

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

    async def _show_presence(self) -> None:
        if self._mood == self.feed.moods:
            return
        self._mood = self.feed.moods
        text = presence(self.feed, self.person_id, self.lang)
        if hash(text) != self._shown:  # the text itself is long, and everybody's differs
            self._shown = hash(text)
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
