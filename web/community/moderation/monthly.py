"""The monthly report: made from the record whenever somebody looks, so that nobody can forget or polish it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Hidden
from community.moderation import queries
from community.moderation.figures import Summary, month_of, monthly, next_month
from community.places.models import Place, PlaceKind
from web.page import page
from web.person import now
from web.words import N_

NO_MONTH: Final = N_("没有这个月的报告。请写成 2026-05 这样，不晚于这个月。")
MOST: Final = 60  # months in the list


async def reports(request: Request) -> Response:
    """List the months for which there is something to report, the latest first."""
    since, today = await queries.first_day(), local_day(now(request))
    view = {"months": months(local_day(since) if since else today, today)}
    return await page(request, "community/moderation/reports.html", view)


def months(first: date, last: date) -> list[date]:
    """Return the first days of the months from that of ``last`` back to that of ``first``, at most `MOST`."""
    found = [last.replace(day=1)]
    while found[-1] > first.replace(day=1) and len(found) < MOST:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


async def report(request: Request) -> Response:
    """Show the report of one month, for everybody, ready to print."""
    first = asked_month(request.path_params["month"], now(request))
    place = await _place(request.query_params.get("place", ""))
    view = {
        "month": first,
        "place": place,
        "figures": await monthly(first, community_id=place.id if place else None),
        "running": next_month(first) > local_day(now(request)),
        "shares": shares,
    }
    return await page(request, "community/moderation/month.html", view)


def asked_month(text: str, at: datetime) -> date:
    """Return the month somebody asked for.

    Raises:
        Hidden: it names no month, or one that has not begun.
    """
    first = month_of(text)
    if first is None or first > local_day(at):
        raise Hidden(NO_MONTH)
    return first


async def _place(code: str) -> Place | None:
    return await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY) if code else None


def shares(figures: Summary) -> Mapping[str, str]:
    """Return the shares in tenths of a percent as text, computed in whole numbers; empty where there were none."""

    def share(part: int, whole: int) -> str:
        tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
        return f"{tenths // 10}.{tenths % 10}%" if whole else ""

    return {
        "reversed": share(figures.restored, figures.ripe),
        "on_time": share(figures.on_time, figures.ripe),
    }


routes = [
    Route("/moderation/reports", reports, name="moderation-reports"),
    Route("/moderation/reports/{month}", report, name="moderation-month"),
]
