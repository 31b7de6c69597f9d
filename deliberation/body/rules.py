"""What each kind of body brings along: whose roll, how much notice, which vote rules, how many second a matter."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class BodyKind(StrEnum):
    """Who meets."""

    RESIDENTS_ASSEMBLY = "residents_assembly"  # 居民会议
    DELEGATES_ASSEMBLY = "delegates_assembly"  # 居民代表会议
    OWNERS_ASSEMBLY = "owners_assembly"  # 业主大会


class Basis(StrEnum):
    """Whose names stand on the roll; one basis for a roll, never mixed (居委会法 27)."""

    RESIDENTS = "residents"  # 年满十八周岁的居民
    HOUSEHOLDS = "households"  # 户的代表
    DELEGATES = "delegates"  # 居民代表
    OWNERS = "owners"  # 业主


class Weight(StrEnum):
    """How weighty a decision is; the law asks more of some (民法典 278)."""

    GENERAL = "general"
    MAJOR = "major"


class Effect(StrEnum):
    """What the result binds: everybody, nobody, or only the preparation of a meeting."""

    BINDING = "binding"
    ADVISORY = "advisory"
    PREPARATORY = "preparatory"


@dataclass(frozen=True, slots=True)
class Presets:
    """The defaults of a kind of body; a body's own 议事规则 may ask for more, never for less.

    ``notice_days`` are full days: neither the day of the notice nor the day of the vote counts.
    """

    bases: tuple[Basis, ...]
    notice_days: int
    rules: dict[tuple[Basis, Weight], str]


PRESETS: Final = {
    BodyKind.RESIDENTS_ASSEMBLY: Presets(  # 居委会法 26、27
        bases=(Basis.RESIDENTS, Basis.HOUSEHOLDS),
        notice_days=10,
        rules={
            (Basis.RESIDENTS, Weight.GENERAL): "rc25.assembly.adults",
            (Basis.HOUSEHOLDS, Weight.GENERAL): "rc25.assembly.households",
        },
    ),
    BodyKind.DELEGATES_ASSEMBLY: Presets(  # 居委会法 28、29；公示天数比照 26
        bases=(Basis.DELEGATES,),
        notice_days=10,
        rules={(Basis.DELEGATES, Weight.GENERAL): "rc25.rep"},
    ),
    BodyKind.OWNERS_ASSEMBLY: Presets(  # 物业管理条例 14；民法典 278
        bases=(Basis.OWNERS,),
        notice_days=15,
        rules={
            (Basis.OWNERS, Weight.GENERAL): "civ278.general",
            (Basis.OWNERS, Weight.MAJOR): "civ278.major",
        },
    ),
}

ADULT: Final = 18  # years, 居委会法 27
OBJECTION_DAYS: Final = 5  # days to object to a published roll, 居委会法 17
FEWEST: Final = 5  # heads who must second a matter, whatever the size of the roll
DEVELOPER: Final = "developer"


def rule_for(kind: BodyKind, basis: Basis, weight: Weight) -> str | None:
    """Return the id of the vote rule, or None when the law knows no such vote of this body."""
    return PRESETS[kind].rules.get((basis, weight))
