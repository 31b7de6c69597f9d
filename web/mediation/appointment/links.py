"""Answering by the link of a letter, without an account. Looking answers nothing."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from mediation.appointment import answering
from mediation.appointment.queries import GONE, by_token
from web.forms import Filled, read
from web.mediation.appointment.forms import AnswerTimesForm
from web.mediation.appointment.show import calendar_file, view_of
from web.page import done, page, url_for
from web.person import maybe, now


async def look(request: Request) -> Response:
    """Show what is on offer, or what was fixed."""
    return await _shown(request, Filled({}, None, {}), 200)


async def answer(request: Request) -> Response:
    """Take which times suit."""
    token, form = request.path_params["token"], await read(request, AnswerTimesForm)
    await by_token(token)
    if form.data is None:
        return await _shown(request, form, 422)
    chosen = () if form.data.none else form.data.suits
    await answering.answer_by_link(token, chosen, by=maybe(request), at=now(request))
    return done(url_for("appointment-link", token=token))


async def ics(request: Request) -> Response:
    """Answer with a fixed appointment as a calendar file."""
    plan, _ = await by_token(request.path_params["token"])
    if plan.appointment.starts_at is None:
        raise Hidden(GONE)
    return calendar_file(request, plan.appointment, at=now(request))


async def _shown(request: Request, form: Filled[AnswerTimesForm], status: int) -> Response:
    token = request.path_params["token"]
    plan, _ = await by_token(token)
    view = {**view_of(plan, now(request)), "form": form, "here": f"/a/{token}", "token": token}
    response = await page(request, "mediation/appointment/link.html", view, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


routes = [
    Route("/a/{token}", look, name="appointment-link"),
    Route("/a/{token}", answer, methods=["POST"]),
    Route("/a/{token}/calendar.ics", ics, name="appointment-link-ics"),
]
