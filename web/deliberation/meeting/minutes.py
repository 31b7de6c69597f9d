"""The minutes: written, signed, published, printed; and the sheets for those who come on foot."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.proof import ways
from community.people.roles import roles_in_place
from community.people.rules import LEVELS, Method
from community.rights import Right, may
from deliberation.meeting import minuting, queries
from deliberation.meeting.models import Meeting
from deliberation.meeting.naming import family, veil_of
from deliberation.meeting.rules import Hand
from deliberation.meeting.skeleton import skeleton
from deliberation.meeting.workflow import MeetingState
from web.community.people.cookie import host
from web.deliberation.meeting.door import recorder
from web.deliberation.meeting.facts import facts_of
from web.deliberation.meeting.forms import MinutesForm, SignForm
from web.deliberation.meeting.pages import site_url
from web.deliberation.meeting.showing import HERE, head_of, opened
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import maybe, now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})
WRITABLE: Final = (MeetingState.CLOSED,)


async def show(request: Request) -> Response:
    """Show the minutes: to everybody once they are published, before that to those who sign or write them."""
    return await _shown(request, BLANK)


async def _shown(request: Request, filled: Filled[Any]) -> Response:
    meeting, actors = await opened(request)
    person, versions = maybe(request), await queries.versions(meeting)
    newest = versions[0] if versions else None
    hand = await minuting.hand_of(meeting, person) if person else None
    may_read = meeting.state is MeetingState.MINUTED or bool(actors) or hand is not None
    whole = hand is not None and not meeting.minuted_at
    whole = whole or bool(actors) or (person is not None and await _oversees(person, meeting, at=now(request)))
    veil = None if whole or not may_read else await veil_of(meeting)
    every = await queries.signatures(meeting) if may_read else []
    signed = [each for each in every if newest and each.minutes_id == newest.id]
    view = {
        **head_of(meeting, actors, now(request)),
        "may_read": may_read,
        "whole": whole,
        "told": veil.over if veil else str,
        "by_name": lambda one: one.name if whole or one.hand is not Hand.ATTENDEE else family(one.name),
        "newest": newest if may_read else None,
        "versions": versions if may_read else [],
        "signed": signed,
        "dropped": [each for each in every if each not in signed],
        "missing": minuting.missing(signed),
        "hand": hand,
        "mine": bool(person and any(each.signer_id == person.id for each in signed)),
        "filled": filled,
        **_proof(request, person, filled),
    }
    return await page(request, f"{HERE}/minutes.html", view, status=422 if filled.errors else 200)


async def _oversees(person: Person, meeting: Meeting, *, at: datetime) -> bool:
    return may(await roles_in_place(person, meeting.body.place_id, at=at), Right.MATTER_SUPERVISE)


def _proof(request: Request, person: Person | None, filled: Filled[Any]) -> Mapping[str, object]:
    """Return how the reader can prove who they are: the way asked for, else the strongest."""
    open_ = ways(person) if person else ()
    wanted = request.query_params.get("way", str(filled.value("method")))
    way = next((each for each in open_ if each == wanted), open_[0] if open_ else None)
    return {"way": way, "ways": open_, "levels": LEVELS, "sent": request.query_params.get("sent", "")}


async def write(request: Request) -> Response:
    """Write the next wording; an empty sheet begins with what is known."""
    meeting, person = await recorder(request)
    if request.method != "POST":
        newest = await queries.newest_minutes(meeting)
        text = newest.text if newest else skeleton(await facts_of(meeting)) if meeting.state in WRITABLE else ""
        return await _sheet(request, meeting, Filled({"text": text}, None, {}))
    filled = await read(request, MinutesForm)
    if filled.data is None:
        return await _sheet(request, meeting, filled)
    try:
        await minuting.write(meeting.id, filled.data.text, by=person, at=now(request))
    except Unfit as why:
        return await _sheet(request, meeting, filled.with_error(why))
    return done(f"/meetings/{meeting.id}/minutes")


async def _sheet(request: Request, meeting: Meeting, filled: Filled[Any]) -> Response:
    actors = await queries.actors_of(signed_in(request), meeting, at=now(request))
    signed = await queries.signatures(meeting)
    newest = await queries.newest_minutes(meeting)
    view = {
        **head_of(meeting, actors, now(request)),
        "filled": filled,
        "loses": sum(newest is not None and each.minutes_id == newest.id for each in signed),
    }
    return await page(request, f"{HERE}/write.html", view, status=422 if filled.errors else 200)


async def ask_code(request: Request) -> Response:
    """Mail the reader a code for signing."""
    number = request.path_params["id"]
    await minuting.ask_code(number, host=host(request), by=signed_in(request), at=now(request))
    return done(f"/meetings/{number}/minutes?way={Method.MAIL}&sent=1")


async def sign(request: Request) -> Response:
    """Sign."""
    person, number = signed_in(request), request.path_params["id"]
    await minuting.require_hand(number, by=person, at=now(request))
    filled = await read(request, SignForm)
    if filled.data is None:
        return await _shown(request, filled)
    given = filled.data
    signing = minuting.Signing(given.shown, given.method, given.typed)
    try:
        await minuting.sign(number, signing, host=host(request), by=person, at=now(request))
    except Unfit as why:
        return await _shown(request, filled.with_error(why))
    return done(f"/meetings/{number}/minutes")


async def publish(request: Request) -> Response:
    """Publish the minutes."""
    meeting, person = await recorder(request)
    try:
        await minuting.publish(meeting.id, by=person, at=now(request))
    except Unfit as why:
        return await _shown(request, BLANK.with_error(why))
    return done(f"/meetings/{meeting.id}/minutes")


async def papers(request: Request) -> Response:
    """Show the sheets to print: the agenda for everybody; list and ballots for those who keep them."""
    meeting, actors = await opened(request)
    address = f"{site_url(request)}/meetings/{meeting.id}"
    view = {
        **head_of(meeting, actors, now(request)),
        "items": await queries.agenda(meeting),
        "seats": await queries.seats(meeting) if "recorder" in actors else [],
        "qr": qr(address),
        "address": address.split("://", 1)[-1],
    }
    return await page(request, f"{HERE}/papers.html", view)


routes = [
    Route("/meetings/{id:int}/minutes", show, name="meeting-minutes"),
    Route("/meetings/{id:int}/minutes/text", write, methods=["GET", "POST"], name="meeting-minutes-text"),
    Route("/meetings/{id:int}/minutes/code", ask_code, methods=["POST"], name="meeting-minutes-code"),
    Route("/meetings/{id:int}/minutes/signature", sign, methods=["POST"], name="meeting-minutes-signature"),
    Route("/meetings/{id:int}/minutes/publication", publish, methods=["POST"], name="meeting-minutes-publication"),
    Route("/meetings/{id:int}/papers", papers, name="meeting-papers"),
]
