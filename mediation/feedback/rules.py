"""What a party is asked afterwards, in marks from one to five. Nothing here does I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from mediation.case.states import State


class Asked(StrEnum):
    """One question of four."""

    RESPONSE = "response"  # 响应快不快
    FAIRNESS = "fairness"  # 公正不公正
    SOLVED = "solved"  # 问题解决得怎样
    MANNER = "manner"  # 态度好不好


class Suit(StrEnum):
    """What a follow-up visit found of a suit about the agreement (239号: 诉讼及判决情况)."""

    NONE = "none"  # 没有起诉
    PENDING = "pending"  # 起诉了，还没有判
    UPHELD = "upheld"  # 判决维持协议
    CHANGED = "changed"  # 判决变更协议
    REVOKED = "revoked"  # 判决撤销协议


@dataclass(frozen=True, slots=True)
class Found:
    """What a follow-up visit found: a suit, whether the quarrel may flare up again, and in words what was seen."""

    suit: Suit = Suit.NONE
    danger: bool = False
    words: str = ""


MARKS: Final = range(1, 6)
ASKING: Final = (State.FOLLOWUP, State.CLOSED, State.ARCHIVED)
"""When it is asked: once the talks are over."""
LEAST: Final = 2
"""Fewer answers than these are not averaged, or the director would read one person's marks. Our own figure."""


def fit(marks: Mapping[Asked, int]) -> bool:
    """Return whether every question has a mark from one to five."""
    return set(marks) == set(Asked) and all(mark in MARKS for mark in marks.values())


def means(answers: Iterable[Mapping[Asked, int]]) -> dict[Asked, Fraction]:
    """Return the mean mark of each question, nothing while too few answered.

    >>> means([dict.fromkeys(Asked, 4), dict.fromkeys(Asked, 5)])[Asked.SOLVED]
    Fraction(9, 2)
    """
    rows = list(answers)
    return {each: Fraction(sum(row[each] for row in rows), len(rows)) for each in Asked} if len(rows) >= LEAST else {}
