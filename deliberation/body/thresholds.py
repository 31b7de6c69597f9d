"""How many must second what kind of request, each line with its article; exact integers. Pure.

None of the statutory lines is a right to an item on this platform: they take over the numbers that the law
asks of those who want a meeting called. The ordinary line is our own, and a body may change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from deliberation.body.rules import FEWEST, Basis, BodyKind


class Request(StrEnum):
    """What kind of thing is asked for."""

    ORDINARY = "ordinary"  # 一般提议
    RESIDENTS_MEETING = "residents_meeting"  # 要求召开居民会议
    DELEGATES_MEETING = "delegates_meeting"  # 要求召开居民代表会议
    RECALL = "recall"  # 要求罢免
    AUDIT = "audit"  # 要求审计
    OWNERS_MEETING = "owners_meeting"  # 提议召开业主大会临时会议
    ORDERED_MEETING = "ordered_meeting"  # 请街道责令召开业主大会


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least ``num``/``den`` of the heads of the roll and at least ``least`` heads.

    Attributes:
        area: the same share of the area is enough as well.
        capped: a roll smaller than ``least`` needs all of itself and no more.
        article: where it is written.
    """

    num: int
    den: int
    article: str
    least: int = 0
    area: bool = False
    capped: bool = False

    def heads(self, of: int) -> int:
        """Return how many heads of a roll of ``of`` it takes.

        >>> [ORDINARY.heads(n) for n in (3, 236, 501, 2001)], TENTH.heads(101)
        ([3, 5, 6, 21], 11)
        """
        needed = max(self.least, -(-of * self.num // self.den))
        return min(of, needed) if self.capped else needed

    def area_of(self, whole: int) -> int:
        """Return how much area is enough by itself, in the unit of ``whole``; 0 when area does not count."""
        return -(-whole * self.num // self.den) if self.area else 0


ORDINARY: Final = Threshold(1, 100, "本平台的默认规则", least=FEWEST, capped=True)
TENTH: Final = Threshold(1, 10, "《城市居民委员会组织法》第二十六条")
_RECALL, _AUDIT = "《城市居民委员会组织法》第二十条", "《城市居民委员会组织法》第三十八条"

THRESHOLDS: Final[Mapping[tuple[Request, Basis], Threshold]] = {
    **{(Request.ORDINARY, basis): ORDINARY for basis in Basis},
    (Request.RESIDENTS_MEETING, Basis.RESIDENTS): TENTH,
    (Request.RESIDENTS_MEETING, Basis.HOUSEHOLDS): TENTH,
    (Request.RESIDENTS_MEETING, Basis.DELEGATES): replace(TENTH, den=3),
    (Request.DELEGATES_MEETING, Basis.DELEGATES): Threshold(1, 5, "《城市居民委员会组织法》第二十八条"),
    (Request.RECALL, Basis.RESIDENTS): Threshold(1, 10, _RECALL),
    (Request.RECALL, Basis.HOUSEHOLDS): Threshold(1, 10, _RECALL),
    (Request.RECALL, Basis.DELEGATES): Threshold(1, 3, _RECALL),
    (Request.AUDIT, Basis.RESIDENTS): Threshold(1, 10, _AUDIT),
    (Request.AUDIT, Basis.DELEGATES): Threshold(1, 3, _AUDIT),
    (Request.OWNERS_MEETING, Basis.OWNERS): Threshold(1, 5, "《物业管理条例》第十三条", area=True),
    (Request.ORDERED_MEETING, Basis.OWNERS): Threshold(0, 1, "《四川省物业管理条例》第三十条", least=20),
}
"""By what is asked for and whose roll it is. Whoever is missing here cannot ask for it."""

OWN_ARTICLE: Final = "这个会议的议事规则"
MOST_PERCENT: Final = 20  # of the roll, that a body may ask for an ordinary matter
MOST_LEAST: Final = 100  # heads

ASKED_OF: Final[Mapping[BodyKind, tuple[Request, ...]]] = {
    BodyKind.RESIDENTS_ASSEMBLY: (Request.ORDINARY, Request.RESIDENTS_MEETING, Request.RECALL, Request.AUDIT),
    BodyKind.DELEGATES_ASSEMBLY: (
        Request.ORDINARY,
        Request.DELEGATES_MEETING,
        Request.RESIDENTS_MEETING,
        Request.RECALL,
        Request.AUDIT,
    ),
    BodyKind.OWNERS_ASSEMBLY: (Request.ORDINARY, Request.OWNERS_MEETING, Request.ORDERED_MEETING),
    BodyKind.OWNERS_SCOPE: (Request.ORDINARY,),
    BodyKind.OWNERS_COMMITTEE: (Request.ORDINARY,),
    BodyKind.COUNCIL: (Request.ORDINARY,),
    BodyKind.VILLAGERS_ASSEMBLY: (Request.ORDINARY,),
    BodyKind.VILLAGERS_DELEGATES: (Request.ORDINARY,),
    BodyKind.VILLAGERS_GROUP: (Request.ORDINARY,),
    BodyKind.RESIDENTS_COMMITTEE: (),
    BodyKind.SUPERVISION_COMMITTEE: (),
    BodyKind.PARTY_MEETING: (),
    BodyKind.VILLAGERS_COMMITTEE: (),
}
"""What may be asked of each kind of body; those without a roll are asked for nothing here."""


def threshold_for(request: Request, basis: Basis, *, percent: int | None, least: int) -> Threshold | None:
    """Return the line for a request on a roll, with the body's own ordinary line when it has one; None when none fits.

    ``percent`` and ``least`` are what the body's rules of procedure ask for ordinary matters, ``percent`` None
    when they say nothing.
    """
    found = THRESHOLDS.get((request, basis))
    if request is Request.ORDINARY and percent is not None:
        return Threshold(percent, 100, OWN_ARTICLE, least=least, capped=True)
    return found
