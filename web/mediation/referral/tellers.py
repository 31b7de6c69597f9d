"""Who is told when a case is handed on. No names, claims or amounts: mailboxes are shared."""

from collections.abc import Iterable, Mapping
from typing import Final

from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.case.models import Case
from mediation.referral.models import Handover
from mediation.referral.queries import bounced
from mediation.referral.rules import MOST_BOUNCES
from web.mediation.intake.tellers import NEEDS_MEDIATOR, case_of, party_people, say, say_at
from web.teller import Teller
from web.words import N_

MAY_WE: Final = N_("您的事想请另一家单位接着办，请看是哪家、同意不同意（查询码 {code}）")
SAID: Final = N_("移交的答复到了，请登录查看（查询码 {code}）")
COMES: Final = N_("有一件移交的事等贵单位答复（查询码 {code}）")
GONE: Final = N_("您的事已送另一家单位，等他们答复（查询码 {code}）")
TAKEN: Final = N_("您的事由另一家单位接着办了，请登录查看是哪家（查询码 {code}）")
TAKEN_OVER: Final = N_("移交的事对方接收了（查询码 {code}）")
BACK: Final = N_("移交的事退回来了，请接着办（查询码 {code}）")
BACK_HERE: Final = N_("您的事仍由原来的单位接着办（查询码 {code}）")
DECIDE: Final = N_("有一件事被退回两次，请您决定由谁办（查询码 {code}）")
STAYS: Final = N_("综治中心决定，这件事由原来的单位接着办（查询码 {code}）")
CALLED_BACK: Final = N_("移交的事被综治中心收回，不用再答复（查询码 {code}）")


async def _handover(event: Event) -> Handover:
    return await Handover.get(id=int(str(facts_of(event)["handover"])))


async def _heads(org_id: int, event: Event) -> list[int]:
    return await people_with(Right.CASE_DIRECT, org_id=org_id, at=event.at)


async def _at(people: Iterable[int], sentence: str, case: Case, event: Event, *, url: str) -> None:
    """Tell people one sentence that leads to a page other than that of the case."""
    await say_at(people, sentence, case, event, url=url, mark=sentence[:8])


async def asked(event: Event) -> None:
    """The parties are asked whether their papers may go."""
    case = await case_of(event)
    await _at(await party_people(case), MAY_WE, case, event, url=f"/cases/{case.code}/handover")


async def said(event: Event) -> None:
    """A party answered: the director."""
    case = await case_of(event)
    await _at(await _heads(case.org_id, event), SAID, case, event, url=f"/cases/{case.code}/handover")


async def sent(event: Event) -> None:
    """It went: whoever directs the receiver, and the parties."""
    case, handover = await case_of(event), await _handover(event)
    await _at(await _heads(handover.to_org_id, event), COMES, case, event, url=f"/handovers/{handover.code}")
    await say(await party_people(case), GONE, case, event)


async def taken(event: Event) -> None:
    """It was taken: the parties, the sender, and whoever chooses the next mediator."""
    case, handover = await case_of(event), await _handover(event)
    await say(await party_people(case), TAKEN, case, event)
    await _at(await _heads(handover.from_org_id, event), TAKEN_OVER, case, event, url=f"/handovers/{handover.code}")
    await say(await _heads(handover.to_org_id, event), NEEDS_MEDIATOR, case, event)


async def back(event: Event) -> None:
    """It came back: the sender and the parties; the centre when it is its turn to decide, the receiver if recalled."""
    case, handover = await case_of(event), await _handover(event)
    await say(await _heads(handover.from_org_id, event), BACK, case, event)
    await say(await party_people(case), BACK_HERE, case, event)
    if await bounced(case) >= MOST_BOUNCES:
        centre = await people_with(Right.CASE_DISPATCH, place_id=case.community_id, at=event.at)
        await _at(centre, DECIDE, case, event, url="/dispatch")
    if handover.state == "recalled":
        await _at(await _heads(handover.to_org_id, event), CALLED_BACK, case, event, url="/handovers")


async def kept(event: Event) -> None:
    """The centre decided: whoever has the case goes on."""
    case = await case_of(event)
    await say(await _heads(case.org_id, event), STAYS, case, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.handover-asked": asked,
    "case.handover-said": said,
    "case.handover": sent,
    "case.handover_accept": taken,
    "case.handover_reject": back,
    "case.handover-kept": kept,
}
