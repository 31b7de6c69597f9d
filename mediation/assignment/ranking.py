"""Whom to ask first, and why, in words: the same facts give the same order. Nothing here does I/O.

Legal basis: 人民调解法 19 (the parties choose, else the committee designates), 特邀调解规定 15 (what is disclosed).
The weights are our own; they judge how a person fits one case, never the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Why(StrEnum):
    """Something that speaks for or against asking somebody."""

    TIED = "tied"  # 就是当事人，或者和当事人同住
    DECLARED = "declared"  # 申报过和当事人有关系
    RECUSED = "recused"  # 这件事上已经换下
    FULL = "full"  # 手上已满
    EXPIRED = "expired"  # 不在任期
    WARNED = "warned"  # 申报过有关系，各方都同意才能继续
    MET = "met"  # 办过当事人的别的事
    BUILDING = "building"  # 和当事人同楼
    TONGUE = "tongue"  # 会说当事人说的话
    SKILL = "skill"  # 擅长这一类
    KIND = "kind"  # 办成过同类
    LOAD = "load"  # 手上的件数


BARS: Final = frozenset({Why.TIED, Why.DECLARED, Why.RECUSED, Why.FULL, Why.EXPIRED})
"""With one of these somebody cannot be given the case at all."""

POINTS: Final = MappingProxyType(
    {Why.TONGUE: 6, Why.SKILL: 3, Why.KIND: 2, Why.LOAD: -1, Why.BUILDING: -4, Why.MET: -6, Why.WARNED: -9}
)
"""What one unit of a reason weighs; `MOST_KIND` cases of a kind are enough."""

MOST_KIND: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one mediator before one case: bars, disclosures, and how many cases."""

    code: str
    name: str
    tied: bool = False
    declared: bool = False
    recused: bool = False
    full: bool = False
    expired: bool = False
    building: bool = False
    warned: bool = False
    met: int = 0
    tongue: bool = False
    skill: bool = False
    kind: int = 0
    load: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mediator, whether they may be asked, and each reason with its number."""

    who: Candidate
    free: bool
    points: int
    reasons: tuple[tuple[Why, int], ...]


def suggest(candidates: Iterable[Candidate]) -> list[Suggestion]:
    """Return the candidates, whoever may be asked first, by points, then load, then name.

    >>> [each.who.name for each in suggest([Candidate("b", "乙", load=3), Candidate("a", "甲", kind=1, load=3)])]
    ['甲', '乙']
    """
    told = [_judged(each) for each in candidates]
    return sorted(told, key=lambda one: (not one.free, -one.points, one.who.load, one.who.name, one.who.code))


def _judged(who: Candidate) -> Suggestion:
    found = ((why, int(getattr(who, why.value))) for why in Why)
    reasons = tuple((why, n) for why, n in found if n or why is Why.LOAD)
    points = sum(POINTS.get(why, 0) * (min(n, MOST_KIND) if why is Why.KIND else n) for why, n in reasons)
    return Suggestion(who, not BARS & {why for why, _ in reasons}, points, reasons)
