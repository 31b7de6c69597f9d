"""The evidence of a case: the list, bringing a piece, one piece with its log, showing it, taking it back."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Unfit
from community.files.rules import ENDINGS
from mediation.case.access import Thing
from mediation.evidence import commands
from mediation.evidence.commands import Brought
from mediation.evidence.in_room import ONLY_PARTIES, bring_here
from mediation.evidence.queries import Desk, desk_of, parties_for, pieces_of
from mediation.evidence.rules import OFFICE, ProofForm, ProofKind, Sharing
from mediation.privacy.logging import note
from mediation.room.queries import Entry, visible_room
from mediation.room.rules import OF_PARTIES, RoomKind
from web.community.files.receive import BODY
from web.forms import Filled, read, with_files
from web.mediation.evidence.files import files_routes
from web.mediation.evidence.forms import BringForm, SureForm, WhyForm
from web.mediation.evidence.receiving import kept
from web.mediation.evidence.showing import BLANK, HERE, shown
from web.mediation.evidence.view import rows_of
from web.page import done, page, url_for
from web.person import now, signed_in

ACCEPT: Final = ",".join(each for endings in ENDINGS.values() for each in endings)


async def listed(request: Request) -> Response:
    """List the evidence of a case as far as the reader sees it."""
    me, at = signed_in(request), now(request)
    desk = await desk_of(me, request.path_params["code"], at=at)
    pieces = await pieces_of(desk)
    if any(each.item.sharing is Sharing.SHARED for each in pieces):
        await note(desk.case, desk.seats, (Thing.SHARED,), by=me, at=at)
    view = {"case": desk.case, "desk": desk, "rows": rows_of(desk, pieces), "apart": not desk.seats & OFFICE}
    return await page(request, f"{HERE}/list.html", view)


async def new(request: Request) -> Response:
    """Show the form."""
    desk, entry = await _begun(request)
    return await _form(request, desk, entry, BLANK)


@with_files
async def bring(request: Request) -> Response:
    """Bring a piece; from a room it is shown to those who talk there."""
    me, at = signed_in(request), now(request)
    desk, entry = await _begun(request)
    filled = await read(request, BringForm)
    if filled.data is None:
        return await _form(request, desk, entry, filled)
    try:
        async with kept(request, desk.case, filled.data.files) as files:
            given: dict[str, Any] = {"sure": filled.data.sure, "by": me, "at": at}
            if entry:
                item = await bring_here(entry.room.code, _told(filled.data), files, **given)
            else:
                shown = filled.data.shown
                item = await commands.bring(desk.case.code, _told(filled.data), files, shown=shown, **given)
    except Unfit as wrong:
        return await _form(request, desk, entry, filled.with_error(_at_files(wrong)))
    if entry:
        return done(url_for("room", code=desk.case.code, room=entry.room.code))
    return done(url_for("evidence-item", code=desk.case.code, item=item.code))


def _at_files(wrong: Unfit) -> Unfit:
    """Return what was refused of a file beside the field that takes files."""
    return Unfit(wrong.reason, field="files", **wrong.facts) if wrong.field == "file" else wrong


def _told(data: BringForm) -> Brought:
    given = data.model_dump(exclude={"files", "sure", "shown"})
    return Brought(**given)


async def _begun(request: Request) -> tuple[Desk, Entry | None]:
    """Return the case in which something is brought, and the room from which, if from one."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    desk = await desk_of(me, code, at=at)
    room = request.query_params.get("room", "")
    entry = await visible_room(me, code, room, at=at) if room else None
    if not desk.brings:
        raise Forbidden(commands.NOT_NOW)
    if entry and not (entry.seat and entry.seat.voice in OF_PARTIES and entry.room.kind in _ROOMS):
        raise Forbidden(ONLY_PARTIES)
    return desk, entry


_ROOMS: Final = (RoomKind.JOINT, RoomKind.CAUCUS)


async def _form(request: Request, desk: Desk, entry: Entry | None, filled: Filled[BringForm]) -> Response:
    own = await parties_for(desk)
    view = {
        "case": desk.case,
        "room": entry.room if entry else None,
        "together": bool(entry and entry.room.kind is RoomKind.JOINT),
        "office": not own,
        "parties": own if len(own) > 1 and not entry else [],
        "kinds": list(ProofKind),
        "forms": list(ProofForm),
        "accept": ACCEPT,
        "form": filled,
    }
    return await page(request, f"{HERE}/new.html", view, status=422 if filled.errors else 200)


async def show(request: Request) -> Response:
    """Show one piece, or that it was withdrawn."""
    return await shown(request, BLANK)


async def share(request: Request) -> Response:
    """Show a piece to everybody at the table."""
    me, at, filled = signed_in(request), now(request), await read(request, SureForm)
    code, item = request.path_params["code"], request.path_params["item"]
    sure = bool(filled.data and filled.data.sure)
    try:
        await commands.share(code, item, sure=sure, by=me, at=at)
    except Unfit as wrong:
        return await shown(request, filled.with_error(wrong), "share")
    return done(url_for("evidence-item", code=code, item=item))


async def withdraw(request: Request) -> Response:
    """Take a piece back."""
    me, at, filled = signed_in(request), now(request), await read(request, WhyForm)
    code, item = request.path_params["code"], request.path_params["item"]
    try:
        await commands.withdraw(code, item, why=filled.data.why if filled.data else "", by=me, at=at)
    except Unfit as wrong:
        return await shown(request, filled.with_error(wrong), "withdraw")
    return done(url_for("evidence-item", code=code, item=item))


ITEM: Final = "/cases/{code}/evidence/{item}"

routes = [
    Route("/cases/{code}/evidence", listed, name="evidence"),
    Route("/cases/{code}/evidence/new", new, name="evidence-new"),
    Route("/cases/{code}/evidence/new", bring, methods=["POST"], max_body_size=BODY),
    Route(ITEM, show, name="evidence-item"),
    Route(f"{ITEM}/sharing", share, methods=["POST"], name="evidence-sharing"),
    Route(f"{ITEM}/withdrawal", withdraw, methods=["POST"], name="evidence-withdrawal"),
    *files_routes,
]
