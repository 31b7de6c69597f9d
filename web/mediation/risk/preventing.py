"""防激化: what the talks kept from happening, said by one and looked at by another."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from mediation.case.access import Thing
from mediation.case.queries import readable
from mediation.risk.commands import PAIR
from mediation.risk.preventing import claim, looks_like, prevented_in, settle
from mediation.risk.rules import Prevented
from web.forms import Filled, read
from web.mediation.risk.forms import PreventedForm
from web.page import done, page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show what was said, and a form to say more."""
    return await _shown(request, Filled({}, None, {}))


async def act(request: Request) -> Response:
    """Say what was kept from happening, or answer what somebody said."""
    filled = await read(request, PreventedForm)
    if filled.data is None:
        return await _shown(request, filled, 422)
    try:
        await _do(request.path_params["code"], filled.data, signed_in(request), now(request))
    except Unfit as wrong:
        return await _shown(request, filled.with_error(wrong), 422)
    return done(request.url.path)


async def _do(code: str, said: PreventedForm, me: Person, at: datetime) -> None:
    if said.claim:
        await settle(code, said.claim, holds=said.holds, by=me, at=at)
    else:
        await claim(code, said.harm, said.people, words=said.words, proof=said.proof, by=me, at=at)


async def _shown(request: Request, form: Filled[PreventedForm], status: int = 200) -> Response:
    me = signed_in(request)
    case, seats = await readable(me, request.path_params["code"], Thing.RISK, at=now(request))
    view = {
        "case": case,
        "me": me,
        "mine": bool(seats & PAIR),
        "said_of": await prevented_in(case),
        "hints": await looks_like(case),
        "harms": tuple(Prevented),
        "form": form,
    }
    return await page(request, "mediation/risk/preventing.html", view, status=status)


routes = [
    Route("/cases/{code}/prevented", show, name="case-prevented"),
    Route("/cases/{code}/prevented", act, methods=["POST"]),
]
