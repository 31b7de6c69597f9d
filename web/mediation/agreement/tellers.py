"""Who is told of what about an agreement; no names, facts or amounts, because mails lie in shared boxes."""

from collections.abc import Iterable, Mapping
from typing import Final

from community.orgs.models import Org
from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case
from mediation.case.queries import lead_of
from mediation.case.states import State
from web.mediation.case.tellers import tell_court
from web.mediation.intake.tellers import case_of, party_people, say_at
from web.teller import Teller
from web.words import N_

SIGN: Final = N_("一份协议等您签名。请登录，先看清楚，再签（查询码 {code}）")
SEAL: Final = N_("一份协议各方都已签好，等您盖章（查询码 {code}）")
IN_EFFECT: Final = N_("您参与的一份协议已经生效。请登录查看，按约定办理（查询码 {code}）")
CHANGED: Final = N_("您参与的一份协议按补充协议变更了。请登录查看，按新的约定办理（查询码 {code}）")
UNCHANGED: Final = N_("补充协议作废了，原来的协议照旧有效（查询码 {code}）")
REOPENED: Final = N_("您参与的一份协议退回重新协商，已收的签名作废（查询码 {code}）")
OVERDUE: Final = N_("您参与的一份协议里，有约定到期了还没有办。请登录查看（查询码 {code}）")
KEPT: Final = N_("您参与的一份协议里，约定的事都办完了（查询码 {code}）")


async def _everybody(case: Case) -> list[int]:
    """Return the parties and who leads."""
    lead = await lead_of(case)
    return [*await party_people(case), *([lead.mediator_id] if lead else [])]


async def _say(event: Event, case: Case, people: Iterable[int], sentence: str, *, binding: bool = True) -> None:
    await say_at(people, sentence, case, event, url=f"/cases/{case.code}/agreement", binding=binding)


async def sent(event: Event) -> None:
    """It goes round: everybody who has to sign."""
    case = await case_of(event)
    await _say(event, case, await _everybody(case), SIGN)


async def changed(event: Event) -> None:
    """A supplement binds: the parties and who leads."""
    case = await case_of(event)
    await _say(event, case, await _everybody(case), CHANGED)


async def unchanged(event: Event) -> None:
    """A supplement was given up: whoever had been asked to sign it."""
    case = await case_of(event)
    await _say(event, case, set(await _everybody(case)) - {event.actor_id or 0}, UNCHANGED)


async def ready(event: Event) -> None:
    """All have signed for good: who keeps the seal."""
    case = await case_of(event)
    org = await Org.get(id=case.org_id)
    await _say(event, case, [org.seal_custodian_id] if org.seal_custodian_id else [], SEAL)


async def in_effect(event: Event) -> None:
    """It binds: the parties and who leads."""
    case = await case_of(event)
    await _say(event, case, await _everybody(case), IN_EFFECT)
    await tell_court(case, event)


async def reopened(event: Event) -> None:
    """Signatures became void: the others."""
    if facts_of(event)["was"] != State.SIGNING:  # nobody had been asked to sign yet
        return
    case = await case_of(event)
    await _say(event, case, set(await _everybody(case)) - {event.actor_id or 0}, REOPENED)


async def overdue(event: Event) -> None:
    """A day has passed: the parties and who leads."""
    case = await case_of(event)
    await _say(event, case, await _everybody(case), OVERDUE)


async def kept(event: Event) -> None:
    """Nothing is owed any more: the parties and who leads."""
    case = await case_of(event)
    await _say(event, case, await _everybody(case), KEPT, binding=False)


TELLERS: Final[Mapping[str, Teller]] = {
    "case.finalize": sent,
    "agreement.sealable": ready,
    "case.effect": in_effect,
    "case.reopen_talk": reopened,
    "case.overdue": overdue,
    "case.performed": kept,
    "agreement.supplement-sent": sent,
    "agreement.supplement-dropped": unchanged,
    "case.amend": changed,
}
