"""One's own page: the invitation with its code for the door, the answer, asking to speak, raising a hand.

The code in the address is what lets one in, as with an invitation on paper; looking at it changes nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from deliberation.ballot.votes import Choice
from deliberation.meeting import calling, polling, queries, speaking
from deliberation.meeting.models import MeetingSeat, PollVote, SpeakSlot
from deliberation.meeting.rules import Reply, Turn, Way
from web.deliberation.meeting.forms import AnswerForm, PressForm, SpeechForm
from web.deliberation.meeting.pages import site_url
from web.deliberation.meeting.showing import HERE, asked_now, head_of, now_of
from web.forms import Filled, Form, read
from web.page import done, page
from web.paper import qr
from web.person import maybe, now

F = TypeVar("F", bound=Form)
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show the invitation."""
    return await _shown(request, await queries.seat_by_code(request.path_params["code"]), BLANK)


async def _shown(request: Request, seat: MeetingSeat, filled: Filled[Any]) -> Response:
    meeting, here = seat.meeting, await now_of(seat.meeting, frozenset())
    poll = asked_now(here)
    pressed = await PollVote.get_or_none(poll_id=poll.id, seat_id=seat.id) if poll else None
    line = await SpeakSlot.filter(seat_id=seat.id, turn__in=(Turn.WAITING, Turn.SPEAKING)).first()
    view = {
        **head_of(meeting, frozenset(), now(request)),
        **here,
        "seat": seat,
        "items": await queries.agenda(meeting),
        "replies": [each for each in Reply if each is not Reply.SENDS or calling.rules_of(meeting).proxies],
        "poll": poll if poll and poll.way is Way.PHONES else None,
        "pressed": pressed,
        "line": line,
        "choices": list(Choice),
        "filled": filled,
        "qr": qr(f"{site_url(request)}/meetings/{meeting.id}/check-in?code={seat.short}"),
    }
    status = 422 if filled.errors else 200
    return await page(request, f"{HERE}/seat.html", view, fragment=f"{HERE}/_seat_now.html", status=status)


async def _fill(request: Request, form: type[F], deed: Callable[[str, F], Awaitable[object]]) -> Response:
    code = request.path_params["code"]
    seat, filled = await queries.seat_by_code(code), await read(request, form)
    if filled.data is None:
        return await _shown(request, seat, filled)
    try:
        await deed(code, filled.data)
    except Unfit as why:
        return await _shown(request, seat, filled.with_error(why))
    return done(f"/seats/{code}")


async def answer(request: Request) -> Response:
    """Say whether one comes."""

    async def deed(code: str, data: AnswerForm) -> None:
        await calling.answer(code, data.reply, data.agent, by=maybe(request), at=now(request))

    return await _fill(request, AnswerForm, deed)


async def speech(request: Request) -> Response:
    """Ask to speak, or leave the queue."""

    async def deed(code: str, data: SpeechForm) -> None:
        act = speaking.ask if data.then == "ask" else speaking.withdraw
        await act(code, by=maybe(request), at=now(request))

    return await _fill(request, SpeechForm, deed)


async def press(request: Request) -> Response:
    """Raise a hand."""

    async def deed(code: str, data: PressForm) -> None:
        await polling.press(code, data.poll, data.choice, by=maybe(request), at=now(request))

    return await _fill(request, PressForm, deed)


routes = [
    Route("/seats/{code}", show, name="seat"),
    Route("/seats/{code}/answer", answer, methods=["POST"], name="seat-answer"),
    Route("/seats/{code}/speech", speech, methods=["POST"], name="seat-speech"),
    Route("/seats/{code}/vote", press, methods=["POST"], name="seat-vote"),
]
