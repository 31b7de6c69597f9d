"""One's own identity number and address; for who may read it, what is known of every party."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.case.access import Thing
from mediation.privacy import identity
from mediation.privacy.identity import MOST, cards_of
from mediation.privacy.logging import note
from web.forms import Filled, read
from web.mediation.privacy.forms import IdentityForm
from web.mediation.privacy.view import is_party
from web.page import done, page, url_for
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show what is known."""
    return await _shown(request, Filled({}, None, {}))


async def keep(request: Request) -> Response:
    """Put down or take back one's own."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    filled = await read(request, IdentityForm)
    if filled.data is None:
        return await _shown(request, filled)
    try:
        await identity.give(code, **filled.data.model_dump(), by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, filled.with_error(wrong))
    return done(url_for("case-identity", code=code) + "?did=kept")


async def take_back(request: Request) -> Response:
    """Take one's own back."""
    code = request.path_params["code"]
    await identity.take_back(code, by=signed_in(request), at=now(request))
    return done(url_for("case-identity", code=code) + "?did=back")


async def _shown(request: Request, filled: Filled[IdentityForm]) -> Response:
    me, at = signed_in(request), now(request)
    case, seats, cards = await cards_of(me, request.path_params["code"], at=at)
    await note(case, seats, (Thing.IDENTITY,), by=me, at=at)
    view = {"case": case, "cards": cards, "mine": is_party(seats), "form": filled, "most": MOST}
    view["did"] = request.query_params.get("did", "")
    response = await page(request, "mediation/privacy/identity.html", view, status=422 if filled.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


routes = [
    Route("/cases/{code}/identity", show, name="case-identity"),
    Route("/cases/{code}/identity", keep, methods=["POST"]),
    Route("/cases/{code}/identity/taking-back", take_back, methods=["POST"], name="case-identity-back"),
]
