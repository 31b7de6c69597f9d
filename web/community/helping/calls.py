"""The desk of calls: whom to ask, what to say, what was answered; and helpers who are stopped."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.helping import queries
from community.helping.calling import callable_by, lift
from community.helping.models import Callback, CallTry
from community.helping.rules import NOTES, TRIES, Outcome
from community.people.models import Person
from community.people.roles import all_roles
from community.rights import Right, may
from deliberation.aid.undoing import called
from deliberation.matter.models import Matter
from web.community.helping.forms import CallForm, LiftForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

HERE: Final = "community/helping"
EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def _checker(request: Request, *rights: Right) -> Person:
    person = signed_in(request)
    roles = await all_roles(person, at=now(request))
    if not any(may(roles, right) for right in rights):
        raise Forbidden("回访由居委会和监督委员会来打。")
    return person


async def desk(request: Request) -> Response:
    """List the calls the reader may make, the most urgent first, and the helpers they could let help again."""
    return await _desk(request, EMPTY)


async def _desk(request: Request, filled: Filled[Any], code: str = "", *, status: int = 200) -> Response:
    person, at = await _checker(request, Right.HELP_CHECK, Right.MATTER_SUPERVISE), now(request)
    view = {
        "calls": await queries.to_call(person, at=at),
        "stops": await queries.stops_in(person, at=at),
        "filled": filled,
        "at_stop": code,
        "tries": TRIES,
        "at": at,
    }
    return await page(request, f"{HERE}/callbacks.html", view, status=status)


async def call(request: Request) -> Response:
    """Show what to say, or put down what was answered."""
    person, at = await _checker(request, Right.HELP_CHECK), now(request)
    found = await callable_by(person, request.path_params["code"], at=at)
    if request.method != "POST":
        return await _sheet(request, found, EMPTY)
    filled = await read(request, CallForm)
    if filled.data is None:
        return await _sheet(request, found, filled, status=422)
    try:
        await called(found.code, filled.data.outcome, filled.data.notes, by=person, at=at)
    except Unfit as why:
        return await _sheet(request, found, filled.with_error(why), status=422)
    return done("/desk/callbacks")


async def _sheet(request: Request, found: Callback, filled: Filled[Any], *, status: int = 200) -> Response:
    errand = found.errand
    await errand.authorisation.fetch_related("resident__unit__building")
    view = {
        "call": found,
        "errand": errand,
        "given": errand.authorisation,
        "matter": await Matter.get(id=int(errand.subject.removeprefix("matter-"))),
        "earlier": await CallTry.filter(callback_id=found.id).order_by("number"),
        "outcomes": list(Outcome),
        "filled": filled,
        "tries": TRIES,
        "most": NOTES,
        "at": now(request),
    }
    return await page(request, f"{HERE}/call.html", view, status=status)


async def lifting(request: Request) -> Response:
    """Let a helper help again."""
    person, code = await _checker(request, Right.MATTER_SUPERVISE), request.path_params["code"]
    if code not in {stop.code for stop in await queries.stops_in(person, at=now(request))}:
        raise Hidden("没有找到这条停办记录。")
    filled = await read(request, LiftForm)
    if filled.data is None:
        return await _desk(request, filled, code, status=422)
    await lift(code, filled.data.why, by=person, at=now(request))
    return done("/desk/callbacks")


routes = [
    Route("/desk/callbacks", desk, name="desk-callbacks"),
    Route("/desk/callbacks/{code}", call, methods=["GET", "POST"], name="desk-callback"),
    Route("/desk/help-stops/{code}", lifting, methods=["POST"], name="help-stop"),
]
