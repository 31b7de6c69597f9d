"""What a committee may take and what not: each reason with its law and the road that is open instead. Pure.

Source: 人民调解法 17; 人民调解工作若干规定 20, 22, 24; 北京市接诉即办工作条例 11.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from mediation.intake.rules import ROUTES, DeclineReason


class Card(NamedTuple):
    """One reason not to take a dispute, the law it rests on, and what to tell the applicant."""

    reason: DeclineReason
    law: str
    way: str


LAWS: Final = MappingProxyType(
    {
        DeclineReason.EXCLUSIVE: "人民调解工作若干规定 22 条",
        DeclineReason.SEIZED: "人民调解工作若干规定 22 条",
        DeclineReason.REFUSED: "人民调解法 17 条",
        DeclineReason.NOBODY: "人民调解工作若干规定 24 条",
        DeclineReason.CRIMINAL: "人民调解工作若干规定 20 条",
        DeclineReason.STATUS: "人民调解工作若干规定 22 条",
        DeclineReason.REPEATED: "北京市接诉即办工作条例 11 条",
        DeclineReason.ADMINISTRATIVE: "人民调解工作若干规定 20 条",
    }
)

CARDS: Final = tuple(Card(reason, LAWS[reason], ROUTES[reason]) for reason in DeclineReason)
TAKEN: Final = "人民调解工作若干规定 20 条"
"""Disputes among citizens, and between them and bodies, over civil rights and duties."""
