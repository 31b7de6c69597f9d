"""The dossier of a case, and the shelf of an organisation."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediation.archive.queries import dossier_of, dossier_words, shelf, unbroken
from web.page import page
from web.person import now, signed_in

HERE: Final = "mediation/archive"
SHOWN: Final = 100


async def dossier(request: Request) -> Response:
    """Show the list of a dossier, to print or to check."""
    me, at = signed_in(request), now(request)
    case, bound, leaves = await dossier_of(me, request.path_params["code"], at=at)
    view = {"case": case, "bound": bound, "leaves": leaves, "words": dossier_words(case, bound)}
    return await page(request, f"{HERE}/dossier.html", {**view, "unbroken": await unbroken(bound.org_id)})


async def rows(request: Request) -> Response:
    """Show the dossiers of the reader's own organisations, the newest first."""
    me, at = signed_in(request), now(request)
    bound = await shelf(me, at=at, limit=SHOWN)
    return await page(request, f"{HERE}/shelf.html", {"rows": bound})


routes = [
    Route("/cases/{code}/dossier", dossier, name="case-dossier"),
    Route("/shelf", rows, name="shelf"),
]
