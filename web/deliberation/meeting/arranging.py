"""Arranging a meeting: its agenda and guests, the notice, and what changes after the notice."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.rights import Right
from deliberation.meeting import arranging, calling, queries
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.rules import SeatKind
from web.deliberation.meeting.forms import ChangeForm, GuestForm, ItemDeedForm, ItemForm, ReasonForm
from web.deliberation.meeting.pages import beside, typed_of
from web.deliberation.meeting.showing import HERE, head_of, opened
from web.forms import Filled, Form, read
from web.page import done, page
from web.person import now, signed_in

F = TypeVar("F", bound=Form)
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def _mine(request: Request) -> tuple[Meeting, Person]:
    """Return the meeting and whoever may hold it, or refuse."""
    meeting, _ = await opened(request)
    person = signed_in(request)
    await require_in_place(person, meeting.body.place_id, Right.MEETING_HOST, at=now(request))
    return meeting, person


async def agenda(request: Request) -> Response:
    """Show agenda and guests, to be changed."""
    meeting, _ = await _mine(request)
    return await _agenda(request, meeting, BLANK)


async def _agenda(request: Request, meeting: Meeting, filled: Filled[Any]) -> Response:
    at = now(request)
    actors = await queries.actors_of(signed_in(request), meeting, at=at)
    view = {
        **head_of(meeting, actors, at),
        "items": await queries.agenda(meeting, dropped=True),
        "guests": await MeetingSeat.filter(meeting_id=meeting.id, kind=SeatKind.GUEST).order_by("id"),
        "matters": await queries.matters_to_talk_about(meeting.community_id),
        "first": calling.first_day(meeting, at),
        "filled": filled,
    }
    return await page(request, f"{HERE}/agenda.html", view, status=422 if filled.errors else 200)


async def _fill(request: Request, form: type[F], deed: Callable[[Meeting, Person, F], Awaitable[object]]) -> Response:
    """Do on the page of the agenda what a form says; what is wrong comes back as it was typed."""
    meeting, person = await _mine(request)
    filled = await read(request, form)
    if filled.data is None:
        return await _agenda(request, meeting, filled)
    try:
        await deed(meeting, person, filled.data)
    except Unfit as why:
        return await _agenda(request, meeting, filled.with_error(why))
    return done(f"/meetings/{meeting.id}/agenda")


async def add_item(request: Request) -> Response:
    """Put something on the agenda."""

    async def deed(meeting: Meeting, person: Person, data: ItemForm) -> None:
        await arranging.add_item(meeting.id, data.item, reason=data.reason, by=person, at=now(request))

    return await _fill(request, ItemForm, deed)


async def item_deed(request: Request) -> Response:
    """Move something up, or take it off the agenda."""
    number, at = request.path_params["item"], now(request)

    async def deed(meeting: Meeting, person: Person, data: ItemDeedForm) -> None:
        if data.then == "up":
            await arranging.lift_item(meeting.id, number, by=person, at=at)
            return
        try:
            await arranging.drop_item(meeting.id, number, reason=data.reason, by=person, at=at)
        except Unfit as why:
            raise Unfit(why.reason, field=f"{why.field}-{number}", **why.facts) from why

    return await _fill(request, ItemDeedForm, deed)


async def add_guest(request: Request) -> Response:
    """Ask somebody by name."""

    async def deed(meeting: Meeting, person: Person, data: GuestForm) -> None:
        await arranging.add_guest(meeting.id, data.name, data.label, data.email or "", by=person, at=now(request))

    return await _fill(request, GuestForm, deed)


async def drop_guest(request: Request) -> Response:
    """Take a guest off the list."""
    meeting, person = await _mine(request)
    await arranging.drop_guest(meeting.id, request.path_params["seat"], by=person, at=now(request))
    return done(f"/meetings/{meeting.id}/agenda")


async def call(request: Request) -> Response:
    """Send the notice."""
    meeting, person = await _mine(request)
    try:
        await calling.call(meeting.id, by=person, at=now(request))
    except Unfit as why:
        return await _agenda(request, meeting, BLANK.with_error(Unfit(why.reason, field=None, **why.facts)))
    return done(f"/meetings/{meeting.id}")


async def change(request: Request) -> Response:
    """Change time or room after the notice."""

    async def deed(meeting: Meeting, person: Person, data: ChangeForm) -> None:
        await calling.amend(meeting.id, data.change, by=person, at=now(request))

    return await _sheet(request, "change", ChangeForm, deed)


async def cancel(request: Request) -> Response:
    """Call it off."""

    async def deed(meeting: Meeting, person: Person, data: ReasonForm) -> None:
        await calling.cancel(meeting.id, data.reason, by=person, at=now(request))

    return await _sheet(request, "cancel", ReasonForm, deed)


async def _sheet(
    request: Request, template: str, form: type[F], deed: Callable[[Meeting, Person, F], Awaitable[object]]
) -> Response:
    meeting, person = await _mine(request)
    if request.method != "POST":
        return await _form(request, meeting, template, Filled(typed_of(meeting), None, {}))
    filled = await read(request, form)
    if filled.data is None:
        return await _form(request, meeting, template, filled)
    try:
        await deed(meeting, person, filled.data)
    except Unfit as why:
        return await _form(request, meeting, template, filled.with_error(beside(why)))
    return done(f"/meetings/{meeting.id}")


async def _form(request: Request, meeting: Meeting, template: str, filled: Filled[Any]) -> Response:
    actors = await queries.actors_of(signed_in(request), meeting, at=now(request))
    view = {**head_of(meeting, actors, now(request)), "filled": filled}
    return await page(request, f"{HERE}/{template}.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/meetings/{id:int}/agenda", agenda, name="meeting-agenda"),
    Route("/meetings/{id:int}/items", add_item, methods=["POST"], name="meeting-items"),
    Route("/meetings/{id:int}/items/{item:int}", item_deed, methods=["POST"], name="meeting-item"),
    Route("/meetings/{id:int}/guests", add_guest, methods=["POST"], name="meeting-guests"),
    Route("/meetings/{id:int}/guests/{seat:int}", drop_guest, methods=["POST"], name="meeting-guest"),
    Route("/meetings/{id:int}/notice", call, methods=["POST"], name="meeting-notice"),
    Route("/meetings/{id:int}/change", change, methods=["GET", "POST"], name="meeting-change"),
    Route("/meetings/{id:int}/cancellation", cancel, methods=["GET", "POST"], name="meeting-cancellation"),
]
