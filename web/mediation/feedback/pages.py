"""Asking a party afterwards how it was."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.feedback.commands import answer
from mediation.feedback.queries import after
from mediation.feedback.rules import MARKS, Asked
from web.forms import Filled, read
from web.mediation.feedback import complaints
from web.mediation.feedback.forms import AfterForm
from web.page import done, page, url_for
from web.person import now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show the questions, the thanks, or to the director how many answered."""
    return await _shown(request, BLANK)


async def give(request: Request) -> Response:
    """Take the answer."""
    form, code = await read(request, AfterForm), request.path_params["code"]
    if form.data is None:
        return await _shown(request, form)
    try:
        await answer(code, form.data.marks, words=form.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _shown(request, form.with_error(why))
    return done(url_for("case-satisfaction", code=code))


async def _shown(request: Request, form: Filled[Any]) -> Response:
    found = await after(signed_in(request), request.path_params["code"], at=now(request))
    tenths = {each: round(mean * 10) for each, mean in found.means.items()}
    view = {"after": found, "case": found.case, "form": form, "asked": list(Asked), "marks": MARKS, "tenths": tenths}
    return await page(request, "mediation/feedback/after.html", view, status=422 if form.errors else 200)


routes = [
    Route("/cases/{code}/satisfaction", show, name="case-satisfaction"),
    Route("/cases/{code}/satisfaction", give, methods=["POST"]),
    *complaints.routes,
]
