"""Budget rounds for everybody: the list, one round, its ballot, its file."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import roles_in_place
from community.rights import Right, may
from deliberation.budget import queries
from deliberation.budget.commands import cast
from deliberation.budget.models import BudgetRound, Stage
from deliberation.budget.pabulib import format_sheet
from deliberation.budget.queries import Mine
from deliberation.budget.rules import Kind
from web.deliberation.asking import here, number
from web.deliberation.budget import office
from web.forms import Filled
from web.page import done, page
from web.person import maybe, now, signed_in
from web.text import whole


async def index(request: Request) -> Response:
    """List the rounds."""
    view = {"rounds": await queries.listed(here(request)), "at": now(request)}
    return await page(request, "deliberation/budget/index.html", view)


async def show(request: Request) -> Response:
    """Show a round: its projects, or what became of them."""
    return await _show(request, Filled({}, None, {}))


async def _show(request: Request, filled: Filled[office.Any], *, status: int = 200) -> Response:
    person = maybe(request)
    found = await queries.find(request.path_params["id"], drafts=await _office(request, person))
    mine = await queries.mine(person, found) if person else []
    chosen = _chosen(mine, number(request, "head"))
    view = {
        "round": found,
        "projects": await queries.projects(found),
        "counts": queries.told(found),
        "mine": mine,
        "chosen": chosen,
        "points": chosen.paper.chosen if chosen and chosen.paper else {},
        "heads": await queries.heads(found),
        "office": await _office(request, person),
        "filled": filled,
        "at": now(request),
    }
    return await page(request, "deliberation/budget/show.html", view, status=status)


def _chosen(mine: list[Mine], head: int | None) -> Mine | None:
    """Return the head asked for, else the first that has not voted, else the first."""
    asked = [one for one in mine if one.head_id == head] or [one for one in mine if one.paper is None] or mine
    return asked[0] if asked else None


async def _office(request: Request, person: Person | None) -> bool:
    """Return whether the reader sets up votes where this round belongs."""
    found = await BudgetRound.get_or_none(id=request.path_params["id"]).select_related("body")
    if person is None or found is None:
        return False
    return may(await roles_in_place(person, found.body.place_id, at=now(request)), Right.BALLOT_SET_UP)


async def vote(request: Request) -> Response:
    """Hand in a ballot; what is wrong comes back as it was filled in."""
    person, body = signed_in(request), await request.form(max_fields=400)
    found = await queries.find(request.path_params["id"])
    points = _points(found.kind, {key: [str(each) for each in body.getlist(key)] for key in body})
    try:
        await cast(found.id, whole(str(body.get("head", ""))) or 0, points, by=person, at=now(request))
    except Unfit as why:
        typed = {"points": {key: str(each) for key, each in points.items()}}
        return await _show(request, Filled(typed, None, {}).with_error(why), status=422)
    return done(f"/budgets/{found.id}?done=1#mine")


def _points(kind: Kind, typed: Mapping[str, list[str]]) -> dict[str, int]:
    """Return points by project number: one for each ticked box, or what was typed beside it."""
    if kind is Kind.POINTS:
        found = {key.removeprefix("p"): whole(each[0]) or 0 for key, each in typed.items() if key.startswith("p")}
        return {key: points for key, points in found.items() if points}
    return {each: 1 for each in typed.get("projects", []) if each.isdigit()}


async def sheet(request: Request) -> Response:
    """Send a counted round as a Pabulib file: no names, voters numbered."""
    found = await queries.find(request.path_params["id"])
    if found.stage is not Stage.COUNTED:
        raise Hidden("计票以后才有这份文件。")
    round_ = await queries.as_cast(found)
    text = format_sheet(round_, meta={"description": found.title, "country": "China", "rule": "equalshares"})
    headers = {"Content-Disposition": f'attachment; filename="heyi-budget-{found.id}.pb"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


routes = [
    *office.routes,
    Route("/budgets", index, name="budgets"),
    Route("/budgets/{id:int}", show, name="budget"),
    Route("/budgets/{id:int}/vote", vote, methods=["POST"], name="budget-vote"),
    Route("/budgets/{id:int}/ballots.pb", sheet, name="budget-sheet"),
]
