"""The announced years the platform brings along, from the maintained ``chinesecalendar`` table."""

from datetime import date
from functools import cache

from chinese_calendar.constants import Holiday, holidays, workdays

from community.calendar.rules import Calendar


@cache
def known() -> Calendar:
    """Return every year the installed table covers, whole years only."""
    years = {day.year for day in holidays}
    return Calendar(frozenset(holidays), frozenset(workdays), date(max(years), 12, 31), date(min(years), 1, 1))


@cache
def feasts() -> dict[date, str]:
    """Return what each day of the installed table is off, or worked, for, in Chinese."""
    chinese = {feast.value: feast.chinese for feast in Holiday}
    return {day: chinese[name] for day, name in (holidays | workdays).items()}
