"""What a decision from outside must say, and how long one may appeal. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from community.errors import Unfit

NUMBER: Final = (3, 60)  # characters of a document number
WORDS: Final = (4, 2000)  # characters of reasons


class Issuer(StrEnum):
    """Whose document it is."""

    STREET = "street"  # 街道办事处、乡镇政府
    COURT = "court"  # 人民法院
    AUTHORITY = "authority"  # 主管部门


class Deed(StrEnum):
    """What a document orders."""

    SUSPEND = "suspend"  # 暂停
    RESUME = "resume"  # 恢复
    ORDER_CORRECTION = "order_correction"  # 责令改正
    REVOKE = "revoke"  # 撤销


class Ruling(StrEnum):
    """How an appeal ended."""

    UPHELD = "upheld"  # 维持退回
    REINSTATED = "reinstated"  # 申诉成立，受理


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that orders something: who issued it, under which number, when, and why."""

    issuer: Issuer
    number: str
    issued_on: date
    reason: str


def check(document: Document, *, today: date) -> None:
    """Raise `Unfit` unless the document can be found again by its number and says why."""
    size(document.number, NUMBER, "number")
    size(document.reason, WORDS, "reason")
    if document.issued_on > today:
        raise Unfit("日期不能晚于今天。", field="issued_on")


def size(words: str, limits: tuple[int, int], field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = limits
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)


def whole_days(pause: timedelta) -> timedelta:
    """Return a pause in whole days, a part of a day counted as one: by so much every deadline moves.

    >>> whole_days(timedelta(hours=30)).days
    2
    """
    return timedelta(days=-(-pause // timedelta(days=1)))


def over(until: datetime | None, at: datetime) -> bool:
    """Return whether a time has run out."""
    return until is not None and until <= at
