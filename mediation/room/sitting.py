"""Who sits in a room now: whose membership, phase and reason all still hold. Read for each frame, so by SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from community.people.models import Person
from community.people.roles import held_by, holdings_at
from community.record.reading import all_of, among, many, rows
from community.rights import may
from mediation.case.models import Party, Side
from mediation.case.standing import acting_for
from mediation.case.states import State
from mediation.room.rules import RIGHTS, Chair, RoomKind, Voice, readable

_SIDES: Final = {Side.APPLICANT: Voice.APPLICANT, Side.RESPONDENT: Voice.RESPONDENT, Side.THIRD: Voice.THIRD}
_OFFICES: Final = {Chair.MEDIATOR: Voice.MEDIATOR, Chair.INTAKE: Voice.INTAKE}
_SITTING: Final = """SELECT m.room_id, m.person_id, m.chair, m.from_seq, r.kind, r.case_id, c.state{party}
FROM room_member m JOIN room r ON r.id = m.room_id JOIN dispute_case c ON c.id = r.case_id{beside}
WHERE m.room_id {within} AND m.until IS NULL{only}"""
_BESIDE: Final = " LEFT JOIN party p ON p.person_id = m.person_id AND p.case_id = r.case_id AND p.left_at IS NULL"
_PARTIES: Final = "SELECT case_id, person_id, id, side FROM party WHERE case_id {within} AND left_at IS NULL"
"""Joined to a thousand members, the parties of one case would be looked through a thousand times."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A running right to a room: for whom one speaks, from which line on one reads, and which party one acts for."""

    voice: Voice
    from_seq: int
    party_id: int | None = None


class _Sitting(NamedTuple):
    """One member of a room with what decides about the right; ``party_id`` where they are a party themselves."""

    room_id: int
    person_id: int
    chair: str
    from_seq: int
    kind: str
    case_id: int
    state: str
    party_id: int | None
    side: str | None


async def seats(room_ids: Iterable[int], *, at: datetime, person: Person | None = None) -> dict[tuple[int, int], Seat]:
    """Return every running right to the rooms, by (room, person); what no longer holds is not in it.

    A member keeps the right while the membership runs, the phase of the case lets that chair read the room,
    and the reason for it stands: a party is still in the case, an officer still holds the office somewhere.
    """
    sitting = [row for row in await _members(room_ids, person) if _readable(row)]
    acting = await _acting([row for row in sitting if row.chair == Chair.PARTY and row.party_id is None], at)
    officers = await _officers({row.person_id for row in sitting if row.chair in RIGHTS}, person, at=at)
    held = {}
    for row in sitting:
        seat = _own(row) or acting.get((row.case_id, row.person_id)) if row.chair == Chair.PARTY else None
        voice = officers.get((row.person_id, Chair(row.chair)))
        if seat:
            held[row.room_id, row.person_id] = Seat(seat.voice, row.from_seq, seat.party_id)
        elif voice and row.chair != Chair.PARTY:
            held[row.room_id, row.person_id] = Seat(voice, row.from_seq)
    return held


async def _members(room_ids: Iterable[int], person: Person | None) -> list[_Sitting]:
    """Return who sits in rooms; of one person without the way to a thread and back."""
    if person:
        sql = _SITTING.format(party=", p.id, p.side", beside=_BESIDE, within=among(1), only=" AND m.person_id = $2")
        return [_Sitting._make(row) for row in await rows(sql, all_of(room_ids), person.id)]
    found = await many(_SITTING.format(party="", beside="", within=among(1), only=""), all_of(room_ids))
    parties = await many(_PARTIES.format(within=among(1)), all_of({case_id for *_, case_id, _ in found}))
    own = {(case_id, who): party for case_id, who, *party in parties}
    return [_Sitting(*row, *own.get((row[5], row[1]), (None, None))) for row in found]


def _readable(row: _Sitting) -> bool:
    return readable(RoomKind(row.kind), Chair(row.chair), State(row.state))


def _own(row: _Sitting) -> Seat | None:
    """Return the seat of somebody who is a party themselves."""
    return Seat(_SIDES[Side(row.side)], row.from_seq, row.party_id) if row.side else None


async def _acting(sitting: Sequence[_Sitting], at: datetime) -> dict[tuple[int, int], Seat]:
    """Return for which party each of some members speaks who are none themselves, by (case, person)."""
    found: dict[tuple[int, int], Seat] = {}
    for party in await Party.filter(case_id__in={row.case_id for row in sitting}, left_at=None) if sitting else []:
        seat = Seat(_SIDES[party.side], 0, party.id)
        found |= {(party.case_id, each): seat for each in await acting_for(party, at=at)}
    return found


async def _officers(person_ids: set[int], reader: Person | None, *, at: datetime) -> dict[tuple[int, Chair], Voice]:
    if reader and person_ids == {reader.id}:
        held = [(reader.id, each.role) for each in await held_by(reader, at=at)]
    else:
        found = await holdings_at(at).filter(person_id__in=person_ids) if person_ids else []
        held = [(each.person_id, each.role) for each in found]
    able = [(person_id, chair) for person_id, role in held for chair, right in RIGHTS.items() if may([role], right)]
    return {(person_id, chair): _OFFICES[chair] for person_id, chair in able}
