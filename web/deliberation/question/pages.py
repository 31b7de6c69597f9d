"""What candidates declare: each for themselves, or taken down from a signed form at the desk."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import roles_in_place
from community.rights import Right, may
from deliberation.ballot.models import Ballot
from deliberation.ballot.queries import find
from deliberation.question import declaring, queries
from deliberation.question.models import Candidacy
from web.deliberation.ballot.reading import shown_to
from web.deliberation.question.forms import AccountForm, DeclarationForm
from web.deliberation.question.shown import sheet_of
from web.forms import Filled, Form, read
from web.page import done, page
from web.person import now, signed_in

F = TypeVar("F", bound=Form)


async def candidates(request: Request) -> Response:
    """Show the candidates who are to declare: all of them to a clerk, oneself to a candidate."""
    return await _candidates(request, Filled({}, None, {}))


async def _candidates(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    ballot = await find(request.path_params["id"])
    view = {
        "ballot": ballot,
        "text": await shown_to(signed_in(request), ballot),
        "sheet": sheet_of(ballot),
        "rows": await _readable(request, ballot),
        "filled": filled,
        "wanted": str(filled.value("key")),
    }
    return await page(request, "deliberation/question/candidates.html", view, status=status)


async def _readable(request: Request, ballot: Ballot) -> list[Candidacy]:
    """Return the declarations that the reader may see, or raise."""
    person = signed_in(request)
    rows = await queries.candidacies(ballot.id)
    if not rows:
        raise Hidden("这次表决没有候选人要申报的事。")
    if may(await roles_in_place(person, ballot.body.place_id, at=now(request)), Right.BALLOT_SET_UP):
        return rows
    return [await queries.own(ballot.id, person)]


async def declare(request: Request) -> Response:
    """Put a declaration on record."""

    async def deed(data: DeclarationForm) -> None:
        await declaring.declare(
            request.path_params["id"],
            data.key,
            woman=data.woman == "yes",
            kin=data.kin,
            by=signed_in(request),
            at=now(request),
        )

    return await _do(request, DeclarationForm, deed)


async def link(request: Request) -> Response:
    """Say which account is a candidate's."""

    async def deed(data: AccountForm) -> None:
        await declaring.link(request.path_params["id"], data.key, data.email, by=signed_in(request), at=now(request))

    return await _do(request, AccountForm, deed)


async def _do(request: Request, form: type[F], deed: Callable[[F], Awaitable[None]]) -> Response:
    await _readable(request, await find(request.path_params["id"]))
    filled = await read(request, form)
    if filled.data is None:
        return await _candidates(request, filled, status=422)
    try:
        await deed(filled.data)
    except Unfit as why:
        return await _candidates(request, filled.with_error(why), status=422)
    return done(f"/ballots/{request.path_params['id']}/candidates")


routes = [
    Route("/ballots/{id:int}/candidates", candidates, name="candidates"),
    Route("/ballots/{id:int}/candidates", declare, methods=["POST"], name="candidate-declare"),
    Route("/ballots/{id:int}/candidates/account", link, methods=["POST"], name="candidate-account"),
]
