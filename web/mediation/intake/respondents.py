"""Naming one more of the other side before anybody is invited."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.case.events import Event
from mediation.case.models import Side
from mediation.case.moving import choices
from mediation.case.queries import visible_case
from mediation.intake.leading import add_respondent
from mediation.intake.rules import Named
from web.forms import Filled, read
from web.mediation.case.step_forms import RespondentForm
from web.page import done, page, url_for
from web.person import now, signed_in


async def ask(request: Request) -> Response:
    """Show the form; who cannot name anybody now is led back to the case."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if Event.INVITE not in [step.event for step in choices(case, seats)]:
        return done(url_for("case", code=case.code))
    return await _shown(request, Filled({}, None, {}), 200)


async def add(request: Request) -> Response:
    """Name one more."""
    me, form, code = signed_in(request), await read(request, RespondentForm), request.path_params["code"]
    if form.data is None:
        return await _shown(request, form, 422)
    data = form.data
    named = Named(name=data.name, phone=data.phone, email=data.email)
    try:
        await add_respondent(code, named, needed=data.needed, side=data.side, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case", code=code))


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, _ = await visible_case(me, request.path_params["code"], at=at)
    return await page(
        request, "mediation/intake/respondent.html", {"case": case, "form": form, "sides": list(Side)}, status=status
    )


routes = [
    Route("/cases/{code}/respondents", ask, name="case-respondents"),
    Route("/cases/{code}/respondents", add, methods=["POST"]),
]
