"""Which roles a person holds where; the question behind every permission."""

from collections.abc import Iterable
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from community.people.models import Holding, Person
from community.places.models import Place
from community.record.reading import rows
from community.record.transaction import inside
from community.rights import STAFF, Held, Right, Role, may, require

_EVERYWHERE = Q(place_id=None, org_id=None)
"""A role of the whole installation: that of the first administrator."""

_HELD = """SELECT role, place_id, org_id FROM holding
WHERE person_id = $1 AND since <= $2 AND (until IS NULL OR until > $2) ORDER BY id"""
_HELD_AND_PATH = """SELECT h.role, h.place_id, h.org_id, p.path FROM place p
LEFT JOIN holding h ON h.person_id = $1 AND h.since <= $2 AND (h.until IS NULL OR h.until > $2)
WHERE p.id = $3 ORDER BY h.id"""


def holdings_at(at: datetime) -> QuerySet[Holding]:
    """Return the holdings that run at ``at``."""
    return Holding.filter(Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)))


async def held_by(person: Person, *, at: datetime) -> tuple[Held, ...]:
    """Return what ``person`` holds at ``at``.

    While a page is made this was read as the request began (`Person.held`); a command always asks again.
    """
    if person.held is not None and not inside():
        return person.held
    return tuple([Held(Role(role), place, org) for role, place, org in await rows(_HELD, person.id, at)])


async def roles_in_place(person: Person, place_id: int, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds at ``at`` in a place or in any place around it."""
    if person.held is not None and not inside():
        held, found = person.held, await rows("SELECT path FROM place WHERE id = $1", place_id)
    else:
        found = await rows(_HELD_AND_PATH, person.id, at, place_id)
        held = tuple([Held(Role(role), place, org) for role, place, org, _ in found if role])
    return roles_along(found[0][-1] if found else "", held)


def roles_along(path: str, held: Iterable[Held]) -> frozenset[Role]:
    """Return which of the roles in ``held`` hold in a place, named by its path: there, around it or everywhere."""
    around = {int(part) for part in path.split("/") if part}
    return frozenset([each.role for each in held if each.place_id in around or _everywhere(each)])


async def roles_at(person: Person, place: Place, *, at: datetime) -> frozenset[Role]:
    """Return the same for a place that was read already, which while a page is made asks nothing more."""
    if person.held is None or inside():
        return await roles_in_place(person, place.id, at=at)
    around = {int(part) for part in place.path.split("/") if part}
    return frozenset([each.role for each in person.held if each.place_id in around or _everywhere(each)])


async def roles_in_org(person: Person, org_id: int, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds at ``at`` in an organisation."""
    held = await held_by(person, at=at)
    return frozenset([each.role for each in held if each.org_id == org_id or _everywhere(each)])


async def all_roles(person: Person, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds anywhere; for menus, never for permission."""
    return frozenset([each.role for each in await held_by(person, at=at)])


async def places_where(person: Person, right: Right, *, at: datetime) -> list[int]:
    """Return the ids of the places in which ``person`` holds a role that carries ``right``."""
    held = await held_by(person, at=at)
    return [each.place_id for each in held if each.place_id and may([each.role], right)]


async def orgs_where(person: Person, right: Right, *, at: datetime) -> list[int]:
    """Return the ids of the organisations in which ``person`` holds a role that carries ``right``."""
    held = await held_by(person, at=at)
    return [each.org_id for each in held if each.org_id and may([each.role], right)]


async def everywhere(person: Person, right: Right, *, at: datetime) -> bool:
    """Return whether ``person`` holds ``right`` in the whole installation."""
    return may([each.role for each in await held_by(person, at=at) if _everywhere(each)], right)


def _everywhere(held: Held) -> bool:
    return held.place_id is None and held.org_id is None


async def require_in_place(person: Person, place_id: int, right: Right, *, at: datetime) -> frozenset[Role]:
    """Return the roles of ``person`` in a place, or raise `Forbidden` when none carries ``right``."""
    roles = await roles_in_place(person, place_id, at=at)
    require(roles, right)
    return roles


async def require_in_org(person: Person, org_id: int, right: Right, *, at: datetime) -> frozenset[Role]:
    """Return the roles of ``person`` in an organisation, or raise `Forbidden` when none carries ``right``."""
    roles = await roles_in_org(person, org_id, at=at)
    require(roles, right)
    return roles


def is_staff(roles: Iterable[Role]) -> bool:
    """Return whether any of ``roles`` is an office, which needs a second factor to sign in."""
    return any(role in STAFF for role in roles)


async def people_with(
    right: Right, *, place_id: int | None = None, org_id: int | None = None, at: datetime
) -> list[int]:
    """Return the ids of the people who hold ``right`` in a place (or around it), in an organisation, or everywhere."""
    held = holdings_at(at)
    if place_id is not None:
        place = await Place.get(id=place_id)
        held = held.filter(Q(place_id__in=place.ancestors) | _EVERYWHERE)
    else:
        held = held.filter(Q(org_id=org_id) | _EVERYWHERE)
    found = await held.values_list("person_id", "role")
    return sorted({int(number) for number, role in found if may([Role(role)], right)})
