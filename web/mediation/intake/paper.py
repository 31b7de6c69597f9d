"""Paper while nothing works: the scan of what was written on a form (`web.mediation.blank`), and its own days."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.case.events import Event
from mediation.case.workflow import actors
from mediation.intake import papers
from web.community.files.receive import BODY, receive
from web.forms import Filled, read
from web.mediation.intake.desk_forms import AsWrittenForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/intake"


async def sheet(request: Request) -> Response:
    """Show what is known of the sheet of a case."""
    return await _sheet(request, Filled({}, None, {}))


async def scan(request: Request) -> Response:
    """Take the scan of the sheet."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    await papers.paper_seen(code, by=me, at=at)
    try:
        async with request.form(max_files=1, max_fields=5) as form:
            upload = await receive(request, form.get("file"), by=me)
        await papers.scanned(code, upload.code, by=me, at=at)
    except Unfit as wrong:
        return await _sheet(request, Filled({}, None, {}).with_error(wrong))
    return done(url_for("case-paper-form", code=code))


async def accept(request: Request) -> Response:
    """Accept as of the day on the paper."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, AsWrittenForm)
    if form.data is None:
        return await _sheet(request, form)
    try:
        await papers.accept_as_written(code, form.data.on, by=me, at=now(request))
    except Unfit as wrong:
        return await _sheet(request, form.with_error(wrong))
    return done(url_for("case", code=code))


async def _sheet(request: Request, form: Filled[Any]) -> Response:
    case, paper = await papers.paper_seen(request.path_params["code"], by=signed_in(request), at=now(request))
    view = {"case": case, "paper": paper, "accepts": bool(actors(case.state, Event.ACCEPT)), "form": form}
    return await page(request, f"{HERE}/paper.html", view, status=422 if form.errors else 200)


routes = [
    Route("/cases/{code}/paper", sheet, name="case-paper-form"),
    Route("/cases/{code}/paper", scan, methods=["POST"], max_body_size=BODY),
    Route("/cases/{code}/paper/acceptance", accept, methods=["POST"], name="case-paper-acceptance"),
]
