"""A body and its rolls for everybody to read: what it is, under which articles; who stands on the roll, masked."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import roles_in_place
from community.rights import may
from deliberation.body import correcting, queries
from deliberation.body.ending import end
from deliberation.body.models import RollVersion
from deliberation.body.rules import PRESETS
from deliberation.publicity.rules import full_days
from web.deliberation.asking import here, number
from web.deliberation.ballot.figures import masked
from web.deliberation.body.forms import EndForm
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import maybe, now, signed_in


async def index(request: Request) -> Response:
    """List the bodies."""
    view = {"bodies": await queries.listed(here(request)), "presets": PRESETS}
    return await page(request, "deliberation/body/index.html", view)


async def show(request: Request) -> Response:
    """Show a body."""
    return await _show(request, Filled({}, None, {}))


async def _show(request: Request, filled: Filled[EndForm], *, status: int = 200) -> Response:
    person, body = maybe(request), await queries.find(request.path_params["id"])
    roles = await roles_in_place(person, body.place_id, at=now(request)) if person else frozenset()
    view = {
        "body": body,
        "preset": PRESETS[body.kind],
        "rolls": await queries.versions(body),
        "may_end": body.ended_at is None and may(roles, PRESETS[body.kind].founder),
        "at": now(request),
        "filled": filled,
    }
    return await page(request, "deliberation/body/show.html", view, status=status)


async def ending(request: Request) -> Response:
    """End a body."""
    filled = await read(request, EndForm)
    if filled.data is None:
        return await _show(request, filled, status=422)
    try:
        body = await end(request.path_params["id"], filled.data.why, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why), status=422)
    return done(f"/bodies/{body.id}")


async def latest(request: Request) -> Response:
    """Lead to the newest roll of a body."""
    found = await queries.latest_roll((await queries.find(request.path_params["id"])).id)
    if found is None:
        raise Hidden("这个会议还没有冻结名册。")
    return done(f"/rolls/{found.id}")


async def _roll(request: Request) -> RollVersion:
    """Return a roll of the reader's own community; others may not read it."""
    found = await RollVersion.get_or_none(id=request.path_params["id"]).select_related("body")
    if found is None or found.community_id != signed_in(request).community_id:
        raise Hidden("没有找到这份名册。")
    return found


async def roll(request: Request) -> Response:
    """Show a published roll: surnames and homes, numbers masked but for the reader's own, areas."""
    found, person = await _roll(request), signed_in(request)
    heads, more = await queries.heads(found, after=number(request, "after") or 0)
    own = {voice.head_id for voice in await queries.voices_of(person, found.id)}
    names = await queries.surnames(heads)
    rows = [
        (head, head.label if head.id in own else masked(head.label), names.get(head.id, []), head.id in own)
        for head in heads
    ]
    hung = await correcting.hung(found)
    view = {"roll": found, "rows": rows, "next": more, "hung": hung, "at": now(request)}
    return await page(request, "deliberation/body/roll.html", view)


async def notice(request: Request) -> Response:
    """Show the notice of a roll to print and hang up: how many, until when to object, where to look."""
    found = await RollVersion.get_or_none(id=request.path_params["id"]).select_related("body")
    if found is None:
        raise Hidden("没有找到这份名册。")
    address = f"{request.app.state.settings.site_url}/rolls/{found.id}"
    hung = await correcting.hung(found)
    view = {
        "roll": found,
        "preset": PRESETS[found.body.kind],
        "days": full_days(hung.starts_at, hung.ends_at),
        "address": address.split("://", 1)[1],
        "qr": qr(address),
    }
    return await page(request, "deliberation/body/notice.html", view)


routes = [
    Route("/bodies", index, name="bodies"),
    Route("/bodies/{id:int}", show, name="body"),
    Route("/bodies/{id:int}/ending", ending, methods=["POST"], name="body-end"),
    Route("/bodies/{id:int}/roll", latest, name="body-roll"),
    Route("/rolls/{id:int}", roll, name="roll"),
    Route("/rolls/{id:int}/notice", notice, name="roll-notice"),
]
