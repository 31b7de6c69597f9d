"""开放数据 — matters, decisions, publications and the log of moderation as tables, without anybody's name.

CSV (RFC 4180, UTF-8 with its mark) and JSON, no account and no token, a thousand rows a page; the header ``Link``
(RFC 8288) names the next one. What is hidden keeps its row and loses its words, so that counts stay true.
"""

import csv
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from community.moderation.models import Hiding
from deliberation.ballot.models import Result
from deliberation.matter.models import Matter
from deliberation.publicity.models import Publication
from web.page import page
from web.say_time import iso
from web.text import whole
from web.words import N_

PAGE: Final = 1000
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, object]


async def matters(after: int) -> list[Row]:
    """Return public matters in the order of their numbers."""
    rows = Matter.filter(id__gt=after, public_at__isnull=False).select_related("body").order_by("id").limit(PAGE + 1)
    return [
        {
            "id": each.id,
            "community": each.community_id,
            "body": each.body.name,
            "title": "" if each.hidden_at else each.title,
            "hidden": each.hidden_at is not None,
            "weight": each.weight.value,
            "state": each.state.value,
            "state_since": _time(each.state_since),
            "public_at": _time(each.public_at),
            "due_at": _time(each.due_at),
            "seconded": each.seconded,
            "threshold": each.threshold,
        }
        for each in await rows
    ]


async def decisions(after: int) -> list[Row]:
    """Return results in the order of their keys."""
    rows = Result.filter(id__gt=after).select_related("ballot__matter", "ballot__body").order_by("id").limit(PAGE + 1)
    return [
        {
            "id": each.id,
            "ballot": each.ballot_id,
            "matter": each.ballot.matter_id,
            "community": each.ballot.community_id,
            "body": each.ballot.body.name,
            "title": "" if each.ballot.matter.hidden_at else each.ballot.matter.title,
            "rule": each.ballot.rule_id,
            "outcome": each.outcome.value,
            "decided_at": _time(each.decided_at),
            "shown_until": _time(each.shown_until),
            "seal": each.seal,
        }
        for each in await rows
    ]


async def publications(after: int) -> list[Row]:
    """Return what was hung up, in the order of its keys; the titles of hidden matters are left out."""
    rows = await Publication.filter(id__gt=after).order_by("id").limit(PAGE + 1)
    about = [each.matter_id for each in rows if each.matter_id]
    hidden = {each.id for each in await Matter.filter(id__in=about, hidden_at__isnull=False)} if about else set()
    return [
        {
            "id": each.id,
            "community": each.community_id,
            "matter": each.matter_id,
            "kind": each.kind.value,
            "title": "" if each.matter_id in hidden else each.title,
            "days": each.days,
            "starts_at": _time(each.starts_at),
            "ends_at": _time(each.ends_at),
            "photos": each.photos,
        }
        for each in rows
    ]


async def moderation(after: int) -> list[Row]:
    """Return what was hidden and why, in the order of its keys: codes and times."""
    return [
        {
            "id": each.id,
            "community": each.community_id,
            "kind": each.subject.rpartition("-")[0],
            "measure": each.measure.value,
            "reason": each.reason.value,
            "source": each.source.value,
            "state": each.state.value,
            "at": _time(each.at),
            "told_at": _time(each.told_at),
            "ended_at": _time(each.ended_at),
        }
        for each in await Hiding.filter(id__gt=after).order_by("id").limit(PAGE + 1)
    ]


def _time(at: datetime | None) -> str | None:
    return iso(at) if at else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it holds, its columns, and how it is read."""

    words: str
    columns: Sequence[str]
    read: Callable[[int], Awaitable[list[Row]]]


# fmt: off
TABLES: Final[Mapping[str, Table]] = {
    "matters": Table(N_("公开的议题"), (
        "id", "community", "body", "title", "hidden", "weight", "state", "state_since", "public_at", "due_at",
        "seconded", "threshold"), matters),
    "decisions": Table(N_("表决结果"), (
        "id", "ballot", "matter", "community", "body", "title", "rule", "outcome", "decided_at", "shown_until",
        "seal"), decisions),
    "publications": Table(N_("张贴过的公示"), (
        "id", "community", "matter", "kind", "title", "days", "starts_at", "ends_at", "photos"), publications),
    "moderation": Table(N_("审核的公开记录"), (
        "id", "community", "kind", "measure", "reason", "source", "state", "at", "told_at", "ended_at"), moderation),
}
# fmt: on


def endpoint(name: str, form: str) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler of one table in one form."""

    async def show(request: Request) -> Response:
        rows = await TABLES[name].read(whole(request.query_params.get("after", "")) or 0)
        more = f"/open/{name}.{form}?after={rows[PAGE - 1]['id']}" if len(rows) > PAGE else None
        answer = _csv(name, rows[:PAGE]) if form == "csv" else _json(rows[:PAGE], more)
        links = [f'<{LICENCE}>; rel="license"'] + ([f'<{more}>; rel="next"'] if more else [])
        answer.headers.update({"Link": ", ".join(links), "Access-Control-Allow-Origin": "*"})
        return answer

    return show


def _csv(name: str, rows: list[Row]) -> Response:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    columns = TABLES[name].columns
    lines.writerow(columns)
    lines.writerows([_cell(row[column]) for column in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _json(rows: list[Row], more: str | None) -> Response:
    return JSONResponse({"license": LICENCE, "items": rows, "next": more})


async def about(request: Request) -> Response:
    """Say which tables there are, and on what terms."""
    return await page(request, "deliberation/open_data.html", {"tables": TABLES, "licence": LICENCE, "most": PAGE})


routes = [
    Route("/open/data", about, name="open-data"),
    *[
        Route(f"/open/{name}.{form}", endpoint(name, form), name=f"open-{name}-{form}")
        for name in TABLES
        for form in ("csv", "json")
    ],
]
