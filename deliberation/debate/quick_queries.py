"""Reading what people said by SQL: the page of a matter shows up to thirty threads with all their answers."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from community.record.reading import moment, rows
from deliberation.debate.queries import PAGE
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter

LAST: Final = 2**31 - 1  # the greatest id there can be

_SAID: Final = """
SELECT c.id, c.code, c.parent_id, c.position, c.words, c.official, c.at, c.hidden_at, c.hidden_why,
c.helpful, c.edits, coalesce(p.name, r.name), c.aided
FROM comment c LEFT JOIN person p ON p.id = c.author_id LEFT JOIN resident r ON r.id = c.resident_id
WHERE c.matter_id = $1
"""
_HEADS: Final = _SAID + "AND c.parent_id IS NULL AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
_ANSWERS: Final = _SAID + "AND c.parent_id BETWEEN $2 AND $3 ORDER BY c.id"


class Said(NamedTuple):
    """A comment as the page of its matter shows it: ``author`` names who says it, ``aided`` the office that helped."""

    id: int
    code: str
    parent_id: int | None
    position: Position
    words: str
    official: bool
    at: datetime
    hidden_at: datetime | None
    hidden_why: str
    helpful: int
    edits: int
    author: str
    aided: str


async def said_about(matter: Matter, *, before: int | None = None) -> tuple[list[Said], int | None]:
    """Return a page of threads, newest first, each with its answers, oldest first; and the key of the next page."""
    heads = [_row(*row) for row in await rows(_HEADS, matter.id, min(before or LAST, LAST), PAGE + 1)]
    threads = {head.id: [head] for head in heads[:PAGE]}
    for row in await rows(_ANSWERS, matter.id, min(threads), max(threads)) if threads else ():
        threads[row[2]].append(_row(*row))
    page = [each for thread in threads.values() for each in thread]
    return page, heads[PAGE - 1].id if len(heads) > PAGE else None


@lru_cache(maxsize=4096)
def _row(  # noqa: PLR0917 - the columns in their order
    number: int,
    code: str,
    parent: int | None,
    position: str,
    words: str,
    official: int,
    at: datetime | str,
    hidden_at: datetime | str | None,
    hidden_why: str,
    *rest: Any,  # noqa: ANN401 - as the columns are
) -> Said:
    said, hidden = moment(at), moment(hidden_at)
    return Said(number, code, parent, Position(position), words, bool(official), said, hidden, hidden_why, *rest)
