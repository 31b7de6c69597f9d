"""Importing a year as the State Council announced it."""

import hashlib
from datetime import datetime

from community.calendar.models import CalendarDay, CalendarYear
from community.calendar.parse import names, papers, parse_year
from community.calendar.queries import calendar_at
from community.calendar.rules import Calendar, join
from community.errors import Forbidden
from community.people.models import Person
from community.people.roles import everywhere, places_where
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right


async def look_at_year(text: str | bytes) -> tuple[int, int, bool]:
    """Return the year in ``text``, how many days it arranges, and whether importing it would change anything.

    Raises:
        Unfit: the file is not right, or a year before it is missing.
    """
    year, days = names(text)
    join(await calendar_at(), parse_year(text))  # refuses a gap
    same = await CalendarYear.filter(year=year, sha256=digest_of(text)).exists()
    return year, len(days), not same


async def import_year(text: str | bytes, *, by: Person | None, at: datetime) -> int:
    """Put the announced year in ``text`` in force and return it; a file already in force changes nothing.

    Args:
        text: the JSON form of `community.calendar.parse`.
        by: who imports it; ``None`` is the operator at the machine.
        at: when.

    Raises:
        Unfit: the file is not right, or a year before it is missing.
        Forbidden: ``by`` may not edit the calendar.
    """
    await require_calendar(by, at=at)
    year, _, new = await look_at_year(text)
    if new:
        await _replace(year, parse_year(text), text, by=by, at=at)
    return year


@command
async def _replace(year: int, parsed: Calendar, text: str | bytes, *, by: Person | None, at: datetime) -> None:
    kept = {"sha256": digest_of(text), "source": papers(text), "imported_at": at}
    await CalendarYear.bulk_create([CalendarYear(year=year, **kept)], ignore_conflicts=True)
    await CalendarYear.filter(year=year).update(**kept)  # holds the row, so that two imports follow each other
    await CalendarDay.filter(year=year).delete()
    called = names(text)[1]
    await CalendarDay.bulk_create(
        [
            CalendarDay(year=year, date=day, is_off=day in parsed.holidays, name=called.get(day, ""))
            for day in sorted(parsed.holidays | parsed.workdays)
        ]
    )
    await record("calendar.imported", f"calendar-{year}", by=by, at=at, sha256=kept["sha256"], days=len(called))


async def require_calendar(person: Person | None, *, at: datetime) -> None:
    """Raise `Forbidden` unless ``person`` may edit the calendar somewhere; there is one for all places."""
    if person and not await may_edit(person, at=at):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")


async def may_edit(person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` may edit the calendar."""
    right = Right.CALENDAR_EDIT
    return await everywhere(person, right, at=at) or bool(await places_where(person, right, at=at))


def digest_of(text: str | bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
