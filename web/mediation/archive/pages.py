"""The dossier of a case, and the shelf of an organisation."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mediation.archive import exporting
from mediation.archive.export import WHOLE, may_take, note_export, packed, to_export
from mediation.archive.queries import dossier_of, dossier_words, shelf, unbroken
from mediation.archive.retention import report_for
from mediation.archive.rules import UNDER_WAY, ExportStage, missing
from mediation.case.models import Case
from mediation.case.queries import visible_case
from mediation.privacy.logging import note
from web.mediation.archive import genuine
from web.mediation.archive.printed import typeset
from web.mediation.blank import pages as blank
from web.mediation.digitised import pages as digitised
from web.mediation.disposal import pages as disposal
from web.page import done, page, url_for
from web.person import now, signed_in
from web.typeset.signing import sealed

HERE: Final = "mediation/archive"
SHOWN: Final = 100
ROAD: Final = (*UNDER_WAY, ExportStage.READY)


async def dossier(request: Request) -> Response:
    """Show the list of a dossier, to print or to check."""
    me, at = signed_in(request), now(request)
    case, bound, leaves = await dossier_of(me, request.path_params["code"], at=at)
    _, seats = await visible_case(me, case.code, at=at)
    view = {"case": case, "bound": bound, "leaves": leaves, "words": dossier_words(case, bound)}
    view |= {"takes": may_take(seats, case), "lacks": missing(case.state, case.outcome, {each.leaf for each in leaves})}
    view |= {"made": await exporting.latest(case, me), "road": ROAD}
    return await page(request, f"{HERE}/dossier.html", {**view, "unbroken": await unbroken(bound.org_id)})


async def progress(request: Request) -> Response:
    """Show how far a long export is."""
    me, at = signed_in(request), now(request)
    case, _, _ = await dossier_of(me, request.path_params["code"], at=at)
    view = {"case": case, "made": await exporting.latest(case, me), "road": ROAD}
    return await page(request, f"{HERE}/_export.html", view)


async def file(request: Request) -> Response:
    """Hand a long export out, to whoever asked for it."""
    me, at, params = signed_in(request), now(request), request.path_params
    found, row, body = await exporting.bytes_of(me, params["code"], params["export"], request.app.state.files, at=at)
    return StreamingResponse(body, media_type="application/zip", headers=_head(found.case, row.manifest))


def _head(case: Case, manifest: str) -> dict[str, str]:
    name = f'attachment; filename="heyi-dossier-{case.code}.zip"'
    return {"Content-Disposition": name, "Cache-Control": "no-store", "X-Manifest-SHA256": manifest}


async def rows(request: Request) -> Response:
    """Show the dossiers of the reader's own organisations, the newest first."""
    me, at = signed_in(request), now(request)
    bound = await shelf(me, at=at, limit=SHOWN)
    return await page(request, f"{HERE}/shelf.html", {"rows": bound})


async def terms(request: Request) -> Response:
    """Show what the terms of keeping ask for on the reader's own shelves."""
    me, at = signed_in(request), now(request)
    return await page(request, f"{HERE}/retention.html", {"report": await report_for(me, at=at)})


async def export(request: Request) -> Response:
    """Hand the whole dossier out as one file, on record with the hash of its list; a long one is made meanwhile."""
    me, at = signed_in(request), now(request)
    found, seats = await to_export(me, request.path_params["code"], at=at)
    if found.long:
        await note(found.case, seats, WHOLE, by=me, at=at)
        await exporting.ask(found, by=me, at=at)
        return done(url_for("case-dossier", code=found.case.code))
    settings = request.app.state.settings
    body = await sealed(await typeset(found, settings.site_url), settings)
    parcel = await asyncio.to_thread(packed, found, body)
    await note(found.case, seats, WHOLE, by=me, at=at)
    await note_export(found, parcel, by=me, at=at)
    return Response(parcel.content, media_type="application/zip", headers=_head(found.case, parcel.manifest))


routes = [
    Route("/cases/{code}/dossier", dossier, name="case-dossier"),
    Route("/cases/{code}/dossier/export", export, methods=["POST"], name="case-dossier-export"),
    Route("/cases/{code}/dossier/progress", progress, name="case-dossier-progress"),
    Route("/cases/{code}/dossier/exports/{export}", file, name="case-dossier-file"),
    Route("/shelf", rows, name="shelf"),
    Route("/shelf/retention", terms, name="shelf-retention"),
    *genuine.routes,
    *blank.routes,
    *digitised.routes,
    *disposal.routes,
]
