"""Choosing the mediator."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.assignment import choosing, commands
from mediation.assignment.rules import Kin
from mediation.assignment.ties import ties_to
from mediation.case.access import Seat
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, name_for, visible_case
from mediation.register.rules import Tongue
from web.forms import Filled, read
from web.mediation.assignment.forms import AssignForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/assignment"


async def choose(request: Request) -> Response:
    """Show the mediators of the committee, whom to ask first on top, with the reasons."""
    return await _form(request, Filled({}, None, {}), 200)


async def _form(request: Request, form: Filled[AssignForm], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if Seat.DIRECTOR not in seats:  # why somebody is named or not tells of the parties' homes and earlier cases
        raise Hidden(HIDDEN)
    asked = request.query_params.get("tongue", "")
    tongue = Tongue(asked) if asked in set(Tongue) else None
    suggested = await choosing.suggestions(case, tongue=tongue, at=at)
    view = {"case": case, "suggested": suggested, "tongue": tongue or "", "tongues": list(Tongue), "form": form}
    view["ties"] = await _ties(case, seats, [one.who.code for one in suggested])
    return await page(request, f"{HERE}/assign.html", view, status=status)


async def _ties(case: Case, seats: frozenset[Seat], codes: list[str]) -> dict[str, list[tuple[str, Kin]]]:
    """Return by the mediator's code what they declared: to whom, as the reader may name them, and what."""
    people = {each.id: each.code for each in await Person.filter(code__in=codes)}
    found = await ties_to(case, people)
    return {people[n]: [(name_for(seats, case, party), kin) for party, kin in those] for n, those in found.items()}


async def assign(request: Request) -> Response:
    """Give the lead to a mediator."""
    me, form = signed_in(request), await read(request, AssignForm)
    if form.data is None:
        return await _form(request, form, 422)
    data, code = form.data, request.path_params["code"]
    given = {"clear": data.clear, "willing": data.willing, "chosen": data.chosen, "disclosed": data.disclosed}
    try:
        case = await commands.assign(code, data.mediator, **given, by=me, at=now(request))
    except Unfit as wrong:
        return await _form(request, form.with_error(wrong), 422)
    return done(url_for("case", code=case.code))


async def workload(request: Request) -> Response:
    """Show what each mediator has in hand."""
    loads = await choosing.workload(signed_in(request), at=now(request))
    return await page(request, f"{HERE}/workload.html", {"loads": loads, "most": commands.MOST})


routes = [
    Route("/desk/workload", workload, name="workload"),
    Route("/cases/{code}/assignment", choose, name="case-assignment"),
    Route("/cases/{code}/assignment", assign, methods=["POST"]),
]
