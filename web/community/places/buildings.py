"""The tree of one's own community, its buildings, and slips to print."""

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from community.places.enrolling import move_out
from community.places.matching import row_for
from community.places.models import Place, PlaceKind
from community.places.queries import Branch, branches, community_for, place_for, units_of
from community.places.slips import LIFE, make_slips
from community.rights import Right
from web.community.places.words import DONE
from web.page import done, page
from web.paper import qr
from web.person import now, signed_in


async def tree(request: Request) -> Response:
    """Show the grids and buildings of one's own community."""
    community = await community_for(signed_in(request), Right.PLACE_EDIT, at=now(request))
    view = {"community": community, "groups": _grouped(await branches(community))}
    return await page(request, "community/places/tree.html", view)


async def building(request: Request) -> Response:
    """Show the units of a building."""
    place = await _building(request)
    said_done = DONE.get(request.query_params.get("done", ""))
    view = {"building": place, "lines": await units_of(place), "said_done": said_done}
    return await page(request, "community/places/building.html", view)


async def slips(request: Request) -> Response:
    """Make new slips for a building and show them, this once, for the printer."""
    place, at = await _building(request), now(request)
    made = await make_slips(place, by=signed_in(request), at=at)
    address = request.app.state.settings.site_url.rstrip("/") + "/verify"
    view = {"building": place, "made": made, "until": at + LIFE, "address": address, "picture": qr(address)}
    return await page(request, "community/places/slips.html", view)


async def leave(request: Request) -> Response:
    """Note that somebody has moved out."""
    person, at = signed_in(request), now(request)
    row = await row_for(person, request.path_params["code"], right=Right.PLACE_EDIT, at=at)
    place = await Place.get_or_none(units__id=row.unit_id) if row.unit_id else None
    await move_out(row, by=person, at=at)
    return done(f"/places/{place.code}?done=left" if place else "/places")


async def _building(request: Request) -> Place:
    place = await place_for(signed_in(request), request.path_params["code"], Right.PLACE_EDIT, at=now(request))
    if place.kind is not PlaceKind.BUILDING:
        raise Hidden("没有找到这个地方，请从楼栋列表里进。")
    return place


def _grouped(found: list[Branch]) -> list[tuple[str, list[Branch]]]:
    """Return the buildings under the names of their grids; those of no grid under an empty name."""
    grid, pairs = "", []
    for branch in found:
        if branch.place.kind is PlaceKind.GRID:
            grid = branch.place.name
        pairs.append((grid if branch.depth > 1 or branch.place.kind is PlaceKind.GRID else "", branch))
    groups = groupby(pairs, key=lambda pair: pair[0])
    return [(name, [b for _, b in some if b.place.kind is PlaceKind.BUILDING]) for name, some in groups]


routes = [
    Route("/places", tree, name="places"),
    Route("/places/residents/{code}/leave", leave, methods=["POST"], name="leave"),
    Route("/places/{code}", building, name="building"),
    Route("/places/{code}/slips", slips, methods=["POST"], name="slips"),
]
