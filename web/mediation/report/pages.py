"""Statistics of a committee over a time: figures, a chart with its table, and the table to take away."""

import csv
import io
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from mediation.intake.rules import Kind
from mediation.report import rules
from mediation.report.form import wan
from mediation.report.measures import late
from mediation.report.queries import Sets, sets_of
from web.page import page
from web.person import now, signed_in

DAY = timedelta(days=1)
HEADS = ("type", "accepted", "concluded", "agreed")


async def show(request: Request) -> Response:
    """Show the figures of a time, this quarter unless asked otherwise."""
    since, until = span(request)
    sets = await sets_of(signed_in(request), at=now(request))
    return await page(request, "mediation/report/show.html", told(sets, since, until))


async def table(request: Request) -> Response:
    """Give the figures by kind as CSV (RFC 4180, UTF-8 with its mark); small cells as a public table shows them."""
    since, until = span(request)
    sets = await sets_of(signed_in(request), at=now(request))
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADS)
    for kind, *figures in rules.by_kind(sets.cases, since, until):
        lines.writerow([kind, *map(rules.small, figures)])
    name = f"attachment; filename=cases-{since}-{until}.csv"
    return Response(
        "\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


def span(request: Request) -> tuple[date, date]:
    """Return the days asked for, the last one excluded; what is not a day, or runs backwards, is this quarter."""
    today = local_day(now(request))
    try:
        since = date.fromisoformat(request.query_params.get("from", ""))
        until = date.fromisoformat(request.query_params.get("to", "")) + DAY
    except (ValueError, OverflowError):
        return rules.quarter(today)
    return (since, until) if since < until else rules.quarter(today)


def told(sets: Sets, since: date, until: date) -> dict[str, object]:
    """Return what the page shows of the closed sets."""
    ended = rules.concluded(sets.cases, since, until)
    kept, owed = rules.kept(sets.promises, since, until)
    rows = [(Kind(kind), began, done, agreed) for kind, began, done, agreed in rules.by_kind(sets.cases, since, until)]
    return {
        "since": since,
        "last": until - DAY,
        "accepted": len(rules.accepted(sets.cases, since, until)),
        "concluded": len(ended),
        "assisted": rules.assisted(sets.joined, since, until),
        "shares": {name: formula(ended) for name, formula in rules.SHARES},
        "kept": kept,
        "late": late(kept),
        "wan": wan(sum(each.fen for each in ended)),
        "owed": owed,
        "gross": rules.lasting(ended, net=False),
        "net": rules.lasting(ended, net=True),
        "rows": rows,
        "most": max((row[1] for row in rows), default=0),
    }


routes = [
    Route("/desk/report", show, name="case-report"),
    Route("/desk/report.csv", table, name="case-report-csv"),
]
