"""监事的门面 — the lane of those who oversee, notes to offices and their answers."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import places_where, require_in_place, roles_in_place
from community.rights import Right, may
from deliberation.matter import queries as matters
from deliberation.matter.states import RIGHTS
from deliberation.outcome import lane, watching
from deliberation.outcome.models import Note
from deliberation.outcome.rules import OFFICES
from deliberation.oversight.queries import waiting_in
from deliberation.publicity import queries as publicity
from web.deliberation.outcome.forms import NoteAnswerForm, NoteForm, PublicationNoteForm
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def desk(request: Request) -> Response:
    """Show those who oversee what ran out, what lacks proof, and who has not answered."""
    person, at = signed_in(request), now(request)
    if not await places_where(person, Right.MATTER_SUPERVISE, at=at):
        raise Hidden("这一页给监督委员会和街道看。")
    places = await lane.places_seen(person, [Right.MATTER_SUPERVISE], at=at)
    view = {
        "lane": await lane.lane(person, at=at),
        "appeals": await waiting_in(places[Right.MATTER_SUPERVISE]),
        "checked": publicity.checked,
        "at": at,
    }
    return await page(request, "deliberation/outcome/lane.html", view)


async def mine(request: Request) -> Response:
    """List the notes that wait for the offices of the reader."""
    rows = await lane.addressed_to(signed_in(request), at=now(request))
    return await page(request, "deliberation/outcome/notes.html", {"notes": rows, "at": now(request)})


async def write(request: Request) -> Response:
    """Write a note about a matter."""
    by, at = signed_in(request), now(request)
    matter = await matters.find(by, request.path_params["id"])
    await require_in_place(by, matter.body.place_id, Right.MATTER_SUPERVISE, at=at)
    view = {"title": matter.title, "back": f"/matters/{matter.id}/outcome", "offices": OFFICES}
    if request.method != "POST":
        return await _sheet(request, view, EMPTY)
    filled = await read(request, NoteForm)
    if filled.data is None:
        return await _sheet(request, view, filled, status=422)
    data = filled.data
    try:
        await watching.note(matter.id, data.office, data.words, days=data.days, by=by, at=at)
    except Unfit as why:
        return await _sheet(request, view, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}/outcome#h-notes")


async def write_publication(request: Request) -> Response:
    """Write a note about a publication."""
    by, at = signed_in(request), now(request)
    hung = await publicity.find(by, request.path_params["id"])
    await require_in_place(by, hung.place_id, Right.MATTER_SUPERVISE, at=at)
    view = {"title": hung.title, "back": f"/publications/{hung.id}", "offices": ()}
    if request.method != "POST":
        return await _sheet(request, view, EMPTY)
    filled = await read(request, PublicationNoteForm)
    if filled.data is None:
        return await _sheet(request, view, filled, status=422)
    try:
        made = await watching.note_publication(hung.id, filled.data.words, days=filled.data.days, by=by, at=at)
    except Unfit as why:
        return await _sheet(request, view, filled.with_error(why), status=422)
    return done(f"/notes/{made.id}")


async def _sheet(request: Request, view: Mapping[str, object], filled: Filled[Any], *, status: int = 200) -> Response:
    return await page(request, "deliberation/outcome/note_new.html", {**view, "filled": filled}, status=status)


async def show(request: Request) -> Response:
    """Show one note with its answer; both are public."""
    return await _show(request, await _note(request), EMPTY)


async def _note(request: Request) -> Note:
    found = Note.filter(id=request.path_params["id"]).select_related("matter", "by", "answered_by")
    note = await found.first()
    if note is None:
        raise Hidden("没有这条监督意见。")
    return note


async def _show(request: Request, note: Note, filled: Filled[Any], *, status: int = 200) -> Response:
    person, at = maybe(request), now(request)
    roles = await roles_in_place(person, note.place_id, at=at) if person else frozenset()
    own = person is not None and note.by_id == person.id
    late = note.answered_at is None and at >= note.due_at
    view = {
        "note": note,
        "filled": filled,
        "may_answer": note.answered_at is None and not own and may(roles, RIGHTS[note.office]),
        "may_press": late and may(roles, Right.MATTER_SUPERVISE),
        "late": late,
        "at": at,
    }
    return await page(request, "deliberation/outcome/note.html", view, status=status)


async def answer(request: Request) -> Response:
    """Take the answer of the office."""
    by, note, filled = signed_in(request), await _note(request), await read(request, NoteAnswerForm)
    try:
        await watching.answer(note.id, filled.data.words if filled.data else "", by=by, at=now(request))
    except Unfit as why:
        return await _show(request, note, filled.with_error(why), status=422)
    return done(f"/notes/{note.id}")


async def press(request: Request) -> Response:
    """Press for the answer that is late."""
    note = await watching.press(request.path_params["id"], by=signed_in(request), at=now(request))
    return done(f"/notes/{note.id}")


routes = [
    Route("/desk/supervision", desk, name="desk-supervision"),
    Route("/desk/notes", mine, name="desk-notes"),
    Route("/matters/{id:int}/notes", write, methods=["GET", "POST"], name="matter-notes"),
    Route("/publications/{id:int}/note", write_publication, methods=["GET", "POST"], name="publication-note"),
    Route("/notes/{id:int}", show, name="note"),
    Route("/notes/{id:int}/answer", answer, methods=["POST"], name="note-answer"),
    Route("/notes/{id:int}/press", press, methods=["POST"], name="note-press"),
]
