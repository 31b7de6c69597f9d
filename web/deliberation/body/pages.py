"""The clerk's desk: which bodies there are, founding one, freezing a roll."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.roles import roles_in_place
from community.places.models import Place
from community.places.rules import PlaceKind
from community.rights import Right, may, require
from deliberation.body import commands, queries
from deliberation.body.queries import MOST
from deliberation.body.rules import PRESETS, BodyKind
from web.deliberation.body import households, objecting, reading
from web.deliberation.body.forms import BodyForm, RollForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def desk(request: Request) -> Response:
    """List the meetings of the community with their latest roll."""
    return await _desk(request, Filled({}, None, {}))


async def _desk(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    person, at = signed_in(request), now(request)
    roles = await roles_in_place(person, person.community_id or 0, at=at)
    kinds = [kind for kind in BodyKind if may(roles, PRESETS[kind].founder)]
    if not kinds:
        require(roles, Right.ROLL_FREEZE)
    bodies = [(body, await queries.latest_roll(body.id)) for body in await queries.bodies_near(person)]
    there = {body.kind for body, _ in bodies if PRESETS[body.kind].places == (PlaceKind.COMMUNITY,)}
    view = {
        "bodies": bodies,
        "missing": [kind for kind in kinds if kind not in there],
        "buildings": await _inside(person) if Right.ROLL_FREEZE in {PRESETS[kind].founder for kind in kinds} else [],
        "may_freeze": may(roles, Right.ROLL_FREEZE),
        "presets": PRESETS,
        "filled": filled,
    }
    return await page(request, "deliberation/body/desk.html", view, status=status)


async def _inside(person: Person) -> list[Place]:
    wanted = (PlaceKind.GRID, PlaceKind.BUILDING)
    return await Place.filter(community_id=person.community_id, kind__in=wanted).order_by("path").limit(MOST)


async def found(request: Request) -> Response:
    """Found a meeting, for the community or for the building or grid that was chosen."""
    person, filled = signed_in(request), await read(request, BodyForm)
    if filled.data is None:
        return await _desk(request, filled, status=422)
    data = filled.data
    place = await Place.get_or_none(code=data.place, community_id=person.community_id) if data.place else None
    number = place.id if place else person.community_id or 0
    try:
        await commands.found(data.kind, number, data.name, by=person, at=now(request))
    except Unfit as why:
        return await _desk(request, filled.with_error(why), status=422)
    return done("/desk/bodies")


async def freeze(request: Request) -> Response:
    """Freeze the roll of a meeting."""
    person, filled = signed_in(request), await read(request, RollForm)
    if filled.data is None:
        return await _desk(request, filled, status=422)
    try:
        roll = await commands.freeze_roll(request.path_params["id"], filled.data.basis, by=person, at=now(request))
    except Unfit as why:
        return await _desk(request, filled.with_error(why), status=422)
    return done(f"/rolls/{roll.id}")


routes = [
    Route("/desk/bodies", desk, name="desk-bodies"),
    Route("/desk/bodies", found, methods=["POST"], name="body-found"),
    Route("/desk/bodies/{id:int}/rolls", freeze, methods=["POST"], name="roll-freeze"),
    *reading.routes,
    *objecting.routes,
    *households.routes,
]
