"""Reading the desk by SQL: it is opened all day, by everybody who handles cases. Says the same as `queries`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from community.people.models import Person
from community.people.roles import orgs_where
from community.record.reading import all_of, among, day, many, moment, on_sqlite, rows
from community.rights import Right
from mediation.case.sifting import Sift
from mediation.case.states import ENDS, Clock, State

SHELVED: Final = (State.CLOSED, State.DECLINED, State.REDIRECTED)
_LED: Final = "c.id IN (SELECT case_id FROM assignment WHERE mediator_id = $1 AND until IS NULL)"
_RUN: Final = "c.org_id {run} OR c.org_id {filed} AND c.state IN ({shelved})"
_NEAREST: Final = """SELECT p.id FROM period p WHERE p.case_id = c.id AND p.ended_at IS NULL AND p.waits_since IS NULL
ORDER BY p.due, p.id LIMIT 1"""
_URGENT: Final = """SELECT c.id, c.code, c.org_id, c.type_code, c.state, c.filed_at, c.data_key
FROM dispute_case c LEFT JOIN period n ON n.id = ({nearest})
WHERE c.state NOT IN ({over}) AND ({near}){only} ORDER BY n.due IS NULL, n.due, n.id, c.moved_at DESC LIMIT $2"""
_PERIODS: Final = (
    "SELECT c.id, n.clock, n.due FROM dispute_case c JOIN period n ON n.id = ({nearest}) WHERE c.id {within}"
)
_PARTIES: Final = """SELECT p.case_id, p.code, p.side, p.ordinal, p.data_key, p.name, p.born FROM party p
WHERE p.case_id {within} AND p.left_at IS NULL ORDER BY p.case_id, p.side, p.ordinal"""
_UNREAD: Final = """SELECT r.case_id, sum(r.last_seq - coalesce(s.seq, 0)) FROM room_member m
JOIN room r ON r.id = m.room_id LEFT JOIN room_seen s ON s.room_id = r.id AND s.person_id = m.person_id
WHERE m.person_id = $1 AND m.until IS NULL AND r.case_id {within} AND r.last_seq > coalesce(s.seq, 0)
GROUP BY r.case_id"""


class Brief(NamedTuple):
    """As much of a case as a list shows."""

    id: int
    code: str
    org_id: int
    type_code: str
    state: State
    filed_at: datetime
    data_key: str


async def most_urgent(person: Person, *, most: int, at: datetime, sift: Sift | None = None) -> list[Brief]:
    """Return the cases of a desk whose last day is nearest, then those without one, the newest step first.

    ``sift`` lets only some through; its kind and state are codes, not words that somebody typed.
    """
    only = _only(sift)
    run = [*await orgs_where(person, Right.CASE_INTAKE, at=at), *await orgs_where(person, Right.CASE_DIRECT, at=at)]
    filed = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    if run or filed:  # a whole committee's cases are looked through
        found = await many(_urgent(only, heads=True, lite=on_sqlite()), person.id, most, all_of(run), all_of(filed))
    else:
        found = await rows(_urgent(only, heads=False, lite=on_sqlite()), person.id, most)
    return [_brief(row) for row in found]


def _brief(row: Sequence[Any]) -> Brief:
    number, code, org_id, kind, state, filed_at, key = row
    return Brief(number, code, org_id, kind, _STATES[state], moment(filed_at), key)


_STATES: Final = {each.value: each for each in State}


@cache
def _urgent(only: str, *, heads: bool, lite: bool) -> str:  # noqa: ARG001 - the words differ between engines
    more = _RUN.format(run=among(3), filed=among(4), shelved=_quoted(SHELVED))
    near, over = f"{_LED} OR {more}" if heads else _LED, _quoted([*ENDS, State.DRAFT])
    return _URGENT.format(nearest=_NEAREST, over=over, near=near, only=only)


def _only(sift: Sift | None) -> str:
    """Return what a filter adds to the question, of nothing but codes that the program knows."""
    if sift is None or not (sift.kind or sift.state):
        return ""
    kind = f" AND c.type_code LIKE '{int(sift.kind):02}%'" if sift.kind else ""
    return kind + (f" AND c.state = '{State(sift.state).value}'" if sift.state else "")


class Nearest(NamedTuple):
    """What ends first in a case, and on which day."""

    clock: Clock
    due: date


async def nearest_of(ids: Iterable[int]) -> Mapping[int, Nearest]:
    """Return what ends first in each case, of the periods that run, by case."""
    found = await rows(_PERIODS.format(nearest=_NEAREST, within=among(1)), all_of(ids))
    return {case_id: _nearest(clock, due) for case_id, clock, due in found}


@lru_cache(maxsize=1024)  # the days of a desk are few
def _nearest(clock: str, due: date | str) -> Nearest:
    return Nearest(Clock(clock), day(due))


class Listed(NamedTuple):
    """As much of a party as a list shows; its name and its day of birth are locked as in `Party`."""

    case_id: int
    code: str
    side: str
    ordinal: int
    data_key: str
    name: str
    born: str

    @property
    def sign(self) -> str:
        """Return how the party is called where no name may stand: A1, R1."""
        return f"{self.side}{self.ordinal}"


async def parties_in(ids: Iterable[int]) -> list[Listed]:
    """Return the parties of cases, applicants first in each."""
    return [Listed._make(row) for row in await rows(_PARTIES.format(within=among(1)), all_of(ids))]


async def led_by(person: Person, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these cases ``person`` leads."""
    sql = f"SELECT case_id FROM assignment WHERE mediator_id = $1 AND until IS NULL AND case_id {among(2)}"  # noqa: S608
    return frozenset(case_id for (case_id,) in await rows(sql, person.id, all_of(ids)))


async def unread_in(person: Person, ids: Iterable[int]) -> Mapping[int, int]:
    """Return how many lines of the rooms in which ``person`` sits they have not seen, by case; nothing for none."""
    found = await rows(_UNREAD.format(within=among(2)), person.id, all_of(ids))
    return {case_id: int(lines) for case_id, lines in found}


def _quoted(states: Iterable[State]) -> str:
    return ", ".join(f"'{each}'" for each in sorted(states))
