"""More people for moderation: the street's moderator, a colleague, a third party; and how to get to a decision."""

from community.moderation.hiding import hide
from community.moderation.models import Hiding
from community.moderation.orders import Order
from community.moderation.rules import Reason
from community.notice.models import Notice
from community.people.models import Holding, Person
from community.places.models import Place
from community.rights import Role
from tests.world import NOON, World

ABUSE = Order(Reason.ABUSE, "请去掉骂人的话，改好后会重新显示。")
PRIVACY = Order(Reason.PRIVACY, "请去掉门牌号和电话。", conceal=("302", "东门"))
SPAM = Order(Reason.SPAM, "请不要发广告。")


async def somebody(name: str, role: Role, place: Place) -> Person:
    """Add a person with an office."""
    person = await Person.create(name=name, email=f"{name}@example.org", confirmed_at=NOON, joined_at=NOON)
    await Holding.create(person=person, role=role, place=place, since=NOON)
    return person


async def street_moderator(world: World) -> Person:
    """Add a moderator of the street."""
    return await somebody("sun", Role.MODERATOR, world.street)


async def third_party(world: World) -> Person:
    """Add who evaluates from outside."""
    return await somebody("ping", Role.AUDITOR, world.community)


async def told(person: Person) -> list[str]:
    """Return what lies in somebody's inbox, the oldest first."""
    return [notice.sentence for notice in await Notice.filter(person_id=person.id).order_by("id")]


async def hidden(world: World, order: Order = ABUSE) -> Hiding:
    """Decide about the slip that nobody stands behind."""
    return await hide("slip-1", order, by=world.moderator, at=NOON)
