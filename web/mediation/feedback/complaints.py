"""Complaining, and answering complaints."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.feedback import complaining
from mediation.feedback.grievances import OF_MEDIATOR, Grievance, Looked
from web.forms import Filled, read
from web.mediation.feedback.forms import ComplainForm, LookForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/feedback"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show what one complained of, with a form for more."""
    return await _own(request, BLANK)


async def complain(request: Request) -> Response:
    """Take a complaint."""
    me, form, code = signed_in(request), await read(request, ComplainForm), request.path_params["code"]
    if form.data is None:
        return await _own(request, form)
    try:
        await complaining.complain(code, form.data.grievance, form.data.words, by=me, at=now(request))
    except Unfit as why:
        return await _own(request, form.with_error(why))
    return done(url_for("case-complaint", code=code))


async def listed(request: Request) -> Response:
    """Show the director every complaint, those that wait first."""
    rows = await complaining.complaints_for(signed_in(request), at=now(request))
    return await page(request, f"{HERE}/complaints.html", {"rows": rows})


async def one(request: Request) -> Response:
    """Show one complaint to the director."""
    return await _one(request, BLANK)


async def answer(request: Request) -> Response:
    """Answer it."""
    me, form, code = signed_in(request), await read(request, LookForm), request.path_params["code"]
    if form.data is None:
        return await _one(request, form)
    try:
        await complaining.look(code, form.data.looked, form.data.answer, by=me, at=now(request))
    except Unfit as why:
        return await _one(request, form.with_error(why))
    return done(url_for("complaints"))


async def _own(request: Request, form: Filled[Any]) -> Response:
    code = request.path_params["code"]
    case, rows, leads = await complaining.own_complaints(signed_in(request), code, at=now(request))
    told = [(each, *(complaining.opened_complaint(each, c) for c in ("words", "answer"))) for each in rows]
    kinds = [each for each in Grievance if not (leads and each in OF_MEDIATOR)]
    view = {"case": case, "rows": told, "kinds": kinds, "form": form}
    return await page(request, f"{HERE}/complain.html", view, status=422 if form.errors else 200)


async def _one(request: Request, form: Filled[Any]) -> Response:
    row = await complaining.complaint_of(signed_in(request), request.path_params["code"], at=now(request))
    told = {column: complaining.opened_complaint(row, column) for column in ("words", "answer")}
    view = {"row": row, "told": told, "form": form, "ends": [Looked.UPHELD, Looked.NOT_UPHELD]}
    return await page(request, f"{HERE}/complaint.html", view, status=422 if form.errors else 200)


routes = [
    Route("/cases/{code}/complaint", show, name="case-complaint"),
    Route("/cases/{code}/complaint", complain, methods=["POST"]),
    Route("/desk/complaints", listed, name="complaints"),
    Route("/desk/complaints/{code}", one, name="complaint"),
    Route("/desk/complaints/{code}", answer, methods=["POST"]),
]
