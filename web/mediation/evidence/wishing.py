"""Asking to see the original of a piece, and answering."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.evidence.asking import Offer, answer_original, ask_original
from web.forms import read
from web.mediation.evidence.forms import OfferForm
from web.mediation.evidence.pages import ITEM
from web.mediation.evidence.showing import shown
from web.page import done, url_for
from web.person import now, signed_in


async def ask(request: Request) -> Response:
    """Ask to see the original."""
    code, item = request.path_params["code"], request.path_params["item"]
    await ask_original(code, item, by=signed_in(request), at=now(request))
    return done(url_for("evidence-item", code=code, item=item))


async def answer(request: Request) -> Response:
    """Say where and when, or that it is not shown."""
    where, filled = request.path_params, await read(request, OfferForm)
    if filled.data is None:
        return await shown(request, filled, where["wish"])
    data = filled.data
    offer = Offer(shown=data.answer == "yes", words=data.words, meet_at=data.meets)
    try:
        await answer_original(
            where["code"], where["item"], where["wish"], offer, by=signed_in(request), at=now(request)
        )
    except Unfit as wrong:
        return await shown(request, filled.with_error(wrong), where["wish"])
    return done(url_for("evidence-item", code=where["code"], item=where["item"]))


routes = [
    Route(f"{ITEM}/wishes", ask, methods=["POST"], name="evidence-wishes"),
    Route(f"{ITEM}/wishes/{{wish}}", answer, methods=["POST"], name="evidence-wish"),
]
