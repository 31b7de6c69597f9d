"""One's own place on the roll, and the code of a slip that proves it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.queries import my_holdings
from community.people.rules import FROM_THE_ROLL
from community.places.matching import row_of, shares_of
from community.places.slips import redeem
from web.community.places.forms import SlipForm
from web.community.places.words import DONE
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show what the roll says of oneself, or how to be matched with it."""
    return await _show(request, signed_in(request), Filled({}, None, {}))


async def verify(request: Request) -> Response:
    """Match oneself with the roll by the code on a slip."""
    person = signed_in(request)
    filled = await read(request, SlipForm)
    if filled.data is None:
        return await _show(request, person, filled)
    host = request.client.host if request.client else ""
    try:
        await redeem(person, filled.data.code, host=host, at=now(request))
    except Unfit as why:
        return await _show(request, person, filled.with_error(why))
    return done("/me/home?done=verified")


async def _show(request: Request, person: Person, filled: Filled[SlipForm]) -> Response:
    row = await row_of(person)
    address = f"{request.app.state.settings.site_url.rstrip('/')}/verify/{person.code}"
    held = await my_holdings(person, at=now(request))
    view = {
        "form": filled,
        "row": row,
        "shares": await shares_of(row) if row else [],
        "roles": [each.role for each in held if each.role in FROM_THE_ROLL],
        "address": address,
        "picture": qr(address),
        "said_done": DONE.get(request.query_params.get("done", "")),
    }
    return await page(request, "community/places/home.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/me/home", show, name="my-home"),
    Route("/verify", show, name="verify"),
    Route("/verify", verify, methods=["POST"]),
]
