"""What a mediator and the others do with single lines: ask leave to tell one, answer, tell it; cover one, object."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.codes import new_code
from community.errors import Forbidden, Hidden, Refused, Unfit
from mediation.privacy.logging import note_room
from mediation.room import covering, telling
from mediation.room.queries import HIDDEN, Entry, line
from mediation.room.rules import MOST, OF_PARTIES, OWN_WORDS, Cover, RoomKind, Voice
from web.forms import Filled, read
from web.mediation.room.forms import AnswerForm, CoverForm, LeaveForm, RecallForm
from web.mediation.room.pages import address, hold_back, present
from web.page import done, page
from web.person import now

UNCLEAR = "没有看明白是哪一条，请回到调解室再按一次。"


async def leave(request: Request) -> Response:
    """Show where the mediator writes the sentence that may be told, and send it to be agreed to."""
    person, entry = await present(request)
    _mediates(entry)
    if entry.room.kind is not RoomKind.CAUCUS:
        raise Hidden(HIDDEN)
    if request.method == "GET":
        return await _leave(request, entry, Filled({"client_id": new_code()}, None, {}))
    filled = await read(request, LeaveForm)
    if filled.data is None:
        return await _leave(request, entry, filled, status=422)
    hold_back(request, person)
    try:
        await telling.ask_leave(entry.room.code, filled.data.client_id, filled.data.text, by=person, at=now(request))
    except Unfit as wrong:
        return await _leave(request, entry, filled.with_error(wrong), status=422)
    return done(address(entry))


async def _leave(request: Request, entry: Entry, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {"entry": entry, "form": filled, "address": address(entry), "most": MOST}
    return await page(request, "mediation/room/leave.html", view, status=status)


async def answer(request: Request) -> Response:
    """Take down whether the sentence may be told."""
    person, entry = await present(request)
    if entry.seat is None or entry.seat.voice not in OF_PARTIES:
        raise Forbidden(telling.ONLY_OWNER)
    filled = await read(request, AnswerForm)
    if filled.data is None:
        raise Refused(UNCLEAR)
    granted = filled.data.granted == "yes"
    await telling.answer_leave(entry.room.code, filled.data.seq, granted=granted, by=person, at=now(request))
    return done(address(entry))


async def told(request: Request) -> Response:
    """Tell the others."""
    person, entry = await present(request)
    _mediates(entry)
    await telling.tell_others(entry.room.code, await _seq(request), by=person, at=now(request))
    return done(address(entry))


async def one(request: Request) -> Response:
    """Show a line and why it might be covered, and cover it."""
    person, entry = await present(request)
    _mediates(entry)
    found = await line(entry.room, request.path_params["seq"])
    if found is None or found.kind not in OWN_WORDS or not _reads(entry, found.seq):
        raise Hidden(HIDDEN)
    await note_room(entry.room, Voice.MEDIATOR, by=person, at=now(request))
    filled: Filled[CoverForm] = Filled({}, None, {})
    if request.method == "POST":
        filled = await read(request, CoverForm)
        if filled.data:
            await covering.cover(entry.room.code, found.seq, filled.data.why, by=person, at=now(request))
            return done(address(entry))
    view = {"line": found, "form": filled, "address": address(entry), "reasons": list(Cover)}
    return await page(request, "mediation/room/line.html", view, status=422 if filled.errors else 200)


async def uncovered(request: Request) -> Response:
    """Let a line be read again."""
    person, entry = await present(request)
    _mediates(entry)
    await covering.uncover(entry.room.code, await _seq(request), by=person, at=now(request))
    return done(address(entry))


async def objections(request: Request) -> Response:
    """Object to the covering of one's own words."""
    person, entry = await present(request)
    await covering.object_to_cover(entry.room.code, await _seq(request), by=person, at=now(request))
    return done(f"{address(entry)}?objected=yes")


def _mediates(entry: Entry) -> None:
    if entry.seat is None or entry.seat.voice is not Voice.MEDIATOR:
        raise Forbidden(covering.ONLY_MEDIATOR)


def _reads(entry: Entry, seq: int) -> bool:
    return any(first <= seq and (last is None or seq <= last) for first, last in entry.spans)


async def _seq(request: Request) -> int:
    filled = await read(request, RecallForm)
    if filled.data is None:
        raise Refused(UNCLEAR)
    return filled.data.seq


BASE = "/cases/{code}/rooms/{room}"

routes = [
    Route(f"{BASE}/leave", leave, methods=["GET", "POST"], name="room-leave"),
    Route(f"{BASE}/leave/{{seq:int}}", answer, methods=["POST"], name="room-answer"),
    Route(f"{BASE}/told", told, methods=["POST"], name="room-told"),
    Route(f"{BASE}/lines/{{seq:int}}", one, methods=["GET", "POST"], name="room-line"),
    Route(f"{BASE}/uncovered", uncovered, methods=["POST"], name="room-uncovered"),
    Route(f"{BASE}/objections", objections, methods=["POST"], name="room-objections"),
]
