"""The one reader of a room in this process: it reads what moved once, for all the sockets that are in the room.

Rights are read after the lines and in the same go, so that whoever lost the right before a line was said
does not get it. They are read again only when something was recorded that is no word said; besides, everybody's are
looked at every second. A recalled line loses its words here before anybody is told of the recall. A reader who has come
as far as everybody is given the new lines at once; others are woken, and read on from where they are.
"""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from community.people.queries import alive
from community.record.recent import Watch
from mediation.room.models import Room
from mediation.room.queries import Line, lines_after, present
from mediation.room.rules import Cover, LineKind
from mediation.room.sitting import Seat, seats
from web.live import Hub
from web.mediation.room.show import html_of
from web.sockets import Packed, packed

KEEP: Final = 500  # lines at hand for those who are a little behind
BATCH: Final = 200
LOOK: Final = 20.0  # seconds after which the room is looked at without a hint
WRITING: Final = 5.0  # seconds for which somebody counts as writing
MOST_FRAMES: Final = 2000
WORDS: Final = "room.message"
"""The event that changes nobody's right."""
GONE: Final = frozenset({LineKind.RECALL, LineKind.COVER})
ABOUT_ANOTHER: Final = GONE | {LineKind.UNCOVER, LineKind.ANSWER, LineKind.REPLY, LineKind.TONGUE}
"""Lines that change how an earlier one looks."""

_looks: Final = itertools.count(1)


@dataclass(frozen=True, slots=True)
class News:
    """Lines that are new to everybody who has come to line ``before``.

    Attributes:
        authors: who said them.
        made: what readers of one language and view are sent for all of them.
    """

    before: int
    first: int
    last: int
    lines: Sequence[Line]
    authors: frozenset[int | None]
    made: dict[tuple[str, bool], bytes]


def news_of(lines: Sequence[Line] | None, before: int) -> News | None:
    """Return new lines with what everybody asks of them, if there are any at hand."""
    if not lines:
        return None
    return News(before, lines[0].seq, lines[-1].seq, lines, frozenset(line.author_id for line in lines), {})


class Reader(Protocol):
    """A socket in the room."""

    person_id: int
    session_id: int

    def take(self, news: News) -> bool:
        """Take new lines at once, if one has come as far as they begin; return whether nothing is left to deliver."""

    def wake(self) -> None:
        """Look whether there is something to deliver."""

    def lost(self) -> None:
        """Hear that the right has ended."""


class Now(Protocol):
    """The application's clock."""

    def now(self) -> datetime:
        """Return the present instant."""


class Feed:
    """What this process knows of one open room.

    Attributes:
        seats: who holds a right to the room, as last read.
        ended: sessions of its readers that run no more.
        asked: the number of the look at rights that was last begun; looks are numbered in the order they begin.
        looked: the number of the look whose answer is known here; an older answer that comes later is dropped.
        here: who is in the room, in any process, by id.
        last: the number of the newest line read.
        moods: counts how often it changed who is here and who is writing.
    """

    def __init__(self, room: Room, hub: Hub, clock: Now) -> None:
        self.room, self.hub, self.clock = room, hub, clock
        self.readers: set[Reader] = set()
        self.seats: dict[int, Seat] = {}
        self.ended: set[int] = set()
        self.asked = self.looked = self.moods = 0
        self._mood: tuple[object, ...] = ()
        self._watch = Watch(WORDS)
        self._looking = asyncio.Lock()
        self.here: dict[int, str] = {}
        self.last = 0
        self._lines: deque[Line] = deque(maxlen=KEEP)
        self._writing: dict[int, float] = {}
        self._frames: dict[tuple[int, str, bool, bool], list[Packed]] = {}
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Read at every hint, and now and then without one, until cancelled."""
        with self.hub.listen(self.room.name) as ear:
            if not self.ready.is_set():
                self.last = (await Room.get(id=self.room.id)).last_seq
            await self._who()
            self.ready.set()
            while True:
                heard = await ear.hear(self._pause())
                before = self.last
                await self._look(heard)
                news = news_of(self.at_hand(before), before)
                for reader in list(self.readers):
                    if not (news and reader.take(news)):
                        reader.wake()

    def enter(self, reader: Reader) -> None:
        """Let a socket in."""
        self.readers.add(reader)

    async def check(self) -> None:
        """Know the rights as they are now or later; all who ask while they are being read share the look after it."""
        before = self.asked
        async with self._looking:
            if self.looked <= before:
                await refresh([self], at=self.clock.now())

    def at_hand(self, seq: int) -> list[Line] | None:
        """Return what came after ``seq``, or ``None`` when that reaches further back than what is at hand."""
        if seq >= self.last:
            return []
        if self._lines and self._lines[0].seq <= seq + 1:
            return [line for line in self._lines if line.seq > seq][:BATCH]
        return None

    async def log(self, seq: int) -> list[Line]:
        """Return what came after ``seq`` from the log; the caller reads the right afterwards."""
        return await lines_after(self.room, seq, limit=BATCH)

    def frames(self, line: Line, *, mine: bool, lang: str, mediates: bool = False) -> list[Packed]:
        """Return what a reader is sent for a line, made once for all of them."""
        key = (line.seq, lang, mine, mediates)
        made = self._frames.get(key)
        if made is None:
            if len(self._frames) > MOST_FRAMES:
                self._frames.clear()
            made = self._frames[key] = self._make(line, mine=mine, lang=lang, mediates=mediates)
        return made

    def bunch(self, news: "News", *, lang: str, mediates: bool) -> bytes:
        """Return the frames of new lines for one who said none of them, in one piece, made once for all of them."""
        made = news.made.get((lang, mediates))
        if made is None:
            each = (self.frames(line, mine=False, lang=lang, mediates=mediates) for line in news.lines)
            made = news.made[lang, mediates] = b"".join(frame.wire for frames in each for frame in frames)
        return made

    def writing(self) -> list[int]:
        """Return who is writing now."""
        now = asyncio.get_running_loop().time()
        return [person_id for person_id, until in self._writing.items() if until > now]

    async def _look(self, heard: frozenset[str]) -> None:
        for word in heard:
            if word.startswith("typing "):
                self._writing[int(word[7:])] = asyncio.get_running_loop().time() + WRITING
        if "moved" in heard or not heard:
            await self._read()
        if "here" in heard or not heard:
            await self._who()
        mood = (self.here, self.writing())
        if mood != self._mood:
            self._mood, self.moods = mood, self.moods + 1

    async def _read(self) -> None:
        fresh = await lines_after(self.room, self.last, limit=BATCH)
        if await self._watch.stirred():
            await self.check()
        for line in fresh:
            self._take(line)
        if len(fresh) == BATCH:
            await self._read()

    async def _who(self) -> None:
        self.here = await present(self.room, at=self.clock.now())

    def _take(self, line: Line) -> None:
        self.last = line.seq
        self._lines.append(line)
        self._writing.pop(line.author_id or 0, None)
        if line.kind in ABOUT_ANOTHER:
            self._frames = {key: made for key, made in self._frames.items() if key[0] != line.reply_to}
        if line.kind in GONE:
            blank = [_blank(old, line) if old.seq == line.reply_to else old for old in self._lines]
            self._lines = deque(blank, maxlen=KEEP)
        elif line.kind in ABOUT_ANOTHER:
            self._lines = deque([line], maxlen=KEEP)  # what another looks like now is in the log

    def _make(self, line: Line, *, mine: bool, lang: str, mediates: bool) -> list[Packed]:
        frames = []
        if line.kind is LineKind.RECALL and line.reply_to:
            gone = replace(line, seq=line.reply_to, kind=LineKind.TEXT, reply_to=None, recalled=True)
            frames.append(
                {"type": "event", "seq": gone.seq, "html": self._row(gone, mine=mine, lang=lang, mediates=mediates)}
            )
        elif line.kind in ABOUT_ANOTHER:
            frames.append({"type": "event"})  # how the other line looks now depends on who reads: the page tells
        frame = {"type": "message", "seq": line.seq, "html": self._row(line, mine=mine, lang=lang, mediates=mediates)}
        frames.append({**frame, "client_id": line.client_id} if mine and line.client_id else frame)
        return [packed(json.dumps(each, ensure_ascii=False)) for each in frames]

    def _row(self, line: Line, *, mine: bool, lang: str, mediates: bool) -> str:
        base = f"/cases/{self.room.case.code}/rooms/{self.room.code}"
        return html_of(line, base, mine=mine, at=self.clock.now(), lang=lang, mediates=mediates)

    def _pause(self) -> float:
        """Return how long to wait for a hint: shorter while somebody is writing, to say when they stopped."""
        now = asyncio.get_running_loop().time()
        self._writing = {key: until for key, until in self._writing.items() if until > now}
        return min([LOOK, *(until - now for until in self._writing.values())])


def _blank(old: Line, by: Line) -> Line:
    """Return a line without its words, as the line ``by`` has left it."""
    covered = Cover(by.text) if by.kind is LineKind.COVER else None
    return replace(old, text="", recalled=by.kind is LineKind.RECALL, covered=covered, tongues=())


async def refresh(feeds: Iterable[Feed], *, at: datetime) -> None:
    """Read afresh who may be in these rooms and tell those who may not, of those who were there when it began.

    What a look that began later has found by then is newer, and stays.
    """
    look, before = next(_looks), {feed.room.id: (feed, frozenset(feed.readers)) for feed in feeds}
    for feed, _ in before.values():
        feed.asked = look
    sessions = {reader.session_id for _, readers in before.values() for reader in readers}
    held = await seats(before, at=at)
    ended = sessions - await alive(sessions, at=at)
    for feed, readers in before.values():
        if feed.looked < look:
            feed.looked, feed.ended = look, feed.ended | ended
            feed.seats = {person_id: seat for (room_id, person_id), seat in held.items() if room_id == feed.room.id}
            for reader in readers & feed.readers:
                if reader.person_id not in feed.seats or reader.session_id in ended:
                    reader.lost()
