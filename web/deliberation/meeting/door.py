"""The door of the hall: a clerk scans or types the short code, or ticks the list for those without a telephone."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tortoise.expressions import Q

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.rights import Right
from deliberation.meeting import attending, queries
from deliberation.meeting.models import Attendance, Meeting, MeetingSeat
from web.deliberation.ballot.figures import Asked
from web.deliberation.meeting.forms import DoorForm
from web.deliberation.meeting.showing import HERE, head_of, opened, room_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in
from web.text import clean

BLANK: Final[Filled[Any]] = Filled({}, None, {})
SHOWN: Final = 40  # of the list; the rest is found by name or house
LATEST: Final = 8


async def recorder(request: Request) -> tuple[Meeting, Person]:
    """Return the meeting and whoever may keep its lists, or refuse."""
    meeting, _ = await opened(request)
    person = signed_in(request)
    await require_in_place(person, meeting.body.place_id, Right.MEETING_RECORD, at=now(request))
    return meeting, person


async def show(request: Request) -> Response:
    """Show the list; a scanned code is already filled in."""
    meeting, _ = await recorder(request)
    code = request.query_params.get("code", "")
    return await _shown(request, meeting, Filled({"short": clean(code, field="short")[:16]}, None, {}))


async def _shown(request: Request, meeting: Meeting, filled: Filled[Any]) -> Response:
    actors = await queries.actors_of(signed_in(request), meeting, at=now(request))
    wanted = clean(str(filled.value("q") or request.query_params.get("q", "")), field="q")[:40]
    rows = MeetingSeat.filter(meeting_id=meeting.id)
    if wanted:
        rows = rows.filter(Q(name__contains=wanted) | Q(label__contains=wanted))
    latest = Attendance.filter(meeting_id=meeting.id).select_related("seat", "by")
    view = {
        **head_of(meeting, actors, now(request)),
        "room": await room_of(meeting),
        "asked": Asked,
        "seats": await rows.order_by("here", "-votes", "id").limit(SHOWN),
        "found": await rows.count(),
        "guess": await _guess(meeting, str(filled.value("short"))),
        "latest": await latest.order_by("-id").limit(LATEST),
        "q": wanted,
        "filled": filled,
    }
    return await page(request, f"{HERE}/check_in.html", view, status=422 if filled.errors else 200)


async def _guess(meeting: Meeting, short: str) -> MeetingSeat | None:
    """Return whose code was scanned, so that the clerk sees the name before pressing."""
    try:
        return await attending.by_short(meeting.id, short) if short else None
    except Unfit:
        return None


async def write(request: Request) -> Response:
    """Write down that somebody came or went."""
    meeting, person = await recorder(request)
    filled = await read(request, DoorForm)
    if filled.data is None:
        return await _shown(request, meeting, filled)
    try:
        await _deed(meeting, filled.data, person, request)
    except (Unfit, MovedOn) as why:
        wrong = Unfit(why.reason, field=why.field or "short", **why.facts)
        return await _shown(request, meeting, filled.with_error(wrong))
    return done(f"/meetings/{meeting.id}/check-in")


async def _deed(meeting: Meeting, data: DoorForm, person: Person, request: Request) -> None:
    at = now(request)
    if data.out:
        await attending.check_out(meeting.id, data.seat, by=person, at=at)
    elif data.seat:
        await attending.check_in(meeting.id, data.seat, agent=data.agent, by=person, at=at)
    else:
        await attending.check_in_code(meeting.id, data.short, agent=data.agent, by=person, at=at)


routes = [
    Route("/meetings/{id:int}/check-in", show, name="meeting-check-in"),
    Route("/meetings/{id:int}/check-in", write, methods=["POST"], name="meeting-check-in-write"),
]
