"""Reading rooms: who may, which lines, who is there. A read starts from a person or a right just checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from itertools import starmap
from operator import or_
from typing import Final, NamedTuple

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import held_by, holdings_at
from community.rights import may
from mediation.case.models import Case, Party, Side
from mediation.case.standing import acting_for
from mediation.case.states import State
from mediation.risk.queries import held_back
from mediation.room.card_reading import Card, cards_of
from mediation.room.lines import text_of
from mediation.room.models import Message, Permit, Room, RoomMember, RoomSeen
from mediation.room.rules import (
    OF_PARTIES,
    OWN_WORDS,
    RIGHTS,
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

HIDDEN: Final = "没有找到这个调解室。请从您的纠纷页面进入，或者换一个账号登录。"
PAGE: Final = 50
_SIDES: Final = {Side.APPLICANT: Voice.APPLICANT, Side.RESPONDENT: Voice.RESPONDENT, Side.THIRD: Voice.THIRD}
_OFFICES: Final = {Chair.MEDIATOR: Voice.MEDIATOR, Chair.INTAKE: Voice.INTAKE}


@dataclass(frozen=True, slots=True)
class Seat:
    """A running right to a room: for whom one speaks, from which line on one reads, and which party one acts for."""

    voice: Voice
    from_seq: int
    party_id: int | None = None


_SITTING: Final = ("room_id", "person_id", "chair", "from_seq", "room__kind", "room__case_id", "room__case__state")


class _Sitting(NamedTuple):
    """One member of a room with what decides about the right."""

    room_id: int
    person_id: int
    chair: Chair
    from_seq: int
    kind: RoomKind
    case_id: int
    state: State


class _Spoken(NamedTuple):
    """The party that somebody speaks for, and the side it stands on."""

    id: int
    side: Side


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


async def seats(room_ids: Iterable[int], *, at: datetime, person: Person | None = None) -> dict[tuple[int, int], Seat]:
    """Return every running right to the rooms, by (room, person); what no longer holds is not in it.

    A member keeps the right while the membership runs, the phase of the case lets that chair read the room,
    and the reason for it stands: a party is still in the case, an officer still holds the office somewhere.
    """
    found = RoomMember.filter(room_id__in=list(room_ids), until=None)
    rows = (found.filter(person_id=person.id) if person else found).values_list(*_SITTING)
    sitting = [row for row in starmap(_Sitting, await rows) if readable(row.kind, row.chair, row.state)]
    sides = await _sides([row for row in sitting if row.chair is Chair.PARTY], at)
    officers = await _officers({row.person_id for row in sitting if row.chair in RIGHTS}, person, at=at)
    held = {}
    for row in sitting:
        if row.chair is Chair.PARTY and (party := sides.get((row.case_id, row.person_id))):
            held[row.room_id, row.person_id] = Seat(_SIDES[party.side], row.from_seq, party.id)
        elif row.chair is not Chair.PARTY and (office := officers.get((row.person_id, row.chair))):
            held[row.room_id, row.person_id] = Seat(office, row.from_seq)
    return held


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
    rows = Message.filter(reduce(or_, spans), room_id=entry.room.id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    newest = await _lines(entry.room, rows.order_by("-seq").limit(limit))
    return newest[::-1]


async def lines_after(room: Room, seq: int, *, limit: int = 500) -> list[Line]:
    """Return what was said after line ``seq``, in order; the caller has checked for whom."""
    return await _lines(room, Message.filter(room_id=room.id, seq__gt=seq).order_by("seq").limit(limit))


async def line(room: Room, seq: int) -> Line | None:
    """Return one line; the caller has checked for whom."""
    found = await _lines(room, Message.filter(room_id=room.id, seq=seq))
    return found[0] if found else None


async def present(room: Room, *, at: datetime) -> dict[int, str]:
    """Return who has the room open, by id."""
    held = await seats([room.id], at=at)
    rows = await RoomSeen.filter(room_id=room.id, here_until__gt=at).select_related("person").order_by("person_id")
    return {row.person_id: row.person.name for row in rows if (room.id, row.person_id) in held}


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


async def _lines(room: Room, rows: QuerySet[Message]) -> list[Line]:
    found = await rows.select_related("author")
    asked = [row.id for row in found if row.kind is LineKind.PERMIT]
    leaves = {each.message_id: each.state for each in await Permit.filter(message_id__in=asked)} if asked else {}
    cards = await cards_of([row.id for row in found if row.kind is LineKind.CARD])
    beside = await tongues(room, [row.seq for row in found if row.kind in OWN_WORDS])
    lines = [_line(room, row, leaves.get(row.id), beside.get(row.seq, ())) for row in found]
    return [replace(line, card=cards.get(row.id)) for line, row in zip(lines, found, strict=True)]


async def tongues(room: Room, seqs: Sequence[int]) -> dict[int, tuple[Translated, ...]]:
    """Return the translations of lines of a room, by the number of the original; the caller has checked for whom."""
    rows = Message.filter(room_id=room.id, kind=LineKind.TONGUE, state=LineState.LIVE, reply_to__in=list(seqs))
    told: dict[int, tuple[Translated, ...]] = {}
    for row in await rows.order_by("seq").select_related("author") if seqs else []:
        made = Translated(row.author.name if row.author else "", row.lang or "", text_of(room, row))
        told[row.reply_to or 0] = (*told.get(row.reply_to or 0, ()), made)
    return told


def _line(room: Room, row: Message, leave: Leave | None, beside: tuple[Translated, ...] = ()) -> Line:
    recalled = row.state is LineState.RECALLED
    return Line(
        seq=row.seq,
        author_id=row.author_id,
        name=row.author.name if row.author else "",
        voice=row.voice,
        kind=row.kind,
        text=text_of(room, row) if row.state is LineState.LIVE and row.kind is not LineKind.TONGUE else "",
        client_id=row.client_id,
        sent_at=row.sent_at,
        reply_to=row.reply_to,
        recalled=recalled,
        covered=row.covered if row.state is LineState.COVERED else None,
        leave=leave,
        tongues=beside if row.state is LineState.LIVE else (),
    )


async def _sides(rows: Sequence[_Sitting], at: datetime) -> dict[tuple[int, int], _Spoken]:
    """Return for which party each of some members speaks; whoever acts for a party speaks for it."""
    cases, people = {row.case_id for row in rows}, {row.person_id for row in rows}
    parties = Party.filter(case_id__in=cases, left_at=None)
    asked = parties.filter(person_id__in=people) if len(people) == 1 else parties.exclude(person_id=None)
    named = asked.values_list("case_id", "person_id", "id", "side")
    sides = {(case_id, who): _Spoken(*party) for case_id, who, *party in await named} if cases else {}
    if any((row.case_id, row.person_id) not in sides for row in rows):
        for party in await parties:
            acting = await acting_for(party, at=at)
            sides |= {(party.case_id, each): _Spoken(party.id, party.side) for each in acting}
    return sides


async def _officers(person_ids: set[int], reader: Person | None, *, at: datetime) -> dict[tuple[int, Chair], Voice]:
    if reader and person_ids == {reader.id}:
        held = [(reader.id, each.role) for each in await held_by(reader, at=at)]
    else:
        rows = await holdings_at(at).filter(person_id__in=person_ids) if person_ids else []
        held = [(each.person_id, each.role) for each in rows]
    able = [(person_id, chair) for person_id, role in held for chair, right in RIGHTS.items() if may([role], right)]
    return {(person_id, chair): _OFFICES[chair] for person_id, chair in able}
