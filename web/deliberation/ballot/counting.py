"""The tellers' table: what lies in the box, what is doubtful, and the confirmation."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.ballot import counting, queries
from deliberation.ballot.models import Ballot
from web.deliberation.ballot.figures import Asked, unit_of
from web.deliberation.ballot.forms import AsideForm
from web.deliberation.question.shown import sheet_of, told_by
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def _at_table(request: Request) -> Ballot:
    """Return the ballot, to whoever may count it."""
    return await counting.at_table(request.path_params["id"], signed_in(request), at=now(request))


async def table(request: Request) -> Response:
    """Show the count."""
    return await _table(request, await _at_table(request), Filled({}, None, {}))


async def _table(request: Request, ballot: Ballot, filled: Filled[AsideForm], *, status: int = 200) -> Response:
    found, sheet = await counting.at_a_glance(ballot), sheet_of(ballot)
    view = {
        "ballot": ballot,
        "found": found,
        "sheet": sheet,
        "told": told_by(sheet, found.answer) if sheet and found.answer else None,
        "held": await queries.held(ballot),
        "tellings": await queries.tellings(ballot),
        "asked": Asked,
        "unit": unit_of(ballot),
        "filled": filled,
    }
    return await page(request, "deliberation/ballot/count.html", view, status=status)


async def confirm(request: Request) -> Response:
    """Confirm the count; the second confirmation publishes the result."""
    number = request.path_params["id"]
    published = await counting.tell(number, by=signed_in(request), at=now(request))
    return done(f"/ballots/{number}/result" if published else f"/ballots/{number}/count")


async def aside(request: Request) -> Response:
    """Find the vote of a head invalid."""
    ballot, filled = await _at_table(request), await read(request, AsideForm)
    if filled.data is None:
        return await _table(request, ballot, filled, status=422)
    await counting.set_aside(
        ballot.id, request.path_params["vote"], filled.data.why, by=signed_in(request), at=now(request)
    )
    return done(f"/ballots/{ballot.id}/count")


routes = [
    Route("/ballots/{id:int}/count", table, name="ballot-count"),
    Route("/ballots/{id:int}/count", confirm, methods=["POST"], name="ballot-confirm"),
    Route("/ballots/{id:int}/votes/{vote:int}/aside", aside, methods=["POST"], name="ballot-aside"),
]
