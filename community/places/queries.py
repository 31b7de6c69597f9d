"""Reading places: the community somebody looks after, its buildings and units, and the divisions of the country."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q
from tortoise.functions import Count

from community.errors import Hidden
from community.people.models import Person
from community.people.roles import roles_in_place
from community.places.models import Ownership, Place, PlaceKind, Resident, Unit
from community.rights import Right, may

MOST: int = 50
WIDE = (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.COUNTY, PlaceKind.STREET)


@dataclass(frozen=True, slots=True)
class Branch:
    """One place of a tree: how deep it lies, and how many units it has."""

    place: Place
    depth: int
    units: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a building with who lives in it and how many own it; ``developer`` for unsold stock."""

    unit: Unit
    residents: list[Resident]
    owners: int
    developer: bool


async def community_for(person: Person, right: Right, *, at: datetime) -> Place:
    """Return the community of ``person`` in which they hold ``right``.

    Raises:
        Hidden: they hold it nowhere there.
    """
    place = await Place.get_or_none(id=person.community_id) if person.community_id else None
    if place is None or not may(await roles_in_place(person, place.id, at=at), right):
        raise Hidden("这一页只给管理本社区名册的工作人员看。")
    return place


async def community_of(code: str) -> Place:
    """Return a community by its code.

    Raises:
        Hidden: there is none.
    """
    place = await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY)
    if place is None:
        raise Hidden("没有编码为 {code} 的社区，请先导入它，或者改编码。", code=code)
    return place


async def place_for(person: Person, code: str, right: Right, *, at: datetime) -> Place:
    """Return a place in which ``person`` holds ``right``.

    Raises:
        Hidden: there is none, or they do not.
    """
    place = await Place.get_or_none(code=code)
    if place is None or not may(await roles_in_place(person, place.id, at=at), right):
        raise Hidden("没有找到这个地方，请从楼栋列表里进。")
    return place


async def branches(community: Place) -> list[Branch]:
    """Return the grids and buildings of a community, each below what it lies in."""
    places = await Place.filter(community_id=community.id).exclude(id=community.id)
    counted = (
        await Unit.filter(community_id=community.id)
        .annotate(n=Count("id"))
        .group_by("building_id")
        .values("building_id", "n")
    )
    units = {row["building_id"]: row["n"] for row in counted}
    names = {place.id: (place.kind is PlaceKind.BUILDING, natural(place.name)) for place in places}
    top = len(community.ancestors)
    ordered = sorted(places, key=lambda place: [names[id_] for id_ in place.ancestors[top:]])
    return [Branch(place, len(place.ancestors) - top, units.get(place.id, 0)) for place in ordered]


async def units_of(building: Place) -> list[UnitLine]:
    """Return the units of a building in the order in which people count them."""
    units = await Unit.filter(building_id=building.id)
    ids = [unit.id for unit in units]
    residents = await Resident.filter(unit_id__in=ids, moved_out=None).order_by("id")
    shares = await Ownership.filter(unit_id__in=ids, until=None)
    return [
        UnitLine(
            unit,
            [row for row in residents if row.unit_id == unit.id],
            sum(1 for each in shares if each.unit_id == unit.id and not each.developer),
            any(each.developer for each in shares if each.unit_id == unit.id),
        )
        for unit in sorted(units, key=lambda unit: natural(unit.number))
    ]


async def divisions(words: str, *, inside: Place | None = None) -> list[Place]:
    """Return the divisions whose name, sound or code has ``words`` in it, the widest first; or what lies in one."""
    found = Place.filter(kind__in=WIDE)
    if inside:
        found = found.filter(parent_id=inside.id)
    for word in words.split():
        plain = word.lower()
        found = found.filter(Q(name__contains=word) | Q(pinyin__contains=plain) | Q(code__startswith=plain))
    if not (words or inside):
        found = found.filter(parent_id=None)
    return await found.order_by("code").limit(MOST)


async def around(place: Place) -> list[Place]:
    """Return the places that ``place`` lies in, the widest first."""
    return await Place.filter(id__in=place.ancestors).exclude(id=place.id).order_by("path")


def natural(text: str) -> list[tuple[int, str]]:
    """Return a sorting key in which 2 comes before 10.

    >>> sorted(["10号楼", "2号楼", "甲座"], key=natural)
    ['2号楼', '10号楼', '甲座']
    """
    pieces, digits = [], ""
    for sign in text:
        if sign.isascii() and sign.isdigit():
            digits += sign
            continue
        pieces += [(int(digits), "")] if digits else []
        pieces.append((1_000_000, sign))
        digits = ""
    return pieces + ([(int(digits), "")] if digits else [])
