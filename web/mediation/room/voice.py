"""Saying something aloud: the form that takes a recording, and the recording for whoever reads the room."""

import re
from typing import Any, BinaryIO, Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.codes import new_code
from community.errors import Forbidden, Unfit
from mediation.privacy.logging import note_room
from mediation.room.commands import CLOSED
from mediation.room.models import Room
from mediation.room.voice import MOST_SECONDS, Spoken, bytes_of, heard, keep, say_aloud
from web.community.files.pages import GUARDS
from web.forms import Filled, Form, read, with_files
from web.mediation.room.forms import ClientId
from web.mediation.room.pages import address, hold_back, present
from web.page import done, page
from web.person import now

RANGE: Final = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")
PARTIAL: Final = 206


class VoiceForm(Form):
    """A recording."""

    client_id: ClientId
    file: UploadFile | str | None = None


@with_files
async def record_voice(request: Request) -> Response:
    """Show where a recording is handed in, and put it into the room."""
    person, entry = await present(request)
    if not entry.talks:
        raise Forbidden(CLOSED)
    if request.method == "GET":
        return await _page(request, address(entry), Filled({"client_id": new_code()}, None, {}))
    form = await read(request, VoiceForm)
    if form.data is None:
        return await _page(request, address(entry), form)
    hold_back(request, person)
    given, storage = form.data.file, request.app.state.files
    try:
        spoken = await keep(storage, entry.room, *_file(given))
    except Unfit as why:
        return await _page(request, address(entry), form.with_error(why))
    try:
        await say_aloud(entry.room.code, form.data.client_id, spoken, by=person, at=now(request))
    except Unfit as why:
        await storage.drop(spoken.key)
        return await _page(request, address(entry), form.with_error(why))
    except BaseException:
        await storage.drop(spoken.key)
        raise
    return done(f"{address(entry)}#f-text")


def _file(given: object) -> tuple[BinaryIO, str]:
    if not isinstance(given, UploadFile) or not given.filename:
        raise Unfit("请先选一段录音。", field="file")
    return given.file, given.filename


async def _page(request: Request, back: str, form: Filled[Any]) -> Response:
    view = {"form": form, "address": back, "most": MOST_SECONDS}
    return await page(request, "mediation/room/voice.html", view, status=422 if form.errors else 200)


async def play(request: Request) -> Response:
    """Send a recording, or the part of it that a player asks for (RFC 9110, 14)."""
    person, entry = await present(request)
    spoken = await heard(entry, request.path_params["seq"])
    if entry.seat:
        await note_room(entry.room, entry.seat.voice, by=person, at=now(request))
    return await sent(request, entry.room, spoken)


async def sent(request: Request, room: Room, spoken: Spoken) -> Response:
    """Return a recording, or the part of it that is asked for."""
    data = b"".join([chunk async for chunk in bytes_of(request.app.state.files, room, spoken)])
    headers = {**GUARDS, "Cache-Control": "private, no-store", "Accept-Ranges": "bytes"}
    asked = RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or int(asked[1]) >= len(data):
        return Response(data, media_type=spoken.media_type, headers=headers)
    first = int(asked[1])
    last = min(int(asked[2]) if asked[2] else len(data) - 1, len(data) - 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], PARTIAL, media_type=spoken.media_type, headers=headers)


routes = [
    Route("/cases/{code}/rooms/{room}/voice", record_voice, methods=["GET", "POST"], name="room-voice"),
    Route("/cases/{code}/rooms/{room}/voice/{seq:int}", play, name="room-play"),
]
