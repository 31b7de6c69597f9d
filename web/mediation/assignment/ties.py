"""What a mediator declares: whom they are tied to, in the register of ties and on one case."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.people.roles import orgs_where
from community.rights import Right
from mediation.assignment import ties
from mediation.assignment.rules import Kin
from mediation.case.queries import HIDDEN, name_for, parties_of, visible_case
from web.forms import Filled, read
from web.mediation.assignment.forms import TieForm, TieHereForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/assignment"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def mine(request: Request) -> Response:
    """Show what one declared, with a form for more."""
    return await _mine(request, BLANK, 200)


async def declare(request: Request) -> Response:
    """Declare a tie to whoever bears a name."""
    me, form = signed_in(request), await read(request, TieForm)
    if form.data is None:
        return await _mine(request, form, 422)
    data = form.data
    try:
        await ties.declare(data.kin, data.name, phone=data.phone, note=data.note, by=me, at=now(request))
    except Unfit as wrong:
        return await _mine(request, form.with_error(wrong), 422)
    return done(url_for("ties"))


async def end(request: Request) -> Response:
    """Take back what one declared."""
    await ties.end(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("ties"))


async def here(request: Request) -> Response:
    """Show the form on which a mediator declares a tie to a party of a case."""
    return await _here(request, BLANK, 200)


async def declare_here(request: Request) -> Response:
    """Declare a tie to a party of a case."""
    me, form, code = signed_in(request), await read(request, TieHereForm), request.path_params["code"]
    if form.data is None:
        return await _here(request, form, 422)
    data = form.data
    try:
        await ties.declare_here(code, data.party, data.kin, note=data.note, by=me, at=now(request))
    except Unfit as wrong:
        return await _here(request, form.with_error(wrong), 422)
    return done(url_for("ties"))


async def _mine(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    if not await orgs_where(me, Right.CASE_MEDIATE, at=at):
        raise Forbidden("只有调解员要申报。")
    view = {"rows": await ties.own_ties(me), "kinds": list(Kin), "form": form}
    return await page(request, f"{HERE}/ties.html", view, status=status)


async def _here(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if not seats & ties.DECLARERS:
        raise Hidden(HIDDEN)
    sides = [(each.code, name_for(seats, case, each)) for each in await parties_of(case)]
    view = {"case": case, "sides": sides, "kinds": list(Kin), "waivable": ties.waivable(case), "form": form}
    return await page(request, f"{HERE}/tie_here.html", view, status=status)


routes = [
    Route("/desk/ties", mine, name="ties"),
    Route("/desk/ties", declare, methods=["POST"]),
    Route("/desk/ties/{code}/end", end, methods=["POST"], name="tie-end"),
    Route("/cases/{code}/ties", here, name="case-ties"),
    Route("/cases/{code}/ties", declare_here, methods=["POST"]),
]
