"""Archiving a matter, and fetching its file: without names for everybody, whole for those who keep the files."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from community.errors import Hidden, Unfit
from deliberation.archive import building, queries
from deliberation.archive.commands import archive, closing, reissue
from deliberation.archive.complete import missing
from deliberation.archive.models import Archive
from deliberation.archive.rules import check_left_out
from deliberation.matter import queries as matters
from deliberation.matter.models import Matter
from deliberation.matter.moving import require_actor
from deliberation.matter.states import Actor
from web.deliberation.archive.forms import ArchiveForm, reasons
from web.deliberation.archive.paper import pages
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in

EMPTY: Filled[Any] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show what is in the file of a matter, its root hashes, and where to fetch it."""
    matter, found = await _archived(request)
    view = {
        "matter": matter,
        "archive": found,
        "left_out": queries.left_out(found),
        "open": await queries.open_to_all(found, matter),
        "keeper": await queries.may_keep(maybe(request), matter, at=now(request)),
    }
    return await page(request, "deliberation/archive/show.html", view)


async def _archived(request: Request) -> tuple[Matter, Archive]:
    matter = await matters.find(maybe(request), request.path_params["id"])
    return matter, await queries.archive_of(matter)


async def public(request: Request) -> Response:
    """Send the package without names."""
    matter, found = await _archived(request)
    if not await queries.open_to_all(found, matter):
        raise Hidden("归档以后，里面有文字收起了。这一份先不给下载，等居委会重新做一份公开的卷宗。")
    return _send(request, f"heyi-{matter.id}-public.zip", found.public_key, found.public_size)


async def full(request: Request) -> Response:
    """Send the whole package to those who keep it."""
    matter, found = await _archived(request)
    if not await queries.may_keep(signed_in(request), matter, at=now(request)):
        raise Hidden("写有姓名的卷宗只给居委会和监督委员会。公开的那一份谁都能下载。")
    return _send(request, f"heyi-{matter.id}-full.zip", found.full_key, found.full_size)


def _send(request: Request, name: str, key: str, size: int) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    return StreamingResponse(request.app.state.files.get(key), media_type="application/zip", headers=headers)


async def sheet(request: Request) -> Response:
    """Show the clerk what is missing."""
    return await _sheet(request, EMPTY)


async def _sheet(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    matter = await closing(request.path_params["id"], by=signed_in(request), at=now(request))
    view = {"matter": matter, "lacking": await missing(matter), "filled": filled}
    return await page(request, "deliberation/archive/archiving.html", view, status=status)


async def close(request: Request) -> Response:
    """Build both packages outside any transaction, then archive the matter with them."""
    by, at = signed_in(request), now(request)
    matter = await closing(request.path_params["id"], by=by, at=at)
    filled = await read(request, ArchiveForm)
    if filled.data is None:
        return await _sheet(request, filled, status=422)
    why = reasons(filled.data)
    try:
        check_left_out(await missing(matter), why)
    except Unfit as wrong:
        return await _sheet(request, filled.with_error(wrong), status=422)
    storage = request.app.state.files
    built = await building.build(matter, storage, pages)
    try:
        await archive(matter.id, built, why, by=by, at=at)
    except BaseException:
        await building.drop(built, storage)
        raise
    return done(f"/matters/{matter.id}/archive")


async def anew(request: Request) -> Response:
    """Make the package without names once more, without what has been put away since."""
    by, at, storage = signed_in(request), now(request), request.app.state.files
    matter, was = await _archived(request)
    await require_actor(matter, Actor.CLERK, by=by, at=at)
    built = await building.build_public(matter, storage, pages)
    try:
        await reissue(matter.id, built, by=by, at=at)
    except BaseException:
        await storage.drop(built.key)
        raise
    await storage.drop(was.public_key)
    return done(f"/matters/{matter.id}/archive")


routes = [
    Route("/matters/{id:int}/archiving", sheet, name="matter-archiving"),
    Route("/matters/{id:int}/archiving", close, methods=["POST"], name="matter-archive-close"),
    Route("/matters/{id:int}/archive", show, name="matter-archive"),
    Route("/matters/{id:int}/archive", anew, methods=["POST"], name="archive-anew"),
    Route("/matters/{id:int}/archive/public.zip", public, name="archive-public"),
    Route("/matters/{id:int}/archive/full.zip", full, name="archive-full"),
]
