"""Who is told of what about an application for confirmation; no names, facts or amounts: mailboxes are shared."""

from collections.abc import Iterable, Mapping
from typing import Final

from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.case.models import Case
from mediation.case.queries import lead_of
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import applied
from mediation.confirmation.window import at_court
from web.mediation.intake.tellers import case_of, no_account, party_people, say_at
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("有人申请司法确认了。您也愿意的，请在期限内登录申请；不申请也可以（查询码 {code}）")
ALL: Final = N_("各方都申请了司法确认，请登录提交给法院（查询码 {code}）")
SENT: Final = N_("司法确认的申请已提交法院，请等法院的消息（查询码 {code}）")
CAME: Final = N_("有一件司法确认申请提交到法院，请登录审查（查询码 {code}）")
TAKEN_UP: Final = N_("法院受理了司法确认申请（查询码 {code}）")
WANTING: Final = N_("法院要求补充司法确认的材料，请登录查看（查询码 {code}）")
BROUGHT: Final = N_("司法确认要补的材料交来了，请接着审查（查询码 {code}）")
CONFIRMED: Final = N_("法院确认协议有效，对方不履行的可以申请强制执行（查询码 {code}）")
DISMISSED: Final = N_("法院没有确认协议，协议照样有效；请登录看还能怎么办（查询码 {code}）")
NOT_TAKEN: Final = N_("法院没有受理司法确认申请，请登录看理由和还能怎么办（查询码 {code}）")
BACK: Final = N_("司法确认的申请撤回了，协议照样有效（查询码 {code}）")
CHANGING: Final = N_("正在司法确认的协议要变更，请先停一停审查（查询码 {code}）")
CHANGING_PARTY: Final = N_("协议正在法院司法确认，现在要变更；请考虑先撤回申请（查询码 {code}）")


async def _told(event: Event, people: Iterable[int], sentence: str, case: Case, url: str = "") -> None:
    where = url or f"/cases/{case.code}/confirmation"
    await say_at(people, sentence, case, event, url=where, mark=sentence[:8])


async def _found(event: Event) -> CourtConfirmation:
    return await CourtConfirmation.get(id=int(str(facts_of(event)["confirmation"])))


async def _court(event: Event, found: CourtConfirmation, sentence: str, case: Case) -> None:
    heads = await people_with(Right.CASE_DIRECT, org_id=found.court_id, at=event.at)
    own = set(await party_people(case))
    await _told(event, set(heads) - own, sentence, case, f"/confirmations/{found.code}")


async def applied_by_one(event: Event) -> None:
    """Somebody applied: whoever has not yet; once all have, everybody, because one of them has to send it."""
    case, found = await case_of(event), await _found(event)
    rows = await applied(found, case)
    silent = [each.party.person_id or no_account(each.party) for each in rows if not each.method]
    if silent:
        await _told(event, silent, ASKED, case)
    elif all(each.method for each in rows):
        await _told(event, await _everybody(case), ALL, case)


async def _everybody(case: Case) -> list[int]:
    lead = await lead_of(case)
    return [*await party_people(case), *([lead.mediator_id] if lead else [])]


async def filed(event: Event) -> None:
    """It went to the court: the court's liaison, and everybody."""
    case, found = await case_of(event), await _found(event)
    await _court(event, found, CAME, case)
    await _told(event, await _everybody(case), SENT, case)


async def supplemented(event: Event) -> None:
    """What the court wanted has come: its liaison."""
    await _court(event, await _found(event), BROUGHT, await case_of(event))


async def withdrawn(event: Event) -> None:
    """It was taken back: everybody, and the court where it had come there."""
    case, found = await case_of(event), await _found(event)
    await _told(event, await _everybody(case), BACK, case)
    if found.filed_at:
        await _court(event, found, BACK, case)


def to_all(sentence: str) -> Teller:
    """Return a teller that says one sentence to the parties and to who leads."""

    async def telling(event: Event) -> None:
        case = await case_of(event)
        await _told(event, await _everybody(case), sentence, case)

    return telling


async def changing(event: Event) -> None:
    """An agreement that is with a court is being changed: the court, and the parties, who may want to withdraw."""
    case = await case_of(event)
    found = await at_court(case)
    if found:
        await _court(event, found, CHANGING, case)
        await _told(event, await party_people(case), CHANGING_PARTY, case)


TELLERS: Final[Mapping[str, Teller]] = {
    "confirmation.applied": applied_by_one,
    "confirmation.filed": filed,
    "confirmation.admitted": to_all(TAKEN_UP),
    "confirmation.wanting": to_all(WANTING),
    "confirmation.supplemented": supplemented,
    "confirmation.confirmed": to_all(CONFIRMED),
    "confirmation.dismissed": to_all(DISMISSED),
    "confirmation.not-accepted": to_all(NOT_TAKEN),
    "confirmation.withdrawn": withdrawn,
    "agreement.supplement-begun": changing,
}
