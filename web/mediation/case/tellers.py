"""Who is told that a case took a step: whoever asked, those at work on it, the centre, and a court that sent it.

No names, facts or amounts: mailboxes are shared.
"""

from collections.abc import Mapping
from typing import Final

from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right
from mediation.case.models import Case
from mediation.case.queries import OF_COURT, lead_of
from mediation.referral.models import Handover
from mediation.referral.rules import Passing
from web.mediation.intake.tellers import CLOSED, ENDED, FILED, accepted, case_of, party_people, say, to_parties
from web.teller import Teller
from web.words import N_

RECEIPT: Final = N_("您的申请收到了，请记下查询码 {code}；三个工作日内会联系您")
TALKED_OUT: Final = N_("意见谈拢了，正在写协议，写好请您看（查询码 {code}）")
ORAL: Final = N_("口头协议记下了，请登录看看写得对不对，按约定办（查询码 {code}）")
CURED: Final = N_("拖着没办的事补办了，请登录看看对不对（查询码 {code}）")
PARTY_ENDED: Final = N_("有一方不调了，请办结案手续（查询码 {code}）")
OVER: Final = N_("有一件事的调解期限到了，已经自动终止（查询码 {code}）")
COURT: Final = N_("贵院委派或者委托的一件事有了进展，请登录查看（查询码 {code}）")
ARCHIVABLE: Final = N_("有一件事结案了，请在期限内归档（查询码 {code}）")


async def clerks(case: Case, event: Event) -> list[int]:
    """Return who looks at new filings."""
    return await people_with(Right.CASE_INTAKE, org_id=case.org_id, at=event.at)


async def heads(case: Case, event: Event) -> list[int]:
    """Return who directs the organisation that has the case."""
    return await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at)


async def centre(case: Case, event: Event) -> list[int]:
    """Return who dispatches where the case is."""
    return await people_with(Right.CASE_DISPATCH, place_id=case.community_id, at=event.at)


async def at_work(case: Case, event: Event) -> list[int]:
    """Return who leads, or who has to find somebody that does."""
    lead = await lead_of(case)
    return [lead.mediator_id] if lead else await heads(case, event)


async def tell_court(case: Case, event: Event) -> None:
    """Tell the court that sent a case, where it has somebody here, that something happened to it."""
    if case.track not in OF_COURT:
        return
    sent = Handover.filter(case_id=case.id, state=Passing.ACCEPTED, from_org__kind="court")
    for each in await sent:
        there = await people_with(Right.CASE_DIRECT, org_id=each.from_org_id, at=event.at)
        await say(there, COURT, case, event)


async def submitted(event: Event) -> None:
    """A filing: the clerks, and a receipt to whoever asked and whoever helped."""
    case = await case_of(event)
    await say(await clerks(case, event), FILED, case, event)
    helper = [case.filed_by_id] if case.helped else []
    await say({*await party_people(case, side="A"), *helper}, RECEIPT, case, event)


async def discovered(event: Event) -> None:
    """Somebody reported a quarrel, or another body sent it: the clerks."""
    case = await case_of(event)
    await say(await clerks(case, event), FILED, case, event)


async def commissioned(event: Event) -> None:
    """A court's case was taken: as any other, and the court."""
    await accepted(event)
    await tell_court(await case_of(event), event)


async def ended(event: Event) -> None:
    """The talks ended: the parties, those at work unless they did it, and the court."""
    case = await case_of(event)
    await say(await party_people(case), ENDED, case, event)
    await say({*await at_work(case, event)} - {event.actor_id or 0}, PARTY_ENDED, case, event)
    await tell_court(case, event)


async def expired(event: Event) -> None:
    """The last day by law is over: the parties, those at work, the centre, and the court."""
    case = await case_of(event)
    people = await party_people(case)
    await say(people, ENDED, case, event)
    watching = {*await at_work(case, event), *await heads(case, event), *await centre(case, event)}
    await say(watching - {*people}, OVER, case, event)
    await tell_court(case, event)


async def closed(event: Event) -> None:
    """It is closed: the parties, the court, and whoever puts it into the archive."""
    case = await case_of(event)
    await say(await party_people(case), CLOSED, case, event)
    await say(await people_with(Right.CASE_ARCHIVE, org_id=case.org_id, at=event.at), ARCHIVABLE, case, event)
    await tell_court(case, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.submit": submitted,
    "case.discover": discovered,
    "case.accept_commission": commissioned,
    "case.agree_in_principle": to_parties(TALKED_OUT),
    "case.oral_agree": to_parties(ORAL),
    "case.cure": to_parties(CURED),
    "case.terminate": ended,
    "case.sign_refused": ended,
    "case.expire": expired,
    "case.close": closed,
    "case.followup_done": closed,
}
