"""谁代表一个组织 — who answers for an organisation: those appointed in it, and who holds its office in its place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.orgs.models import Org
from community.orgs.rules import OrgKind
from community.people.models import Person
from community.people.roles import holdings_at, roles_in_org, roles_in_place
from community.places.models import Place
from community.rights import Right, Role, may

OFFICES: Final[Mapping[OrgKind, Role]] = {
    OrgKind.RESIDENTS_COMMITTEE: Role.CLERK,
    OrgKind.OWNERS_COMMITTEE: Role.OWNERS_COMMITTEE,
    OrgKind.SUPERVISION_COMMITTEE: Role.SUPERVISOR,
    OrgKind.PARTY_BRANCH: Role.MODERATOR,
    OrgKind.STREET_OFFICE: Role.STREET,
    OrgKind.JUSTICE_OFFICE: Role.JUSTICE_OFFICE,
    OrgKind.PROPERTY_COMPANY: Role.PROPERTY,
    OrgKind.SOCIAL: Role.SOCIAL,
}
"""The office that acts for an organisation when it is held in the organisation's place."""


async def speaks_for(person: Person, org: Org, *, at: datetime) -> bool:
    """Return whether ``person`` may answer for ``org``."""
    if may(await roles_in_org(person, org.id, at=at), Right.CALL_ANSWER):
        return True
    office = OFFICES.get(org.kind)
    return office is not None and office in await roles_in_place(person, org.place_id, at=at)


async def envoys(org: Org, *, at: datetime) -> list[int]:
    """Return the ids of the people who may answer for ``org``."""
    wanted = Q(org_id=org.id)
    office = OFFICES.get(org.kind)
    if office:
        place = await Place.get(id=org.place_id)
        wanted |= Q(place_id__in=place.ancestors, role=office)
    rows = await holdings_at(at).filter(wanted).values_list("person_id", "role")
    return sorted({int(number) for number, role in rows if may([Role(role)], Right.CALL_ANSWER)})


async def orgs_of(person: Person, *, at: datetime) -> list[Org]:
    """Return the organisations for which ``person`` may answer."""
    held = [each for each in await holdings_at(at).filter(person_id=person.id) if may([each.role], Right.CALL_ANSWER)]
    inside = [each.org_id for each in held if each.org_id]
    wanted = [Q(id__in=inside)] if inside else []
    for each in held:
        kinds = [kind for kind, role in OFFICES.items() if role == each.role]
        if each.place_id and kinds:
            wanted.append(Q(kind__in=kinds, place__path__contains=f"/{each.place_id}/"))
    return await Org.filter(Q(*wanted, join_type=Q.OR)).order_by("id") if wanted else []
