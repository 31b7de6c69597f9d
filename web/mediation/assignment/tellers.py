"""Who is told when a mediator is replaced, or is not."""

from collections.abc import Mapping
from typing import Final

from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.assignment.rules import Plea
from mediation.case.queries import lead_of
from web.mediation.intake.tellers import NEEDS_MEDIATOR, case_of, party_people, say
from web.teller import Teller
from web.words import N_

PLEADED: Final = N_("有人想换调解员，请您决定（查询码 {code}）")
REPLACED: Final = N_("调解员换了，正在另选一位（查询码 {code}）")
NO_LONGER: Final = N_("有一件事不再由您调解（查询码 {code}）")
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


TELLERS: Final[Mapping[str, Teller]] = {
    "case.recusal-raised": pleaded,
    "case.recuse": replaced,
    "case.recusal-decided": decided,
}
