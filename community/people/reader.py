"""Who reads: session, person, offices and unread notices, in one question that every request asks.

Signing out and the end of a role take effect at once: what was read is used again only where the engine says that
nothing was committed since, and until the next moment at which a session or an office ends or begins.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from community.people.models import Person, Session
from community.record.asking import asked
from community.record.reading import columns, made, moment, on_sqlite, progress, version, width
from community.rights import Held, Role

MOST_UNREAD: Final = 100  # the badge says 99+ from here on
MOST_KEPT: Final = 1024

_SQL: Final = """
SELECT {session}, {person},
    (SELECT {joined}(held, ',') FROM (
        SELECT role || ' ' || coalesce(CAST(place_id AS TEXT), '') || ' ' || coalesce(CAST(org_id AS TEXT), '') AS held
        FROM holding WHERE person_id = p.id AND since <= $2 AND (until IS NULL OR until > $2) ORDER BY id) now),
    (SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL LIMIT {most}) few),
    {progress}, {edge}
FROM session s JOIN person p ON p.id = s.person_id
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND p.closed_at IS NULL
"""
_EDGE: Final = """
(SELECT min(edge) FROM (SELECT s.expires_at AS edge
    UNION ALL SELECT since FROM holding WHERE person_id = p.id AND since > $2
    UNION ALL SELECT until FROM holding WHERE person_id = p.id AND until > $2))
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


Found = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read, under which version of the database, and for which time it is right."""

    version: object
    since: datetime
    until: datetime
    found: Found


_kept: OrderedDict[str, _Kept] = OrderedDict()


async def read_by(token_hash: str, *, at: datetime) -> Found:
    """Return what there is of the running session whose token has this hash, as it was read; `reader_from` makes it."""
    now, kept = version(), _kept.get(token_hash)
    if kept and kept.version == now and kept.since <= at < kept.until:
        return kept.found
    rest = await asked(_sql(lite=on_sqlite()), ("text", "timestamptz"), token_hash, at)
    found = tuple(rest[0]) if rest else ()
    if found and now is not None:
        _kept[token_hash] = _Kept(now, at, moment(found[-1]), found)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


async def reader_by(token_hash: str, *, at: datetime) -> Reader | None:
    """Return who holds the running session whose token has this hash."""
    return reader_from(await read_by(token_hash, at=at))


def reader_from(found: Found) -> Reader | None:
    """Return the reader of what `read_by` found; each caller gets one to itself."""
    if not found:
        return None
    cut, end = width(Session), width(Session) + width(Person)
    session, person = made(Session, found[:cut]), made(Person, found[cut:end])
    session.person = person
    offices, unread, progressed, _edge = found[end:]
    held = tuple([_held(*each.split(" ")) for each in offices.split(",")]) if offices else ()
    mark = (session.id, *found[cut:end], held, unread)
    return Reader(session, person, held, unread, progressed, mark)


def _held(role: str, place_id: str, org_id: str) -> Held:
    return Held(Role(role), int(place_id) if place_id else None, int(org_id) if org_id else None)


@cache
def _sql(*, lite: bool) -> str:
    return _SQL.format(
        joined="group_concat" if lite else "string_agg",
        progress=progress(lite=lite),
        edge=_EDGE if lite else "NULL",
        session=columns(Session, "s"),
        person=columns(Person, "p"),
        most=MOST_UNREAD,
    )
