"""Reading accounts: who has an address, where one is signed in, who holds which office."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person, RecoveryCode, Session
from community.people.roles import everywhere, holdings_at, places_where
from community.people.rules import FROM_THE_ROLL
from community.places.models import Place, PlaceKind
from community.record.reading import all_of, among, many, rows
from community.rights import Right

MOST_PLACES = 500
OFFICE_PLACES = (PlaceKind.COUNTY, PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID)


async def by_email(address: str) -> Person | None:
    """Return the person with a confirmed mailbox and an open account."""
    return await Person.filter(email=address, closed_at=None).exclude(confirmed_at=None).first()


async def communities() -> list[Place]:
    """Return the communities one can join: those whose residents' committee is on the platform."""
    homes = await Org.filter(kind=OrgKind.RESIDENTS_COMMITTEE).values_list("place_id", flat=True)
    return await Place.filter(kind=PlaceKind.COMMUNITY, id__in=list(homes)).order_by("name")


async def my_sessions(person: Person, *, at: datetime) -> list[Session]:
    """Return the sessions of ``person`` that still run, the last used first."""
    running = Session.filter(person_id=person.id, ended_at=None, expires_at__gt=at)
    return await running.order_by("-seen_at", "-id")


async def alive(session_ids: Iterable[int], *, at: datetime) -> frozenset[int]:
    """Return those of the sessions that still run; for connections that outlive a request."""
    asked = list(session_ids)
    ask = rows if len(asked) == 1 else many
    found = await ask(_ALIVE.format(within=among(1)), all_of(asked), at)
    return frozenset([number for (number,) in found])


_ALIVE: Final = """SELECT s.id FROM session s JOIN person p ON p.id = s.person_id
WHERE s.id {within} AND s.ended_at IS NULL AND s.expires_at > $2 AND p.closed_at IS NULL"""


async def codes_left(person: Person) -> int:
    """Return how many recovery codes are unused."""
    return await RecoveryCode.filter(person_id=person.id, used_at=None).count()


async def my_holdings(person: Person, *, at: datetime) -> list[Holding]:
    """Return the roles that ``person`` holds, with their places and organisations."""
    return await holdings_at(at).filter(person_id=person.id).order_by("id").select_related("place", "org")


async def offices(person: Person, *, at: datetime) -> list[Holding]:
    """Return the offices held where ``person`` may grant them, the newest first."""
    held = holdings_at(at).exclude(role__in=list(FROM_THE_ROLL)).order_by("-id").limit(MOST_PLACES)
    if not await everywhere(person, Right.ROLE_GRANT, at=at):
        inside = await places_within(person, at=at)
        held = held.filter(Q(place_id__in=inside) | Q(org__place_id__in=inside))
    return await held.select_related("person", "place", "org")


async def places_within(person: Person, *, at: datetime) -> list[int]:
    """Return the ids of all places inside those where ``person`` may grant roles."""
    roots = await Place.filter(id__in=await places_where(person, Right.ROLE_GRANT, at=at))
    inside: list[int] = []
    for root in roots:
        inside += [place.id async for place in Place.filter(path__startswith=root.path)]
    return sorted(set(inside))


async def places_to_grant_in(person: Person, *, at: datetime) -> list[Place]:
    """Return the places in which ``person`` may give an office."""
    every = Place.filter(kind__in=list(OFFICE_PLACES)).order_by("path").limit(MOST_PLACES)
    if await everywhere(person, Right.ROLE_GRANT, at=at):
        return await every
    return await every.filter(id__in=await places_within(person, at=at))


async def orgs_to_grant_in(person: Person, *, at: datetime) -> list[Org]:
    """Return the organisations in which ``person`` may give an office."""
    every = Org.all().order_by("id").limit(MOST_PLACES)
    if await everywhere(person, Right.ROLE_GRANT, at=at):
        return await every
    return await every.filter(place_id__in=await places_within(person, at=at))
