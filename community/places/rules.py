"""The levels of places, the uses of units, the ranks of floor areas: what no import may break."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.rights import Role


class PlaceKind(StrEnum):
    """The level of a place."""

    PROVINCE = "province"  # 省
    CITY = "city"  # 市
    COUNTY = "county"  # 县区
    STREET = "street"  # 街道乡镇
    COMMUNITY = "community"  # 社区
    GRID = "grid"  # 网格
    BUILDING = "building"  # 楼栋


class UnitKind(StrEnum):
    """What a unit is used for."""

    HOME = "home"  # 住宅
    SHOP = "shop"  # 商铺
    PARKING = "parking"  # 车位


class AreaSource(StrEnum):
    """Where a floor area comes from: the register outranks the survey, the survey the contract."""

    REGISTER = "register"  # 不动产登记
    SURVEY = "survey"  # 测绘
    CONTRACT = "contract"  # 买卖合同


class Standing(StrEnum):
    """What a row of the roll says about somebody in a unit."""

    OWNER = "owner"  # 业主
    RESIDENT = "resident"  # 居民 (does not own it)
    DEVELOPER = "developer"  # 开发商 (unsold or undelivered stock)


LEVELS: Final = tuple(PlaceKind)
"""From the widest to the narrowest."""

ABOVE: Final = MappingProxyType(
    {
        PlaceKind.PROVINCE: frozenset[PlaceKind](),
        PlaceKind.CITY: frozenset({PlaceKind.PROVINCE}),
        PlaceKind.COUNTY: frozenset({PlaceKind.CITY}),
        PlaceKind.STREET: frozenset({PlaceKind.COUNTY, PlaceKind.CITY}),  # some cities have no counties
        PlaceKind.COMMUNITY: frozenset({PlaceKind.STREET}),
        PlaceKind.GRID: frozenset({PlaceKind.COMMUNITY}),
        PlaceKind.BUILDING: frozenset({PlaceKind.COMMUNITY, PlaceKind.GRID}),
    }
)
"""What a place may lie in directly."""

TOPS: Final = frozenset({PlaceKind.PROVINCE, PlaceKind.STREET})
"""What may stand without anything around it: a whole country, or a street that runs its own platform."""

RANK: Final = tuple(AreaSource)
"""最高法院建筑物区分所有权解释 (2020) 第8条: 登记 before 测绘 before 买卖合同."""


def yields(old: AreaSource, new: AreaSource) -> bool:
    """Tell whether an area on record gives way to one from ``new``.

    >>> yields(AreaSource.REGISTER, AreaSource.CONTRACT), yields(AreaSource.SURVEY, AreaSource.SURVEY)
    (False, True)
    """
    return RANK.index(new) <= RANK.index(old)


def roles_of(*, lives_here: bool, household_rep: bool, owns: bool) -> frozenset[Role]:
    """Return the roles that follow from the roll, for one who has been matched with it.

    >>> sorted(roles_of(lives_here=False, household_rep=True, owns=True))
    [<Role.OWNER: 'owner'>]
    """
    lived = {Role.RESIDENT} | ({Role.HOUSEHOLD_REP} if household_rep else set()) if lives_here else set()
    return frozenset(lived | ({Role.OWNER} if owns else set()))


def listed(words: Iterable[str]) -> str:
    """Return words joined as a Chinese sentence lists them.

    >>> listed(["楼栋", "房号"])
    '楼栋、房号'
    """
    return "、".join(words)


def by_number(building: str) -> tuple[int, str]:
    """Return the place of a building among others.

    >>> sorted(["10号楼", "2号楼", "会所"], key=by_number)
    ['会所', '2号楼', '10号楼']
    """
    digits = "".join(each for each in building if each.isdecimal())
    return int(digits or 0), building
