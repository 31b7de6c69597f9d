"""Searching what everybody may read."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.search.queries import Found, search
from deliberation.body.models import Body
from deliberation.matter.queries import SHELVES
from deliberation.matter.states import State
from web.community.search.asked import asked, wish_of
from web.community.search.words import KINDS
from web.deliberation.asking import here
from web.page import page
from web.person import maybe, now

NOTHING = Found([], 0, None)


async def index(request: Request) -> Response:
    """Show the box, and what was found."""
    typed = asked(request)
    try:
        found = await search(
            maybe(request), await wish_of(request, typed), after=request.query_params.get("after", "")[:80]
        )
    except Unfit:
        found = await search(maybe(request), await wish_of(request, typed))
    view = {
        "asked": typed,
        "found": found,
        "states": State.__members__.values(),
        "state_of": {state.value: state for state in State},
        "more": typed.address(after=found.next) if found.next else "",
        "at": now(request),
        **await _choices(request),
    }
    return await page(request, "community/search/index.html", view)


async def _choices(request: Request) -> Mapping[str, object]:
    near = here(request)
    bodies = Body.filter(**({"community_id": near} if near else {})).select_related("place").order_by("place_id")
    places = {body.place_id: body.place.name for body in await bodies.limit(100)}
    return {"kinds": KINDS, "shelves": list(SHELVES), "places": list(places.items())}


routes = [Route("/search", index, name="search")]
