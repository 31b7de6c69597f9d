"""A second neighbourhood on the same street, so that there is somebody from elsewhere. All of them are made up."""

from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person
from community.places.models import Place, PlaceKind
from community.rights import Role
from tests.world import NOON, World


async def elsewhere(world: World) -> dict[str, Person]:
    """Build 平安里社区 with a mediation committee of its own and return its people by their role."""
    place = await Place.create(kind=PlaceKind.COMMUNITY, name="平安里社区", code="999001002", parent=world.street)
    place.path, place.community_id = f"{world.street.path}{place.id}/", place.id
    await place.save()
    org = await Org.create(
        kind=OrgKind.MEDIATION_COMMITTEE,
        name="平安里社区人民调解委员会",
        short_name="平安里居",
        place=place,
        community_id=place.id,
    )
    here = {"resident": Role.RESIDENT, "clerk": Role.CLERK, "moderator": Role.MODERATOR, "admin": Role.ADMIN}
    there = {"intake": Role.INTAKE, "director": Role.DIRECTOR, "mediator": Role.PEOPLE_MEDIATOR}
    people = {}
    for name, role in {**here, **there}.items():
        where = {"place": place} if name in here else {"org": org}
        people[f"other {name}"] = person = await Person.create(
            name=f"外{name}", email=f"other-{name}@example.org", confirmed_at=NOON, joined_at=NOON,
            community_id=place.id,
        )  # fmt: skip
        await Holding.create(person=person, role=role, since=NOON, **where)
    return people
