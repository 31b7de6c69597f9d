"""Mediating together with another organisation: asking, answering, joining."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import people_with
from community.rights import Right
from mediation.assignment import joining, together
from mediation.case.events import Event
from mediation.case.moving import choices
from mediation.case.queries import visible_case
from web.forms import Filled, read
from web.mediation.assignment.forms import JoinForm, JointAnswerForm, JointWordForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/assignment"
MOST = 100


async def show(request: Request) -> Response:
    """Show which organisations were asked; who cannot ask any is led back to the case."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if Event.JOIN_ORG not in [step.event for step in choices(case, seats)]:
        return done(url_for("case", code=case.code))
    return await _shown(request, Filled({}, None, {}), 200)


async def take(request: Request) -> Response:
    """Ask an organisation, or let one that said yes join."""
    me, at, code, form = signed_in(request), now(request), request.path_params["code"], await read(request, JoinForm)
    if form.data is None:
        return await _shown(request, form, 422)
    data = form.data
    try:
        if data.joint:
            await joining.join(code, data.joint, told=data.told, lead=data.lead, by=me, at=at)
        else:
            await joining.invite_org(code, data.org, why=data.why, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case-joint", code=code))


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    case, _ = await visible_case(me, request.path_params["code"], at=at)
    joints = await joining.joint_of(case)
    orgs = await Org.exclude(id__in=[case.org_id, *(each.org_id for each in joints)]).order_by("name").limit(MOST)
    view = {"case": case, "joints": joints, "orgs": orgs, "form": form}
    return await page(request, f"{HERE}/joint.html", view, status=status)


async def asked(request: Request) -> Response:
    """Show the question to whoever directs the organisation that was asked."""
    return await _asked(request, Filled({}, None, {}), 200)


async def answer(request: Request) -> Response:
    """Answer for one's organisation."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, JointAnswerForm)
    await joining.asked(code, by=me, at=now(request))
    if form.data is None:
        return await _asked(request, form, 422)
    chosen = (form.data.mediator or "nobody") if form.data.answer == "yes" else ""
    try:
        await joining.answer(code, chosen, clear=form.data.clear, by=me, at=now(request))
    except Unfit as wrong:
        return await _asked(request, form.with_error(wrong), 422)
    return done(url_for("joint-asked", code=code))


async def _asked(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    joint = await joining.asked(request.path_params["code"], by=me, at=at)
    ids = await people_with(Right.CASE_MEDIATE, org_id=joint.org_id, at=at)
    mediators = await Person.filter(id__in=ids).order_by("name")
    view = {"joint": joint, "why": joining.opened_why(joint), "mediators": mediators, "form": form}
    return await page(request, f"{HERE}/joint_asked.html", view, status=status)


async def word(request: Request) -> Response:
    """Say, as a party, whether an organisation may mediate along; or, as its mediator or the director, end it."""
    me, at, form = signed_in(request), now(request), await read(request, JointWordForm)
    code, joint = request.path_params["code"], request.path_params["joint"]
    said = form.data.word if form.data else ""
    await together.there(code, joint, by=me, at=at)
    if said == "leave":
        await together.leave(code, joint, by=me, at=at)
    elif said:
        await together.speak(code, joint, given=said == "agree", by=me, at=at)
    return done(url_for("case" if said == "leave" else "case-recusal", code=code))


routes = [
    Route("/cases/{code}/joint", show, name="case-joint"),
    Route("/cases/{code}/joint", take, methods=["POST"]),
    Route("/cases/{code}/joint/{joint}", word, methods=["POST"], name="case-joint-word"),
    Route("/joint/{code}", asked, name="joint-asked"),
    Route("/joint/{code}", answer, methods=["POST"]),
]
