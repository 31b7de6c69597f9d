"""What each kind of body brings along: whose roll, how much notice, which vote rules, how many second a matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from community.places.rules import PlaceKind
from community.rights import Right, Role


class BodyKind(StrEnum):
    """Who meets."""

    RESIDENTS_ASSEMBLY = "residents_assembly"  # 居民会议
    DELEGATES_ASSEMBLY = "delegates_assembly"  # 居民代表会议
    RESIDENTS_COMMITTEE = "residents_committee"  # 居民委员会
    SUPERVISION_COMMITTEE = "supervision_committee"  # 居务监督委员会
    OWNERS_ASSEMBLY = "owners_assembly"  # 业主大会
    OWNERS_SCOPE = "owners_scope"  # 一幢楼的业主
    OWNERS_COMMITTEE = "owners_committee"  # 业主委员会
    COUNCIL = "council"  # 议事会
    PARTY_MEETING = "party_meeting"  # 社区党员大会
    VILLAGERS_ASSEMBLY = "villagers_assembly"  # 村民会议
    VILLAGERS_DELEGATES = "villagers_delegates"  # 村民代表会议
    VILLAGERS_GROUP = "villagers_group"  # 村民小组会议
    VILLAGERS_COMMITTEE = "villagers_committee"  # 村民委员会


class Basis(StrEnum):
    """Whose names stand on the roll; one basis for a roll, never mixed (居委会法 27)."""

    RESIDENTS = "residents"  # 年满十八周岁的居民
    HOUSEHOLDS = "households"  # 户的代表
    DELEGATES = "delegates"  # 居民代表
    OWNERS = "owners"  # 业主
    MEMBERS = "members"  # 成员


class Proof(StrEnum):
    """How a household said who speaks for it."""

    SIGNED = "signed"  # 全家签字的书面推举
    PRESENT = "present"  # 家人到场说明
    ROLL = "roll"  # 照原有名册


class Weight(StrEnum):
    """How weighty a decision is; the law asks more of some (民法典 278)."""

    GENERAL = "general"
    MAJOR = "major"


class Effect(StrEnum):
    """What the result binds: everybody, nobody, or only the preparation of a meeting."""

    BINDING = "binding"
    ADVISORY = "advisory"
    PREPARATORY = "preparatory"


Rules = Mapping[tuple[Basis, Weight], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presets:
    """The defaults of a kind of body; a body's own 议事规则 may ask for more, never for less.

    Attributes:
        source: the articles.
        bases: whose roll it votes by, one for each roll; without any it takes no roll and no vote.
        notice_days: full days; neither the day of the notice nor the day of the vote counts.
        rules: the vote rule of a roll and a weight; without one it talks matters over and does not vote here.
        places: where there may be one.
        founder: the right of the office that opens and ends it.
        members: the role that makes a member, where the roll is of members.
    """

    source: str
    bases: tuple[Basis, ...] = ()
    notice_days: int = 10
    rules: Rules = field(default_factory=dict)
    places: tuple[PlaceKind, ...] = (PlaceKind.COMMUNITY,)
    founder: Right = Right.ROLL_FREEZE
    members: Role | None = None


def _general(adults: str, households: str) -> Rules:
    """Return the rules of an assembly that votes by persons or by households."""
    return {(Basis.RESIDENTS, Weight.GENERAL): adults, (Basis.HOUSEHOLDS, Weight.GENERAL): households}


OF_OWNERS: Final[Rules] = {
    (Basis.OWNERS, Weight.GENERAL): "civ278.general",
    (Basis.OWNERS, Weight.MAJOR): "civ278.major",
}
EVERYBODY: Final = (Basis.RESIDENTS, Basis.HOUSEHOLDS)

PRESETS: Final[Mapping[BodyKind, Presets]] = {
    BodyKind.RESIDENTS_ASSEMBLY: Presets(
        source="居委会法 26、27",
        bases=EVERYBODY,
        rules=_general("rc25.assembly.adults", "rc25.assembly.households"),
    ),
    BodyKind.DELEGATES_ASSEMBLY: Presets(
        source="居委会法 19、28、29；公示天数比照 26",
        bases=(Basis.DELEGATES,),
        rules={(Basis.DELEGATES, Weight.GENERAL): "rc25.rep"},
        members=Role.DELEGATE,
    ),
    BodyKind.RESIDENTS_COMMITTEE: Presets(source="居委会法 7、8"),
    BodyKind.SUPERVISION_COMMITTEE: Presets(source="居委会法 36、37"),
    BodyKind.OWNERS_ASSEMBLY: Presets(
        source="物业管理条例 14；民法典 278", bases=(Basis.OWNERS,), notice_days=15, rules=OF_OWNERS
    ),
    BodyKind.OWNERS_SCOPE: Presets(
        source="民法典 278；建筑物区分所有权解释 8、9",
        bases=(Basis.OWNERS,),
        notice_days=15,
        rules=OF_OWNERS,
        places=(PlaceKind.BUILDING,),
    ),
    BodyKind.OWNERS_COMMITTEE: Presets(
        source="物业管理条例 15、16；四川 32、杭州 29",
        bases=(Basis.MEMBERS,),
        notice_days=7,
        rules={(Basis.MEMBERS, Weight.GENERAL): "oc.meeting"},
        members=Role.OWNERS_COMMITTEE,
    ),
    BodyKind.COUNCIL: Presets(source="居委会法 32", bases=EVERYBODY),
    BodyKind.PARTY_MEETING: Presets(source="居委会法 30", founder=Right.MATTER_STUDY),
    BodyKind.VILLAGERS_ASSEMBLY: Presets(
        source="村委会法 25、26",
        bases=EVERYBODY,
        rules=_general("vc25.assembly.adults", "vc25.assembly.households"),
    ),
    BodyKind.VILLAGERS_DELEGATES: Presets(
        source="村委会法 29、30",
        bases=(Basis.DELEGATES,),
        rules={(Basis.DELEGATES, Weight.GENERAL): "vc.rep"},
        members=Role.DELEGATE,
    ),
    BodyKind.VILLAGERS_GROUP: Presets(
        source="村委会法 32",
        bases=EVERYBODY,
        rules=_general("vc.group.adults", "vc.group.households"),
        places=(PlaceKind.GRID, PlaceKind.BUILDING),
    ),
    BodyKind.VILLAGERS_COMMITTEE: Presets(source="村委会法 7、8"),
}

ADULT: Final = 18  # years, 居委会法 27
OBJECTION_DAYS: Final = 5  # days to object to a published roll, 居委会法 17
FEWEST: Final = 5  # heads who must second a matter, whatever the size of the roll
DEVELOPER: Final = "developer"
WHY: Final = (4, 300)  # characters of why a body ends


def rule_for(kind: BodyKind, basis: Basis, weight: Weight) -> str | None:
    """Return the id of the vote rule, or None when the law knows no such vote of this body."""
    return PRESETS[kind].rules.get((basis, weight))
