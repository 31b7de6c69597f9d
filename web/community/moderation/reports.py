"""Reporting something, and limiting the reports of somebody whose reports had no ground."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.moderation import hiding, queries, reporting
from community.moderation.clauses import LETTERS
from community.moderation.content import find_content, find_visible
from community.moderation.orders import Order
from community.moderation.reporters import KIND
from community.moderation.rules import REPORTABLE, Measure, Reason
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.rights import Right, may
from web.community.moderation.forms import LimitForm, ReportForm
from web.community.moderation.words import CLAUSES
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def ask_report(request: Request) -> Response:
    """Show the form for reporting something; lead who may decide about it straight to the decision."""
    person, about = signed_in(request), request.query_params.get("about", "")
    if "ask" not in request.query_params and await _decides(person, about, now(request)):
        return done(f"/moderation?about={quote(about)}&verdict=hide")
    return await _report(request, person, about)


async def _decides(person: Person, about: str, at: datetime) -> bool:
    """Return whether ``person`` moderates there, did not write it, and nothing was done about it yet."""
    content = await find_visible(about, person, at=at)
    roles = await roles_in_place(person, content.community_id, at=at)
    return may(roles, Right.CONTENT_MODERATE) and content.owner_id != person.id and not await queries.is_live(about)


async def report(request: Request) -> Response:
    """Take a report and thank for it."""
    person, filled = signed_in(request), await read(request, ReportForm)
    form = filled.data
    if form is None:
        return await _report(request, person, str(filled.value("about")), filled)
    try:
        await reporting.report(form.about, form.reason, form.words, by=person, at=now(request))
    except Unfit as why:
        return await _report(request, person, form.about, filled.with_error(why))
    view = {"url": (await find_content(form.about)).url}
    return await page(request, "community/moderation/reported.html", view)


async def _report(request: Request, person: Person, about: str, filled: Filled[Any] | None = None) -> Response:
    content = await find_visible(about, person, at=now(request))
    view = {"about": about, "content": content, "reasons": REPORTABLE, "clauses": CLAUSES, "form": filled or EMPTY}
    return await page(request, "community/moderation/report.html", view, status=422 if filled else 200)


async def ask_limit(request: Request) -> Response:
    """Show what came of somebody's reports, and the form for limiting them."""
    return await _limit(request, request.query_params.get("about", ""))


async def limit(request: Request) -> Response:
    """Let somebody report once a day for thirty days."""
    person, filled = signed_in(request), await read(request, LimitForm)
    if filled.data is None:
        return await _limit(request, str(filled.value("about")), filled)
    words = filled.data.words or LETTERS[Reason.GROUNDLESS]
    order = Order(Reason.GROUNDLESS, words, measure=Measure.LIMIT)
    try:
        made = await hiding.hide(f"{KIND}-{filled.data.about}", order, by=person, at=now(request))
    except Unfit as why:
        return await _limit(request, filled.data.about, filled.with_error(why))
    return done(f"/moderation?done={made.code}")


async def _limit(request: Request, about: str, filled: Filled[Any] | None = None) -> Response:
    content, person, at = await find_content(f"{KIND}-{about}"), signed_in(request), now(request)
    await require_in_place(person, content.community_id, Right.CONTENT_MODERATE, at=at)
    view = {"about": about, "content": content, "letter": LETTERS[Reason.GROUNDLESS], "form": filled or EMPTY}
    return await page(request, "community/moderation/limit.html", view, status=422 if filled else 200)


routes = [
    Route("/report", ask_report, name="report"),
    Route("/report", report, methods=["POST"]),
    Route("/moderation/reporter", ask_limit, name="reporter"),
    Route("/moderation/reporter", limit, methods=["POST"]),
]
