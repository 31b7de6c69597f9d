"""The desk's list: late, due today, with new words, waiting for others, the rest; named as far as one may read."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.models import Assignment, Case, Party, Period
from mediation.case.moving import acting
from mediation.case.queries import name_for, seats_in_orgs
from mediation.case.states import STANDINGS, State
from mediation.room.models import Room, RoomMember
from mediation.room.queries import unread

GROUPS: Final = ("late", "today", "new", "waiting", "later")
"""In the order in which they are shown; a case stands in the first that it belongs to."""
OTHERS: Final = frozenset({State.SUPPLEMENT, State.INVITING, State.SIGNING, State.PERFORMING, State.HANDOVER})
"""States in which somebody else has to answer, sign, pay or take over before the owner can go on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case on the desk, its nearest period, its parties as this person may read them, and unread lines.

    ``waits``: the next move is somebody else's.
    """

    case: Case
    period: Period | None
    names: str
    unread: int
    waits: bool


async def queue(me: Person, cases: list[Case], at: datetime) -> dict[str, list[Row]]:
    """Return the cases of a desk by the names of `GROUPS`, in the order in which they were given."""
    new, today = await _unread(me, [case.id for case in cases]), local_day(at)
    groups: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for row in await rows_of(me, cases, at):
        told = replace(row, unread=new[row.case.id])
        groups[_group(told, today)].append(told)
    return groups


def _group(row: Row, today: date) -> str:
    if row.period and row.period.due <= today:
        return "late" if row.period.due < today else "today"
    return "new" if row.unread else "waiting" if row.waits else "later"


async def rows_of(me: Person, cases: list[Case], at: datetime) -> list[Row]:
    """Return cases with their nearest period and their parties as this person may read them, nothing counted."""
    nearest, seats = await _nearest([case.id for case in cases]), await _seats(me, cases, at)
    names = await _names(cases, seats)
    return [Row(case, nearest.get(case.id), names[case.id], 0, _waits(case, seats[case.id])) for case in cases]


def _waits(case: Case, seats: frozenset[Seat]) -> bool:
    return case.state in OTHERS or STANDINGS[case.state].owner not in acting(seats)


async def _nearest(ids: list[int]) -> dict[int, Period]:
    nearest: dict[int, Period] = {}
    for each in await Period.filter(case_id__in=ids, ended_at=None, waits_since=None).order_by("due"):
        nearest.setdefault(each.case_id, each)
    return nearest


async def _seats(me: Person, cases: list[Case], at: datetime) -> dict[int, frozenset[Seat]]:
    mine = Assignment.filter(case_id__in=[case.id for case in cases], mediator_id=me.id, until=None)
    led = {each.case_id for each in await mine}
    held = await seats_in_orgs(me, {case.org_id for case in cases}, at=at)
    return {case.id: held[case.org_id] | ({Seat.MEDIATOR} if case.id in led else set()) for case in cases}


async def _names(cases: list[Case], seats: dict[int, frozenset[Seat]]) -> dict[int, str]:
    by_case: dict[int, list[Party]] = defaultdict(list)
    for party in await Party.filter(case_id__in=list(seats), left_at=None).order_by("side", "ordinal"):
        by_case[party.case_id].append(party)
    return {case.id: "、".join(name_for(seats[case.id], case, party) for party in by_case[case.id]) for case in cases}


async def _unread(me: Person, ids: list[int]) -> dict[int, int]:
    sat = await RoomMember.filter(person_id=me.id, until=None, room__case_id__in=ids).values_list("room_id", flat=True)
    rooms = await Room.filter(id__in=[int(str(each)) for each in sat])
    counts = await unread(me, rooms)
    total: dict[int, int] = defaultdict(int)
    for room in rooms:
        total[room.case_id] += counts[room.id]
    return total
