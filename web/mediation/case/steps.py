"""The rarer steps of a case's road, each a page with one form: what it means, what it needs, what it starts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.moving import choices, permitted
from mediation.case.queries import HIDDEN, visible_case
from web.forms import Filled, Form, read
from web.mediation.case import step_deeds as deeds
from web.mediation.case import step_forms as forms
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/case"

Doing = Callable[[str, Any, Person, datetime], Awaitable[object]]
Showing = Callable[[Case], Awaitable[Mapping[str, object]]]


async def _nothing(_case: Case) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """How one event is asked for on a page: its form, what is done, what else the page shows, where it leads."""

    form: type[Form]
    do: Doing
    show: Showing = _nothing
    then: str = "case"


DEEDS: Final[Mapping[Event, Deed]] = {
    Event.NEED_SUPPLEMENT: Deed(forms.MissingForm, deeds.need_supplement),
    Event.SUPPLEMENT: Deed(forms.SupplementForm, deeds.supplement, deeds.missing),
    Event.ACCEPT_COMMISSION: Deed(forms.CommissionForm, deeds.commission, deeds.courts),
    Event.MERGE: Deed(forms.MergeForm, deeds.merge),
    Event.REDIRECT: Deed(forms.RedirectForm, deeds.redirect, deeds.organs),
    Event.PROCEED_SEVERED: Deed(forms.SeverForm, deeds.sever, deeds.parties),
    Event.UNREACHABLE: Deed(forms.UnreachableForm, deeds.unreachable),
    Event.EXTEND: Deed(forms.ExtendForm, deeds.extend, deeds.extension),
    Event.SUSPEND: Deed(forms.SuspendForm, deeds.suspend, deeds.reasons),
    Event.RESUME: Deed(forms.ResumeForm, deeds.resume),
    Event.ORAL_AGREE: Deed(forms.OralAgreeForm, deeds.oral, deeds.oral_rows),
    Event.ROUTE_OUT: Deed(forms.RouteForm, deeds.route_out),
    Event.AMEND: Deed(forms.AmendForm, deeds.amend, then="agreement-draft"),
    Event.REMEDIATE: Deed(forms.AgainForm, deeds.remediate, deeds.grounds),
    Event.RELAPSE: Deed(forms.DutiesForm, deeds.relapse, deeds.duties),
    Event.REOPEN: Deed(forms.DutiesForm, deeds.reopen, deeds.duties),
    Event.ARCHIVE: Deed(forms.BindForm, deeds.bind, deeds.bundle),
}
"""The steps that have a page here; the common ones stand on the page of the case itself."""


def offered(case: Case, seats: frozenset[Seat]) -> list[Event]:
    """Return the steps with a page here that somebody in ``seats`` may take now."""
    return [step.event for step in choices(case, seats) if step.event in DEEDS]


async def ask(request: Request) -> Response:
    """Show the page of one step; who cannot take it now is led back to the case."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if _event(request) not in offered(case, seats):
        return done(url_for("case", code=case.code))
    return await _shown(request, Filled({}, None, {}), 200)


async def take(request: Request) -> Response:
    """Take one step."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    case, seats = await visible_case(me, code, at=at)
    deed = _deed(request)
    permitted(case, _event(request), seats=seats, by=me)
    form = await read(request, deed.form)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await deed.do(code, form.data, me, at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for(deed.then, code=case.code))


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    event, deed = _event(request), _deed(request)
    step = permitted(case, event, seats=seats, by=me)
    view = {"case": case, "event": event, "step": step, "seats": seats, "form": form, **await deed.show(case)}
    return await page(request, f"{HERE}/step.html", view, status=status)


def _event(request: Request) -> Event:
    """Return the event a path names; one that has no page here is as good as none."""
    name = request.path_params["step"]
    if name not in DEEDS:
        raise Hidden(HIDDEN)
    return Event(name)


def _deed(request: Request) -> Deed:
    return DEEDS[_event(request)]


routes = [
    Route("/cases/{code}/steps/{step}", ask, name="case-step"),
    Route("/cases/{code}/steps/{step}", take, methods=["POST"]),
]
