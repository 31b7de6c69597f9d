"""What a helper may do for somebody, for how long, and how what was done is drawn for a call back. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, MovedOn, Refused, TooOften, Unfit


class Deed(StrEnum):
    """What is done for somebody."""

    ENDORSE = "endorse"  # 附议
    COMMENT = "comment"  # 留言


class How(StrEnum):
    """How the resident gave the authorisation."""

    SIGNATURE = "signature"  # 签字
    FINGERPRINT = "fingerprint"  # 按手印
    VOICE = "voice"  # 录音


class Undone(StrEnum):
    """Why a deed does not count any more."""

    TAKEN_BACK = "taken_back"  # 本人撤回
    UNTRUE = "untrue"  # 回访不属实


class Outcome(StrEnum):
    """What a call back found."""

    TRUE = "true"  # 属实
    UNTRUE = "untrue"  # 不属实
    UNREACHED = "unreached"  # 没打通


DAYS: Final = (0, 1, 3, 7)  # an authorisation holds to the end of that day, counted from today
LONGEST: Final = 7  # days
MOST_A_DAY: Final = 20  # deeds of one helper
MOST_ERRANDS: Final = 10  # of one authorisation
ONE_IN: Final = 5  # deeds of a helper in a week is called about, and at least one
TRIES: Final = 3  # calls, until somebody counts as not reached
CALL_DAYS: Final = 5  # working days
PLACE: Final = 80  # characters
NOTES: Final = 500  # characters


class Bar(StrEnum):
    """What stands in the way."""

    SELF = "self"
    AUTHOR = "author"
    HOST = "host"
    STOPPED = "stopped"
    TOO_MANY = "too_many"
    CO_OWNERS = "co_owners"
    OTHER_HELPER = "other_helper"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GONE = "gone"
    NOT_READ = "not_read"
    NO_PROOF = "no_proof"


BARS: Final[Mapping[Bar, tuple[type[Refused], str, str | None]]] = MappingProxyType(
    {
        Bar.SELF: (Forbidden, "自己的事请自己办，不能给自己代办。", None),
        Bar.AUTHOR: (Forbidden, "这件事是您提的或者您改过文字，不能由您代办。请换一位同事。", None),
        Bar.HOST: (Forbidden, "这件事由您经办，不能再由您代办。请换一位同事。", None),
        Bar.STOPPED: (Forbidden, "回访中有一件代办不属实，您的代办已经停了。请找监督委员会说明情况。", None),
        Bar.TOO_MANY: (TooOften, "您今天代办的已经到了上限，请明天再办，或者请同事帮忙。", None),
        Bar.CO_OWNERS: (Forbidden, "这一户由几位共有人一起表态，不能由人代办。请他们自己商量后表态。", None),
        Bar.OTHER_HELPER: (Forbidden, "这份授权不是给您的，不能由您来办。", None),
        Bar.WITHDRAWN: (MovedOn, "这份授权已经收回，不能再办了。", None),
        Bar.EXPIRED: (MovedOn, "这份授权已经过期。还要办，请再问本人一次。", None),
        Bar.GONE: (Unfit, "名册上没有这位居民，或者已经搬走了。请核对后再办。", "resident"),
        Bar.NOT_READ: (Unfit, "请先把要办的事念给本人听，再勾上这一项。", "read_aloud"),
        Bar.NO_PROOF: (Unfit, "请附上本人签字、按手印的照片，或者录音。", "proof"),
    }
)
"""By what stands in the way: the refusal, its sentence and the field to mend."""


def refuse(found: Mapping[Bar, bool]) -> None:
    """Raise the refusal of the first bar, in the order of the table, that is there."""
    for bar, (kind, sentence, field) in BARS.items():
        if found.get(bar):
            raise kind(sentence, field=field, **({"seconds": 3600} if kind is TooOften else {}))


def until(at: datetime, days: int) -> datetime:
    """Return when an authorisation of today runs out: the end of the day, so many days on.

    Raises:
        Unfit: longer than `LONGEST`.
    """
    if not 0 <= days <= LONGEST:
        raise Unfit("授权最短当天有效，最长 {most} 天。", field="days", most=LONGEST)
    return ends_at(local_day(at) + timedelta(days=days))


def week_of(day: date) -> str:
    """Return the name of a week.

    >>> week_of(date(2026, 5, 4))
    '2026-W19'
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """Return the first day of a week.

    >>> monday_of("2026-W19")
    datetime.date(2026, 5, 4)
    """
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def how_many(done: int) -> int:
    """Return about how many of so many deeds somebody is called: one in five, rounded up.

    >>> [how_many(n) for n in (0, 1, 5, 6, 20)]
    [0, 1, 1, 2, 4]
    """
    return -(-done // ONE_IN)


def sample(seed: str, done: Mapping[int, Iterable[str]]) -> tuple[str, ...]:
    """Return the codes that the lot takes of what each helper did: those whose SHA-256 with the seed comes first.

    >>> sample("s", {1: ["a", "b"], 2: []}) == sample("s", {2: (), 1: ["b", "a"]})
    True
    """
    taken: list[str] = []
    for codes in done.values():
        lot = sorted(codes, key=lambda code: sha256(f"{seed}|{code}".encode()).digest())
        taken += lot[: how_many(len(lot))]
    return tuple(sorted(taken))
