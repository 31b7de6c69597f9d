"""Who is told when a day comes: whoever owes the next move; once it is over, whoever answers for that work as well."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from community.calendar.rules import local_day
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from mediation.agreement.models import Obligation
from mediation.agreement.rules import OWED
from mediation.case.deadlines import WARN_BEFORE
from mediation.case.models import Case
from mediation.case.queries import lead_of
from mediation.case.states import Clock
from mediation.clock.calendars import count_all_again
from mediation.confirmation.queries import applied, bars_of, in_force
from mediation.confirmation.queries import open_of as open_of_court
from mediation.confirmation.window import window_of
from mediation.referral.queries import open_of
from web.mediation.case.tellers import at_work, centre, heads, tell_court
from web.mediation.intake.tellers import case_of, no_account, party_people, say, say_at, to_parties
from web.teller import Teller
from web.words import N_

LEFT: Final[Mapping[int, str]] = MappingProxyType(
    {
        7: N_("有一件事还有七天到期，请登录看看该办什么（查询码 {code}）"),
        3: N_("有一件事还有三天到期，请登录看看该办什么（查询码 {code}）"),
        1: N_("有一件事明天到期，请登录看看该办什么（查询码 {code}）"),
        0: N_("有一件事今天到期，请登录看看该办什么（查询码 {code}）"),
    }
)
LATE: Final = N_("有一件事过了期限还没有办，请尽快处理（查询码 {code}）")
WATCH: Final = N_("督办：有一件事过了期限还没有办（查询码 {code}）")
MOVED: Final = N_("放假安排公布了，有一件事的最后一天改了（查询码 {code}）")
RIGHT_OVER: Final = N_("共同申请司法确认的日子已过；协议照样有效，对方不履行的可以起诉（查询码 {code}）")
ARBITRATION: Final = N_("十五天没有谈成，您可以申请劳动仲裁，也可以继续谈（查询码 {code}）")
CONFIRMABLE: Final = N_("协议生效了，双方可以一起申请司法确认，建议最晚 {advised} 办（查询码 {code}）")
URGED: Final = N_("有约定的事到期还没有办，请尽快履行或者联系调解员（查询码 {code}）")
LAPSED: Final = N_("要补的材料到期没有补齐，这次申请按撤回处理；补齐后可以再来（查询码 {code}）")
NOBODY: Final = N_("多次联系不上对方，这次调解办不了，请看还能走哪些路（查询码 {code}）")
NOT_TAKEN: Final = N_("有一件移交的事，对方过期没有答复（查询码 {code}）")
WAITS: Final = N_("调解先停一停，原因消除后继续（查询码 {code}）")
ON_AGAIN: Final = N_("调解继续了，请登录查看（查询码 {code}）")
SHAM: Final = N_("有一件事疑似虚假调解，已报告，请核查（查询码 {code}）")

SOON: Final[Mapping[int, str]] = MappingProxyType(
    {
        3: N_("您答应的事还有三天到期，请登录查看（查询码 {code}）"),
        1: N_("您答应的事明天到期，请登录查看（查询码 {code}）"),
    }
)

ASKED: Final = N_("调解员想多谈几天，请您答复同意不同意（查询码 {code}）")
ANSWERED: Final = N_("延长调解的答复到了，请登录查看（查询码 {code}）")
EXTENDED: Final = N_("各方都同意，调解的最后一天改了，请登录查看（查询码 {code}）")

CLERKS: Final = frozenset({Clock.REVIEW, Clock.INVITE})
PARTIES: Final = frozenset({Clock.JC})


async def receivers(case: Case, event: Event) -> list[int]:
    """Return who directs the organisation that is to answer a handover."""
    waiting = await open_of(case)
    return await people_with(Right.CASE_DIRECT, org_id=waiting.to_org_id, at=event.at) if waiting else []


async def owners(case: Case, clock: Clock, event: Event) -> list[int]:
    """Return who owes what ``clock`` measures; while a case has no mediator, the director does."""
    if clock in CLERKS:
        return await people_with(Right.CASE_INTAKE, org_id=case.org_id, at=event.at)
    if clock is Clock.SUPPLEMENT:
        return await party_people(case, side="A")
    if clock in PARTIES:
        return await party_people(case)
    if clock is Clock.ARCHIVE:
        return await people_with(Right.CASE_ARCHIVE, org_id=case.org_id, at=event.at)
    if clock is Clock.HANDOVER:
        return await receivers(case, event)
    lead = await lead_of(case)
    return [lead.mediator_id] if lead else await heads(case, event)


async def _may_confirm(case: Case) -> list[int]:
    """Return the parties who may still apply for confirmation; nobody where a court would not take the agreement."""
    if await bars_of(case, await in_force(case)):
        return []
    found = await open_of_court(case)
    done = {each.party.person_id for each in await applied(found, case) if each.method} if found else set()
    return [each for each in await party_people(case) if each not in done]


async def _confirmable(case: Case, event: Event) -> None:
    """Tell the parties how long they may apply together; the mark keeps two reminders apart."""
    days = await window_of(case)
    if days is None:
        return
    advised, url = days.raw_due.isoformat(), f"/cases/{case.code}/confirmation"
    await say_at(await _may_confirm(case), CONFIRMABLE, case, event, url=url, advised=advised)


async def reminded(event: Event) -> None:
    """A last day is near: who owes it; of a right that lapses, who has it."""
    case, facts = await case_of(event), facts_of(event)
    if facts["clock"] == Clock.JC:
        await _confirmable(case, event)
        return
    before, clock = WARN_BEFORE[int(str(facts["stage"])) - 1], Clock(str(facts["clock"]))
    people = {*await owners(case, clock, event)}
    if not before:  # on the last day also whoever answers for the work
        people |= {*await at_work(case, event), *await heads(case, event)}
    await say(people, LEFT[before], case, event)


async def late(event: Event) -> None:
    """A last day is over: who owed it, and the director, who has to see to it."""
    case, facts = await case_of(event), facts_of(event)
    clock = Clock(str(facts["clock"]))
    if facts["rule"] == "D08" or clock in PARTIES:
        people = await _may_confirm(case) if clock in PARTIES else await party_people(case)
        await say(people, RIGHT_OVER if clock in PARTIES else ARBITRATION, case, event)
        return
    who, leading = await owners(case, clock, event), await heads(case, event)
    await say(who, LATE, case, event)
    await say({*leading, *await centre(case, event)} - {*who, *await party_people(case)}, WATCH, case, event)


async def moved(event: Event) -> None:
    """Another last day: who owes it."""
    case = await case_of(event)
    await say(await owners(case, Clock(str(facts_of(event)["clock"])), event), MOVED, case, event)


async def _owing(case: Case, **which: object) -> set[int]:
    """Return the accounts of whoever still owes promises of a case, or who is told by letter."""
    rows = Obligation.filter(case_id=case.id, state__in=list(OWED), **which).select_related("clause__obligor")
    owing = [each.clause.obligor for each in await rows]
    return {each.person_id or no_account(each) for each in owing}


async def urged(event: Event) -> None:
    """A promise is late: whoever made it."""
    case = await case_of(event)
    await say(await _owing(case, due_on__lt=local_day(event.at)), URGED, case, event)


async def due_soon(event: Event) -> None:
    """A promise has to be kept soon: whoever made it."""
    case, facts = await case_of(event), facts_of(event)
    owed = await _owing(case, id__in=list(cast("list[int]", facts["obligations"])))
    url = f"/cases/{case.code}/agreement"
    await say_at(owed, SOON[int(str(facts["days"]))], case, event, url=url)


async def suspended(event: Event) -> None:
    """A case waits: the parties; and the director when something may be wrong with it."""
    case, facts = await case_of(event), facts_of(event)
    await say(await party_people(case), WAITS, case, event)
    if facts["reported"]:
        await say(await heads(case, event), SHAM, case, event)


async def unreachable(event: Event) -> None:
    """Nobody was reached: who asked for mediation."""
    case = await case_of(event)
    await say(await party_people(case, side="A"), NOBODY, case, event)


async def not_taken(event: Event) -> None:
    """The receiver is silent: the director and the centre's dispatchers."""
    case = await case_of(event)
    await say(
        {*await heads(case, event), *await receivers(case, event), *await centre(case, event)}, NOT_TAKEN, case, event
    )


async def announced(event: Event) -> None:
    """Another year is announced: nobody is told, every running period is counted again."""
    await count_all_again(event.at)


async def asked(event: Event) -> None:
    """Tell every party that a question waits for them."""
    case = await case_of(event)
    await say_at(await party_people(case), ASKED, case, event, url=f"/cases/{case.code}/extension")


async def answered(event: Event) -> None:
    """Tell the mediator of an answer."""
    case = await case_of(event)
    await say(await owners(case, Clock.MEDIATE, event), ANSWERED, case, event)


async def extended(event: Event) -> None:
    """Tell everybody of the new day."""
    case = await case_of(event)
    await say([*await party_people(case), *await owners(case, Clock.MEDIATE, event)], EXTENDED, case, event)
    await tell_court(case, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.reminded": reminded,
    "case.late": late,
    "case.urged": urged,
    "agreement.due-soon": due_soon,
    "case.due-moved": moved,
    "case.extension-asked": asked,
    "case.extension-answered": answered,
    "case.extend": extended,
    "case.suspend": suspended,
    "case.resume": to_parties(ON_AGAIN),
    "case.supplement_lapse": to_parties(LAPSED, side="A"),
    "case.unreachable": unreachable,
    "case.handover_overdue": not_taken,
    "calendar.imported": announced,
}
