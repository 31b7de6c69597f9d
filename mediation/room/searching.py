"""Finding words in one's own rooms: only where the reader sits, only the lines of their stay. No index is kept.

Lines are unlocked one bundle at a time, the newest first, compared and forgotten; nothing of what was looked for or
found is written down anywhere. How many lines, finds and how long are bounded, and the answer says when it stopped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from tortoise.expressions import Q

from community.errors import Unfit
from community.people.models import Person
from community.search.rules import RUN, Piece, fits, folded, needles, snippet
from mediation.room.lines import text_of
from mediation.room.models import Message, Room, RoomMember
from mediation.room.rules import Chair, LineKind, LineState, readable
from mediation.room.sitting import Seat, seats

LEAST: Final = 2  # signs in what is looked for
MOST_ROOMS: Final = 60
MOST_LINES: Final = 4000
MOST_FINDS: Final = 50
BUNDLE: Final = 100
SAID: Final = (LineKind.TEXT, LineKind.PERMIT, LineKind.TONGUE)
Span = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Find:
    """One line in which every word stands."""

    room: Room
    seat: Seat | None
    seq: int
    name: str
    sent_at: datetime
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, the newest first of each room; ``whole`` unless something was left unread."""

    finds: list[Find]
    whole: bool


async def find(person: Person, query: str, *, enough: Callable[[], bool], at: datetime) -> Finds:
    """Return the lines of ``person``'s rooms in which every word of ``query`` stands.

    ``enough`` is asked between two bundles whether the time is up.

    Raises:
        Unfit: fewer than two signs are looked for.
    """
    words = needles(query)
    if sum(len(run[0]) for word in words for run in RUN.finditer(word)) < LEAST:
        raise Unfit("请至少写两个字，再找。", field="q")
    found: list[Find] = []
    left = MOST_LINES
    rooms = await _own(person, at)
    for room, seat, spans in rooms[:MOST_ROOMS]:
        before: int | None = None
        while before is None or before > 0:
            if left <= 0 or len(found) >= MOST_FINDS or enough():
                return Finds(found[:MOST_FINDS], whole=False)
            rows = await _bundle(room, spans, before)
            left -= len(rows)
            gone = await _hidden(room, rows)
            legible = [row for row in rows if row.kind is not LineKind.TONGUE or row.reply_to not in gone]
            found += _matching(room, seat, legible, words)
            before = rows[-1].seq if len(rows) == BUNDLE else 0
    return Finds(found[:MOST_FINDS], whole=len(rooms) <= MOST_ROOMS and len(found) <= MOST_FINDS)


async def _own(person: Person, at: datetime) -> list[tuple[Room, Seat | None, tuple[Span, ...]]]:
    """Return the rooms that ``person`` may read with the lines that are theirs, the newest room first."""
    rows = await RoomMember.filter(person_id=person.id).order_by("-room_id", "id").select_related("room__case__org")
    rooms = {row.room_id: row.room for row in rows if row.room.key}
    held = await seats(rooms, at=at, person=person) if rooms else {}
    own: list[tuple[Room, Seat | None, tuple[Span, ...]]] = []
    for room in rooms.values():
        seat = held.get((room.id, person.id))
        spans = ((seat.from_seq, None),) if seat else _left(room, [row for row in rows if row.room_id == room.id])
        if spans:
            own.append((room, seat, spans))
    return own


def _left(room: Room, rows: Iterable[RoomMember]) -> tuple[Span, ...]:
    """Return what an ended stay leaves to a party; a mediator who was replaced keeps nothing."""
    ended = [row for row in rows if row.until and row.chair is Chair.PARTY]
    return tuple((row.from_seq, row.to_seq) for row in ended if readable(room.kind, row.chair, room.case.state))


async def _bundle(room: Room, spans: Iterable[Span], before: int | None) -> list[Message]:
    parts = [Q(seq__gte=first) & (Q(seq__lte=last) if last is not None else Q()) for first, last in spans]
    rows = Message.filter(reduce(or_, parts), room_id=room.id, kind__in=SAID, state=LineState.LIVE)
    rows = rows.filter(seq__lt=before) if before else rows
    return await rows.order_by("-seq").limit(BUNDLE).select_related("author")


async def _hidden(room: Room, rows: Iterable[Message]) -> set[int]:
    """Return the originals of translations that cannot be read any more."""
    meant = [row.reply_to for row in rows if row.kind is LineKind.TONGUE]
    gone = Message.filter(room_id=room.id, seq__in=meant).exclude(state=LineState.LIVE)
    return {row.seq for row in await gone} if meant else set()


def _matching(room: Room, seat: Seat | None, rows: Iterable[Message], words: tuple[str, ...]) -> list[Find]:
    found = []
    for row in rows:
        text = text_of(room, row)
        flat = folded(text)
        if all(fits(word, flat) for word in words):
            name = row.author.name if row.author else ""
            seq = row.reply_to or row.seq if row.kind is LineKind.TONGUE else row.seq
            found.append(Find(room, seat, seq, name, row.sent_at, snippet(text, words)))
    return found
