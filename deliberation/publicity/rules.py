"""What a publication must be: its kind, how many full days it is shown, by when objections to it are answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from community.calendar.rules import ends_at, local_day
from community.errors import Unfit


class Kind(StrEnum):
    """What is published."""

    BEFORE = "before"  # 会前
    ROLL = "roll"  # 名单
    RESULT = "result"  # 结果
    DOING = "doing"  # 实施
    AFFAIRS = "affairs"  # 居务


@dataclass(frozen=True, slots=True)
class Preset:
    """The least a kind of publication must keep to; a body may ask for more, never for less.

    Attributes:
        days: full days it is shown; neither the day it is hung up nor the day it comes down counts.
        answer_days: days within which an objection is answered.
        within: days within which it must be hung up once its reason is there, where the law says so.
        source: the article.
    """

    days: int
    answer_days: int
    source: str
    within: int | None = None


PRESETS: Final[dict[Kind, Preset]] = {
    Kind.BEFORE: Preset(10, 3, "居委会法 26（居民会议 10 天）；物业管理条例 14（业主大会 15 天）"),
    Kind.ROLL: Preset(5, 3, "居委会法 17（5 天内提出，3 天内答复）"),
    Kind.RESULT: Preset(15, 7, "居委会法 34（不少于 15 天）；北京 37、成都 32（3 天内公布）", within=3),
    Kind.DOING: Preset(15, 7, "居委会法 34"),
    Kind.AFFAIRS: Preset(15, 7, "居委会法 34"),
}
BY_HAND: Final = (Kind.DOING, Kind.AFFAIRS)
"""What a clerk hangs up by a command of its own; the other kinds come with the deed that calls for them."""

LOCAL_DAYS: Final = 30
"""What some cities ask for instead of 15 (成都、达州)."""

LONGEST: Final = 365
BOARD: Final = "社区公告栏"
TITLE: Final = (4, 60)
WORDS: Final = (4, 5000)
SAID: Final = (4, 500)
NAME: Final = 24  # characters of the name of a board
BOARDS: Final = 10


class Verdict(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"  # 成立
    DISMISSED = "dismissed"  # 不成立


def full_days(starts: datetime, ends: datetime) -> int:
    """Return the whole days of Beijing between two instants.

    >>> from datetime import UTC
    >>> full_days(datetime(2026, 5, 4, 4, tzinfo=UTC), datetime(2026, 5, 19, 16, tzinfo=UTC))
    15
    """
    return (local_day(ends) - local_day(starts)).days - 1


def ends(starts: datetime, days: int) -> datetime:
    """Return when a publication comes down that is shown for ``days`` full days (民法典 201, 203)."""
    return ends_at(local_day(starts) + timedelta(days=days))


def check_days(kind: Kind, starts: datetime, until: datetime, *, asked: int = 0) -> int:
    """Return how many full days a publication must be shown: its preset, or what the body asked when that is more.

    Raises:
        Unfit: ``until`` would leave fewer days than that, or far too many.
    """
    shown, least = full_days(starts, until), max(PRESETS[kind].days, asked)
    if shown < least:
        raise Unfit("公示要满 {days} 天，挂出来的那天不算。请把天数写够。", field="days", days=least)
    if shown > LONGEST:
        raise Unfit("公示最长 {days} 天。请把天数写少一些。", field="days", days=LONGEST)
    return least


def boards_of(typed: str) -> list[str]:
    """Return the names of boards, one a line, each once.

    Raises:
        Unfit: one is too long, or there are too many.
    """
    found = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    if len(found) > BOARDS or any(len(name) > NAME for name in found):
        raise Unfit("公告栏一行写一个，每个最多 {most} 个字，最多 {n} 个。", field="boards", most=NAME, n=BOARDS)
    return found


def check_length(text: str, bounds: tuple[int, int], field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = bounds
    if len(text.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(text) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(text), most=most)


@dataclass(frozen=True, slots=True)
class Check:
    """The two questions of the checker: is it shown long enough, and is there a photograph."""

    days: int
    shown: int
    over: bool
    photos: int
    late: int

    @property
    def long_enough(self) -> bool:
        """Return whether it has been, or by its end will have been, shown for its days."""
        return self.shown >= self.days

    @property
    def lacking(self) -> bool:
        """Return whether something is to be put right: no photograph, or hung up late."""
        return not self.photos or self.late > 0


def check(days: int, starts: datetime, until: datetime, *, due: datetime | None, photos: int, at: datetime) -> Check:
    """Return how a publication stands at ``at``; ``due`` is by when it had to be hung up."""
    late = max(0, (local_day(starts) - _last(due)).days) if due else 0
    return Check(days, max(0, full_days(starts, min(at, until))), at >= until, photos, late)


def _last(due: datetime) -> date:
    """Return the last day that a deadline leaves."""
    return local_day(due - timedelta(seconds=1))
