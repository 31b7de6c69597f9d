"""The clerk's side of a round: planning it, its list of projects, announcing it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.roles import require_in_place
from community.rights import Right
from deliberation.body.queries import bodies_near
from deliberation.budget import commands, queries
from deliberation.budget.equal_shares import Completion
from deliberation.budget.models import BudgetRound
from deliberation.budget.rules import Kind
from web.deliberation.budget.forms import DaysForm, DropForm, ProjectForm, RoundForm
from web.deliberation.outcome.forms import in_fen
from web.forms import Filled, Form, read
from web.page import done, page
from web.person import now, signed_in

__all__ = ["Any", "routes"]

F = TypeVar("F", bound=Form)
KINDS = (Kind.APPROVAL, Kind.POINTS, Kind.KNAPSACK)


async def new(request: Request) -> Response:
    """Give an empty sheet."""
    return await _sheet(request, Filled({}, None, {}))


async def create(request: Request) -> Response:
    """Begin a round."""
    filled = await read(request, RoundForm)
    if filled.data is None:
        return await _sheet(request, filled, status=422)
    try:
        made = await commands.plan_round(filled.data.meeting, filled.data.plan, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _sheet(request, filled.with_error(why), status=422)
    return done(f"/budgets/{made.id}/list")


async def _sheet(request: Request, filled: Filled[RoundForm], *, status: int = 200) -> Response:
    person = signed_in(request)
    await require_in_place(person, person.community_id or 0, Right.BALLOT_SET_UP, at=now(request))
    view = {"filled": filled, "bodies": await bodies_near(person), "kinds": KINDS, "completions": list(Completion)}
    return await page(request, "deliberation/budget/new.html", view, status=status)


async def listing(request: Request) -> Response:
    """Show the list of projects with what the office may still change."""
    return await _listing(request, await _round(request), Filled({}, None, {}))


async def _round(request: Request) -> BudgetRound:
    found = await queries.find(request.path_params["id"], drafts=True)
    await require_in_place(signed_in(request), found.body.place_id, Right.BALLOT_SET_UP, at=now(request))
    return found


async def _listing(request: Request, found: BudgetRound, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {"round": found, "projects": await queries.projects(found), "filled": filled}
    return await page(request, "deliberation/budget/list.html", view, status=status)


async def _do(
    request: Request, form: type[F], deed: Callable[[BudgetRound, F], Awaitable[object]], to: str
) -> Response:
    """Do what a filled form says, or give it back with what to mend."""
    found, filled = await _round(request), await read(request, form)
    if filled.data is None:
        return await _listing(request, found, filled, status=422)
    try:
        await deed(found, filled.data)
    except Unfit as why:
        return await _listing(request, found, filled.with_error(why), status=422)
    return done(f"/budgets/{found.id}{to}")


async def add(request: Request) -> Response:
    """Put a project on the list."""
    by, at = signed_in(request), now(request)

    async def deed(found: BudgetRound, data: ProjectForm) -> object:
        return await commands.add_project(found.id, data.title, data.what, in_fen(data.cost), by=by, at=at)

    return await _do(request, ProjectForm, deed, "/list")


async def drop(request: Request) -> Response:
    """Take a project off the list."""
    by, at, number = signed_in(request), now(request), request.path_params["number"]

    async def deed(found: BudgetRound, data: DropForm) -> object:
        await commands.drop_project(found.id, number, data.why, by=by, at=at)
        return found

    return await _do(request, DropForm, deed, "/list")


async def announce(request: Request) -> Response:
    """Announce the round."""
    by, at = signed_in(request), now(request)

    async def deed(found: BudgetRound, data: DaysForm) -> object:
        return await commands.announce(found.id, data.opens_on, data.closes_on, by=by, at=at)

    return await _do(request, DaysForm, deed, "")


routes = [
    Route("/budgets/new", new, name="budget-new"),
    Route("/budgets", create, methods=["POST"], name="budget-create"),
    Route("/budgets/{id:int}/list", listing, name="budget-list"),
    Route("/budgets/{id:int}/projects", add, methods=["POST"], name="budget-add"),
    Route("/budgets/{id:int}/projects/{number:int}/dropping", drop, methods=["POST"], name="budget-drop"),
    Route("/budgets/{id:int}/announcement", announce, methods=["POST"], name="budget-announce"),
]
