"""What a court is told when a case it sent comes back without an agreement. Nothing here does I/O.

Source: 在线调解规则 21, 25 (eight reasons); 特邀调解规定 21, 22 (no concession may reach the court).
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.models import Track
from mediation.case.states import Outcome

COURT_TRACKS: Final = frozenset({Track.COURT_PRE, Track.COURT_POST})


class CourtEnd(StrEnum):
    """Why mediation for a court came to an end (在线调解规则 25)."""

    AGREED = "agreed"  # 达成协议
    SETTLED = "settled"  # 自行和解、撤回
    UNREACHED = "unreached"  # 期限内联系不上
    UNWILLING = "unwilling"  # 当事人不愿调解
    APART = "apart"  # 分歧较大
    EXPIRED = "expired"  # 期限届满又不延长
    UNSIGNED = "unsigned"  # 拒绝签名
    OTHER = "other"  # 其他


REASONS: Final = MappingProxyType(
    {
        Outcome.AGREED_WRITTEN: CourtEnd.AGREED,
        Outcome.AGREED_ORAL: CourtEnd.AGREED,
        Outcome.AGREED_PARTIAL: CourtEnd.AGREED,
        Outcome.SELF_SETTLED: CourtEnd.SETTLED,
        Outcome.WITHDRAWN_MIDWAY: CourtEnd.SETTLED,
        Outcome.UNREACHABLE: CourtEnd.UNREACHED,
        Outcome.REFUSED_MIDWAY: CourtEnd.UNWILLING,
        Outcome.FAILED_GAP: CourtEnd.APART,
        Outcome.PERIOD_EXPIRED: CourtEnd.EXPIRED,
        Outcome.SIGN_REFUSED: CourtEnd.UNSIGNED,
    }
)


def told_to_court(outcome: Outcome | None) -> CourtEnd:
    """Return the reason that stands in the report to the court."""
    return REASONS.get(outcome, CourtEnd.OTHER) if outcome else CourtEnd.OTHER
