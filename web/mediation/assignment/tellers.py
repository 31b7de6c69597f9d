"""Who is told when a mediator is replaced, or is not."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.assignment.models import JointOrg
from mediation.assignment.rules import Plea
from mediation.case.queries import lead_of
from web.mediation.intake.tellers import NEEDS_MEDIATOR, case_of, party_people, say, say_at
from web.teller import Teller
from web.words import N_

PLEADED: Final = N_("有人想换调解员，请您决定（查询码 {code}）")
REPLACED: Final = N_("调解员换了，正在另选一位（查询码 {code}）")
NO_LONGER: Final = N_("有一件事不再由您调解（查询码 {code}）")
JOINT: Final = N_("有一件事请贵单位一起调解，请答复（查询码 {code}）")
JOINT_SAID: Final = N_("请来联合调解的单位答复了（查询码 {code}）")
MORE: Final = N_("有另一家单位加入调解，请登录查看是谁、为什么（查询码 {code}）")
GONE: Final = N_("请来一起调解的单位不参加了（查询码 {code}）")
STAYS: Final = N_("换调解员的申请有了决定，请登录查看（查询码 {code}）")


async def pleaded(event: Event) -> None:
    """Tell the director of a wish that waits."""
    if facts_of(event)["state"] == Plea.REVIEW:
        case = await case_of(event)
        await say(await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at), PLEADED, case, event)


async def replaced(event: Event) -> None:
    """Tell the parties, the mediator who was replaced, and the director who chooses the next one."""
    case = await case_of(event)
    await say(await party_people(case), REPLACED, case, event)
    await say([int(str(facts_of(event)["mediator"]))], NO_LONGER, case, event)
    await say(await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at), NEEDS_MEDIATOR, case, event)


async def decided(event: Event) -> None:
    """Tell the parties and the mediator who goes on."""
    if facts_of(event)["state"] != Plea.GRANTED:
        case = await case_of(event)
        lead = await lead_of(case)
        await say([*await party_people(case), *([lead.mediator_id] if lead else [])], STAYS, case, event)


async def joint(event: Event) -> None:
    """Tell whoever directs the organisation that is asked."""
    case, facts = await case_of(event), facts_of(event)
    asked = await JointOrg.get(id=int(str(facts["joint"])))
    heads = await people_with(Right.CASE_DIRECT, org_id=asked.org_id, at=event.at)
    mark, given = f"{event.kind}-{event.id}", {"code": case.code}
    await tell(heads, JOINT, given, url=f"/joint/{asked.code}", at=event.at, topic="case", binding=True, dedupe=mark)


async def joint_said(event: Event) -> None:
    """Tell the director of the answer."""
    case = await case_of(event)
    await say(await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at), JOINT_SAID, case, event)


async def more(event: Event) -> None:
    """Tell the parties and the lead who joined."""
    case = await case_of(event)
    lead = await lead_of(case)
    people = [*await party_people(case), *([lead.mediator_id] if lead else [])]
    await say_at(people, MORE, case, event, url=f"/cases/{case.code}/recusal")


async def gone(event: Event) -> None:
    """Tell the parties, the lead and the director that an organisation does not mediate along, and its mediator."""
    case = await case_of(event)
    one = await JointOrg.get(id=int(str(facts_of(event)["joint"])))
    lead, heads = await lead_of(case), await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at)
    people = {*heads, *([lead.mediator_id] if lead else [])}
    if one.joined_at:
        people |= {*await party_people(case), *([one.mediator_id] if one.mediator_id else [])}
    await say(people - {event.actor_id or 0}, GONE, case, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.recusal-raised": pleaded,
    "case.recuse": replaced,
    "case.joint-invited": joint,
    "case.joint-answered": joint_said,
    "case.join_org": more,
    "case.joint-left": gone,
    "case.recusal-decided": decided,
}
