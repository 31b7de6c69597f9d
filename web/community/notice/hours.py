"""The hour at which the digest of one's own community leaves; whoever keeps its settings chooses it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.notice.commands import choose_digest_hour
from community.notice.queries import hours_of
from community.notice.rules import DIGEST, HOURS
from community.places.models import Place
from community.places.queries import community_for
from community.rights import Right
from web.community.notice.forms import HourForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show the hour."""
    place = await _community(request)
    hours = await hours_of([place.id])
    return await _show(request, place, Filled({"hour": str(hours.get(place.id, DIGEST).hour)}, None, {}))


async def choose(request: Request) -> Response:
    """Keep another hour."""
    place, filled = await _community(request), await read(request, HourForm)
    if filled.data is None:
        return await _show(request, place, filled)
    try:
        await choose_digest_hour(place, filled.data.hour, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, place, filled.with_error(why))
    return done("/desk/digest-hour")


async def _community(request: Request) -> Place:
    return await community_for(signed_in(request), Right.PLACE_EDIT, at=now(request))


async def _show(request: Request, place: Place, filled: Filled[HourForm]) -> Response:
    view = {"place": place, "form": filled, "hours": range(HOURS[0], HOURS[1] + 1)}
    return await page(request, "community/notice/hour.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/desk/digest-hour", show, name="digest-hour"),
    Route("/desk/digest-hour", choose, methods=["POST"]),
]
