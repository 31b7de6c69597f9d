"""Times, days, money and areas as people read them. Stored in UTC, shown in Beijing time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from babel.dates import format_date, format_datetime

from web.clock import BEIJING
from web.locale import SOURCE, say
from web.words import N_

_PATTERNS: Final = {
    "zh-CN": ("M月d日 EEE HH:mm", "y年M月d日", "M月d日 EEE"),
    "en": ("EEE d MMM, HH:mm", "d MMM y", "EEE d MMM"),
}
_WITH_YEAR: Final = {
    "M月d日 EEE HH:mm": "y年M月d日 HH:mm",
    "M月d日 EEE": "y年M月d日 EEE",
    "EEE d MMM, HH:mm": "d MMM y, HH:mm",
    "EEE d MMM": "EEE d MMM y",
}
_now: Final = {"year": 0}
_BABEL: Final = {"zh-CN": "zh_Hans_CN", "en": "en"}
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400


def turn(now: datetime) -> None:
    """Note the year it is: times of other years are shown with theirs."""
    _now["year"] = now.astimezone(BEIJING).year


def _dated(pattern: str, on: date) -> str:
    """Return the pattern, with the year when that is not the present one."""
    return pattern if _now["year"] in (0, on.year) else _WITH_YEAR[pattern]


def speakers(lang: str) -> dict[str, Callable[..., str]]:
    """Return the template functions that say times and amounts in ``lang``."""
    moment, whole_day, short_day = _PATTERNS[lang]
    locale = _BABEL[lang]
    return {
        "clock": lambda at: _moment(at.astimezone(BEIJING), moment, locale),
        "until": lambda at: until(at, moment, short_day, locale),
        "day": lambda on: format_date(_date(on), whole_day, locale=locale),
        "weekday": lambda on: format_date(_date(on), _dated(short_day, _date(on)), locale=locale),
        "left": lambda until, now: left(until, now, lang=lang),
        "money": lambda fen: money(fen, lang=lang),
        "area": area,
    }


def until(at: datetime, moment: str, short_day: str, locale: str) -> str:
    """Return a deadline; one at midnight is the end of the day before, 24:00, as the law counts (民法典 203)."""
    local = at.astimezone(BEIJING)
    if (local.hour, local.minute) != (0, 0):
        return _moment(local, moment, locale)
    before = local.date() - timedelta(days=1)
    return f"{format_date(before, _dated(short_day, before), locale=locale)} 24:00"


def _moment(local: datetime, moment: str, locale: str) -> str:
    return format_datetime(local, _dated(moment, local), locale=locale)


def left(until: datetime, now: datetime, *, lang: str) -> str:
    """Return how long is left, in one unit, or that it is over."""
    seconds = int((until - now) / timedelta(seconds=1))
    if seconds <= 0:
        return say(lang, N_("已截止"))
    for size, words in ((_DAY, N_("还剩 {n} 天")), (_HOUR, N_("还剩 {n} 小时"))):
        if seconds >= size * 2:
            return say(lang, words, n=seconds // size)
    return say(lang, N_("还剩 {n} 分钟"), n=max(1, seconds // _MINUTE))


def money(fen: int, *, lang: str = SOURCE) -> str:
    """Return an amount of fen as yuan with two decimals.

    >>> money(320005)
    '3,200.05 元'
    """
    return say(lang, N_("{n} 元"), n=f"{fen // 100:,}.{fen % 100:02d}")


def area(hundredths: int) -> str:
    """Return an area of 0.01 m² units.

    >>> area(8937)
    '89.37 m²'
    """
    return f"{hundredths // 100:,}.{hundredths % 100:02d} m²"


def iso(at: datetime) -> str:
    """Return an instant for machines: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat()


def _date(on: date | datetime) -> date:
    return on.astimezone(BEIJING).date() if isinstance(on, datetime) else on
