"""The days off of a year, for everybody; the file of a new year, for administrators."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.commands import import_year, may_edit, require_calendar
from community.calendar.festivals import FEASTS, statutory
from community.calendar.known import feasts
from community.calendar.models import CalendarDay
from community.calendar.parse import MOST_BYTES
from community.calendar.queries import announced, calendar_at
from community.calendar.rules import SATURDAY, Calendar, local_day
from community.errors import Unfit
from web.community.calendar.forms import YearForm
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import maybe, now, signed_in


async def year(request: Request) -> Response:
    """Show the days off and the weekend days worked of a year, and how far they are announced."""
    return await _year(request, Filled({}, None, {}))


@with_files
async def take(request: Request) -> Response:
    """Put an announced year in force."""
    person, at = signed_in(request), now(request)
    await require_calendar(person, at=at)
    filled = await read(request, YearForm)
    if filled.data is None:
        return await _year(request, filled)
    try:
        chosen = await import_year(await filled.data.file.read(MOST_BYTES + 1), by=person, at=at)
    except Unfit as why:
        return await _year(request, filled.with_error(Unfit(why.reason, field="file", **why.facts)))
    return done(f"/calendar?year={chosen}&done=imported")


async def _year(request: Request, filled: Filled[YearForm]) -> Response:
    person, at = maybe(request), now(request)
    shown = _asked(request.query_params.get("year", ""), local_day(at).year)
    calendar = await calendar_at()
    view = {
        "year": shown,
        "spans": spans(calendar, shown, await announced(shown)),
        "calendar": calendar,
        "provisional": not calendar.covers(date(shown, 12, 31)),
        "years": [each for each in (shown - 1, shown + 1) if each in FEASTS],
        "form": filled,
        "editor": bool(person) and await may_edit(signed_in(request), at=at),
        "imported": request.query_params.get("done") == "imported",
    }
    return await page(request, "community/calendar/year.html", view, status=422 if filled.errors else 200)


def _asked(text: str, today: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) in FEASTS else today  # noqa: PLR2004


def spans(calendar: Calendar, year: int, rows: list[CalendarDay]) -> list[tuple[date, date, bool, str]]:
    """Return the stretches of a year that are not as the week has them: first day, last day, off or worked, name."""
    names = feasts() | {row.date: row.name for row in rows}
    days = [day for day in _unusual(calendar, year) if day.year == year]
    found: list[tuple[date, date, bool, str]] = []
    for day in days:
        off, name = not calendar.works(day), names.get(day, "")
        if found and found[-1][1].toordinal() == day.toordinal() - 1 and found[-1][2:] == (off, name):
            found[-1] = (found[-1][0], day, off, name)
        else:
            found.append((day, day, off, name))
    return found


def _unusual(calendar: Calendar, year: int) -> list[date]:
    """Return the announced days of a year, or the statutory ones where none are announced."""
    if calendar.covers(date(year, 12, 31)):
        worked = {day for day in calendar.workdays if day.weekday() >= SATURDAY}
        return sorted(calendar.holidays | worked)
    return sorted(statutory(year))


routes = [
    Route("/calendar", year, name="calendar"),
    Route("/calendar", take, methods=["POST"], max_body_size=MOST_BYTES + 64 * 1024),
]
