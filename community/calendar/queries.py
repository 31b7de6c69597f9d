"""The calendar in force: the years the program brings along, and the imported ones over them."""

from datetime import date
from functools import reduce
from typing import Final

from community.calendar.known import known
from community.calendar.models import CalendarDay, CalendarYear
from community.calendar.rules import Calendar, join

Version = tuple[tuple[int, str], ...]

_latest: Final[dict[Version, Calendar]] = {}


async def calendar_at() -> Calendar:
    """Return the calendar in force. Costs one small query; the days are read again only when a year changed."""
    version = await _version()
    if version not in _latest:
        fresh = joined(await _years(version))
        _latest.clear()
        _latest[version] = fresh
    return _latest[version]


async def announced(year: int) -> list[CalendarDay]:
    """Return the imported days of ``year``, in order."""
    return await CalendarDay.filter(year=year).order_by("date")


async def imported() -> list[CalendarYear]:
    """Return the imported years, in order."""
    return await CalendarYear.all().order_by("year")


def joined(years: dict[int, Calendar]) -> Calendar:
    """Return the built-in years with ``years`` in their place.

    Raises:
        Unfit: a year is missing between two that are there.
    """
    outward = sorted(years, key=lambda year: abs(year - known().horizon.year))  # the neighbours of the known first
    return reduce(join, (years[year] for year in outward), known())


async def _version() -> Version:
    """Return which years are imported from which files: what the days follow from."""
    rows = await CalendarYear.all().order_by("year").values_list("year", "sha256")
    return tuple((int(year), str(digest)) for year, digest in rows)


async def _years(version: Version) -> dict[int, Calendar]:
    rows = await CalendarDay.all().order_by("year", "date")
    years = [year for year, _ in version]
    return {year: _one(year, rows, followed=year + 1 in years) for year in years}


def _one(year: int, rows: list[CalendarDay], *, followed: bool) -> Calendar:
    """Return one year, its last days as the notice of the next year arranges them: imported, or else built in."""
    days = {} if followed else _december(year)
    days |= {row.date: row.is_off for row in rows if year in (row.year, row.date.year)}  # later notices last
    off = frozenset(day for day, is_off in days.items() if is_off)
    return Calendar(off, frozenset(days) - off, date(year, 12, 31), date(year, 1, 1))


def _december(year: int) -> dict[date, bool]:
    days = [day for day in known().holidays | known().workdays if (day.year, day.month) == (year, 12)]
    return {day: day in known().holidays for day in days}
