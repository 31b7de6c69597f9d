"""Meetings and their rolls: the clerk's desk, and the published roll."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import require_in_place
from community.rights import Right
from deliberation.body import commands, queries
from deliberation.body.models import RollVersion
from deliberation.body.rules import PRESETS, BodyKind
from web.deliberation.asking import number
from web.deliberation.ballot.figures import masked
from web.deliberation.body.forms import BodyForm, RollForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def desk(request: Request) -> Response:
    """List the meetings of the community with their latest roll."""
    return await _desk(request, Filled({}, None, {}))


async def _desk(request: Request, filled: Filled[BodyForm] | Filled[RollForm], *, status: int = 200) -> Response:
    person = signed_in(request)
    place = person.community_id or 0
    await require_in_place(person, place, Right.ROLL_FREEZE, at=now(request))
    bodies = [(body, await queries.latest_roll(body.id)) for body in await queries.bodies_near(person)]
    missing = [kind for kind in BodyKind if kind not in {body.kind for body, _ in bodies}]
    view = {"bodies": bodies, "missing": missing, "presets": PRESETS, "filled": filled}
    return await page(request, "deliberation/body/desk.html", view, status=status)


async def found(request: Request) -> Response:
    """Found a meeting."""
    person, filled = signed_in(request), await read(request, BodyForm)
    if filled.data is None:
        return await _desk(request, filled, status=422)
    try:
        await commands.found(filled.data.kind, person.community_id or 0, filled.data.name, by=person, at=now(request))
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


async def roll(request: Request) -> Response:
    """Show a published roll: homes and areas, no names, numbers masked but for the reader's own."""
    person = signed_in(request)
    found = await RollVersion.get_or_none(id=request.path_params["id"]).select_related("body")
    if found is None or found.community_id != person.community_id:
        raise Hidden("没有找到这份名册。")
    heads, more = await queries.heads(found, after=number(request, "after") or 0)
    own = {voice.head_id for voice in await queries.voices_of(person, found.id)}
    rows = [(head, head.label if head.id in own else masked(head.label), head.id in own) for head in heads]
    return await page(request, "deliberation/body/roll.html", {"roll": found, "rows": rows, "next": more})


routes = [
    Route("/desk/bodies", desk, name="desk-bodies"),
    Route("/desk/bodies", found, methods=["POST"], name="body-found"),
    Route("/desk/bodies/{id:int}/rolls", freeze, methods=["POST"], name="roll-freeze"),
    Route("/rolls/{id:int}", roll, name="roll"),
]
