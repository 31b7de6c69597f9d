"""Who works where, and under whom: nobody decides about what a colleague or somebody above them did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from community.orgs.models import Org
from community.people.models import Holding
from community.people.roles import holdings_at
from community.rights import STAFF, Role


@dataclass(frozen=True, slots=True)
class Desk:
    """A place of work: an organisation (no ``role``) or an office in a place. ``path`` leads from the top to it."""

    role: Role | None
    path: tuple[int, ...]


def together(one: Iterable[Desk], other: Iterable[Desk]) -> bool:
    """Return whether two people work in the same organisation or office."""
    return not set(one).isdisjoint(other)


def under(one: Iterable[Desk], other: Iterable[Desk]) -> bool:
    """Return whether the first works in something that belongs to something the second works in.

    >>> under([Desk(None, (1, 2))], [Desk(None, (1,))]), under([Desk(None, (1,))], [Desk(None, (1, 2))])
    (True, False)
    """
    above = list(other)
    return any(
        mine.role == theirs.role and len(mine.path) > len(theirs.path) and mine.path[: len(theirs.path)] == theirs.path
        for mine in one
        for theirs in above
    )


async def desks_of(person_id: int, *, at: datetime) -> frozenset[Desk]:
    """Return where somebody works at ``at``; to live somewhere is not to work there."""
    held = await holdings_at(at).filter(person_id=person_id).select_related("place", "org")
    found = [await _desk(each) for each in held]
    return frozenset(desk for desk in found if desk)


async def _desk(held: Holding) -> Desk | None:
    if held.org:
        return Desk(None, await _chain(held.org))
    if held.place and held.role in STAFF:
        return Desk(held.role, tuple(held.place.ancestors))
    return None


async def _chain(org: Org) -> tuple[int, ...]:
    """Return the ids of the organisations above ``org`` and its own, the highest first."""
    path = [org.id]
    while org.parent_id is not None and org.parent_id not in path:
        org = await Org.get(id=org.parent_id)
        path.insert(0, org.id)
    return tuple(path)


async def colleagues(one: int, other: int, *, at: datetime) -> bool:
    """Return whether two people work in the same organisation or office."""
    return together(await desks_of(one, at=at), await desks_of(other, at=at))


async def depends(one: int, others: Iterable[int], *, at: datetime) -> bool:
    """Return whether somebody is a colleague of one of ``others`` or reports to one of them."""
    mine = await desks_of(one, at=at)
    theirs = [await desks_of(number, at=at) for number in set(others)]
    return any(together(mine, desks) or under(mine, desks) for desks in theirs)
