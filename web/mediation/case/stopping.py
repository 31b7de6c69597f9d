"""The card 不调了: a party presses it, or points at it and the mediator who holds it writes that down."""

from typing import Annotated, Any, Final

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.access import PARTIES, Seat
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.moving import choices
from mediation.case.queries import HIDDEN, name_for, parties_of, visible_case
from mediation.case.stopping import StopBy, stop_for
from web.forms import Filled, Form, read
from web.page import done, page, url_for
from web.person import now, signed_in

SHOWN: Final = PARTIES | {Seat.MEDIATOR}


class StopForm(Form):
    """Who stops, and how they showed it."""

    party: str
    how: StopBy
    witness: Annotated[str, StringConstraints(max_length=100)] = ""


async def show(request: Request) -> Response:
    """Show the card while there is something to stop."""
    case, seats = await _case(request)
    return await _shown(request, case, seats, Filled({}, None, {}), 200)


async def stop(request: Request) -> Response:
    """Write down that a party stopped."""
    case, seats = await _case(request)
    if Seat.MEDIATOR not in seats:
        raise Hidden(HIDDEN)
    form = await read(request, StopForm)
    if form.data is None:
        return await _shown(request, case, seats, form, 422)
    given, me = form.data, signed_in(request)
    try:
        await stop_for(case.code, given.party, given.how, witness=given.witness, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, case, seats, form.with_error(wrong), 422)
    return done(url_for("case", code=case.code))


async def _case(request: Request) -> tuple[Case, frozenset[Seat]]:
    case, seats = await visible_case(signed_in(request), request.path_params["code"], at=now(request))
    if not seats & SHOWN or Event.TERMINATE not in {step.event for step in choices(case, seats)}:
        raise Hidden(HIDDEN)
    return case, seats


async def _shown(request: Request, case: Case, seats: frozenset[Seat], form: Filled[Any], status: int) -> Response:
    leads = Seat.MEDIATOR in seats
    parties = [(each.code, name_for(seats, case, each)) for each in await parties_of(case)] if leads else []
    view = {"case": case, "leads": leads, "parties": parties, "ways": list(StopBy), "form": form}
    return await page(request, "mediation/case/stop.html", view, status=status)


routes = [
    Route("/cases/{code}/stop", show, name="case-stop"),
    Route("/cases/{code}/stop", stop, methods=["POST"]),
]
