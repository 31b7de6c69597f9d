"""The mediator's side: writing the agreement, looking at it, sending it out to be signed."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import MovedOn, Unfit
from community.people.models import Person
from mediation.agreement import commands
from mediation.agreement.checks import LEGALITY, Desk, faults
from mediation.agreement.models import AgreementVersion
from mediation.agreement.preview import only, preview
from mediation.agreement.queries import draft_of, opened_body
from mediation.agreement.rules import MOST_LINES, ClauseKind
from mediation.agreement.text import draft_from, sections
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.queries import visible_case
from mediation.case.states import State
from mediation.case.workflow import ROWS as ROAD
from mediation.parties.models import GroupMember
from web.forms import Filled, read
from web.mediation.agreement.forms import ROWS, DraftForm, FinalForm, Reading, rows_of, typed_from
from web.mediation.agreement.view import TITLE, choices_for
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/agreement"
SAID: Final = {guard.id: guard.refusal for row in ROAD if row.event is Event.FINALIZE for guard in row.guards}


async def form(request: Request) -> Response:
    """Show the draft to be filled in; who comes from the final words finds beside each field what is still wrong."""
    me = signed_in(request)
    draft = draft_from(opened_body(await _draft(request, me)))
    filled: Filled[DraftForm] = Filled(typed_from(draft), None, {})
    if "check" in request.query_params:
        _, desk = await preview(request.path_params["code"], by=me, at=now(request))
        for guard, fields in _wrong(desk).items():
            for name in fields:
                filled = filled.with_error(Unfit(SAID[guard], field=name))
    return await _form(request, me, filled, max(ROWS, len(draft.lines)))


async def save(request: Request) -> Response:
    """Keep the draft; or add a row, keeping nothing yet but losing nothing that was typed."""
    me, filled = signed_in(request), await read(request, DraftForm)
    if filled.data is None:
        return await _form(request, me, filled, ROWS)
    if filled.data.then == "row":
        return await _form(request, me, filled, min(filled.data.rows + 1, MOST_LINES))
    rows = rows_of(filled.typed, filled.data.rows)
    reading = Reading(filled.typed, {})
    draft = reading.draft(rows)
    try:
        _readable(reading)
        await commands.save(request.path_params["code"], draft, by=me, at=now(request))
    except Unfit as why:
        return await _form(request, me, _faulty(filled, reading, why, rows), filled.data.rows)
    code, then = request.path_params["code"], filled.data.then
    return done(url_for("agreement-preview", code=code) if then == "preview" else f"{request.url.path}?did=saved")


def _readable(reading: Reading) -> None:
    if reading.wrong:
        name, why = next(iter(reading.wrong.items()))
        raise Unfit(why.reason, field=name, **why.facts)


def _faulty(filled: Filled[DraftForm], reading: Reading, why: Unfit, rows: list[int]) -> Filled[DraftForm]:
    """Return the form with every mistake beside the row in which it was typed."""
    for name, each in reading.wrong.items():
        filled = filled.with_error(Unfit(each.reason, field=name, **each.facts))
    name, _, row = (why.field or "").rpartition("-")
    typed_at = f"{name}-{rows[int(row) - 1]}" if name and not reading.wrong else why.field
    return filled.with_error(Unfit(why.reason, field=typed_at, **why.facts))


async def look(request: Request) -> Response:
    """Show the agreement as it would go out, and what is still wrong."""
    return await _look(request, signed_in(request), Filled({}, None, {}))


def _wrong(desk: Desk) -> dict[str, list[str]]:
    """Return what is wrong with the words themselves; the questions of the law are answered on the page."""
    return {guard: fields for guard, fields in faults(desk).items() if guard != "legality_checked"}


async def send(request: Request) -> Response:
    """Freeze the words and send them out to be signed."""
    me, filled = signed_in(request), await read(request, FinalForm)
    if filled.data is None:
        return await _look(request, me, filled)
    code, data = request.path_params["code"], filled.data
    told = {"legality": data.legality, "on_paper": data.on_paper == "yes", "by_hand": data.by_hand}
    told |= {"kin": data.kin, "checked": data.checked}
    try:
        await commands.finalize(code, **told, by=me, at=now(request))  # type: ignore[arg-type]
    except Unfit as why:
        return await _look(request, me, filled.with_error(why))
    return done(f"{url_for('agreement', code=code)}?did=sent")


async def _draft(request: Request, me: Person) -> AgreementVersion:
    case, seats = await visible_case(me, request.path_params["code"], at=now(request))
    only(Seat.MEDIATOR, seats)
    version = await draft_of(case)
    if case.state is not State.DRAFTING and not version.supplement:
        raise MovedOn(commands.LOCKED)
    return version


async def _form(request: Request, me: Person, filled: Filled[DraftForm], rows: int) -> Response:
    case, seats = await visible_case(me, request.path_params["code"], at=now(request))
    only(Seat.MEDIATOR, seats)
    reading = Reading(filled.typed, {})
    view = {
        "case": case,
        "form": filled,
        "rows": rows,
        "most": MOST_LINES,
        "kinds": list(ClauseKind),
        "parties": await choices_for(case),
        "sum": reading.draft(rows_of(filled.typed, rows)).payable,
        "grouped": await GroupMember.exists(party__case_id=case.id),
        "did": request.query_params.get("did", ""),
    }
    wrong = filled.errors and request.method == "POST"
    return await page(request, f"{HERE}/draft.html", view, status=422 if wrong else 200)


async def _look(request: Request, me: Person, filled: Filled[Any]) -> Response:
    paper, desk = await preview(request.path_params["code"], by=me, at=now(request))
    view = {
        "code": request.path_params["code"],
        "form": filled,
        "paper": paper,
        "sections": list(sections(paper)),
        "title": TITLE,
        "faults": [(SAID[guard], fields[0]) for guard, fields in _wrong(desk).items()],
        "legality": list(LEGALITY.items()),
    }
    return await page(request, f"{HERE}/preview.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/cases/{code}/agreement/draft", form, name="agreement-draft"),
    Route("/cases/{code}/agreement/draft", save, methods=["POST"]),
    Route("/cases/{code}/agreement/preview", look, name="agreement-preview"),
    Route("/cases/{code}/agreement/final", send, methods=["POST"], name="agreement-final"),
]
