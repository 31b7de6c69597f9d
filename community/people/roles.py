"""Which roles a person holds where; the question behind every permission."""

from collections.abc import Iterable
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from community.people.models import Holding, Person
from community.places.models import Place
from community.rights import STAFF, Right, Role, may, require

_EVERYWHERE = Q(place_id=None, org_id=None)
"""A role of the whole installation: that of the first administrator."""


def holdings_at(at: datetime) -> QuerySet[Holding]:
    """Return the holdings that run at ``at``."""
    return Holding.filter(Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)))


async def roles_in_place(person: Person, place_id: int, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds at ``at`` in a place or in any place around it."""
    place = await Place.get_or_none(id=place_id)
    around = place.ancestors if place else []
    held = holdings_at(at).filter(Q(place_id__in=around) | _EVERYWHERE, person_id=person.id)
    return await _roles(held)


async def roles_in_org(person: Person, org_id: int, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds at ``at`` in an organisation."""
    held = holdings_at(at).filter(Q(org_id=org_id) | _EVERYWHERE, person_id=person.id)
    return await _roles(held)


async def all_roles(person: Person, *, at: datetime) -> frozenset[Role]:
    """Return the roles ``person`` holds anywhere; for menus, never for permission."""
    held = holdings_at(at).filter(person_id=person.id)
    return await _roles(held)


async def places_where(person: Person, right: Right, *, at: datetime) -> list[int]:
    """Return the ids of the places in which ``person`` holds a role that carries ``right``."""
    held = await holdings_at(at).filter(person_id=person.id).exclude(place_id=None)
    return [each.place_id for each in held if each.place_id and may([each.role], right)]


async def orgs_where(person: Person, right: Right, *, at: datetime) -> list[int]:
    """Return the ids of the organisations in which ``person`` holds a role that carries ``right``."""
    held = await holdings_at(at).filter(person_id=person.id).exclude(org_id=None)
    return [each.org_id for each in held if each.org_id and may([each.role], right)]


async def everywhere(person: Person, right: Right, *, at: datetime) -> bool:
    """Return whether ``person`` holds ``right`` in the whole installation."""
    held = holdings_at(at).filter(_EVERYWHERE, person_id=person.id)
    return may([each.role for each in await held], right)


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
    rows = await held.values_list("person_id", "role")
    return sorted({int(number) for number, role in rows if may([Role(role)], right)})


async def _roles(held: QuerySet[Holding]) -> frozenset[Role]:
    return frozenset([Role(str(role)) for role in await held.values_list("role", flat=True)])
