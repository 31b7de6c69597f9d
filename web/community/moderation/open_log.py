"""The public log of what was hidden and why: a page and a table for whoever wants to check."""

import csv
import io
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.moderation import queries
from community.moderation.models import Hiding
from community.places.models import Place
from web.community.moderation.words import kind_of
from web.page import page
from web.person import now
from web.say_time import iso

PERIOD: Final = timedelta(days=90)
PAGE: Final = 50
MOST: Final = 10_000
HEADS: Final = ("at", "community", "kind", "reason", "source", "state", "appealed_at", "ended_at", "link")


async def log(request: Request) -> Response:
    """Show the figures of three months and what was hidden, newest first."""
    at, before = now(request), request.query_params.get("before", "")
    rows = await queries.log(before=int(before) if before.isascii() and before.isdigit() else None, limit=PAGE + 1)
    view = {
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "figures": await queries.summary(at - PERIOD, at),
        "kind_of": kind_of,
    }
    return await page(request, "community/moderation/log.html", view)


async def table(_request: Request) -> Response:
    """Give the whole log as CSV: codes and times, no names and no words."""
    hidings = await queries.log(limit=MOST)
    places = {place.id: place.code for place in await Place.filter(id__in={each.community_id for each in hidings})}
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADS)
    lines.writerows(_line(each, places.get(each.community_id, "")) for each in hidings)
    headers = {"Content-Disposition": 'attachment; filename="moderation-log.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _line(hiding: Hiding, place: str) -> list[str]:
    moments = [iso(moment) if moment else "" for moment in (hiding.at, hiding.appealed_at, hiding.ended_at)]
    kind, codes = hiding.subject.rpartition("-")[0], (hiding.reason.value, hiding.source.value, hiding.state.value)
    return [moments[0], place, kind, *codes, *moments[1:], hiding.link]


routes = [
    Route("/moderation/log", log, name="moderation-log"),
    Route("/moderation/log.csv", table, name="moderation-csv"),
]
