"""The organisations of a community, and who may keep the seal of one."""

from community.errors import Hidden
from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person
from community.places.models import Place

KINDS = tuple(OrgKind)


async def orgs_around(community: Place) -> list[Org]:
    """Return the organisations that act in a community, its own first, then those of the places around it."""
    orgs = await Org.filter(place_id__in=community.ancestors).select_related("place", "parent")
    depth = {place: -at for at, place in enumerate(community.ancestors)}
    return sorted(orgs, key=lambda org: (depth[org.place_id], KINDS.index(org.kind), org.id))


async def org_of(code: str) -> Org:
    """Return an organisation by its code.

    Raises:
        Hidden: there is none.
    """
    org = await Org.get_or_none(code=code).select_related("place", "parent")
    if org is None:
        raise Hidden("没有找到这个组织，请从组织名单里进。")
    return org


async def members(org: Org) -> list[Person]:
    """Return whoever holds an office in ``org`` that has not ended for good; one of them may keep its seal."""
    held = await Holding.filter(org_id=org.id, until=None).select_related("person").order_by("id")
    return list({each.person_id: each.person for each in held}.values())


async def custodian(org: Org) -> Person | None:
    """Return who keeps the seal."""
    return await Person.get_or_none(id=org.seal_custodian_id) if org.seal_custodian_id else None
