"""Reading matters by SQL, for the list and the page that everybody opens. Says the same as `queries`."""

from datetime import datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple

from community.people.models import Person
from community.record.reading import moment, rows
from deliberation.matter.queries import PAGE, SHELVES, Shelf
from deliberation.matter.states import State

LAST: Final = 2**31 - 1  # the greatest id there can be

_SQL: Final = """
SELECT m.id, m.title, b.name, m.state, m.seconded, m.threshold, m.due_at, m.hidden_at IS NOT NULL
FROM matter m JOIN body b ON b.id = m.body_id
WHERE {which} AND m.id < $2 {more} ORDER BY m.id DESC LIMIT $3
"""


class Listed(NamedTuple):
    """A matter as a list shows it."""

    id: int
    title: str
    body: str
    state: State
    seconded: int
    threshold: int
    due_at: datetime | None
    hidden: bool


async def listed(
    person: Person | None,
    community_id: int | None,
    *,
    shelf: Shelf | None = None,
    before: int | None = None,
    newest: int = PAGE,
) -> tuple[list[Listed], int | None]:
    """Return a page of matters, newest first, and the key of the next page when there is more."""
    where = [community_id] if community_id else []
    sql = _sql(shelf, within=bool(where))
    found = await rows(sql, person.id if person else 0, min(before or LAST, LAST), newest + 1, *where)
    page = [_row(*row) for row in found[:newest]]
    return page, page[-1].id if len(found) > newest else None


@lru_cache(maxsize=4096)
def _row(  # noqa: PLR0917 - the columns in their order
    number: int,
    title: str,
    body: str,
    state: str,
    seconded: int,
    threshold: int,
    due: datetime | str | None,
    hidden: int,
) -> Listed:
    return Listed(number, title, body, State(state), seconded, threshold, moment(due), bool(hidden))


@cache
def _sql(shelf: Shelf | None, *, within: bool) -> str:
    which = "m.author_id = $1" if shelf is Shelf.MINE else "(m.public_at IS NOT NULL OR m.author_id = $1)"
    states = ", ".join(f"'{state.value}'" for state in SHELVES.get(shelf, ())) if shelf else ""
    more = (" AND m.community_id = $4" if within else "") + (f" AND m.state IN ({states})" if states else "")
    return _SQL.format(which=which, more=more)
