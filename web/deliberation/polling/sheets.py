"""The desk of sheets: what was printed, spoilt and handed back, and the sheets to print."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.rights import Right
from deliberation.ballot.models import Ballot
from deliberation.ballot.queries import find
from deliberation.body.queries import heads as heads_of
from deliberation.polling import queries, slips
from deliberation.polling.rules import SheetDeed
from deliberation.polling.slips import Printed, ballot_for
from deliberation.polling.speaking import speakers
from web.deliberation.asking import number
from web.deliberation.ballot.reading import words_of
from web.deliberation.polling.forms import CountForm, PrintForm, ReissueForm
from web.deliberation.question.shown import sheet_of
from web.deliberation.question.words import PRINTED
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import now, signed_in


async def _desk(request: Request) -> Ballot:
    """Return the ballot, to whoever sets ballots up."""
    by, at = signed_in(request), now(request)
    return await ballot_for(request.path_params["id"], Right.BALLOT_SET_UP, by=by, at=at)


async def show(request: Request) -> Response:
    """Show the register, the buildings and what may be printed."""
    return await _show(request, await _desk(request), Filled({}, None, {}))


async def _show(request: Request, ballot: Ballot, filled: Filled[CountForm], *, status: int = 200) -> Response:
    listed, more = await heads_of(ballot.roll, after=number(request, "after") or 0)
    view = {
        "ballot": ballot,
        "register": await queries.register(ballot),
        "buildings": await queries.buildings(ballot),
        "heads": listed,
        "next": more,
        "deeds": (SheetDeed.SPOILT, SheetDeed.RETURNED),
        "filled": filled,
    }
    return await page(request, "deliberation/polling/sheets.html", view, status=status)


async def printing(request: Request) -> Response:
    """Make the sheets of a building and show them, this once, for the printer."""
    ballot, filled = await _desk(request), await read(request, PrintForm)
    building = filled.data.building if filled.data else ""
    made = await slips.print_sheets(ballot.id, building, by=signed_in(request), at=now(request))
    return await _sheets(request, ballot, made)


async def reissue(request: Request) -> Response:
    """Make a new sheet for one head; the old one ends."""
    ballot, filled = await _desk(request), await read(request, ReissueForm)
    if filled.data is None:
        return await _show(request, ballot, filled, status=422)  # type: ignore[arg-type]
    one = await slips.reissue(ballot.id, filled.data.head, filled.data.why, by=signed_in(request), at=now(request))
    return await _sheets(request, ballot, [one])


async def _sheets(request: Request, ballot: Ballot, made: list[Printed]) -> Response:
    shown = await find(ballot.id)
    site = request.app.state.settings.site_url.rstrip("/")
    codes = {
        one.head.id: qr(f"{site}/vote?ballot={ballot.id}&code={one.code}&text={ballot.text_hash[:16]}") for one in made
    }
    view = {
        "ballot": shown,
        "text": await words_of(shown),
        "sheet": sheet_of(shown),
        "fill": PRINTED.get(shown.kind, ""),
        "made": made,
        "codes": codes,
        "several": {one.head.id: bool(await speakers(one.head.id)) for one in made},
        "address": f"{site}/vote".split("://", 1)[-1],
    }
    return await page(request, "deliberation/polling/printed.html", view)


async def count(request: Request) -> Response:
    """Write down sheets that were spoilt or handed back."""
    ballot, filled = await _desk(request), await read(request, CountForm)
    if filled.data is None:
        return await _show(request, ballot, filled, status=422)
    given = filled.data
    try:
        await slips.count_sheets(ballot.id, given.deed, given.number, given.why, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, ballot, filled.with_error(why), status=422)
    return done(f"/ballots/{ballot.id}/sheets")


routes = [
    Route("/ballots/{id:int}/sheets", show, name="ballot-sheets"),
    Route("/ballots/{id:int}/sheets/printing", printing, methods=["POST"], name="sheets-printing"),
    Route("/ballots/{id:int}/sheets/reissue", reissue, methods=["POST"], name="sheets-reissue"),
    Route("/ballots/{id:int}/sheets/register", count, methods=["POST"], name="sheets-register"),
]
