"""Asking that everything be deleted, the answer, and a copy of one's own data."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mediation.privacy.deleting import ask_deletion, copy_for, wish_of
from web.page import done, page, url_for
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show what can be asked, or the answer with its reason and the way on."""
    me, at = signed_in(request), now(request)
    case, wish, purged = await wish_of(me, request.path_params["code"], at=at)
    view = {"case": case, "wish": wish, "purged": purged}
    return await page(request, "mediation/privacy/deletion.html", view)


async def ask(request: Request) -> Response:
    """Ask that everything be deleted."""
    code = request.path_params["code"]
    await ask_deletion(code, by=signed_in(request), at=now(request))
    return done(url_for("case-deletion", code=code))


async def copy(request: Request) -> Response:
    """Hand out the copy of one's own data."""
    code = request.path_params["code"]
    own = await copy_for(signed_in(request), code, at=now(request))
    headers = {"Content-Disposition": f'attachment; filename="{code}.json"', "Cache-Control": "no-store"}
    return JSONResponse(own, headers=headers)


routes = [
    Route("/cases/{code}/deletion", show, name="case-deletion"),
    Route("/cases/{code}/deletion", ask, methods=["POST"]),
    Route("/cases/{code}/copy", copy, name="case-copy"),
]
