"""Door to door: who is still to be served in each building, the rounds written down, the sheets to sign."""

from datetime import datetime
from typing import Any, Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import SHANGHAI
from community.codes import new_code
from community.errors import Hidden, Unfit
from deliberation.ballot import extending
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState
from deliberation.ballot.rules import Silence
from deliberation.delivery import commands, queries
from deliberation.delivery.models import BallotDelivery
from deliberation.delivery.rules import BY_HAND
from web.community.files.receive import BODY, receive
from web.deliberation.ballot.figures import unit_of
from web.deliberation.ballot.words import POINTS, WARNING
from web.deliberation.delivery.forms import RoundForm, StrikeForm
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})
RUNS: Final = (BallotState.WAITING, BallotState.OPEN, BallotState.COUNTING)


async def _ballot(request: Request) -> Ballot:
    """Return the ballot, to whoever may serve it."""
    return await commands.serving(request.path_params["id"], signed_in(request), at=now(request))


def _of_rule(ballot: Ballot) -> dict[str, object]:
    """Return what every page here says about the rule: what silence means, and the warning where it needs one."""
    rule = thaw(ballot.rule_json)
    return {
        "silence": POINTS["silence", rule.silence],
        "counts": sorted(rule.served_by),
        "warning": WARNING if rule.silence is Silence.MAJORITY else "",
        "unit": unit_of(ballot),
    }


async def index(request: Request) -> Response:
    """Show how far every building is, and put the close off where the notice allows it."""
    ballot = await _ballot(request)
    *parts, whole = await queries.rounds(ballot)
    view = {
        "ballot": ballot,
        "parts": parts,
        "whole": whole,
        "meetings": await queries.meetings_for(ballot),
        "runs": ballot.state in RUNS,
        "may_extend": ballot.state is BallotState.OPEN and ballot.extend_days and not ballot.extended_at,
        "lacking": await extending.lacking(ballot),
        **_of_rule(ballot),
    }
    return await page(request, "deliberation/delivery/index.html", view)


def _building(request: Request) -> str:
    name = request.query_params.get("building")
    if name is None:
        raise Hidden("没有这栋楼。")
    return name


async def building(request: Request) -> Response:
    """Show who is still to be served in one building."""
    return await _building_page(request, await _ballot(request), EMPTY)


async def _building_page(request: Request, ballot: Ballot, filled: Filled[RoundForm]) -> Response:
    name = _building(request)
    every = await queries.reached(ballot, name)
    if not every:
        raise Hidden("没有这栋楼。")
    view = {
        "ballot": ballot,
        "name": name,
        "every": sorted(every, key=lambda one: (not one.waits, one.head.id)),
        "sum": queries.summed(name, every),
        "ways": BY_HAND,
        "batch": new_code(),
        "served_at": _local(now(request)),
        "runs": ballot.state in RUNS,
        "filled": filled,
        **_of_rule(ballot),
    }
    return await page(request, "deliberation/delivery/building.html", view, status=422 if filled.errors else 200)


def _local(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


@with_files
async def deliver(request: Request) -> Response:
    """Write a round down."""
    ballot, by = await _ballot(request), signed_in(request)
    filled = await read(request, RoundForm)
    if filled.data is None:
        return await _building_page(request, ballot, filled)
    given = filled.data
    try:
        files = [(await receive(request, given.file, by=by)).code] if _has(given.file) else []
        await commands.deliver(ballot.id, given.round, files=files, by=by, at=now(request))
    except Unfit as why:
        return await _building_page(request, ballot, filled.with_error(why))
    return done(f"{request.url.path}?{request.url.query}")


def _has(file: UploadFile | None) -> bool:
    return file is not None and bool(file.filename)


async def sheets(request: Request) -> Response:
    """Show the sheet that is signed at the doors of one building, to print."""
    ballot, name = await _ballot(request), _building(request)
    every = [one for one in await queries.reached(ballot, name) if not one.voted]
    view = {"ballot": ballot, "name": name, "every": every, **_of_rule(ballot)}
    return await page(request, "deliberation/delivery/sheets.html", view)


async def attended(request: Request) -> Response:
    """Take over who came to a meeting."""
    number, meeting = request.path_params["id"], request.path_params["meeting"]
    await commands.attended(number, meeting, by=signed_in(request), at=now(request))
    return done(f"/ballots/{number}/deliveries")


async def strike(request: Request) -> Response:
    """Strike an entry out."""
    ballot, filled = await _ballot(request), await read(request, StrikeForm)
    number = request.path_params["delivery"]
    if not await BallotDelivery.exists(id=number, ballot_id=ballot.id):
        raise Hidden("没有这条送达记录。")
    why = filled.data.why if filled.data else ""
    await commands.strike(number, why, by=signed_in(request), at=now(request))
    return done(f"/ballots/{ballot.id}/deliveries")


async def extend(request: Request) -> Response:
    """Put the close off as the notice said."""
    number = request.path_params["id"]
    await extending.extend(number, by=signed_in(request), at=now(request))
    return done(f"/ballots/{number}/deliveries")


HERE: Final = "/ballots/{id:int}/deliveries"
routes = [
    Route(HERE, index, name="deliveries"),
    Route(f"{HERE}/building", building, name="deliveries-building"),
    Route(f"{HERE}/building", deliver, methods=["POST"], name="deliver", max_body_size=BODY),
    Route(f"{HERE}/sheets", sheets, name="deliveries-sheets"),
    Route(f"{HERE}/meetings/{{meeting:int}}", attended, methods=["POST"], name="deliveries-meeting"),
    Route(f"{HERE}/{{delivery:int}}/strike", strike, methods=["POST"], name="delivery-strike"),
    Route("/ballots/{id:int}/extension", extend, methods=["POST"], name="ballot-extension"),
]
