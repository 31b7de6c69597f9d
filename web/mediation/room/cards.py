"""Cards on pages: putting one into the room, answering with one tap, saying what is not so, proposing otherwise."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.codes import new_code
from community.errors import Forbidden, Hidden, Unfit
from mediation.agreement.money import parse_yuan
from mediation.appointment import answering
from mediation.case.queries import parties_of
from mediation.privacy.logging import note_room
from mediation.room import cards, replying
from mediation.room.card_rules import (
    HOLDS,
    LAID_IN,
    MOST_TEXT,
    MOST_WORDS,
    WRITERS,
    CardKind,
    ConsentAct,
    Reply,
    Terms,
    unpacked,
)
from mediation.room.queries import HIDDEN, Entry, Line, line
from mediation.room.repeating import Repeated
from mediation.room.rules import LineKind, Voice
from web.forms import Filled, read
from web.mediation.appointment.forms import AnswerTimesForm
from web.mediation.room.carrying import beside, carried
from web.mediation.room.forms import CardForm, CounterForm, ReplyForm
from web.mediation.room.pages import address, hold_back, present
from web.page import done, page
from web.person import now

KINDS: Final = (CardKind.PROPOSAL, CardKind.FACT, CardKind.CONSENT)


async def new(request: Request) -> Response:
    """Show where a card is written, and put it into the room."""
    person, entry = await present(request)
    kinds = _writable(entry)
    if not kinds:
        raise Hidden(HIDDEN)
    if request.method == "GET":
        asked = request.query_params.get("kind", "")
        return await _new(request, entry, Filled({"client_id": new_code(), "kind": asked}, None, {}))
    filled = await read(request, CardForm)
    if filled.data is None:
        return await _new(request, entry, filled, status=422)
    hold_back(request, person)
    given = filled.data
    try:
        told = _terms(given)
        await cards.lay(entry.room.code, given.client_id, given.kind, told, sure=given.sure, by=person, at=now(request))
    except Unfit as wrong:
        again = filled.with_error(wrong)
        return await _new(request, entry, again, status=422, sure=isinstance(wrong, Repeated))
    return done(address(entry))


def _writable(entry: Entry) -> list[CardKind]:
    voice = entry.seat.voice if entry.seat else None
    open_ = entry.talks and not entry.held and entry.room.kind in LAID_IN
    return [kind for kind in KINDS if open_ and voice in WRITERS[kind]]


def _terms(given: CardForm | CounterForm) -> Terms:
    """Return what was written; raises `Unfit` beside the amount when it cannot be read."""
    fen = parse_yuan(given.amount, field="amount") if given.amount else None
    act = given.act.value if isinstance(given, CardForm) and given.act and given.kind is CardKind.CONSENT else ""
    return Terms(
        text=given.text, fen=fen, payer=given.payer, payee=given.payee, days=given.days, act=act, holds=given.holds
    )


async def _new(
    request: Request, entry: Entry, filled: Filled[Any], *, status: int = 200, sure: bool = False
) -> Response:
    view = {
        "kinds": _writable(entry),
        "acts": list(ConsentAct),
        "sure": sure,
        **await _signs(entry),
        **_written(entry, filled),
    }
    return await page(request, "mediation/room/card_new.html", view, status=status)


async def _signs(entry: Entry) -> dict[str, object]:
    parties = await parties_of(entry.room.case)
    return {"parties": [(each.sign, each.side, each.ordinal) for each in parties]}


def _written(entry: Entry, filled: Filled[Any]) -> dict[str, object]:
    return {
        "entry": entry,
        "form": filled,
        "address": address(entry),
        "most": MOST_TEXT,
        "most_words": MOST_WORDS,
        "holds": HOLDS,
    }


async def show(request: Request) -> Response:
    """Show a card with what takes words: what is not so of a fact, or another proposal."""
    person, entry = await present(request)
    await _line(request, entry)
    if entry.seat:
        await note_room(entry.room, entry.seat.voice, by=person, at=now(request))
    return await _show(request, entry, Filled({"client_id": new_code()}, None, {}))


async def _show(request: Request, entry: Entry, filled: Filled[Any], *, status: int = 200) -> Response:
    found = await _line(request, entry)
    view = {"line": found, "seq": found.seq, **await _signs(entry), **_written(entry, filled)}
    view |= {"card": found.card, "terms": unpacked(found.text), "alone": entry.seat is None}
    view |= {"takes": found.card is not None and found.card.takes(now(request)), **await beside(request, entry, found)}
    return await page(request, "mediation/room/card.html", view, status=status)


async def _line(request: Request, entry: Entry) -> Line:
    seq = request.path_params["seq"]
    found = await line(entry.room, seq) if entry.seat and seq >= entry.seat.from_seq else None
    if found is None or found.kind is not LineKind.CARD or found.card is None or not found.text:
        raise Hidden(HIDDEN)
    return found


async def answer(request: Request) -> Response:
    """Take an answer."""
    person, entry = await present(request)
    filled = await read(request, ReplyForm)
    if filled.data is None:
        return await _show(request, entry, filled, status=422)
    given, seq = filled.data, request.path_params["seq"]
    try:
        await replying.answer(entry.room.code, seq, Reply(given.reply), words=given.words, by=person, at=now(request))
    except Unfit as wrong:
        return await _show(request, entry, filled.with_error(wrong), status=422)
    return done(f"{address(entry)}#m-{seq}")


async def counter(request: Request) -> Response:
    """Take another proposal instead."""
    person, entry = await present(request)
    filled = await read(request, CounterForm)
    if filled.data is None:
        return await _show(request, entry, filled, status=422)
    given, seq = filled.data, request.path_params["seq"]
    try:
        await replying.counter(entry.room.code, seq, given.client_id, _terms(given), by=person, at=now(request))
    except Unfit as wrong:
        return await _show(request, entry, filled.with_error(wrong), status=422)
    return done(address(entry))


async def times(request: Request) -> Response:
    """Take which times of an appointment suit."""
    person, entry = await present(request)
    if entry.seat is None or entry.seat.voice is Voice.MEDIATOR:
        raise Forbidden("这张卡片由当事人答复。")
    found, filled = await _line(request, entry), await read(request, AnswerTimesForm)
    if filled.data is None or found.card is None or found.card.meeting is None:
        raise Hidden(HIDDEN)
    chosen = () if filled.data.none else filled.data.suits
    await answering.answer_own(entry.room.case.code, found.card.meeting.code, chosen, by=person, at=now(request))
    return done(f"{address(entry)}#m-{found.seq}")


async def withdraw(request: Request) -> Response:
    """Take a card back."""
    person, entry = await present(request)
    await cards.withdraw(entry.room.code, request.path_params["seq"], by=person, at=now(request))
    return done(address(entry))


ROOM = "/cases/{code}/rooms/{room}/cards"
routes = [
    Route(ROOM, new, methods=["GET", "POST"], name="room-cards"),
    Route(f"{ROOM}/{{seq:int}}", show, name="room-card"),
    Route(f"{ROOM}/{{seq:int}}/answer", answer, methods=["POST"], name="room-card-answer"),
    Route(f"{ROOM}/{{seq:int}}/counter", counter, methods=["POST"], name="room-card-counter"),
    Route(f"{ROOM}/{{seq:int}}/times", times, methods=["POST"], name="room-card-times"),
    Route(f"{ROOM}/{{seq:int}}/carried", carried, methods=["POST"], name="room-card-carried"),
    Route(f"{ROOM}/{{seq:int}}/withdrawal", withdraw, methods=["POST"], name="room-card-withdrawal"),
]
