"""Who is told what about a case before it is talked over, and how every sentence about one is said.

No names, facts or amounts: mailboxes are shared.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from community.notice.commands import tell
from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right
from mediation.case.mailing import not_mailed
from mediation.case.models import Assignment, Case, Party
from mediation.case.standing import acting_for
from mediation.letters.writing import wait_for
from web.teller import Teller
from web.words import N_

FILED: Final = N_("有一件新的调解申请等您审查（查询码 {code}）")
ALL_AGREED: Final = N_("有一件事的答复到了，请看能不能受理（查询码 {code}）")
ACCEPTED: Final = N_("您的事已经受理，正在选调解员（查询码 {code}）")
NEEDS_MEDIATOR: Final = N_("有一件已受理的事等您选调解员（查询码 {code}）")
ASSIGNED: Final = N_("调解员已经选定，可以开始谈了（查询码 {code}）")
YOURS: Final = N_("有一件事交给您调解（查询码 {code}）")
NOT_ACCEPTED: Final = N_("您的申请没有受理，请看还能走哪些路（查询码 {code}）")
REFUSED: Final = N_("对方没有同意调解，请看还能走哪些路（查询码 {code}）")
ENDED: Final = N_("调解已经停止，请看还能走哪些路（查询码 {code}）")
LACKS: Final = N_("您的申请还缺材料，请在七天内补上（查询码 {code}）")
BROUGHT: Final = N_("要补的材料交来了，请接着审查（查询码 {code}）")
ELSEWHERE: Final = N_("您的事要由别的机关处理，请看去哪里、怎么办（查询码 {code}）")
JOINED: Final = N_("您的申请和另一件合在一起办了，请登录查看（查询码 {code}）")
APART: Final = N_("这件事由愿意谈的人先谈，请登录查看（查询码 {code}）")
TAKEN_BACK: Final = N_("这件事的申请撤回了，不用再答复（查询码 {code}）")
BROKEN: Final = N_("回访发现有约定的事没有办，请尽快履行（查询码 {code}）")
AGAIN: Final = N_("这件事又办起来了，请登录查看（查询码 {code}）")
OTHER_WAYS: Final = N_("督促没有结果，请看还能走哪些路（查询码 {code}）")
CLOSED: Final = N_("这件事已经结案（查询码 {code}）")


async def case_of(event: Event) -> Case:
    """Return the case an event is about."""
    return await Case.get(id=int(event.subject.removeprefix("case-")))


async def party_people(case: Case, *, side: str = "") -> list[int]:
    """Return the accounts of the parties, of one side or of all; who has none is told by letter (`no_account`)."""
    rows = Party.filter(case_id=case.id, left_at=None)
    return [each.person_id or no_account(each) for each in await (rows.filter(side=side) if side else rows)]


def no_account(party: Party) -> int:
    """Return how a party without an account stands among accounts, none of which is negative: a letter will wait."""
    return -party.id


async def say(people: Iterable[int], sentence: str, case: Case, event: Event) -> None:
    """Tell people one sentence about a case, as a notice that concerns a right or a duty."""
    await say_at(people, sentence, case, event, url=f"/cases/{case.code}", mark=sentence[:8])


async def say_at(
    people: Iterable[int],
    sentence: str,
    case: Case,
    event: Event,
    *,
    url: str,
    mark: str = "",
    binding: bool = True,
    **facts: object,
) -> None:
    """Tell people one sentence that leads to ``url``; every sentence about a case that a party may get goes this way.

    Args:
        people: whom; an applicant who is afraid is not mailed, whatever the sentence: it waits in the inbox here.
        sentence: the message id.
        case: the case.
        event: what happened.
        url: the path where they can do something about it.
        mark: tells apart what one event says to the same person.
        binding: it concerns a right or a duty.
        facts: values in the sentence besides the query code.
    """
    named, told = f"{event.kind}-{event.id}" + (f"-{mark}" if mark else ""), {"code": case.code, **facts}
    everybody = await _reached(set(people), sentence, told, case, event)
    shy = await not_mailed(case, everybody)
    await tell(everybody - shy, sentence, told, url=url, at=event.at, topic="case", binding=binding, dedupe=named)
    await tell(shy, sentence, told, url=url, at=event.at, topic="case", mail=False, dedupe=named)


async def _reached(people: set[int], sentence: str, told: Mapping[str, object], case: Case, event: Event) -> set[int]:
    """Return the accounts to tell; for a party for whom no account acts, a letter waits from now on."""
    found = {each for each in people if each > 0}
    for party in await Party.filter(id__in=[-each for each in people if each < 0], case_id=case.id).order_by("id"):
        acting = await acting_for(party, at=event.at)
        found |= set(acting)
        if not acting:
            await wait_for(case, party, sentence, told, event=event.kind, at=event.at)
    return found


async def answered(event: Event) -> None:
    """An answer: the intake clerks."""
    case = await case_of(event)
    await say(await people_with(Right.CASE_INTAKE, org_id=case.org_id, at=event.at), ALL_AGREED, case, event)


async def accepted(event: Event) -> None:
    """Acceptance: the parties, and the director who has to choose a mediator."""
    case = await case_of(event)
    await say(await party_people(case), ACCEPTED, case, event)
    await say(await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at), NEEDS_MEDIATOR, case, event)


async def assigned(event: Event) -> None:
    """A mediator: the parties and the mediator."""
    case = await case_of(event)
    await say(await party_people(case), ASSIGNED, case, event)
    leads = [each.mediator_id for each in await Assignment.filter(case_id=case.id, until=None)]
    await say(leads, YOURS, case, event)


def to_parties(sentence: str, *, side: str = "") -> Teller:
    """Return a teller that says one sentence to the parties, of one side or of all."""

    async def telling(event: Event) -> None:
        case = await case_of(event)
        await say(await party_people(case, side=side), sentence, case, event)

    return telling


async def brought(event: Event) -> None:
    """What was lacking has come: the intake clerks."""
    case = await case_of(event)
    await say(await people_with(Right.CASE_INTAKE, org_id=case.org_id, at=event.at), BROUGHT, case, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.consented": answered,
    "case.accept": accepted,
    "case.assign": assigned,
    "case.decline": to_parties(NOT_ACCEPTED, side="A"),
    "case.refuse": to_parties(REFUSED, side="A"),
    "case.need_supplement": to_parties(LACKS, side="A"),
    "case.supplement": brought,
    "case.redirect": to_parties(ELSEWHERE, side="A"),
    "case.merge": to_parties(JOINED, side="A"),
    "case.proceed_severed": to_parties(APART),
    "case.withdraw_early": to_parties(TAKEN_BACK, side="R"),
    "case.relapse": to_parties(BROKEN),
    "case.remediate": to_parties(AGAIN),
    "case.reopen": to_parties(AGAIN),
    "case.route_out": to_parties(OTHER_WAYS),
}
