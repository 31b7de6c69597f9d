"""议事规则 — the page on which a host writes down what the body's own rules of procedure say."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from deliberation.body.commands import show_for
from deliberation.body.models import Body, RollVersion
from deliberation.body.procedure import HOURS, find_body, set_procedure
from deliberation.body.queries import latest_roll
from deliberation.body.thresholds import ASKED_OF, ORDINARY, Threshold, threshold_for
from deliberation.body.thresholds import Request as Asked
from deliberation.publicity.rules import PRESETS, Kind
from web.deliberation.body.forms import ProcedureForm, ShowForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def procedure(request: Request) -> Response:
    """Show the rules of a meeting, and change them."""
    by, at = signed_in(request), now(request)
    body = await find_body(request.path_params["id"], by=by, at=at)
    if request.method != "POST":
        return await _sheet(request, body, Filled(_typed(body), None, {}))
    filled = await read(request, ProcedureForm)
    if filled.data is None:
        return await _sheet(request, body, filled, status=422)
    try:
        await set_procedure(body.id, filled.data.agreed, by=by, at=at)
    except Unfit as why:
        return await _sheet(request, body, filled.with_error(why), status=422)
    return done(f"/desk/bodies/{body.id}/rules")


async def show_days(request: Request) -> Response:
    """Say for how many days the results of a meeting hang; those that hang already stay as they are."""
    by, at = signed_in(request), now(request)
    body = await find_body(request.path_params["id"], by=by, at=at)
    filled = await read(request, ShowForm)
    plain: Filled[ProcedureForm] = Filled(_typed(body), None, {})
    if filled.data is None:
        return await _sheet(request, body, plain, shown=filled, status=422)
    try:
        await show_for(body.id, filled.data.days, by=by, at=at)
    except Unfit as why:
        return await _sheet(request, body, plain, shown=filled.with_error(why), status=422)
    return done(f"/desk/bodies/{body.id}/rules")


def _typed(body: Body) -> dict[str, object]:
    said = body.seconds_percent is not None
    return {
        "percent": body.seconds_percent if said else ORDINARY.num,
        "least": body.seconds_least if said else ORDINARY.least,
        "hours": body.confirm_hours,
        "agreed_on": body.rules_of.isoformat() if body.rules_of else "",
    }


def _lines(body: Body, roll: RollVersion | None) -> list[tuple[Asked, Threshold]]:
    """Return what may be asked on the roll, and how many must second it."""
    if roll is None:
        return []
    percent, least = body.seconds_percent, body.seconds_least
    every = [(asked, threshold_for(asked, roll.basis, percent=percent, least=least)) for asked in ASKED_OF[body.kind]]
    return [(asked, line) for asked, line in every if line]


async def _sheet(
    request: Request, body: Body, filled: Filled[Any], *, shown: Filled[Any] | None = None, status: int = 200
) -> Response:
    roll = await latest_roll(body.id)
    view = {
        "body": body,
        "roll": roll,
        "lines": _lines(body, roll),
        "filled": filled,
        "shown": shown or Filled({"days": body.show_days}, None, {}),
        "preset": PRESETS[Kind.RESULT],
        "hours": HOURS,
    }
    return await page(request, "deliberation/body/procedure.html", view, status=status)


routes = [
    Route("/desk/bodies/{id:int}/rules", procedure, methods=["GET", "POST"], name="body-rules"),
    Route("/desk/bodies/{id:int}/show-days", show_days, methods=["POST"], name="body-show-days"),
]
