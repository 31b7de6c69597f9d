"""Answering whether the talks may go on longer: by the link that was mailed, or signed in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.clock import extending
from mediation.clock.models import ExtensionAnswer
from web.forms import Filled, read
from web.mediation.case.step_forms import YesNoForm
from web.page import done, page, url_for
from web.person import maybe, now, signed_in

HERE = "mediation/clock"


async def by_link(request: Request) -> Response:
    """Show the question to whom the link was mailed; looking answers nothing."""
    answer = await extending.asked_by(request.path_params["token"])
    return await _shown(request, answer, Filled({}, None, {}), 200)


async def answer_by_link(request: Request) -> Response:
    """Take the answer of whom the link was mailed."""
    token, form = request.path_params["token"], await read(request, YesNoForm)
    answer = await extending.asked_by(token)
    if form.data is None:
        return await _shown(request, answer, form, 422)
    given = form.data.answer == "yes"
    try:
        await extending.answer_by_link(token, given=given, by=maybe(request), at=now(request))
    except Unfit as wrong:
        return await _shown(request, answer, form.with_error(wrong), 422)
    return await page(request, f"{HERE}/answered.html", {"given": given})


async def own(request: Request) -> Response:
    """Show the question to a party who is signed in."""
    code = request.path_params["code"]
    answer = await extending.asked_of(code, by=signed_in(request), at=now(request))
    return await _shown(request, answer, Filled({}, None, {}), 200)


async def answer_own(request: Request) -> Response:
    """Take the answer of a party who is signed in."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, YesNoForm)
    answer = await extending.asked_of(code, by=me, at=now(request))
    if form.data is None:
        return await _shown(request, answer, form, 422)
    try:
        await extending.answer_own(code, given=form.data.answer == "yes", by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, answer, form.with_error(wrong), 422)
    return done(url_for("case", code=code))


async def _shown(request: Request, answer: ExtensionAnswer, form: Filled[YesNoForm], status: int) -> Response:
    ask = answer.ask
    view = {"case": ask.period.case, "ask": ask, "period": ask.period, "answer": answer, "form": form}
    response = await page(request, f"{HERE}/extension.html", {**view, "to": request.url.path}, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


routes = [
    Route("/x/{token}", by_link, name="extension"),
    Route("/x/{token}", answer_by_link, methods=["POST"]),
    Route("/cases/{code}/extension", own, name="case-extension"),
    Route("/cases/{code}/extension", answer_own, methods=["POST"]),
]
