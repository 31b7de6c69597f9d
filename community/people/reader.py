"""Who reads: session, person, offices and unread notices, in one question that every request asks.

Nothing of it is remembered from one request to the next, so signing out and the end of a role take effect at once.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from community.people.models import Person, Session
from community.record.reading import columns, made, on_sqlite, progress, rows, width
from community.rights import Held, Role

MOST_UNREAD: Final = 100  # the badge says 99+ from here on

_SQL: Final = """
SELECT {session}, {person}, h.role, h.place_id, h.org_id,
    (SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL LIMIT {most}) few),
    {progress}
FROM session s JOIN person p ON p.id = s.person_id
LEFT JOIN holding h ON h.person_id = p.id AND h.since <= $2 AND (h.until IS NULL OR h.until > $2)
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND p.closed_at IS NULL ORDER BY h.id
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """A running session and what goes with it. ``unread`` counts to `MOST_UNREAD` at most.

    ``progress`` is how far the record was when this was read; ``mark`` is all that pages may show of the reader.
    """

    session: Session
    person: Person
    held: tuple[Held, ...]
    unread: int
    progress: object
    mark: tuple[object, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles held anywhere; for menus, never for permission."""
        return frozenset([each.role for each in self.held])

    def roles_in(self, path: str) -> frozenset[Role]:
        """Return the roles held in a place, named by its path, or around it; for buttons, commands ask again."""
        around = {int(part) for part in path.split("/") if part}
        return frozenset([each.role for each in self.held if each.place_id in around or each[1:] == (None, None)])


Found = tuple[tuple[Any, ...], ...]


async def read_by(token_hash: str, *, at: datetime) -> Found:
    """Return what there is of the running session whose token has this hash, as it was read; `reader_from` makes it."""
    return tuple([tuple(row) for row in await rows(_sql(lite=on_sqlite()), token_hash, at)])


async def reader_by(token_hash: str, *, at: datetime) -> Reader | None:
    """Return who holds the running session whose token has this hash."""
    return reader_from(await read_by(token_hash, at=at))


def reader_from(found: Found) -> Reader | None:
    """Return the reader of what `read_by` found; each caller gets one to itself."""
    if not found:
        return None
    cut, end = width(Session), width(Session) + width(Person)
    session, person = made(Session, found[0][:cut]), made(Person, found[0][cut:end])
    session.person = person
    held = tuple([Held(Role(row[end]), row[end + 1], row[end + 2]) for row in found if row[end]])
    unread, progressed = found[0][end + 3 : end + 5]
    mark = (session.id, *found[0][cut:end], held, unread)
    return Reader(session, person, held, unread, progressed, mark)


@cache
def _sql(*, lite: bool) -> str:
    return _SQL.format(
        progress=progress(lite=lite), session=columns(Session, "s"), person=columns(Person, "p"), most=MOST_UNREAD
    )
