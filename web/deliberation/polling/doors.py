"""扫楼 — per building who has not taken part, what was found there, and the vote of somebody who asks for help."""

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.rights import Right
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.polling import doors, helping, queries
from deliberation.polling.rules import Met
from deliberation.polling.slips import ballot_for
from deliberation.polling.speaking import speaker_names
from web.community.files.receive import BODY, receive
from web.deliberation.ballot.figures import Asked, unit_of
from web.deliberation.ballot.reading import shown_to
from web.deliberation.polling.forms import HelpForm, NoteForm, WitnessForm
from web.deliberation.question.shown import head_of, sheet_of
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in


async def _street(request: Request) -> Ballot:
    by, at = signed_in(request), now(request)
    return await ballot_for(request.path_params["id"], Right.BALLOT_CANVASS, by=by, at=at)


async def show(request: Request) -> Response:
    """Show what the quorum still wants, and the buildings."""
    ballot, by = await _street(request), signed_in(request)
    turnout, missing = await queries.missing(ballot)
    view = {
        "ballot": ballot,
        "turnout": turnout,
        "missing": missing,
        "asked": Asked,
        "unit": unit_of(ballot),
        "buildings": await queries.buildings(ballot),
        "to_witness": await queries.to_witness(ballot, by),
        "sheet": sheet_of(ballot),
    }
    whole, part = "deliberation/polling/doors.html", "deliberation/polling/_missing.html"
    return await page(request, whole, view, fragment=part)


async def building(request: Request) -> Response:
    """Show the doors of one building that have not taken part; that somebody looked is recorded."""
    return await _building(request, await _street(request), Filled({}, None, {}))


async def _building(request: Request, ballot: Ballot, filled: Filled[NoteForm], *, status: int = 200) -> Response:
    by, at, name = signed_in(request), now(request), request.query_params.get("name", "")
    street = await queries.street(ballot)
    found = [one for one in await queries.buildings(ballot, street) if one.name == name]
    if not found:
        raise Hidden("名册上没有这栋楼。")
    await doors.look(ballot.id, name, by=by, at=at)
    every = await queries.doors(by, ballot, name, street, at=at)
    view = {
        "ballot": ballot,
        "building": found[0],
        "doors": [(door, secrets.token_hex(12)) for door in every],
        "met": list(Met),
        "unit": unit_of(ballot),
        "filled": filled,
    }
    return await page(request, "deliberation/polling/building.html", view, status=status)


async def note(request: Request) -> Response:
    """Write down what was found at a door; the same form sent twice is written once."""
    ballot, filled = await _street(request), await read(request, NoteForm)
    if filled.data is None:
        return await _building(request, ballot, filled, status=422)
    given = filled.data
    await doors.note(ballot.id, given.head, given.met, given.token, by=signed_in(request), at=now(request))
    name = request.url.query
    return done(f"/ballots/{ballot.id}/doors/building?{name}")


async def _head(request: Request, ballot: Ballot) -> RollHead:
    head = await RollHead.get_or_none(id=request.path_params["head"], roll_id=ballot.roll_id)
    if head is None:
        raise Hidden("名册上没有这一户。")
    return head


async def help_form(request: Request) -> Response:
    """Show the form for a vote taken down at a door."""
    return await _help(request, await _street(request), Filled({}, None, {}))


async def _help(request: Request, ballot: Ballot, filled: Filled[HelpForm], *, status: int = 200) -> Response:
    head = await _head(request, ballot)
    view = {
        "ballot": ballot,
        "head": head,
        "text": await shown_to(signed_in(request), ballot),
        "names": await speaker_names(head.id),
        "choices": list(Choice),
        "sheet": sheet_of(ballot),
        "asks": head_of(ballot),
        "filled": filled,
        "token": filled.value("token") or secrets.token_hex(12),
    }
    return await page(request, "deliberation/polling/help.html", view, status=status)


@with_files
async def help_vote(request: Request) -> Response:
    """Take a vote down; with the voter's signature on a photograph it is cast at once."""
    by, at, ballot = signed_in(request), now(request), await _street(request)
    filled, head = await read(request, HelpForm), await _head(request, ballot)
    given = filled.data
    if given is None:
        return await _help(request, ballot, filled, status=422)
    try:
        photo = await receive(request, given.file, by=by) if getattr(given.file, "filename", "") else None
        told = helping.Told(
            head_id=head.id,
            choice=given.said(ballot),
            read_back=given.read_back is not None,
            voice_id=given.speaker,
            photo=photo.code if photo else "",
        )
        await helping.take_down(ballot.id, told, given.token, by=by, at=at)
    except Unfit as why:
        return await _help(request, ballot, filled.with_error(why), status=422)
    return done(f"/ballots/{ballot.id}/doors")


async def witness(request: Request) -> Response:
    """Confirm as a witness what was taken down at a door, or say that it is not so."""
    ballot, filled = await _street(request), await read(request, WitnessForm)
    if filled.data:
        given = filled.data
        code = request.path_params["code"]
        await helping.witness(code, right=given.right == "yes", why=given.why, by=signed_in(request), at=now(request))
    return done(f"/ballots/{ballot.id}/doors")


routes = [
    Route("/ballots/{id:int}/doors", show, name="ballot-doors"),
    Route("/ballots/{id:int}/doors/building", building, name="doors-building"),
    Route("/ballots/{id:int}/doors/building", note, methods=["POST"], name="doors-note"),
    Route("/ballots/{id:int}/doors/{head:int}/vote", help_form, name="doors-help"),
    Route(
        "/ballots/{id:int}/doors/{head:int}/vote", help_vote, methods=["POST"], name="doors-vote", max_body_size=BODY
    ),
    Route("/ballots/{id:int}/witness/{code}", witness, methods=["POST"], name="doors-witness"),
]
