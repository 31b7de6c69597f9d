"""When an agreement looks as if it were made to cheat somebody who is not there. Nothing here does I/O.

A flag accuses nobody: it asks the mediator to look and to write down what was looked at (特邀调解规定 18;
最高法关于防范和制裁虚假诉讼的指导意见).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SWIFT: Final = 3
"""Days from acceptance within which a large sum is agreed on quickly. Our own figure."""
LARGE: Final = 50_000_000
"""Fen from which a sum is large. Our own figure."""


class Trait(StrEnum):
    """What makes somebody look twice."""

    KIN = "kin"  # 各方是亲属或者关联单位
    SWIFT = "swift"  # 受理后很快就谈成
    LARGE = "large"  # 数额很大


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An agreement as the rule looks at it; ``days`` since acceptance, ``total`` in fen."""

    kin: bool
    days: int
    total: int


def traits(look: Look) -> frozenset[Trait]:
    """Return what an agreement has of it.

    >>> sorted(traits(Look(kin=True, days=1, total=60_000_000)))
    [<Trait.KIN: 'kin'>, <Trait.LARGE: 'large'>, <Trait.SWIFT: 'swift'>]
    """
    found = {Trait.KIN: look.kin, Trait.SWIFT: look.days <= SWIFT, Trait.LARGE: look.total >= LARGE}
    return frozenset(trait for trait, holds in found.items() if holds)


def suspicious(look: Look) -> bool:
    """Return whether all of them come together, so that somebody has to look and write it down."""
    return traits(look) == frozenset(Trait)
