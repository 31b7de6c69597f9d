"""Answering with the page of one piece; that it was read is noted for whoever brought it and on the log of the case."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from mediation.case.access import Thing
from mediation.evidence.looking import look
from mediation.evidence.models import Evidence
from mediation.evidence.queries import Desk, piece_of
from mediation.evidence.rules import Sharing, Sight
from mediation.privacy.logging import note
from web.forms import Filled
from web.mediation.evidence.view import item_view
from web.page import page
from web.person import now, signed_in

HERE: Final = "mediation/evidence"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def shown(request: Request, filled: Filled[Any], field: str = "") -> Response:
    """Answer with the page of a piece, and what was typed wrongly in the form named ``field``."""
    me, at = signed_in(request), now(request)
    desk, piece = await piece_of(me, request.path_params["code"], request.path_params["item"], at=at)
    if piece.sight is Sight.WHOLE:
        await look(desk, piece, by=me, at=at)
        await _note(request, desk, piece.item)
    view = await item_view(desk, piece, me, at)
    more = {"form": filled, "of": field}
    return await page(request, f"{HERE}/item.html", view | more, status=422 if filled.errors else 200)


async def _note(request: Request, desk: Desk, item: Evidence) -> None:
    private = item.sharing is not Sharing.SHARED
    thing = Thing.PRIVATE if private else Thing.SHARED
    of = item.party_id if private else None
    await note(desk.case, desk.seats, (thing,), by=signed_in(request), at=now(request), party_id=of)
