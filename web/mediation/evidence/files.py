"""Giving files out: of a picture the copy drawn anew, shown in place; anything else, and originals, to be saved."""

import asyncio
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from community.files.marked import marked
from community.files.rules import WEBP
from mediation.case.models import Case
from mediation.evidence.keeping import bytes_of, clear
from mediation.evidence.looking import have_original, look
from mediation.evidence.marking import mark_of
from mediation.evidence.models import EvidenceFile
from mediation.evidence.queries import file_of
from web.clock import BEIJING
from web.community.files.pages import GUARDS
from web.person import now, signed_in

PLAIN: Final = "application/octet-stream"


async def give_out(request: Request) -> Response:
    """Send a file to whoever sees its piece; a picture of somebody else's bears the mark of who looks."""
    me, at, where = signed_in(request), now(request), request.path_params
    desk, piece, file = await file_of(me, where["code"], where["item"], where["file"], at=at, original=False)
    await look(desk, piece, by=me, at=at)
    if file.image and not piece.own:
        when = at.astimezone(BEIJING)
        return await _marked(request, desk.case, file, f"{mark_of(desk.case, me)} {when:%Y-%m-%d %H:%M}")
    return _sent(request, desk.case, file, original=False)


async def give_original(request: Request) -> Response:
    """Send a file as it came to its own side or whoever mediates; that it was had stands in the record."""
    me, at, where = signed_in(request), now(request), request.path_params
    desk, _, file = await have_original(where["code"], where["item"], where["file"], by=me, at=at)
    return _sent(request, desk.case, file, original=True)


def _sent(request: Request, case: Case, file: EvidenceFile, *, original: bool) -> Response:
    copy = file.image and not original
    name = clear(case, file, "name")
    size = file.copy_size if copy else file.size
    headers = {**GUARDS, "Cache-Control": "private, no-store", "Content-Length": str(size)}
    headers["Content-Disposition"] = _disposition(name, inline=copy)
    kind = WEBP if copy else PLAIN if file.image else file.media_type
    body = bytes_of(request.app.state.files, case, file, original=original)
    return StreamingResponse(body, media_type=kind, headers=headers)


async def _marked(request: Request, case: Case, file: EvidenceFile, words: str) -> Response:
    """Return the copy of a picture with who looks and when drawn over it (mediation model, "Screens")."""
    copy = b"".join([part async for part in bytes_of(request.app.state.files, case, file, original=False)])
    body = await asyncio.to_thread(marked, copy, words)
    name = _disposition(clear(case, file, "name"), inline=True)
    headers = {**GUARDS, "Cache-Control": "private, no-store", "Content-Disposition": name}
    return Response(body, media_type=WEBP, headers=headers)


def _disposition(name: str, *, inline: bool) -> str:
    """Return the Content-Disposition (RFC 6266)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


FILE: Final = "/cases/{code}/evidence/{item}/files/{file}"

files_routes = [
    Route(FILE, give_out, name="evidence-file"),
    Route(f"{FILE}/original", give_original, methods=["POST"], name="evidence-original"),
]
