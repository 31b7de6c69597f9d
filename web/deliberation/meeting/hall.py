"""The host's table and the big screen: opening, who speaks, which question is put, closing."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Unfit
from deliberation.body.rules import Effect, Weight
from deliberation.meeting import attending, polling, queries, speaking
from deliberation.meeting.models import Meeting, PollVote
from deliberation.meeting.rules import Way
from web.deliberation.meeting.door import recorder
from web.deliberation.meeting.forms import CountForm, FloorForm, HandForm, PressForm, QuestionForm
from web.deliberation.meeting.pages import site_url
from web.deliberation.meeting.showing import HERE, asked_now, head_of, now_of, opened
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def table(request: Request) -> Response:
    """Show the table of those who run the meeting."""
    meeting, _ = await _run(request)
    return await _table(request, meeting, BLANK)


async def _run(request: Request) -> tuple[Meeting, bool]:
    """Return the meeting and whether the reader hosts, or refuse whoever neither hosts nor records."""
    person = signed_in(request)
    meeting, actors = await opened(request)
    if not actors:
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    return meeting, person.id == meeting.host_id


async def _table(request: Request, meeting: Meeting, filled: Filled[Any]) -> Response:
    actors = await queries.actors_of(signed_in(request), meeting, at=now(request))
    here = await now_of(meeting, actors)
    poll = asked_now(here)
    view = {
        **head_of(meeting, actors, now(request)),
        **here,
        "items": await queries.agenda(meeting),
        "poll": poll,
        "pressed": await PollVote.filter(poll_id=poll.id).count() if poll else 0,
        "rule": polling.rule_for_meeting(meeting, on=meeting.starts_at.date()),
        "ways": list(Way),
        "effects": [Effect.ADVISORY, Effect.BINDING],
        "weights": list(Weight),
        "filled": filled,
    }
    status = 422 if filled.errors else 200
    return await page(request, f"{HERE}/host.html", view, fragment=f"{HERE}/_now.html", status=status)


async def open_meeting(request: Request) -> Response:
    """Open the meeting."""
    meeting, _ = await _run(request)
    try:
        await attending.open_meeting(meeting.id, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _table(request, meeting, BLANK.with_error(why))
    return _back(meeting)


async def close_meeting(request: Request) -> Response:
    """Close the meeting and go on to its minutes."""
    meeting, _ = await _run(request)
    try:
        await attending.close_meeting(meeting.id, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _table(request, meeting, BLANK.with_error(why))
    return done(f"/meetings/{meeting.id}/minutes")


async def turn_to(request: Request) -> Response:
    """Go on to an item."""
    meeting, _ = await _run(request)
    await attending.turn_to(meeting.id, request.path_params["item"], by=signed_in(request), at=now(request))
    return _back(meeting)


async def floor(request: Request) -> Response:
    """Give the floor, take it back, or change the order."""
    meeting, _ = await _run(request)
    filled, by, at = await read(request, FloorForm), signed_in(request), now(request)
    if filled.data is None:
        return await _table(request, meeting, filled)
    if filled.data.then == "give":
        await speaking.give_floor(meeting.id, filled.data.slot, by=by, at=at)
    elif filled.data.then == "lift":
        await speaking.lift(meeting.id, filled.data.slot, by=by, at=at)
    else:
        await speaking.end_floor(meeting.id, by=by, at=at)
    return _back(meeting)


async def hand(request: Request) -> Response:
    """Put somebody in the queue who raised a hand in the hall."""
    meeting, person = await recorder(request)
    filled = await read(request, HandForm)
    if filled.data is None:
        return await _table(request, meeting, filled)
    try:
        seat = await attending.by_short(meeting.id, filled.data.short)
        await speaking.ask_for(meeting.id, seat.id, by=person, at=now(request))
    except Unfit as why:
        wrong = Unfit(why.reason, field="short", **why.facts)
        return await _table(request, meeting, filled.with_error(wrong))
    return _back(meeting)


async def question(request: Request) -> Response:
    """Put a question."""
    meeting, _ = await _run(request)
    filled = await read(request, QuestionForm)
    if filled.data is None:
        return await _table(request, meeting, filled)
    try:
        await polling.put_question(meeting.id, filled.data.question, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _table(request, meeting, filled.with_error(why))
    return _back(meeting)


async def count(request: Request) -> Response:
    """Count, and close the question."""
    meeting, person = await recorder(request)
    filled = await read(request, CountForm)
    if filled.data is None:
        return await _table(request, meeting, filled)
    poll = request.path_params["poll"]
    try:
        await polling.count(meeting.id, poll, filled.data.piles, by=person, at=now(request))
    except Unfit as why:
        return await _table(request, meeting, filled.with_error(why))
    return _back(meeting)


async def press_for(request: Request) -> Response:
    """Press for somebody in the hall who has no telephone."""
    meeting, person = await recorder(request)
    filled = await read(request, PressForm)
    if filled.data is None:
        return await _table(request, meeting, filled)
    try:
        seat = await attending.by_short(meeting.id, filled.data.short)
        await polling.press_for(meeting.id, filled.data.poll, seat.id, filled.data.choice, by=person, at=now(request))
    except Unfit as why:
        wrong = Unfit(why.reason, field="pressed", **why.facts)
        return await _table(request, meeting, filled.with_error(wrong))
    return _back(meeting)


async def screen(request: Request) -> Response:
    """Show the big screen of the hall."""
    meeting, actors = await opened(request)
    address = f"{site_url(request)}/meetings/{meeting.id}"
    items = await queries.agenda(meeting)
    now_at = next((n for n, item in enumerate(items, start=1) if item.id == meeting.item_id), 0)
    here = await now_of(meeting, actors)
    poll = asked_now(here)
    view = {
        **head_of(meeting, actors, now(request)),
        **here,
        "items": items,
        "number": now_at,
        "pressed": await PollVote.filter(poll_id=poll.id).count() if poll else 0,
        "qr": qr(address),
        "address": address.split("://", 1)[-1],
    }
    return await page(request, f"{HERE}/screen.html", view, fragment=f"{HERE}/_screen.html")


def _back(meeting: Meeting) -> Response:
    return done(f"/meetings/{meeting.id}/host")


routes = [
    Route("/meetings/{id:int}/host", table, name="meeting-host"),
    Route("/meetings/{id:int}/opening", open_meeting, methods=["POST"], name="meeting-opening"),
    Route("/meetings/{id:int}/closing", close_meeting, methods=["POST"], name="meeting-closing"),
    Route("/meetings/{id:int}/items/{item:int}/turn", turn_to, methods=["POST"], name="meeting-turn"),
    Route("/meetings/{id:int}/floor", floor, methods=["POST"], name="meeting-floor"),
    Route("/meetings/{id:int}/hands", hand, methods=["POST"], name="meeting-hands"),
    Route("/meetings/{id:int}/questions", question, methods=["POST"], name="meeting-questions"),
    Route("/meetings/{id:int}/questions/{poll:int}/count", count, methods=["POST"], name="meeting-count"),
    Route("/meetings/{id:int}/presses", press_for, methods=["POST"], name="meeting-presses"),
    Route("/meetings/{id:int}/screen", screen, name="meeting-screen"),
]
