"""Handing files in and reading them."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from community.errors import Hidden
from community.files.models import Upload
from community.people.models import Person
from web.community.files.receive import BODY, receive
from web.file_readers import READERS
from web.person import maybe, now, signed_in

GUARDS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
}

CLOSED: Final = frozenset({"authorisation"})
"""What has a door of its own, where it is recorded who looked: not even whoever handed it in opens it here."""


async def hand_in(request: Request) -> Response:
    """Take one file (field ``file``) for a script; it belongs to nothing until a command attaches it."""
    person = signed_in(request)
    async with request.form(max_files=1, max_fields=5) as form:
        upload = await receive(request, form.get("file"), by=person)
    shown = {"code": upload.code, "name": upload.name, "size": upload.size, "image": upload.image}
    return JSONResponse(shown, 201)


async def give_out(request: Request) -> Response:
    """Send a file to whoever may read what it belongs to: pictures in place, everything else to be saved."""
    upload = await Upload.get_or_none(code=request.path_params["code"])
    if upload is None or not await may_read(maybe(request), upload, now(request)):
        raise Hidden("没有找到这个文件。可能地址抄错了，也可能您还没有权限看。")
    headers = {**GUARDS, "ETag": f'"{upload.sha256}"', "Content-Disposition": disposition(upload)}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(upload.size)
    body = request.app.state.files.get(upload.key)
    return StreamingResponse(body, media_type=upload.media_type, headers=headers)


async def may_read(person: Person | None, upload: Upload, at: datetime) -> bool:
    """Return whether ``person`` may read ``upload``: its owner, or as its thing's kind says."""
    if upload.about.rpartition("-")[0] in CLOSED:
        return False
    if person and person.id == upload.owner_id:
        return True
    reader = READERS.get(upload.about.rpartition("-")[0])
    return reader is not None and await reader(person, upload, at)


def disposition(upload: Upload) -> str:
    """Return the Content-Disposition of an upload (RFC 6266); only what we drew ourselves is shown in place."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in upload.name)
    how = "inline" if upload.image else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(upload.name, safe='')}"


routes = [
    Route("/files", hand_in, methods=["POST"], name="files", max_body_size=BODY),
    Route("/files/{code}", give_out, name="file"),
]
