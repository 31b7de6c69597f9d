"""What interpreters are asked, one thing to translate, a line to hand over, and an agreement in two languages."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.agreement.queries import frozen_of, readable_case
from mediation.case.access import Thing
from mediation.case.models import Case
from mediation.case.queries import HIDDEN
from mediation.interpreting import commands
from mediation.interpreting.queries import (
    Original,
    hall_of,
    interpreters_of,
    original_of,
    paragraphs,
    rendered,
    task_of,
)
from mediation.interpreting.rules import Subject, turn
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.parties.queries import clear
from mediation.privacy.logging import note
from mediation.room.queries import line
from mediation.room.rules import OWN_WORDS, Voice
from web.forms import Filled, read
from web.mediation.interpreting.forms import AskForm, AskLineForm, SignForm, WordsForm
from web.mediation.room.pages import address, present
from web.mediation.room.voice import sent
from web.page import done, page, url_for
from web.person import now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})
HERE: Final = "mediation/interpreting"


async def hall(request: Request) -> Response:
    """Show what was asked of the interpreters of a case."""
    return await _hall(request, BLANK)


async def _hall(request: Request, form: Filled[Any]) -> Response:
    at = now(request)
    found = await hall_of(signed_in(request), request.path_params["code"], at=at)
    going = TalkMinutes.filter(case_id=found.case.id, stage=RecordStage.ROUND).order_by("n")
    stands = {each.id: turn(until=each.until, done_at=each.done_at, at=at) for each in found.tasks}
    view = {"hall": found, "case": found.case, "clear": clear, "stands": stands, "form": form}
    view |= {"records": await going if found.leads else []}
    return await page(request, f"{HERE}/hall.html", view, status=422 if form.errors else 200)


async def ask(request: Request) -> Response:
    """Ask an interpreter for the agreement, or to read out a record."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, AskForm)
    await hall_of(me, code, at=at)
    if form.data is None:
        return await _hall(request, form)
    try:
        if form.data.record:
            await commands.ask_record(code, form.data.record, form.data.interpreter, by=me, at=at)
        else:
            await commands.ask_agreement(code, form.data.interpreter, by=me, at=at)
    except Unfit as why:
        return await _hall(request, form.with_error(why))
    return done(url_for("case-interpreting", code=code))


async def task(request: Request) -> Response:
    """Show one thing to translate, and take the translation or the interpreter's name under a record."""
    me, at, params = signed_in(request), now(request), request.path_params
    wanted = await task_of(me, params["code"], params["task"], at=at)
    original = await original_of(wanted)
    if request.method == "GET":
        return await _task(request, original, BLANK)
    form: Filled[Any] = await read(request, SignForm if wanted.subject is Subject.MINUTES else WordsForm)
    if form.data is None:
        return await _task(request, original, form)
    try:
        if isinstance(form.data, SignForm):
            await commands.sign_record(params["code"], params["task"], shown=form.data.shown, by=me, at=at)
        else:
            await commands.translate(params["code"], params["task"], form.data.words, by=me, at=at)
    except Unfit as why:
        return await _task(request, original, form.with_error(why))
    return done(url_for("case-interpreting", code=params["code"]))


async def listen(request: Request) -> Response:
    """Send the recording that is to be translated."""
    me, params = signed_in(request), request.path_params
    original = await original_of(await task_of(me, params["code"], params["task"], at=now(request)))
    room = original.task.room
    if original.spoken is None or room is None:
        raise Hidden(HIDDEN)
    return await sent(request, room, original.spoken)


async def _task(request: Request, original: Original, form: Filled[Any]) -> Response:
    view = {"original": original, "task": original.task, "case": original.task.case, "form": form}
    view |= {"voices": {each.value: each for each in Voice}}
    return await page(request, f"{HERE}/task.html", view, status=422 if form.errors else 200)


async def hand(request: Request) -> Response:
    """Show a line of a room and the interpreters it can go to, and hand it over."""
    me, entry = await present(request)
    at, seq = now(request), request.path_params["seq"]
    said = await line(entry.room, seq)
    mediates = entry.seat is not None and entry.seat.voice is Voice.MEDIATOR and seq >= entry.seat.from_seq
    if not mediates or said is None or said.kind not in OWN_WORDS or not said.text:
        raise Hidden(HIDDEN)
    form: Filled[Any] = BLANK
    if request.method == "POST":
        form = await read(request, AskLineForm)
        if form.data:
            try:
                code, room = entry.room.case.code, entry.room.code
                await commands.ask_line(code, room, seq, form.data.interpreter, by=me, at=at)
            except Unfit as why:
                form = form.with_error(why)
            else:
                return done(f"{address(entry)}#m-{seq}")
    people = await interpreters_of(entry.room.case)
    mine = [each for each in people if entry.room.party_id in (None, each.party_id)]
    view = {"said": said, "people": mine, "clear": clear, "form": form, "address": address(entry), "room": entry.room}
    return await page(request, f"{HERE}/hand.html", view, status=422 if form.errors else 200)


async def languages(request: Request) -> Response:
    """Show the agreement in two languages side by side, and which of them counts."""
    me, at = signed_in(request), now(request)
    case, seats = await readable_case(me, request.path_params["code"], at=at)
    await note(case, seats, (Thing.AGREEMENT,), by=me, at=at)
    return await _languages(request, case)


async def _languages(request: Request, case: Case) -> Response:
    version = await frozen_of(case)
    view = {"case": case, "chinese": paragraphs(version), "others": await rendered(case, version)}
    return await page(request, f"{HERE}/languages.html", {**view, "sha256": version.sha256})


routes = [
    Route("/cases/{code}/interpreting", hall, name="case-interpreting"),
    Route("/cases/{code}/interpreting", ask, methods=["POST"]),
    Route("/cases/{code}/interpreting/{task}", task, methods=["GET", "POST"], name="case-translation"),
    Route("/cases/{code}/interpreting/{task}/voice", listen, name="case-translation-voice"),
    Route("/cases/{code}/rooms/{room}/lines/{seq:int}/translation", hand, methods=["GET", "POST"], name="room-hand"),
    Route("/cases/{code}/agreement/languages", languages, name="agreement-languages"),
]
