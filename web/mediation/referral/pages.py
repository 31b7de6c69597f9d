"""Handing a case on, as its own organisation, the centre and the parties see it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from mediation.case.access import Seat, Thing, may_read
from mediation.case.events import Event
from mediation.case.models import Case, CaseNote, Track
from mediation.case.moving import choices
from mediation.case.noting import notes_of
from mediation.case.queries import name_for, visible_case
from mediation.referral import ruling, sending
from mediation.referral.package import opened_words
from mediation.referral.queries import answers_to, bounces_in, due_of, history, open_in, receivers
from mediation.referral.rules import MOST_BOUNCES, Basis, Passing
from web.forms import Filled, read
from web.mediation.referral.forms import HandForm, ReasonForm, SayForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/referral"
PARTIES = frozenset({Seat.APPLICANT, Seat.RESPONDENT})
EMPTY: Filled[Any] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show where a case is being handed on to, and what the reader may do about it."""
    return await _shown(request, EMPTY, 200)


async def hand(request: Request) -> Response:
    """Begin handing a case on."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, HandForm)
    if form.data is None:
        return await _shown(request, form, 422)
    data = form.data
    plan = sending.Plan(org=data.org, track=data.track, basis=data.basis, article=data.article, reason=data.reason)
    try:
        await sending.propose(code, plan, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case-handover", code=code))


async def say(request: Request) -> Response:
    """Answer as a party, or write down what a party said."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, SayForm)
    await visible_case(me, code, at=at)
    if form.data is None:
        return await _shown(request, form, 422)
    data, given = form.data, form.data.answer == "yes"
    if data.party:
        await sending.answer_for(code, data.party, given=given, method=data.method, by=me, at=at)
    else:
        await sending.answer(code, given=given, by=me, at=at)
    return done(url_for("case-handover", code=code))


async def send(request: Request) -> Response:
    """Send what everybody agreed to."""
    me, code = signed_in(request), request.path_params["code"]
    try:
        await sending.send(code, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, EMPTY.with_error(wrong), 422)
    return done(url_for("case-handover", code=code))


async def recall(request: Request) -> Response:
    """Call a case back from a receiver who let the time pass."""
    return await _ruled(request, ruling.recall)


async def keep(request: Request) -> Response:
    """Decide that the organisation which has the case goes on."""
    return await _ruled(request, ruling.keep_here)


async def _ruled(request: Request, deed: Any) -> Response:  # noqa: ANN401 - either of the two commands above
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, ReasonForm)
    await visible_case(me, code, at=at)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await deed(code, reason=form.data.reason, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case-handover", code=code))


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    view = {"case": case, "form": form, "party": bool(seats & PARTIES), **await _view(case, seats, me)}
    return await page(request, f"{HERE}/hand.html", view, status=status)


async def _view(case: Case, seats: frozenset[Seat], me: Person) -> dict[str, object]:
    past = await history(case)
    here, back = open_in(past, case), bounces_in(past)
    may = Event.HANDOVER in [step.event for step in choices(case, seats)]
    answers = await answers_to(here, case) if here else []
    centre, inside = Seat.CENTRE in seats, may_read(seats, Thing.INDEX, case.state)
    return {
        "open": here,
        "reason": opened_words(here, "reason") if here and inside else "",
        "due": (await due_of([here])).get(case.id) if here else None,
        "answers": [(each, name_for(seats, case, each.party)) for each in answers if inside],
        "mine": next((each for each in answers if each.party.person_id == me.id), None),
        "may": may,
        "ready": bool(answers) and all(each.given for each in answers),
        "orgs": await receivers(case) if may and not here else [],
        "tracks": list(Track),
        "bases": list(Basis),
        "past": [(each, opened_words(each, "answer") if inside else "") for each in past if each.sent_at],
        "ruled": await _ruled_on(case) if inside and past else [],
        "sent": Passing.SENT,
        "centre": centre,
        "decides": centre and back >= MOST_BOUNCES and not here,
        "stuck": back >= MOST_BOUNCES and not centre,
    }


async def _ruled_on(case: Case) -> list[tuple[CaseNote, str]]:
    """Return what the centre decided when nobody wanted the case, with its reasons."""
    return [(one, words) for one, words in await notes_of(case) if one.event == Event.HANDOVER_REJECT]


routes = [
    Route("/cases/{code}/handover", show, name="case-handover"),
    Route("/cases/{code}/handover", hand, methods=["POST"]),
    Route("/cases/{code}/handover/answers", say, methods=["POST"], name="case-handover-answers"),
    Route("/cases/{code}/handover/sending", send, methods=["POST"], name="case-handover-sending"),
    Route("/cases/{code}/handover/recall", recall, methods=["POST"], name="case-handover-recall"),
    Route("/cases/{code}/handover/ruling", keep, methods=["POST"], name="case-handover-ruling"),
]
