"""纸票双录 — the pages on which two people read each sheet, and a third looks where they differ."""

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.files.commands import attach
from community.files.queries import files_of
from community.rights import Right
from deliberation.ballot.models import Ballot
from deliberation.polling import entering, queries
from deliberation.polling.models import ReturnedSheet, VoteSlip
from deliberation.polling.queries import readings
from deliberation.polling.rules import TOGETHER, SheetState
from deliberation.polling.slips import ballot_for, hash_of_code
from deliberation.polling.speaking import speaker_names
from deliberation.question.marks import differing, marks_of
from deliberation.question.queries import question_of
from web.community.files.receive import BODY, receive
from web.deliberation.polling.forms import EntryForm, LookForm
from web.deliberation.question.shown import sheet_of
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in


async def _table(request: Request) -> Ballot:
    by, at = signed_in(request), now(request)
    return await ballot_for(request.path_params["id"], Right.BALLOT_TELL, by=by, at=at)


async def show(request: Request) -> Response:
    """Show the form for one reading and what is not settled."""
    return await _show(request, await _table(request), Filled({}, None, {}))


async def _show(request: Request, ballot: Ballot, filled: Filled[EntryForm], *, status: int = 200) -> Response:
    code = hash_of_code(str(filled.value("code")))
    slip = await VoteSlip.get_or_none(ballot_id=ballot.id, code_hash=code) if filled.errors else None
    view = {
        "ballot": ballot,
        "filled": filled,
        "token": filled.value("token") or secrets.token_hex(12),
        "names": await speaker_names(slip.head_id) if slip else [],
        "together": TOGETHER,
        "sheet": sheet_of(ballot),
        "sheets": await queries.sheets(ballot),
        "at": now(request),
    }
    return await page(request, "deliberation/polling/entry.html", view, status=status)


@with_files
async def enter(request: Request) -> Response:
    """Store one reading of a sheet, with its picture when there is one."""
    by, at, ballot = signed_in(request), now(request), await _table(request)
    filled = await read(request, EntryForm)
    given = filled.data
    if given is None:
        return await _show(request, ballot, filled, status=422)
    try:
        what = entering.Read(
            code=given.code,
            choice=given.seen(ballot),
            received_at=given.received,
            voice_id=given.speaker,
            sure=given.sure is not None,
        )
        picture = await receive(request, given.file, by=by) if getattr(given.file, "filename", "") else None
        sheet = await entering.enter(ballot.id, what, given.token, by=by, at=at)
    except Unfit as why:
        return await _show(request, ballot, filled.with_error(why), status=422)
    if picture:
        await attach([picture.code], sheet.key, by=by, at=at)
    return done(f"/ballots/{ballot.id}/papers#h-sheets")


async def look(request: Request) -> Response:
    """Show a sheet that was read differently, and settle it."""
    by, at, ballot = signed_in(request), now(request), await _table(request)
    sheet = await ReturnedSheet.get_or_none(id=request.path_params["sheet"], ballot_id=ballot.id).select_related(
        "slip__head"
    )
    if sheet is None:
        raise Hidden("没有这张纸票。")
    if request.method == "GET":
        return await _look(request, ballot, sheet, Filled({}, None, {}))
    filled = await read(request, LookForm)
    if filled.data is None:
        return await _look(request, ballot, sheet, filled, status=422)
    given = filled.data
    try:
        await entering.look_again(sheet.id, given.seen(ballot), given.speaker, given.why, by=by, at=at)
    except Unfit as why:
        return await _look(request, ballot, sheet, filled.with_error(why), status=422)
    return done(f"/ballots/{ballot.id}/papers#h-sheets")


async def _look(
    request: Request, ballot: Ballot, sheet: ReturnedSheet, filled: Filled[LookForm], *, status: int = 200
) -> Response:
    view = {
        "ballot": ballot,
        "returned": sheet,
        "sheet": sheet_of(ballot),
        "differs": await _differing(ballot, sheet),
        "filled": filled,
        "names": await speaker_names(sheet.slip.head_id) if sheet.slip else [],
        "together": TOGETHER,
        "files": await files_of(sheet.key),
    }
    return await page(request, "deliberation/polling/look.html", view, status=status)


async def _differing(ballot: Ballot, sheet: ReturnedSheet) -> list[tuple[str, list[int | None]]]:
    """Return the options that were read differently, `NONE` for an abstention, with what each of the two read."""
    question = question_of(ballot)
    if question is None or sheet.state is not SheetState.DIFFERENT:
        return []
    one, other = [None if each.choice is None else marks_of(each.marks) for each in await readings(sheet)]
    names = {option.key: option.name for option in question.options}
    return [(names.get(key, ""), [(each or {}).get(key) for each in (one, other)]) for key in differing(one, other)]


routes = [
    Route("/ballots/{id:int}/papers", show, name="ballot-papers"),
    Route("/ballots/{id:int}/papers", enter, methods=["POST"], name="papers-entry", max_body_size=BODY),
    Route("/ballots/{id:int}/papers/{sheet:int}", look, methods=["GET", "POST"], name="papers-look"),
]
