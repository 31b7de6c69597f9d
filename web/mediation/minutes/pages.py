"""The records of a case: the list, one record, the lines of the joint talk to choose from, and the head."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.access import PARTIES, Thing
from mediation.case.keys import opened
from mediation.case.models import Party
from mediation.case.queries import HIDDEN
from mediation.minutes.queries import Record, records_of, to_choose
from mediation.minutes.rules import Deed, opens
from mediation.minutes.writing import choose, open_record, write_head
from mediation.privacy.logging import note
from mediation.room.lines import text_of
from mediation.room.models import Message
from web.clock import BEIJING
from web.forms import Filled, read
from web.mediation.minutes.forms import HeadForm, LinesForm
from web.mediation.minutes.showing import BLANK, HERE, address, by_hand, named, shown
from web.page import done, page, url_for
from web.person import now, signed_in

BASE: Final = "/cases/{code}/minutes"


async def show_all(request: Request) -> Response:
    """Show the records of a case."""
    case, seats, rows = await records_of(signed_in(request), request.path_params["code"], at=now(request))
    may_open = opens(seats, case.state) and (case.meets or not case.afraid)
    view = {"case": case, "rows": rows, "opens": may_open, "staff": not seats & PARTIES}
    return await page(request, f"{HERE}/all.html", view)


async def begin(request: Request) -> Response:
    """Show the head of a new record, and begin it."""
    me, code, at = signed_in(request), request.path_params["code"], now(request)
    case, seats, _ = await records_of(me, code, at=at)
    if not opens(seats, case.state):
        raise Hidden(HIDDEN)
    if request.method == "GET":
        local = at.astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")
        typed = {"held_at": local, "present": "\n".join(await _taking_part(case.id))}
        return await _head(request, code, Filled(typed, None, {}))
    form = await read(request, HeadForm)
    if form.data is None:
        return await _head(request, code, form)
    facts = {"held_at": form.data.held, "rights_told": form.data.rights_told}
    try:
        row = await open_record(code, form.data.head, **facts, by=me, at=at)  # type: ignore[arg-type]
    except Unfit as why:
        return await _head(request, code, form.with_error(why))
    return done(url_for("case-record", code=code, record=row.code))


async def _taking_part(case_id: int) -> list[str]:
    parties = await Party.filter(case_id=case_id, left_at=None, will="consented").order_by("side", "ordinal")
    return [opened(party, "name") for party in parties]


async def head(request: Request) -> Response:
    """Show the head of a record that is being written, and write it anew."""
    found = await named(request)
    code, at = found.case.code, now(request)
    if Deed.HEAD not in found.deeds:
        raise Hidden(HIDDEN)
    if request.method == "GET":
        local = found.row.held_at.astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")
        typed = {**found.words["head"], "held_at": local, "rights_told": found.row.rights_told}
        return await _head(request, code, Filled(typed, None, {}), found)
    form = await read(request, HeadForm)
    if form.data is None:
        return await _head(request, code, form, found)
    facts = {"held_at": form.data.held, "rights_told": form.data.rights_told}
    try:
        await write_head(code, found.row.code, form.data.head, **facts, by=signed_in(request), at=at)  # type: ignore[arg-type]
    except Unfit as why:
        return await _head(request, code, form.with_error(why), found)
    return done(address(found))


async def _head(request: Request, code: str, form: Filled[Any], found: Record | None = None) -> Response:
    back = address(found) if found else url_for("case-records", code=code)
    view = {"form": form, "back": back, "fresh": found is None}
    return await page(request, f"{HERE}/head.html", view, status=422 if form.errors else 200)


async def lines(request: Request) -> Response:
    """Show the lines of the joint talk, and put the chosen ones into the record."""
    me, code, record = signed_in(request), request.path_params["code"], request.path_params["record"]
    at, form = now(request), BLANK
    if request.method == "POST":
        form = await read(request, LinesForm)
        if form.data is not None:
            try:
                await choose(code, record, form.data.seq, by=me, at=at)
            except Unfit as why:
                form = form.with_error(why)
            else:
                return done(url_for("case-record", code=code, record=record))
    found, rows = await to_choose(me, code, record, before=_before(request), at=at)
    await note(found.case, found.seats, (Thing.JOINT,), by=me, at=at)
    taken = {each["seq"] for each in found.words["entries"] if each.get("seq")}
    view = {"record": found, "rows": [_offered(row, taken) for row in rows], "form": form, "back": address(found)}
    return await page(request, f"{HERE}/lines.html", view, status=422 if form.errors else 200)


def _offered(row: Message, taken: set[int]) -> dict[str, object]:
    return {"row": row, "text": text_of(row.room, row), "taken": row.seq in taken}


def _before(request: Request) -> int | None:
    typed = request.query_params.get("before", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None  # noqa: PLR2004 - 31 bits


async def show(request: Request) -> Response:
    """Show one record with what the reader may do to it."""
    return await shown(request, BLANK, "")


async def party(request: Request) -> Response:
    """Show where it is written down what a party said on paper, or that they would not sign."""
    return await by_hand(request, request.path_params["party"], BLANK, "")


routes = [
    Route(BASE, show_all, name="case-records"),
    Route(f"{BASE}/new", begin, methods=["GET", "POST"], name="case-record-new"),
    Route(f"{BASE}/{{record}}", show, name="case-record"),
    Route(f"{BASE}/{{record}}/head", head, methods=["GET", "POST"], name="case-record-head"),
    Route(f"{BASE}/{{record}}/lines", lines, methods=["GET", "POST"], name="case-record-lines"),
    Route(f"{BASE}/{{record}}/parties/{{party}}", party, name="case-record-party"),
]
