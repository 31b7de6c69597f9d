"""What a body's own rules of procedure may speak of, and what they may say about each point. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YES: Final = "yes"
NO: Final = "no"
SHARES: Final = (
    "at_least 1/2",
    "over 1/2",
    "at_least 2/3",
    "over 2/3",
    "at_least 3/4",
    "at_least 4/5",
    "at_least 1",
)
"""How much a gate may ask for: the bound and the share, as a pack writes them."""


class Adoption(StrEnum):
    """Who adopted a version."""

    BALLOT = "ballot"  # 本站表决通过
    PAPER = "paper"  # 纸质文件，存扫描件和指纹


class Point(StrEnum):
    """What a clause is about."""

    QUORUM = "quorum"  # 参加表决的要多少
    GENERAL = "general"  # 一般事项，赞成的要多少
    MAJOR = "major"  # 重大事项，赞成的要多少
    SILENCE = "silence"  # 不表态怎么算
    INVALID = "invalid"  # 无效票算不算参加
    PARKING_IN_AREA = "parking_in_area"  # 车位面积
    PARKING_IN_HEADS = "parking_in_heads"  # 只有车位的业主
    HEAD_KEY = "head_key"  # 共有的怎么合并
    NOTICE = "notice"  # 会前公示几天
    AGENTS = "agents"  # 一人最多替几位投
    CHANNELS = "channels"  # 可以怎么投
    EXTENSION = "extension"  # 参加的不够，延长几天


VALUES: Final[Mapping[Point, tuple[str, ...]]] = {
    Point.QUORUM: SHARES,
    Point.GENERAL: SHARES,
    Point.MAJOR: SHARES,
    Point.SILENCE: ("none", "abstain", "majority"),
    Point.INVALID: (YES, NO),
    Point.PARKING_IN_AREA: (YES, NO),
    Point.PARKING_IN_HEADS: (YES, NO),
    Point.HEAD_KEY: ("exact_set", "any_common_owner"),
    Point.EXTENSION: ("0", "3", "7", "15"),
}
"""What may be said where there is a choice; days of notice and agents are numbers, channels a list of ways."""

FIELDS: Final[Mapping[Point, str]] = {
    Point.SILENCE: "silence",
    Point.INVALID: "invalid_participates",
    Point.PARKING_IN_AREA: "parking_in_area",
    Point.PARKING_IN_HEADS: "parking_in_heads",
    Point.HEAD_KEY: "head_key",
}
"""The field of a vote rule on which a clause chooses between readings of the law."""

NUMBERS: Final[Mapping[Point, tuple[int, int]]] = {Point.NOTICE: (1, 60), Point.AGENTS: (0, 20)}
"""Fewest and most, in full days and in mandates held at a time."""

MOST_ARTICLE: Final = 999


@dataclass(frozen=True, slots=True)
class Clause:
    """What one article of the rules of procedure says about one point."""

    point: Point
    value: str
    article: int

    @property
    def source(self) -> str:
        """Return the citation, as the packs write theirs."""
        return f"议事规则 {self.article} 条"

    @property
    def number(self) -> int:
        """Return the value of a point that is a number."""
        return int(self.value)

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the ways in which papers may come in, of a clause on channels."""
        return tuple(self.value.split(","))


Clauses = Mapping[Point, Clause]


def sayable(clause: Clause) -> bool:
    """Return whether the value is one that the point knows.

    >>> sayable(Clause(Point.NOTICE, "20", 5)), sayable(Clause(Point.NOTICE, "soon", 5))
    (True, False)
    """
    if clause.point in VALUES:
        return clause.value in VALUES[clause.point]
    if clause.point in NUMBERS:
        fewest, most = NUMBERS[clause.point]
        return clause.value.isdecimal() and fewest <= int(clause.value) <= most
    return bool(clause.value)
