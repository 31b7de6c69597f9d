"""户代表: the clerk looks a home up and takes down who speaks for its household."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import require_in_place
from community.places.models import Resident, Unit
from community.rights import Right
from deliberation.body.households import Declaration, declare, history, speaking
from deliberation.body.rules import Proof
from web.deliberation.asking import number
from web.deliberation.body.forms import HouseholdForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

PAGE = 50


async def index(request: Request) -> Response:
    """List the homes of the community with who was declared to speak for each."""
    person, at = signed_in(request), now(request)
    place = person.community_id or 0
    await require_in_place(person, place, Right.ROLL_FREEZE, at=at)
    rows = Unit.filter(community_id=place, id__gt=number(request, "after") or 0).select_related("building")
    units = await rows.order_by("id").limit(PAGE + 1)
    declared = await speaking(place, at=at, among=[unit.id for unit in units])
    view = {
        "units": [(unit, declared.get(unit.id)) for unit in units[:PAGE]],
        "next": units[PAGE - 1].id if len(units) > PAGE else None,
    }
    return await page(request, "deliberation/body/households.html", view)


async def _unit(request: Request) -> Unit:
    person = signed_in(request)
    unit = await Unit.get_or_none(code=request.path_params["code"], community_id=person.community_id or 0)
    await require_in_place(person, unit.building_id if unit else 0, Right.ROLL_FREEZE, at=now(request))
    if unit is None:
        raise Hidden("没有这处房屋。")
    await unit.fetch_related("building")
    return unit


async def show(request: Request) -> Response:
    """Show one home: who lives there, who spoke for it and speaks now; or take a declaration down."""
    unit = await _unit(request)
    if request.method != "POST":
        return await _home(request, unit, Filled({}, None, {}))
    filled = await read(request, HouseholdForm)
    if filled.data is None:
        return await _home(request, unit, filled, status=422)
    said = Declaration(**filled.data.model_dump())
    try:
        await declare(unit.code, said, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _home(request, unit, filled.with_error(why), status=422)
    return done(f"/desk/households/{unit.code}")


async def _home(request: Request, unit: Unit, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {
        "unit": unit,
        "residents": await Resident.filter(unit_id=unit.id, moved_out=None).order_by("id"),
        "reps": await history(unit),
        "proofs": list(Proof),
        "filled": filled,
    }
    return await page(request, "deliberation/body/household.html", view, status=status)


routes = [
    Route("/desk/households", index, name="desk-households"),
    Route("/desk/households/{code}", show, methods=["GET", "POST"], name="household"),
]
