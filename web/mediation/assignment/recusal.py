"""Wishing for another mediator, deciding on it, and letting the mediator go on."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from mediation.assignment import recusing
from mediation.assignment.joining import joint_of, opened_why
from mediation.assignment.models import JointOrg
from mediation.assignment.rules import WAYS, Plea
from mediation.assignment.together import said_of
from mediation.case.access import Seat
from mediation.case.models import Case
from mediation.case.queries import lead_of, parties_of, visible_case
from mediation.case.standing import stands
from web.forms import Filled, read
from web.mediation.case.step_forms import PleaForm, RulingForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/assignment"


async def show(request: Request) -> Response:
    """Show how the mediator can be replaced, and what waits."""
    return await _shown(request, Filled({}, None, {}), 200)


async def plead(request: Request) -> Response:
    """Wish for another mediator."""
    me, form, code = signed_in(request), await read(request, PleaForm), request.path_params["code"]
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await recusing.plead(code, words=form.data.words, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case", code=code))


async def decide(request: Request) -> Response:
    """Decide on a wish."""
    me, form, code = signed_in(request), await read(request, RulingForm), request.path_params["code"]
    if form.data is None:
        return await _shown(request, form, 422)
    granted, answer = form.data.granted == "yes", form.data.answer
    try:
        await recusing.decide(code, granted=granted, answer=answer, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case", code=code))


async def go_on(request: Request) -> Response:
    """Let the mediator go on."""
    code = request.path_params["code"]
    await recusing.let_go_on(code, by=signed_in(request), at=now(request))
    return done(url_for("case-recusal", code=code))


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    plea, way, lead = await recusing.waiting_plea(case), WAYS[case.track], await lead_of(case)
    own = bool(seats & {Seat.APPLICANT, Seat.RESPONDENT})
    view = {
        "case": case,
        "plea": plea,
        "lead": lead.mediator if lead else None,
        "at_once": way.first is Plea.AUTO_GRANTED,
        "may": lead is not None and await recusing.may_raise(case, seats),
        "decides": plea is not None and Seat.DIRECTOR in seats,
        "waives": plea is not None and own and way.waivable,
        "speaks": own,
        "words": recusing.opened_plea(case, plea, "words") if plea and Seat.DIRECTOR in seats else "",
        "joints": await _joints(case, me, at, own=own),
        "may_end": Seat.DIRECTOR in seats,
        "me": me,
        "form": form,
    }
    return await page(request, f"{HERE}/recusal.html", view, status=status)


async def _joints(case: Case, me: Person, at: datetime, *, own: bool) -> list[tuple[JointOrg, str, bool | None]]:
    """Return each organisation that says it comes, why it was asked, and what ``me`` said of it as a party."""
    coming = [each for each in await joint_of(case) if each.accepted]
    mine = {each.party_id for each in await stands(me, case.id, at=at)} if own and coming else set()
    parties = [each for each in await parties_of(case) if each.id in mine] if mine else []
    said = [await said_of(each, parties) if parties else {} for each in coming]
    return [(each, opened_why(each), next(iter(one.values()), None)) for each, one in zip(coming, said, strict=True)]


routes = [
    Route("/cases/{code}/recusal", show, name="case-recusal"),
    Route("/cases/{code}/recusal", plead, methods=["POST"]),
    Route("/cases/{code}/recusal/ruling", decide, methods=["POST"], name="case-recusal-ruling"),
    Route("/cases/{code}/recusal/waiver", go_on, methods=["POST"], name="case-recusal-waiver"),
]
