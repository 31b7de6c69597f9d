"""Asking somebody to say nothing for a while, and letting them speak again: a page of the mediator."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Refused, Unfit
from mediation.room import muting
from mediation.room.queries import HIDDEN, Entry, speakers
from mediation.room.quiet import quiets
from mediation.room.rules import QUIET_MINUTES, Quiet, RoomKind, Voice
from web.forms import Filled, read
from web.mediation.room.forms import QuietForm, SpeakerForm
from web.mediation.room.pages import address, present
from web.page import done, page
from web.person import now

UNCLEAR = "没有看明白是哪一位，请回到这一页再选一次。"


async def ask(request: Request) -> Response:
    """Show who speaks here and who was asked to be silent, and ask somebody to be."""
    person, entry = await present(request)
    _leads(entry)
    if request.method == "GET":
        return await _page(request, entry, Filled({}, None, {}))
    filled = await read(request, QuietForm)
    if filled.data is None:
        return await _page(request, entry, filled)
    given = filled.data
    try:
        await muting.mute(entry.room.code, given.who, given.minutes, given.why, by=person, at=now(request))
    except Unfit as wrong:
        return await _page(request, entry, filled.with_error(wrong))
    return done(address(entry))


async def end(request: Request) -> Response:
    """Let somebody speak again."""
    person, entry = await present(request)
    _leads(entry)
    filled = await read(request, SpeakerForm)
    if filled.data is None:
        raise Refused(UNCLEAR)
    await muting.unmute(entry.room.code, filled.data.who, by=person, at=now(request))
    return done(address(entry))


def _leads(entry: Entry) -> None:
    leads = entry.seat is not None and entry.seat.voice is Voice.MEDIATOR
    if not leads or entry.room.kind is not RoomKind.JOINT or not entry.talks:
        raise Hidden(HIDDEN)


async def _page(request: Request, entry: Entry, filled: Filled[Any]) -> Response:
    at = now(request)
    asked = await quiets(entry.room, at=at)
    silent = {each.person_id for each in asked}
    who = [each for each in await speakers(entry.room, at=at) if each.id not in silent]
    view = {"form": filled, "address": address(entry), "asked": asked, "who": who}
    view |= {"minutes": QUIET_MINUTES, "reasons": list(Quiet)}
    return await page(request, "mediation/room/quiet.html", view, status=422 if filled.errors else 200)


QUIET = "/cases/{code}/rooms/{room}/quiet"
routes = [
    Route(QUIET, ask, methods=["GET", "POST"], name="room-quiet"),
    Route(f"{QUIET}/ended", end, methods=["POST"], name="room-quiet-ended"),
]
