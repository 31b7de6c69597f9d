"""Reading rooms: who may, which lines, who is there. A read starts from a person or a right just checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.record.reading import all_of, among, columns, made, rows
from mediation.case.models import Case
from mediation.risk.queries import held_back
from mediation.room.card_reading import Card, cards_of
from mediation.room.lines import text_of, texts_of
from mediation.room.models import Message, Permit, Room, RoomMember, RoomSeen
from mediation.room.rules import (
    OF_PARTIES,
    OWN_WORDS,
    TALKING,
    Chair,
    Cover,
    Leave,
    LineKind,
    LineState,
    RoomKind,
    Voice,
    lang_of,
    readable,
)
from mediation.room.sitting import Seat, seats

HIDDEN: Final = "没有找到这个调解室。请从您的纠纷页面进入，或者换一个账号登录。"
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A room as one person may see it. Without ``seat`` the right has ended and ``spans`` is what it left.

    ``held``: the talk together waits, because somebody may be in danger.
    """

    room: Room
    seat: Seat | None
    spans: tuple[tuple[int, int | None], ...]
    held: bool = False

    @property
    def talks(self) -> bool:
        """Return whether this person may say something here."""
        return self.seat is not None and talked_in(self.room)


@dataclass(frozen=True, slots=True)
class Translated:
    """What an interpreter made of a line."""

    name: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line, opened; ``tongues`` are its translations, the original being what counts."""

    seq: int
    author_id: int | None
    name: str
    voice: Voice | None
    kind: LineKind
    text: str
    client_id: str | None
    sent_at: datetime
    reply_to: int | None
    recalled: bool
    covered: Cover | None = None
    leave: Leave | None = None
    card: Card | None = None
    tongues: tuple[Translated, ...] = ()

    @property
    def lang(self) -> str:
        """Return the language of the words as a page names it; empty for Chinese."""
        return lang_of(self.text)


def talked_in(room: Room) -> bool:
    """Return whether words may still be added: the room is open and the case not past signing."""
    return room.closed_at is None and room.case.state in TALKING


async def visible_room(person: Person, case_code: str, room_code: str, *, at: datetime) -> Entry:
    """Return a room as ``person`` sees it, or raise `Hidden`, the same whether it is absent or not theirs."""
    room = await Room.get_or_none(code=room_code, case__code=case_code.upper()).select_related("case", "party__person")
    entry = await entry_of(person, room, at=at) if room else None
    if entry is None:
        raise Hidden(HIDDEN)
    held = entry.room.kind is RoomKind.JOINT and await held_back(entry.room.case)
    return replace(entry, held=held)


async def entry_of(person: Person, room: Room, *, at: datetime) -> Entry | None:
    """Return what ``person`` may see of ``room`` (with its case loaded), if anything.

    A party who left keeps what was said while they were there; a replaced mediator keeps nothing.
    """
    seat = (await seats([room.id], at=at, person=person)).get((room.id, person.id))
    if seat:
        return Entry(room, seat, ((seat.from_seq, None),))
    ended = RoomMember.filter(room_id=room.id, person_id=person.id, chair=Chair.PARTY).exclude(until=None)
    spans = [(row.from_seq, row.to_seq) for row in await ended if readable(room.kind, row.chair, room.case.state)]
    return Entry(room, None, tuple(spans)) if spans else None


async def rooms_of(person: Person, case: Case, *, at: datetime) -> list[Room]:
    """Return the rooms of a case in which ``person`` sits now, the joint one first."""
    rooms = await Room.filter(case_id=case.id).select_related("case", "party__person").order_by("id")
    held = await seats([room.id for room in rooms], at=at, person=person) if rooms else {}
    return [room for room in rooms if (room.id, person.id) in held]


async def history(entry: Entry, *, before: int | None = None, limit: int = PAGE) -> list[Line]:
    """Return the newest lines that the entry lets one read, oldest first."""
    spans = [Q(seq__gte=first) & (Q(seq__lte=last) if last is not None else Q()) for first, last in entry.spans]
    said = Message.filter(reduce(or_, spans), room_id=entry.room.id)
    if before is not None:
        said = said.filter(seq__lt=before)
    newest = await _lines(entry.room, said.order_by("-seq").limit(limit))
    return newest[::-1]


async def lines_after(room: Room, seq: int, *, limit: int = 500) -> list[Line]:
    """Return what was said after line ``seq``, in order; the caller has checked for whom."""
    found = await rows(_AFTER.format(line=columns(Message, "m")), room.id, seq, limit)
    return await _opened(room, [(made(Message, tuple(row[:-1])), row[-1] or "") for row in found])


_AFTER: Final = """SELECT {line}, p.name FROM room_message m LEFT JOIN person p ON p.id = m.author_id
WHERE m.room_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3"""


async def line(room: Room, seq: int) -> Line | None:
    """Return one line; the caller has checked for whom."""
    found = await _lines(room, Message.filter(room_id=room.id, seq=seq))
    return found[0] if found else None


async def present(room: Room, *, at: datetime) -> dict[int, str]:
    """Return who has the room open, by id."""
    held = await seats([room.id], at=at)
    here = await RoomSeen.filter(room_id=room.id, here_until__gt=at).select_related("person").order_by("person_id")
    return {row.person_id: row.person.name for row in here if (room.id, row.person_id) in held}


async def speakers(room: Room, *, at: datetime) -> list[Person]:
    """Return who speaks for a party in a room; the caller has checked for whom."""
    held = await seats([room.id], at=at)
    return await Person.filter(id__in=[who for (_, who), seat in held.items() if seat.voice in OF_PARTIES]).order_by(
        "id"
    )


async def unread(person: Person, rooms: Sequence[Room]) -> Mapping[int, int]:
    """Return how many lines of each room ``person`` has not seen, by room."""
    marks = await RoomSeen.filter(person_id=person.id, room_id__in=[room.id for room in rooms])
    read = {mark.room_id: mark.seq for mark in marks}
    return {room.id: max(0, room.last_seq - read.get(room.id, 0)) for room in rooms}


async def _lines(room: Room, asked: QuerySet[Message]) -> list[Line]:
    found = await asked.select_related("author")
    return await _opened(room, [(row, row.author.name if row.author else "") for row in found])


async def _opened(room: Room, found: Sequence[tuple[Message, str]]) -> list[Line]:
    """Return lines, each given with who said it, in the clear and with what stands beside them."""
    asked = [row.id for row, _ in found if row.kind is LineKind.PERMIT]
    leaves = {each.message_id: each.state for each in await Permit.filter(message_id__in=asked)} if asked else {}
    cards = await cards_of([row.id for row, _ in found if row.kind is LineKind.CARD])
    beside = await tongues(room, [row.seq for row, _ in found if row.kind in OWN_WORDS])
    words = texts_of(room, [row for row, _ in found if _says(row)])
    told = [(row, name, words.get(row.seq, "")) for row, name in found]
    lines = [_line(row, name, text, leaves.get(row.id), beside.get(row.seq, ())) for row, name, text in told]
    if not cards:
        return lines
    return [replace(line, card=cards.get(row.id)) for line, (row, _) in zip(lines, found, strict=True)]


_TONGUES: Final = f"""SELECT {{line}}, p.name FROM room_message m LEFT JOIN person p ON p.id = m.author_id
WHERE m.room_id = $1 AND m.seq > $2 AND m.kind = '{LineKind.TONGUE.value}' AND m.state = '{LineState.LIVE.value}'
AND m.reply_to {{within}} ORDER BY m.seq"""  # noqa: S608 - a kind and a state the program knows


async def tongues(room: Room, seqs: Sequence[int]) -> dict[int, tuple[Translated, ...]]:
    """Return the translations of lines of a room, by the number of the original; the caller has checked for whom."""
    if not seqs:
        return {}
    sql = _TONGUES.format(line=columns(Message, "m"), within=among(3))
    told: dict[int, tuple[Translated, ...]] = {}
    for *values, name in await rows(sql, room.id, min(seqs), all_of(seqs)):
        row = made(Message, tuple(values))
        translated = Translated(name or "", row.lang or "", text_of(room, row))
        told[row.reply_to or 0] = (*told.get(row.reply_to or 0, ()), translated)
    return told


async def case_of(room: Room) -> Case:
    """Return the case of a room."""
    found = await rows(_CASE.format(case=columns(Case, "c")), room.case_id)
    return made(Case, tuple(found[0]))


_CASE: Final = "SELECT {case} FROM dispute_case c WHERE c.id = $1"


def _says(row: Message) -> bool:
    """Return whether a line has words to be read; translations are read beside their originals."""
    return row.state is LineState.LIVE and row.kind is not LineKind.TONGUE


def _line(row: Message, name: str, text: str, leave: Leave | None, beside: tuple[Translated, ...]) -> Line:
    recalled = row.state is LineState.RECALLED
    return Line(
        seq=row.seq,
        author_id=row.author_id,
        name=name,
        voice=row.voice,
        kind=row.kind,
        text=text,
        client_id=row.client_id,
        sent_at=row.sent_at,
        reply_to=row.reply_to,
        recalled=recalled,
        covered=row.covered if row.state is LineState.COVERED else None,
        leave=leave,
        tongues=beside if row.state is LineState.LIVE else (),
    )
