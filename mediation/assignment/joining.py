"""Mediating together with another organisation: it is asked, says yes and by whom, the parties know, then it joins.

The first organisation keeps the number, the clocks and the archive. Source: 人民调解法 20 (邀请有关单位参与).
"""

from datetime import datetime

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import require_in_org, roles_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may
from mediation.assignment.commands import related
from mediation.assignment.models import JointOrg
from mediation.assignment.ties import ties_to
from mediation.assignment.together import put_down
from mediation.case.events import Event
from mediation.case.keys import carry, lock_in, opened_in
from mediation.case.models import Case, Proceeding, Track
from mediation.case.moving import NOT_YOURS, demand, move, permitted
from mediation.case.noting import fitting
from mediation.case.numbers import jointly, read
from mediation.case.queries import HIDDEN, visible_case
from mediation.room.models import Room
from mediation.room.opening import enter
from mediation.room.rules import Chair, RoomKind


@command
async def invite_org(code: str, org_code: str, *, why: str, by: Person, at: datetime) -> JointOrg:
    """Ask another organisation to mediate along; it reads why, the kind of matter and nothing else until it joins.

    Raises:
        Unfit: no reason is given, or the organisation is our own or unknown.
        MovedOn: it was asked before.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.JOIN_ORG, seats=seats, by=by)
    org, told = await Org.get_or_none(code=org_code), fitting(why, "why")
    if org is None or org.id == case.org_id:
        raise Unfit("请从名单里选一家别的单位。", field="org")
    if not told:
        raise Unfit("请写明为什么请他们一起调解；当事人也会看到。", field="why")
    if await JointOrg.filter(case_id=case.id, org_id=org.id).exists():
        raise MovedOn("已经请过这家单位了，请刷新后再看。")
    joint = JointOrg(case=case, org=org, invited_at=at)
    carry(case, joint)
    joint.why = lock_in(joint, told, about=_about(joint))
    await joint.save()
    where = case.community_id
    await record("case.joint-invited", case.key, by=by, at=at, community_id=where, org=org.id, joint=joint.id)
    return joint


async def asked(joint_code: str, *, by: Person, at: datetime) -> JointOrg:
    """Return a question that ``by`` may answer for their organisation, or raise `Hidden`."""
    joint = await JointOrg.get_or_none(code=joint_code, left_at=None).select_related("case__org", "org", "mediator")
    if joint is None or not may(await roles_in_org(by, joint.org_id, at=at), Right.CASE_DIRECT):
        raise Hidden(HIDDEN)
    return joint


@command
async def answer(joint_code: str, mediator_code: str, *, clear: bool, by: Person, at: datetime) -> JointOrg:
    """Say by whom one's organisation joins, or, without a mediator, that it does not.

    ``clear``: the mediator was asked about conflicts of interest and named none; the roll is looked at as well.
    """
    joint = await asked(joint_code, by=by, at=at)
    await require_in_org(by, joint.org_id, Right.CASE_DIRECT, at=at)
    mediator = await Person.get_or_none(code=mediator_code) if mediator_code else None
    roles = await roles_in_org(mediator, joint.org_id, at=at) if mediator else frozenset()
    if mediator_code and (mediator is None or not may(roles, Right.CASE_MEDIATE)):
        raise Unfit("请从名单里选一位本单位在任的调解员。", field="mediator")
    free = clear and mediator is not None and not await related(joint.case, mediator)
    free = free and mediator is not None and not await ties_to(joint.case, [mediator.id])
    demand(Event.JOIN_ORG, "co_conflicts_clear", holds=free or mediator is None, field="clear")
    said = {"accepted": mediator is not None, "mediator_id": mediator.id if mediator else None, "clear": free}
    if not await JointOrg.filter(id=joint.id, accepted=None).update(**said, answered_at=at):
        raise MovedOn("贵单位已经答复过了，请刷新后再看。")
    where, case = joint.case.community_id, joint.case
    await record(
        "case.joint-answered", case.key, by=by, at=at, community_id=where, joint=joint.id, accepted=said["accepted"]
    )
    return joint


@command
async def join(code: str, joint_code: str, *, told: bool, lead: bool, by: Person, at: datetime) -> JointOrg:
    """Let an organisation that said yes take part; its mediator enters the joint room, and no other.

    Args:
        code: the case's query code.
        joint_code: the question it answered.
        told: the parties know who joins and why, and none objects.
        lead: it is written down that our organisation leads.
        by: the director.
        at: when.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.JOIN_ORG, seats=seats, by=by)
    joint = await JointOrg.get_or_none(code=joint_code, case_id=case.id, left_at=None).select_related(
        "mediator", "case"
    )
    if joint is None:
        raise Hidden(HIDDEN)
    demand(Event.JOIN_ORG, "co_org_accepted", holds=joint.accepted is True, field="joint")
    demand(Event.JOIN_ORG, "co_conflicts_clear", holds=joint.clear, field="joint")
    demand(Event.JOIN_ORG, "parties_told_who", holds=told, field="told")
    demand(Event.JOIN_ORG, "lead_fixed", holds=lead, field="lead")
    if not await JointOrg.filter(id=joint.id, joined_at=None).update(joined_at=at):
        raise MovedOn("这家单位已经加入了，请刷新后再看。")
    await put_down(joint, at)
    await move(case, Event.JOIN_ORG, seats=seats, by=by, at=at, org=joint.org_id, joint=joint.id)
    await _mark(case)
    room = await Room.get_or_none(case_id=case.id, kind=RoomKind.JOINT, closed_at=None)
    if room is None or joint.mediator is None:
        raise Forbidden(NOT_YOURS)
    await enter(room, joint.mediator, Chair.MEDIATOR, at=at, from_now=True)
    return joint


async def _mark(case: Case) -> None:
    """Mark the number of the lead as handled together; it is not given another (联)."""
    run = await Proceeding.filter(case_id=case.id, ended_on=None).exclude(number=None).order_by("-seq").first()
    if run and run.number and case.track not in (Track.COURT_PRE, Track.COURT_POST):
        await Proceeding.filter(id=run.id).update(number=str(jointly(read(run.number))))


async def joint_of(case: Case) -> list[JointOrg]:
    """Return every organisation that was asked, with its mediator."""
    return await JointOrg.filter(case_id=case.id, left_at=None).order_by("id").select_related("org", "mediator")


def opened_why(joint: JointOrg) -> str:
    """Return why an organisation was asked."""
    return opened_in(joint, joint.why, about=_about(joint))


def _about(joint: JointOrg) -> str:
    return f"joint_org|{joint.code}|why"
