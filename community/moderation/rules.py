"""The reasons for which something may be hidden, and the road of a hiding, as tables."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.calendar.rules import Calendar, add_working_days, ends_at, local_day, same_day

CONFIRM_WITHIN: Final = timedelta(hours=24)  # for the second pair of eyes
APPEAL_MONTHS: Final = 6  # DSA art. 20(1)
ANSWER_WITHIN: Final = 5  # working days
REPORTS_A_DAY: Final = 20
WORDS: Final = 500


class Reason(StrEnum):
    """Why something may be hidden; these codes are public."""

    ILLEGAL = "M1"  # 违法信息
    ABUSE = "M2"  # 辱骂攻击
    PRIVACY = "M3"  # 泄露他人隐私
    SPAM = "M4"  # 广告刷屏
    OFF_TOPIC = "M5"  # 与主题无关
    FALSE = "M6"  # 不实信息
    IMPERSONATION = "M7"  # 冒名
    MINORS = "M8"  # 涉未成年人
    AUTHORITY = "M9"  # 有权机关要求


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reason allows and asks for. ``urgent``: one person may hide at once where two are needed."""

    hides: bool = True
    urgent: bool = False
    link: bool = False
    document: bool = False


TERMS: Final = MappingProxyType(
    {
        Reason.ILLEGAL: Terms(urgent=True),
        Reason.ABUSE: Terms(),
        Reason.PRIVACY: Terms(urgent=True),
        Reason.SPAM: Terms(),
        Reason.OFF_TOPIC: Terms(hides=False),
        Reason.FALSE: Terms(link=True),
        Reason.IMPERSONATION: Terms(urgent=True),
        Reason.MINORS: Terms(urgent=True),
        Reason.AUTHORITY: Terms(document=True),
    }
)
REPORTABLE: Final = tuple(reason for reason in Reason if reason is not Reason.AUTHORITY)


class Source(StrEnum):
    """Where a hiding came from."""

    REPORT = "report"  # 有人举报
    OWN = "own"  # 主动发现
    AUTHORITY = "authority"  # 有权机关要求


class Verdict(StrEnum):
    """What became of reported content."""

    KEEP = "keep"  # 留着
    MOVE = "move"  # 移到别处
    HIDE = "hide"  # 收起


class State(StrEnum):
    """Where a hiding stands."""

    ASKED = "asked"  # 等第二人同意，没有收起
    URGENT = "urgent"  # 先收起了，等第二人同意
    STANDING = "standing"  # 收起
    APPEALED = "appealed"  # 申诉中
    UPHELD = "upheld"  # 申诉后维持
    REFUSED = "refused"  # 第二人不同意
    LAPSED = "lapsed"  # 没有人及时同意，自动恢复
    REVERSED = "reversed"  # 申诉成立，已恢复
    EXPIRED = "expired"  # 申诉没有及时答复，自动恢复


MOVES: Final = MappingProxyType(
    {
        (State.ASKED, "confirm"): State.STANDING,
        (State.ASKED, "refuse"): State.REFUSED,
        (State.ASKED, "lapse"): State.LAPSED,
        (State.URGENT, "confirm"): State.STANDING,
        (State.URGENT, "refuse"): State.REFUSED,
        (State.URGENT, "lapse"): State.LAPSED,
        (State.STANDING, "appeal"): State.APPEALED,
        (State.APPEALED, "uphold"): State.UPHELD,
        (State.APPEALED, "reverse"): State.REVERSED,
        (State.APPEALED, "expire"): State.EXPIRED,
    }
)
HIDDEN: Final = frozenset({State.URGENT, State.STANDING, State.APPEALED, State.UPHELD})
PENDING: Final = frozenset({State.ASKED, State.URGENT})
LIVE: Final = HIDDEN | PENDING


def first_state(reason: Reason, *, protected: bool) -> State:
    """Return where a hiding begins: what many stand behind needs two people, and only some reasons let one go first.

    >>> first_state(Reason.ABUSE, protected=True).value, first_state(Reason.PRIVACY, protected=True).value
    ('asked', 'urgent')
    """
    if not protected:
        return State.STANDING
    return State.URGENT if TERMS[reason].urgent else State.ASKED


def appeal_until(at: datetime) -> datetime:
    """Return the end of the last day on which a hiding at ``at`` can be appealed against."""
    return ends_at(same_day(local_day(at), APPEAL_MONTHS))


def answer_by(at: datetime, calendar: Calendar) -> datetime:
    """Return the end of the last day for answering an appeal made at ``at``."""
    due: date = add_working_days(local_day(at), ANSWER_WITHIN, calendar).due
    return ends_at(due)
