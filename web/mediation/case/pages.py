"""Pages of a case: mine, one case, and the steps that end it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.case import commands
from mediation.case.queries import mine, number_for, visible_case
from mediation.case.states import Outcome
from mediation.feedback.rules import Found
from web.forms import read
from web.mediation.case import filters
from web.mediation.case.forms import CloseForm, FollowUpForm, MeetForm, TerminateForm
from web.mediation.case.showing import shown
from web.page import done, page, url_for
from web.person import maybe, now, signed_in

HERE = "mediation/case"
SHOWN = 100


async def door(request: Request) -> Response:
    """Show what mediation is, how to ask for it, and my own cases."""
    me = maybe(request)
    cases = await mine(me).limit(SHOWN) if me else []
    return await page(request, f"{HERE}/door.html", {"cases": cases})


async def show(request: Request) -> Response:
    """Show one case as this person may see it."""
    me = signed_in(request)
    return await shown(request, me, request.path_params["code"])


async def terminate(request: Request) -> Response:
    """End the talks."""
    me, form = signed_in(request), await read(request, TerminateForm)
    outcome = form.data.outcome if form.data else Outcome.FAILED_GAP
    case = await commands.terminate(request.path_params["code"], outcome, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def meet(request: Request) -> Response:
    """Put a session on record."""
    me, form = signed_in(request), await read(request, MeetForm)
    code = request.path_params["code"]
    if form.data is None:
        return await shown(request, me, code, errors=form.errors, typed=form.typed, status=422)
    told = {"noticed": form.data.noticed, "attended": form.data.attended}
    case = await commands.meet(code, **told, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def close(request: Request) -> Response:
    """Close a case whose talks ended."""
    me, form = signed_in(request), await read(request, CloseForm)
    code, given = request.path_params["code"], form.data or CloseForm()
    try:
        case = await commands.close(code, **given.model_dump(), by=me, at=now(request))
    except Unfit as why:
        wrong = form.with_error(why)
        return await shown(request, me, code, errors=wrong.errors, typed=wrong.typed, status=422)
    return done(url_for("case", code=case.code))


async def follow_up(request: Request) -> Response:
    """Write down the follow-up visit."""
    me, form = signed_in(request), await read(request, FollowUpForm)
    code, given = request.path_params["code"], form.data or FollowUpForm()
    told = {"visited": given.visited, "asked": given.asked}
    found = Found(given.suit, danger=given.danger, words=given.words)
    try:
        case = await commands.follow_up(code, **told, found=found, by=me, at=now(request))
    except Unfit as why:
        wrong = form.with_error(why)
        return await shown(request, me, code, errors=wrong.errors, typed=wrong.typed, status=422)
    return done(url_for("case", code=case.code))


async def paper(request: Request) -> Response:
    """Show the receipt of a filing, to print or keep."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    return await page(request, f"{HERE}/receipt.html", {"case": case, "number": await number_for(seats, case)})


routes = [
    Route("/disputes", door, name="disputes"),
    Route("/cases/{code}", show, name="case"),
    Route("/cases/{code}/receipt", paper, name="case-receipt"),
    Route("/cases/{code}/termination", terminate, methods=["POST"], name="case-termination"),
    Route("/cases/{code}/sessions", meet, methods=["POST"], name="case-sessions"),
    Route("/cases/{code}/closing", close, methods=["POST"], name="case-closing"),
    Route("/cases/{code}/follow-up", follow_up, methods=["POST"], name="case-follow-up"),
    *filters.routes,
]
