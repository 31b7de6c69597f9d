"""The lawful roads of whoever is owed something that was not kept: one table, read by the page, the papers and tests.

Source: 人民调解法 31–33; 民事诉讼法 206, 225, 250; 劳动争议调解仲裁法 15, 16, 27; 民法典 188, 577.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Road(StrEnum):
    """Where to take an agreement that was not kept."""

    ENFORCE = "enforce"  # 申请强制执行
    PAYMENT_ORDER = "payment-order"  # 申请支付令
    ARBITRATE = "arbitrate"  # 申请劳动仲裁
    SUE = "sue"  # 起诉


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A broken agreement as the table looks at it.

    Attributes:
        confirmed: a court has ruled that it is valid.
        money: money is late.
        labour: it is about work.
    """

    confirmed: bool = False
    money: bool = False
    labour: bool = False


SOURCES: Final = MappingProxyType(
    {
        Road.ENFORCE: (("民事诉讼法", "第二百零六条、第二百五十条"),),
        Road.PAYMENT_ORDER: (("民事诉讼法", "第二百二十五条"),),
        Road.ARBITRATE: (("劳动争议调解仲裁法", "第十五条、第二十七条"),),
        Road.SUE: (("人民调解法", "第三十二条"), ("民法典", "第五百七十七条")),
    }
)
WAGES: Final = ("劳动争议调解仲裁法", "第十六条")
"""Where wages are late, the ground of a payment order."""
DEADLINES: Final = MappingProxyType({Road.ENFORCE: "D25", Road.ARBITRATE: "D26", Road.SUE: "D27"})
"""The rule of the period in which a road is open; a payment order has none of its own."""


def roads(broken: Broken) -> tuple[Road, ...]:
    """Return what is open, the shortest first; what a court has confirmed is enforced and not sued for again.

    >>> roads(Broken(money=True))
    (<Road.PAYMENT_ORDER: 'payment-order'>, <Road.SUE: 'sue'>)
    >>> roads(Broken(confirmed=True, money=True))
    (<Road.ENFORCE: 'enforce'>,)

    About work one goes to arbitration first, and to a court at once for money alone (劳动争议司法解释（一）51).

    >>> roads(Broken(labour=True))
    (<Road.ARBITRATE: 'arbitrate'>,)
    """
    if broken.confirmed:
        return (Road.ENFORCE,)
    open_ = {
        Road.PAYMENT_ORDER: broken.money,
        Road.ARBITRATE: broken.labour,
        Road.SUE: broken.money or not broken.labour,
    }
    return tuple(road for road, holds in open_.items() if holds)
