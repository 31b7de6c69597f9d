"""A small neighbourhood with the cast of every test. All of them are made up.

阿兰 and 阿强 live there (302 and 402, 阿强 upstairs), 阿秀 and 老赵 too; 老陈 clerks, 书记 moderates,
老周 supervises, 小林 takes cases in, 主任 directs the mediation committee and keeps its seal, 吴老师
mediates, 路人 only passes by. 管理员 runs the machine.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person, Session
from community.places.models import Ownership, Place, PlaceKind, Resident, Unit
from community.record.transaction import bookkeeping
from community.rights import Role
from web.person import token_hash

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)  # 12:00 in Beijing
FOREVER = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """The places, organisations and people of the play."""

    street: Place
    community: Place
    grid: Place
    building: Place
    units: list[Unit]
    residents_committee: Org
    mediation_committee: Org
    lan: Person
    qiang: Person
    xiu: Person
    zhao: Person
    clerk: Person
    moderator: Person
    supervisor: Person
    intake: Person
    director: Person
    mediator: Person
    admin: Person
    stranger: Person

    @property
    def residents(self) -> list[Person]:
        """Return the four residents."""
        return [self.lan, self.qiang, self.xiu, self.zhao]


@bookkeeping
async def build() -> World:
    """Create the neighbourhood in the current database."""
    street = await _place(PlaceKind.STREET, "清河街道", "999001000", None)
    community = await _place(PlaceKind.COMMUNITY, "幸福里社区", "999001001", street)
    grid = await _place(PlaceKind.GRID, "第一网格", "999001001-g1", community)
    building = await _place(PlaceKind.BUILDING, "1号楼", "999001001-b1", grid)
    numbers = [("302", 8937), ("402", 8937), ("501", 12050), ("602", 6512)]
    units = [
        await Unit.create(community_id=community.id, building=building, number=number, area=area)
        for number, area in numbers
    ]
    committee = await Org.create(
        kind=OrgKind.RESIDENTS_COMMITTEE,
        name="幸福里社区居民委员会",
        short_name="幸福里居",
        place=community,
        community_id=community.id,
    )
    mediation = await Org.create(
        kind=OrgKind.MEDIATION_COMMITTEE,
        name="幸福里社区人民调解委员会",
        short_name="幸福里居",
        place=community,
        community_id=community.id,
    )
    names = {"lan": "阿兰", "qiang": "阿强", "xiu": "阿秀", "zhao": "老赵"}
    cast = {key: await _person(key, name, community) for key, name in names.items()}
    for person, unit in zip(cast.values(), units, strict=True):
        await _settle(person, unit, community)
    for key, name, role in (
        ("clerk", "老陈", Role.CLERK),
        ("moderator", "书记", Role.MODERATOR),
        ("supervisor", "老周", Role.SUPERVISOR),
        ("admin", "管理员", Role.ADMIN),
    ):
        cast[key] = await _person(key, name, community)
        await Holding.create(person=cast[key], role=role, place=community, since=NOON)
    for key, name, role in (
        ("intake", "小林", Role.INTAKE),
        ("director", "主任", Role.DIRECTOR),
        ("mediator", "吴老师", Role.PEOPLE_MEDIATOR),
    ):
        cast[key] = await _person(key, name, community)
        await Holding.create(person=cast[key], role=role, org=mediation, since=NOON)
    cast["stranger"] = await _person("stranger", "路人", community)
    await Org.filter(id=mediation.id).update(seal_custodian_id=cast["director"].id)
    await mediation.refresh_from_db()
    return World(street, community, grid, building, units, committee, mediation, **cast)


async def _place(kind: PlaceKind, name: str, code: str, parent: Place | None) -> Place:
    place = await Place.create(kind=kind, name=name, code=code, parent=parent)
    place.path = f"{parent.path if parent else '/'}{place.id}/"
    inner = kind in (PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.BUILDING)
    place.community_id = (
        (place.id if kind is PlaceKind.COMMUNITY else (parent.community_id if parent else None)) if inner else None
    )
    await place.save()
    return place


async def _person(key: str, name: str, community: Place) -> Person:
    return await Person.create(
        name=name, email=f"{key}@example.org", confirmed_at=NOON, joined_at=NOON, community_id=community.id
    )


async def _settle(person: Person, unit: Unit, community: Place) -> None:
    resident = await Resident.create(
        community_id=community.id,
        unit=unit,
        name=person.name,
        born_on=date(1970, 1, 1),
        household_rep=True,
        person_id=person.id,
    )
    await Ownership.create(
        community_id=community.id, unit=unit, resident=resident, holder_name=person.name, since=date(2015, 1, 1)
    )
    for role in (Role.RESIDENT, Role.OWNER):
        await Holding.create(person=person, role=role, place=community, since=NOON)


async def sign_in(person: Person) -> dict[str, str]:
    """Return the cookie of a fresh session in which ``person`` is signed in, second factor included."""
    token = f"token-of-{person.id}"
    await Session.get_or_create(
        token_hash=token_hash(token),
        defaults={"person": person, "began_at": NOON, "seen_at": NOON, "strong_at": NOON, "expires_at": FOREVER},
    )
    return {"heyi": token}
