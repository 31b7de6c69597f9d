"""The desk's list: what is late, what is due today, what else is open; named only as far as this person may read."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from community.calendar.rules import local_day
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.models import Assignment, Case, Party, Period
from mediation.case.queries import name_for, seats_in_orgs
from mediation.room.models import Room, RoomMember
from mediation.room.queries import unread


@dataclass(frozen=True, slots=True)
class Row:
    """One case on the desk, its nearest period, its parties as this person may read them, and unread lines."""

    case: Case
    period: Period | None
    names: str
    unread: int


async def queue(me: Person, cases: list[Case], at: datetime) -> dict[str, list[Row]]:
    """Return the cases of a desk in three groups: ``late``, ``today``, ``later``."""
    new, today = await _unread(me, [case.id for case in cases]), local_day(at)
    groups: dict[str, list[Row]] = {"late": [], "today": [], "later": []}
    for row in await rows_of(me, cases, at):
        period = row.period
        place = "later" if period is None or period.due > today else "today" if period.due == today else "late"
        groups[place].append(replace(row, unread=new[row.case.id]))
    return groups


async def rows_of(me: Person, cases: list[Case], at: datetime) -> list[Row]:
    """Return cases with their nearest period and their parties as this person may read them, nothing counted."""
    nearest, names = await _nearest([case.id for case in cases]), await _names(me, cases, at)
    return [Row(case, nearest.get(case.id), names[case.id], 0) for case in cases]


async def _nearest(ids: list[int]) -> dict[int, Period]:
    nearest: dict[int, Period] = {}
    for each in await Period.filter(case_id__in=ids, ended_at=None, waits_since=None).order_by("due"):
        nearest.setdefault(each.case_id, each)
    return nearest


async def _names(me: Person, cases: list[Case], at: datetime) -> dict[int, str]:
    ids = [case.id for case in cases]
    led = {each.case_id for each in await Assignment.filter(case_id__in=ids, mediator_id=me.id, until=None)}
    held = await seats_in_orgs(me, {case.org_id for case in cases}, at=at)
    by_case: dict[int, list[Party]] = defaultdict(list)
    for party in await Party.filter(case_id__in=ids, left_at=None).order_by("side", "ordinal"):
        by_case[party.case_id].append(party)
    seats = {case.id: held[case.org_id] | ({Seat.MEDIATOR} if case.id in led else set()) for case in cases}
    return {case.id: "、".join(name_for(seats[case.id], case, party) for party in by_case[case.id]) for case in cases}


async def _unread(me: Person, ids: list[int]) -> dict[int, int]:
    sat = await RoomMember.filter(person_id=me.id, until=None, room__case_id__in=ids).values_list("room_id", flat=True)
    rooms = await Room.filter(id__in=[int(str(each)) for each in sat])
    counts = await unread(me, rooms)
    total: dict[int, int] = defaultdict(int)
    for room in rooms:
        total[room.case_id] += counts[room.id]
    return total
