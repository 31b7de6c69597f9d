"""The public log of what was done and why: a page and a table for whoever wants to check."""

import csv
import io
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.moderation import queries
from community.moderation.figures import summary
from community.moderation.models import Appeal, Hiding
from community.moderation.rules import ABOUT_WORDS, TERMS
from community.places.models import Place
from web.community.moderation.views import line_of
from web.community.moderation.words import CLAUSES, kind_of
from web.page import page
from web.person import now
from web.say_time import iso
from web.text import whole

PERIOD: Final = timedelta(days=90)
PAGE: Final = 50
MOST: Final = 10_000
HEADS: Final = (
    "at", "community", "kind", "measure", "reason", "source", "state", "batch", "effective_at", "told_at",
    "appealed_at", "answered_at", "appealed_again_at", "answered_again_at", "ended_at", "text_sha256", "link",
)  # fmt: skip


async def log(request: Request) -> Response:
    """Show the figures of three months and what was done, newest first, each with all that became of it."""
    at = now(request)
    rows = await queries.log(before=whole(request.query_params.get("before", "")), limit=PAGE + 1)
    appeals = await queries.appeals_of(rows[:PAGE])
    view = {
        "rows": [line_of(each, appeals.get(each.id, [])) for each in rows[:PAGE]],
        "next": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "figures": await summary(at - PERIOD, at),
        "kind_of": kind_of,
        "reasons": ABOUT_WORDS,
        "clauses": CLAUSES,
        "terms": TERMS,
    }
    return await page(request, "community/moderation/log.html", view)


async def table(_request: Request) -> Response:
    """Give the whole log as CSV: codes and times, no names and no words."""
    hidings = await queries.log(limit=MOST)
    places = {place.id: place.code for place in await Place.filter(id__in={each.community_id for each in hidings})}
    appeals = await queries.appeals_of(hidings)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADS)
    lines.writerows(_line(each, appeals.get(each.id, []), places.get(each.community_id, "")) for each in hidings)
    headers = {"Content-Disposition": 'attachment; filename="moderation-log.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _line(hiding: Hiding, appeals: list[Appeal], place: str) -> list[str]:
    asked = [moment for each in appeals for moment in (each.at, each.answered_at)] + [None] * 4
    moments = [hiding.effective_at, hiding.told_at, *asked[:4], hiding.ended_at]
    kind, codes = hiding.subject.rpartition("-")[0], (hiding.measure, hiding.reason, hiding.source, hiding.state)
    return [
        iso(hiding.at),
        place,
        kind,
        *(code.value for code in codes),
        hiding.batch,
        *(iso(moment) if moment else "" for moment in moments),
        hiding.text_hash,
        hiding.link,
    ]


routes = [
    Route("/moderation/log", log, name="moderation-log"),
    Route("/moderation/log.csv", table, name="moderation-csv"),
]
