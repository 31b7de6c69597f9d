"""Working days and legal periods on dates in Asia/Shanghai. Nothing here reads a clock or does I/O.

The day a period starts is not counted (民法典 201); a period whose last day is a day off ends on the next
working day (民法典 203, 民事诉讼法 85); a month ends on the same-numbered day, or on the last of the month
when there is none (民法典 202). A weekend day worked under 调休 is a working day: nothing rolls off it.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from community.calendar.festivals import statutory
from community.errors import Unfit

DAY: Final = timedelta(days=1)
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are off, as announced for every year from ``since`` to ``horizon``.

    Outside that stretch weekends and the statutory days stand in, and what is counted there is provisional.

    Attributes:
        holidays: announced days off, weekend days among them.
        workdays: weekend days that are worked in exchange (调休).
        horizon: the last day the announcements cover.
        since: the first day they cover.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    horizon: date
    since: date = date.min

    def covers(self, day: date) -> bool:
        """Tell whether the announcements cover ``day``."""
        return self.since <= day <= self.horizon

    def works(self, day: date) -> bool:
        """Tell whether ``day`` is a working day; raise `Unfit` beyond the years anybody can foresee."""
        if day in self.workdays:
            return True
        if day in self.holidays or day.weekday() >= SATURDAY:
            return False
        return self.covers(day) or day not in statutory(day.year)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both among them; a span still open is given with today as its last day."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends.

    Attributes:
        raw: the last day as counted; the safe day to advise for a right that lapses.
        due: the last day in law, after days off at the end were passed over.
        provisional: the days off are not announced yet, so both may move.
    """

    raw: date
    due: date
    provisional: bool


def add_days(start: date, days: int, calendar: Calendar, *, skipping: tuple[Span, ...] = ()) -> Due:
    """Return the end of ``days`` calendar days after ``start``, not counting those in ``skipping``."""
    raw = _walk(start, days, lambda day: not _skipped(day, skipping))
    due = roll(raw, calendar, skipping=skipping)
    return Due(raw, due, provisional=not (calendar.covers(raw) and calendar.covers(due)))


def add_months(start: date, months: int, calendar: Calendar, *, skipping: tuple[Span, ...] = ()) -> Due:
    """Return the end of ``months`` after ``start``; days in ``skipping`` are added at the end (民法典 202)."""
    return add_days(start, (same_day(start, months) - start).days, calendar, skipping=skipping)


def add_working_days(start: date, days: int, calendar: Calendar, *, skipping: tuple[Span, ...] = ()) -> Due:
    """Return the last of ``days`` working days after ``start``, not counting those in ``skipping``."""
    due = _walk(start, days, lambda day: calendar.works(day) and not _skipped(day, skipping))
    return Due(due, due, provisional=not (calendar.covers(start + DAY) and calendar.covers(due)))


def roll(day: date, calendar: Calendar, *, skipping: tuple[Span, ...] = ()) -> date:
    """Return ``day``, or the first working day after it when it is off (民法典 203, 民事诉讼法 85)."""
    while not calendar.works(day) or _skipped(day, skipping):
        day += DAY
    return day


def same_day(start: date, months: int) -> date:
    """Return the same-numbered day ``months`` later, or the last of that month (民法典 202).

    >>> same_day(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def ends_at(due: date) -> datetime:
    """Return the instant, in UTC, at which the last day ``due`` is over in Asia/Shanghai (民法典 203: 24时)."""
    return datetime.combine(due + DAY, time(), SHANGHAI).astimezone(UTC)


def local_day(at: datetime) -> date:
    """Return the day it is in Asia/Shanghai at the aware instant ``at``."""
    return at.astimezone(SHANGHAI).date()


def full_days_between(notice: date, meeting: date) -> int:
    """Return the whole days between a notice and its meeting; neither day counts, so never less than 0.

    >>> full_days_between(date(2026, 6, 1), date(2026, 6, 4))
    2
    """
    return max((meeting - notice).days - 1, 0)


def earliest_meeting(notice: date, days: int) -> date:
    """Return the first day a meeting may be held that needs ``days`` full days of notice."""
    return notice + timedelta(days=days + 1)


def latest_notice(meeting: date, days: int) -> date:
    """Return the last day on which ``days`` full days of notice can still be given."""
    return meeting - timedelta(days=days + 1)


def join(older: Calendar, newer: Calendar) -> Calendar:
    """Return one calendar in which ``newer`` replaces the stretch it covers; raise `Unfit` on a gap between."""
    if newer.since > older.horizon + DAY or newer.horizon + DAY < older.since:
        raise Unfit(
            "节假日表中间缺年份：已有的到{horizon}为止，新的从{since}开始。请先导入缺的年份。",
            horizon=older.horizon,
            since=newer.since,
        )
    return Calendar(
        frozenset(d for d in older.holidays - newer.workdays if not newer.covers(d)) | newer.holidays,
        frozenset(d for d in older.workdays - newer.holidays if not newer.covers(d)) | newer.workdays,
        max(older.horizon, newer.horizon),
        min(older.since, newer.since),
    )


def _walk(start: date, days: int, counts: Callable[[date], bool]) -> date:
    """Return the day on which the ``days``-th counting day after ``start`` falls."""
    day = start
    while days > 0:
        day += DAY
        days -= counts(day)
    return day


def _skipped(day: date, skipping: tuple[Span, ...]) -> bool:
    """Tell whether ``day`` lies in one of the spans."""
    return any(day in span for span in skipping)
