"""Parts of a whole, compared exactly: what a threshold is, whether it is met and what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Basis(StrEnum):
    """What is added up."""

    HEADS = "heads"
    AREA = "area"


class Part(StrEnum):
    """Whose weight is added up."""

    ALL = "all"
    TAKING_PART = "taking_part"
    YES = "yes"
    NO = "no"


class Bound(StrEnum):
    """How the share binds: 以上 includes the figure, 过半数 and 超过 do not (民法典 1259 条)."""

    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Weight:
    """Heads, a count, and their exclusive floor area in units of 0.01 m²."""

    heads: int = 0
    area: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.heads + other.heads, self.area + other.area)

    def by(self, basis: Basis) -> int:
        """Return the number that counts under ``basis``."""
        return self.heads if basis is Basis.HEADS else self.area


NOTHING: Final = Weight()


@dataclass(frozen=True, slots=True)
class Threshold:
    """One line of a rule: this part, of that part, by heads or by area, reaches the share.

    Raises:
        ValueError: the share is not between 0 and 1.
    """

    basis: Basis
    count: Part
    of: Part
    bound: Bound
    share: Fraction
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"share {self.share} is not a part of a whole")

    def met(self, some: int, whole: int) -> bool:
        """Return whether ``some`` of ``whole`` satisfies the line; an empty whole never does.

        >>> Threshold(Basis.HEADS, Part.YES, Part.ALL, Bound.AT_LEAST, Fraction(2, 3), "").met(2, 3)
        True
        """
        if whole <= 0:
            return False
        left, right = some * self.share.denominator, whole * self.share.numerator
        if self.bound is Bound.AT_MOST:
            return left <= right
        return left >= right if self.bound is Bound.AT_LEAST else left > right

    def missing(self, some: int, whole: int) -> int:
        """Return how many must be added to ``some``, ``whole`` unchanged, or, for 不超过, must fall away."""
        if self.met(some, whole):
            return 0
        exact = self.share * whole
        if self.bound is Bound.AT_MOST:
            return some - exact.__floor__()
        needed = exact.__ceil__() if self.bound is Bound.AT_LEAST else exact.__floor__() + 1
        return max(1, needed - some)

    def exactly_at(self, some: int, whole: int) -> bool:
        """Return whether ``some`` stands on the share itself, as in a tied vote."""
        return whole > 0 and some * self.share.denominator == whole * self.share.numerator
