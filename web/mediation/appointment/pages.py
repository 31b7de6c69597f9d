"""Appointments of a case: the list with the offer of times, one appointment, and what is done with it."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.appointment import answering, attending, offering
from mediation.appointment.attending import Seen
from mediation.appointment.queries import (
    Planned,
    appointments_of,
    asked_parties,
    visible_appointment,
)
from mediation.appointment.rules import MEETING, Came
from mediation.case.access import Seat
from mediation.case.queries import HIDDEN, name_for, seats_of
from web.forms import Filled, read
from web.mediation.appointment import forms
from web.mediation.appointment.links import routes as links
from web.mediation.appointment.show import calendar_file, offer_view, presences, view_of
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/appointment"
EMPTY: Filled[Any] = Filled({}, None, {})


async def index(request: Request) -> Response:
    """Show the appointments of a case, and to the mediator the offer of a new one."""
    return await _index(request, EMPTY, 200)


async def offer(request: Request) -> Response:
    """Offer times."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, forms.OfferForm)
    await appointments_of(me, code, at=now(request))
    if form.data is None:
        return await _index(request, form, 422)
    try:
        row = await offering.offer(code, form.data.terms, party_code=form.data.party, by=me, at=now(request))
    except Unfit as wrong:
        return await _index(request, form.with_error(wrong), 422)
    return done(url_for("case-appointment", code=code, appointment=row.code))


async def _index(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats, rows = await appointments_of(me, request.path_params["code"], at=at)
    offers = Seat.MEDIATOR in seats and case.state in MEETING
    parties = await asked_parties(case, None) if offers else []
    together = not case.afraid or case.meets
    view = {"case": case, "rows": rows, "form": form, "offers": offers, "together": together, **offer_view(at)}
    named = [(each.code, name_for(seats, case, each)) for each in parties]
    return await page(request, f"{HERE}/index.html", {**view, "parties": named}, status=status)


async def show(request: Request) -> Response:
    """Show one appointment."""
    return await _show(request, EMPTY, 200)


async def answer(request: Request) -> Response:
    """Take which times suit."""
    me, (code, which), form = signed_in(request), _names(request), await read(request, forms.AnswerTimesForm)
    await visible_appointment(me, code, which, at=now(request))
    if form.data is None:
        return await _show(request, form, 422)
    chosen = () if form.data.none else form.data.suits
    await answering.answer_own(code, which, chosen, by=me, at=now(request))
    return done(_address(request))


async def answer_for(request: Request) -> Response:
    """Take what a party told the mediator."""
    me, (code, which), form = signed_in(request), _names(request), await read(request, forms.AnswerForForm)
    await visible_appointment(me, code, which, at=now(request))
    if form.data is None:
        return await _show(request, form, 422)
    given = form.data
    chosen = () if given.none else given.suits
    await answering.answer_for(code, which, given.party, chosen, method=given.method, by=me, at=now(request))
    return done(_address(request))


async def fix(request: Request) -> Response:
    """Fix one of the times."""
    me, (code, which), form = signed_in(request), _names(request), await read(request, forms.FixForm)
    await visible_appointment(me, code, which, at=now(request))
    if form.data is None:
        return await _show(request, form, 422)
    try:
        await offering.fix(code, which, form.data.n, by=me, at=now(request))
    except Unfit as wrong:
        return await _show(request, form.with_error(wrong), 422)
    return done(_address(request))


async def change(request: Request) -> Response:
    """Show the offer of other times, and offer them."""
    me, at, (code, which) = signed_in(request), now(request), _names(request)
    plan = await visible_appointment(me, code, which, at=at)
    if not plan.leads:
        raise Hidden(HIDDEN)
    if request.method == "GET":
        return await _change(request, plan, EMPTY, 200)
    form = await read(request, forms.OfferForm)
    if form.data is None:
        return await _change(request, plan, form, 422)
    try:
        await offering.offer_others(code, which, form.data.terms, by=me, at=at)
    except Unfit as wrong:
        return await _change(request, plan, form.with_error(wrong), 422)
    return done(_address(request))


async def _change(request: Request, plan: Planned, form: Filled[Any], status: int) -> Response:
    at = now(request)
    view = {**view_of(plan, at), **offer_view(at), "form": form, "back": _address(request)}
    return await page(request, f"{HERE}/change.html", view, status=status)


async def cancel(request: Request) -> Response:
    """Call it off."""
    me, (code, which), form = signed_in(request), _names(request), await read(request, forms.CancelForm)
    await visible_appointment(me, code, which, at=now(request))
    reason = form.data.reason if form.data else ""
    try:
        await offering.cancel(code, which, reason=reason, by=me, at=now(request))
    except Unfit as wrong:
        return await _show(request, form.with_error(wrong), 422)
    return done(_address(request))


async def attend(request: Request) -> Response:
    """Take down who came."""
    me, (code, which), form = signed_in(request), _names(request), await read(request, forms.PresenceForm)
    await visible_appointment(me, code, which, at=now(request))
    if form.data is None:
        return await _show(request, form, 422)
    try:
        await attending.attend(code, which, _seen(form.data), by=me, at=now(request))
    except Unfit as wrong:
        return await _show(request, form.with_error(wrong), 422)
    return done(_address(request))


def _seen(form: forms.PresenceForm) -> Mapping[str, Seen]:
    names = [*form.who, *[""] * len(form.came)]
    rows = zip(form.party, form.came, names, strict=False)
    return {party: Seen(came, who if came is Came.PROXY else "") for party, came, who in rows}


async def ics(request: Request) -> Response:
    """Answer with a fixed appointment as a calendar file."""
    plan = await visible_appointment(signed_in(request), *_names(request), at=now(request))
    if plan.appointment.starts_at is None:
        raise Hidden(HIDDEN)
    return calendar_file(request, plan.appointment, at=now(request))


async def _show(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    plan = await visible_appointment(me, *_names(request), at=at)
    case = plan.appointment.case
    seats = await seats_of(me, case, at=at) if plan.leads else frozenset()
    view = {
        **view_of(plan, at),
        "form": form,
        "names": {each.party_id: name_for(seats, case, each.party) for each in plan.answers} if plan.leads else {},
        "presences": presences(plan),
        "cames": list(Came),
        "here": _address(request),
        "back": url_for("case-appointments", code=case.code),
    }
    return await page(request, f"{HERE}/show.html", view, status=status)


def _names(request: Request) -> tuple[str, str]:
    return request.path_params["code"], request.path_params["appointment"]


def _address(request: Request) -> str:
    code, which = _names(request)
    return url_for("case-appointment", code=code, appointment=which)


ONE = "/cases/{code}/appointments/{appointment}"
routes = [
    Route("/cases/{code}/appointments", index, name="case-appointments"),
    Route("/cases/{code}/appointments", offer, methods=["POST"]),
    Route(ONE, show, name="case-appointment"),
    Route(f"{ONE}/answer", answer, methods=["POST"], name="case-appointment-answer"),
    Route(f"{ONE}/told", answer_for, methods=["POST"], name="case-appointment-told"),
    Route(f"{ONE}/time", fix, methods=["POST"], name="case-appointment-time"),
    Route(f"{ONE}/others", change, methods=["GET", "POST"], name="case-appointment-others"),
    Route(f"{ONE}/cancellation", cancel, methods=["POST"], name="case-appointment-cancellation"),
    Route(f"{ONE}/presence", attend, methods=["POST"], name="case-appointment-presence"),
    Route(f"{ONE}/calendar.ics", ics, name="case-appointment-ics"),
    *links,
]
