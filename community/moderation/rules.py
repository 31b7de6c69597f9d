"""The reasons for which something may be done to what people wrote, what each allows, and the clocks, as tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.calendar.rules import Calendar, add_working_days, ends_at, local_day, same_day

CONFIRM_WITHIN: Final = timedelta(hours=24)  # for the second pair of eyes
UNDO_WITHIN: Final = timedelta(minutes=10)
CLAIM_FOR: Final = timedelta(minutes=15)
APPEAL_MONTHS: Final = 6  # DSA art. 20(1)
REVIEW_DAYS: Final = 10  # to appeal again, to the street or a third party
ANSWER_WITHIN: Final = MappingProxyType({1: 5, 2: 10})  # working days, by level of the appeal
REPORTS_A_DAY: Final = 20
LIMITED_A_DAY: Final = 1  # of somebody whose reports were groundless again and again
GROUNDLESS: Final = 5  # reports that broke no rule, within `LOOK_BACK`, before anybody's reporting is limited
LOOK_BACK: Final = timedelta(days=30)
BATCH: Final = 100  # items in one decision
WORDS: Final = 500


class Reason(StrEnum):
    """Why something may be done; these codes are public. None of them is criticism."""

    ILLEGAL = "M1"  # 违法信息
    ABUSE = "M2"  # 辱骂攻击
    PRIVACY = "M3"  # 泄露他人隐私
    SPAM = "M4"  # 广告刷屏
    OFF_TOPIC = "M5"  # 与主题无关
    FALSE = "M6"  # 不实信息
    IMPERSONATION = "M7"  # 冒名
    MINORS = "M8"  # 涉未成年人
    AUTHORITY = "M9"  # 有权机关要求
    GROUNDLESS = "R1"  # 反复无据举报: about reporting, never about words


class Measure(StrEnum):
    """What is done. Folding (折叠) and hiding are one: a placeholder with code, time, office and the way to appeal."""

    HIDE = "hide"  # 收起
    MASK = "mask"  # 打码后留着
    MOVE = "move"  # 移到别处
    LIMIT = "limit"  # 限制举报次数


_HIDE: Final = frozenset({Measure.HIDE})
_EITHER: Final = frozenset({Measure.HIDE, Measure.MASK})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reason allows and asks for.

    Attributes:
        measures: what may be done for it.
        days: the longest it may last; ``None``: as long as the words stand as they are.
        urgent: one person may act at once where two are needed.
        link, document: what it has to be backed by.
        batch: many may be decided about at once.
    """

    measures: frozenset[Measure] = _EITHER
    days: int | None = None
    urgent: bool = False
    link: bool = False
    document: bool = False
    batch: bool = False


TERMS: Final = MappingProxyType(
    {
        Reason.ILLEGAL: Terms(urgent=True),
        Reason.ABUSE: Terms(days=180),
        Reason.PRIVACY: Terms(urgent=True),
        Reason.SPAM: Terms(_HIDE, days=365, batch=True),
        Reason.OFF_TOPIC: Terms(frozenset({Measure.MOVE})),
        Reason.FALSE: Terms(_HIDE, days=90, link=True),
        Reason.IMPERSONATION: Terms(_HIDE, days=365, urgent=True),
        Reason.MINORS: Terms(urgent=True),
        Reason.AUTHORITY: Terms(days=365, document=True),
        Reason.GROUNDLESS: Terms(frozenset({Measure.LIMIT}), days=30),
    }
)
ABOUT_WORDS: Final = tuple(reason for reason in Reason if reason is not Reason.GROUNDLESS)
REPORTABLE: Final = tuple(reason for reason in ABOUT_WORDS if reason is not Reason.AUTHORITY)


class Source(StrEnum):
    """Where a decision came from."""

    REPORT = "report"  # 有人举报
    OWN = "own"  # 主动发现
    AUTHORITY = "authority"  # 有权机关要求


class Verdict(StrEnum):
    """What became of reported content."""

    KEEP = "keep"  # 留着
    MASK = "mask"  # 打码后留着
    MOVE = "move"  # 移到别处
    HIDE = "hide"  # 收起


def appeal_until(at: datetime) -> datetime:
    """Return the end of the last day on which a decision of ``at`` can be appealed against."""
    return ends_at(same_day(local_day(at), APPEAL_MONTHS))


def review_until(answered_at: datetime) -> datetime:
    """Return the end of the last day for appealing again after an answer."""
    return ends_at(local_day(answered_at) + timedelta(days=REVIEW_DAYS))


def answer_by(at: datetime, calendar: Calendar, *, level: int = 1) -> datetime:
    """Return the end of the last day for answering an appeal made at ``at``."""
    due: date = add_working_days(local_day(at), ANSWER_WITHIN[level], calendar).due
    return ends_at(due)


def last_day(reason: Reason, at: datetime) -> datetime | None:
    """Return when what took effect at ``at`` ends by itself, if it does."""
    days = TERMS[reason].days
    return None if days is None else ends_at(local_day(at) + timedelta(days=days))


def concealed(text: str, words: Iterable[str]) -> str:
    """Return ``text`` with each of ``words`` covered, character by character: masking adds and moves nothing.

    >>> concealed("找4号楼302的老许", ["302", "老许"])
    '找4号楼＊＊＊的＊＊'
    """
    for word in sorted(filter(None, words), key=len, reverse=True):
        text = text.replace(word, "＊" * len(word))
    return text
