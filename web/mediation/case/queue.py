"""The desk's list: late, due today, with new words, waiting for others, the rest; named as far as one may read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from community.calendar.rules import local_day
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.desk_queries import Brief, Listed, Nearest, led_by, nearest_of, parties_in, unread_in
from mediation.case.keys import key_at_hand
from mediation.case.models import Case
from mediation.case.moving import acting
from mediation.case.queries import name_for, seats_in_orgs
from mediation.case.states import STANDINGS, Clock, State
from mediation.intake.rules import Kind

GROUPS: Final = ("late", "today", "new", "waiting", "later")
"""In the order in which they are shown; a case stands in the first that it belongs to."""
OTHERS: Final = frozenset({State.SUPPLEMENT, State.INVITING, State.SIGNING, State.PERFORMING, State.HANDOVER})
"""States in which somebody else has to answer, sign, pay or take over before the owner can go on."""

Cases = Sequence[Case] | Sequence[Brief]


class Row(NamedTuple):
    """One case, what ends first in it, its parties as this person may read them.

    ``waits``: the next move is somebody else's.
    """

    case: Case | Brief
    nearest: Nearest | None
    names: str
    waits: bool


class Told(NamedTuple):
    """What the desk shows of a case, but for its names."""

    code: str
    kind: Kind
    state: State
    filed_at: datetime
    clock: Clock | None
    due: date | None
    unread: int
    group: str


async def queue(me: Person, cases: Cases, at: datetime) -> dict[str, list[tuple[str, Told]]]:
    """Return the cases of a desk by the names of `GROUPS`, in the order in which they were given, each with its names.

    The names come with what stands between them and the kind of the dispute.
    """
    new, today = await unread_in(me, [case.id for case in cases]), local_day(at)
    groups: dict[str, list[tuple[str, Told]]] = {name: [] for name in GROUPS}
    for row in await rows_of(me, cases, at):
        told = _told(row, new.get(row.case.id, 0), today)
        groups[told.group].append((f"{row.names}：" if row.names else "", told))
    return groups


def _told(row: Row, unread: int, today: date) -> Told:
    case, (clock, due) = row.case, row.nearest or (None, None)
    group = _group(due, unread, today, waits=row.waits)
    return Told(case.code, _kind(case.type_code), case.state, case.filed_at, clock, due, unread, group)


_kind: Final = lru_cache(maxsize=None)(Kind)


def _group(due: date | None, unread: int, today: date, *, waits: bool) -> str:
    if due and due <= today:
        return "late" if due < today else "today"
    return "new" if unread else "waiting" if waits else "later"


async def rows_of(me: Person, cases: Cases, at: datetime) -> list[Row]:
    """Return cases with their nearest period and their parties as this person may read them."""
    nearest, seats = await nearest_of([case.id for case in cases]), await _seats(me, cases, at)
    names = await _names(cases, seats)
    return [Row(case, nearest.get(case.id), names[case.id], _waits(case.state, seats[case.id])) for case in cases]


@lru_cache(maxsize=1024)  # a list asks the same of each of its rows
def _waits(state: State, seats: frozenset[Seat]) -> bool:
    return state in OTHERS or STANDINGS[state].owner not in acting(seats)


async def _seats(me: Person, cases: Cases, at: datetime) -> dict[int, frozenset[Seat]]:
    led = await led_by(me, [case.id for case in cases])
    held = await seats_in_orgs(me, {case.org_id for case in cases}, at=at)
    return {case.id: held[case.org_id] | ({Seat.MEDIATOR} if case.id in led else set()) for case in cases}


async def _names(cases: Cases, seats: dict[int, frozenset[Seat]]) -> dict[int, str]:
    by_case: dict[int, list[Listed]] = defaultdict(list)
    for party in await parties_in(seats):
        by_case[party.case_id].append(party)
    return {case.id: _named(case, seats[case.id], by_case[case.id]) for case in cases}


def _named(case: Case | Brief, seats: frozenset[Seat], parties: list[Listed]) -> str:
    key = key_at_hand(case)
    return "、".join([name_for(seats, case, party, key=key) for party in parties])
