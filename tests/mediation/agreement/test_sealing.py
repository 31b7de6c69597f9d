"""The seal: when, by whom, once; what takes effect then, and going back to talking before."""

import asyncio
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Refused, Unfit
from community.orgs.models import Org
from community.people.models import Holding
from community.people.rules import Method
from community.record.models import Event as Recorded
from community.rights import Role
from community.timers.commands import fire_due
from mediation.agreement import commands, signing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Agreement, Clause, Obligation, SealUse, Signature
from mediation.agreement.queries import (
    clause_text,
    frozen_of,
    latest,
    opened_body,
    standing,
)
from mediation.agreement.rules import Duty
from mediation.agreement.running import TIMERS
from mediation.agreement.signing import SEALABLE
from mediation.agreement.text import draft_from
from mediation.case.models import Case, Period
from mediation.case.states import Outcome, State
from tests.mediation.agreement.making import (
    DAY,
    HOST,
    LATER,
    code_for,
    draft,
    finalized,
    seal,
    sign,
    signed,
)
from tests.mediation.agreement.making import (
    performing as in_effect,
)
from tests.world import World

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def state_of(case: Case) -> State:
    return (await Case.get(id=case.id)).state


async def test_the_seal_waits_for_every_signature_and_for_the_last_window(world: World) -> None:
    case, _ = await finalized(world)
    await sign(case, world.lan)
    await sign(case, world.mediator)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await seal(case, world.director, LATER)
    await sign(case, world.qiang, DAY + 3 * MINUTE)
    with pytest.raises(Unfit, match="撤回期"):
        await seal(case, world.director, DAY + 13 * MINUTE - SECOND)
    await seal(case, world.director, DAY + 13 * MINUTE)
    assert await state_of(case) is State.PERFORMING


async def test_only_the_registered_custodian_seals(world: World) -> None:
    case = await signed(world)
    with pytest.raises(Forbidden):
        await seal(case, world.mediator, LATER)
    await Holding.create(person=world.intake, role=Role.DIRECTOR, org=world.mediation_committee, since=DAY)
    with pytest.raises(Forbidden, match="保管人"):
        await seal(case, world.intake, LATER)
    await Org.filter(id=world.mediation_committee.id).update(seal_custodian_id=world.lan.id)
    with pytest.raises(Forbidden):
        await seal(case, world.lan, LATER)
    assert await SealUse.all().count() == 0


async def test_with_the_seal_the_agreement_takes_effect_to_the_second(world: World) -> None:
    case = await signed(world)
    moment = LATER + timedelta(minutes=7, seconds=23)
    await seal(case, world.director, moment)
    stored = await Case.get(id=case.id)
    assert (stored.state, stored.outcome, stored.moved_at) == (State.PERFORMING, Outcome.AGREED_WRITTEN, moment)
    assert (await Agreement.get(case_id=case.id)).effective_at == moment
    effect = await Recorded.get(kind="case.effect")
    assert (effect.actor_id, effect.at) == (None, moment)
    running = {str(period.clock) for period in await Period.filter(case_id=case.id, ended_at=None)}
    assert running == {"T_JC", "T_FOLLOWUP"}
    assert (await Period.get(case_id=case.id, clock="T_JC")).due == date(2026, 6, 8)


async def test_what_is_owed_is_what_was_signed(world: World) -> None:
    case = await in_effect(world)
    clauses = await Clause.all().order_by("row").select_related("obligor")
    assert [(each.kind, each.amount_fen, each.due_on) for each in clauses] == [
        (line.kind, line.amount, line.until) for line in draft().lines
    ]
    assert "更换漏水的水管" not in clauses[0].text
    assert clause_text(clauses[0]) == "阿强于2026年5月20日前（含当日）为阿兰完成：更换漏水的水管。"
    assert await Obligation.filter(case_id=case.id, state=Duty.PENDING).count() == 3


async def test_of_four_seals_at_once_one_is_set_and_the_agreement_takes_effect_once(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    typed = await code_for(case, world.director, LATER)
    tries = [
        signing.seal(
            case.code,
            shown=version.sha256 or "",
            method=Method.MAIL,
            typed=typed,
            host=HOST,
            by=world.director,
            at=LATER,
        )
        for _ in range(4)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in results) == 3
    assert (await SealUse.all().count(), await Obligation.all().count()) == (1, 3)
    assert await Recorded.filter(kind="case.effect").count() == 1


async def test_taking_back_and_sealing_at_the_same_time_never_both_succeed(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    typed = await code_for(case, world.director, LATER)
    back = signing.take_back(case.code, by=world.lan, at=LATER - SECOND)
    shut = signing.seal(
        case.code, shown=version.sha256 or "", method=Method.MAIL, typed=typed, host=HOST, by=world.director, at=LATER
    )
    results = await asyncio.gather(back, shut, return_exceptions=True)
    assert sum(isinstance(each, Exception) for each in results) == 1
    left = await Signature.filter(taken_back_at=None).count()
    assert (await state_of(case), left) in {(State.PERFORMING, 3), (State.SIGNING, 2)}


async def test_going_back_to_talking_voids_the_signatures_and_keeps_the_text_and_the_number(world: World) -> None:
    case, first = await finalized(world)
    await sign(case, world.lan)
    with pytest.raises(Unfit, match="作废"):
        await commands.reopen(case.code, sure=False, by=world.qiang, at=DAY)
    await commands.reopen(case.code, sure=True, by=world.qiang, at=DAY)
    assert await state_of(case) is State.MEDIATING
    await commands.begin(case.code, accepted=True, by=world.mediator, at=DAY)
    second = await latest(case)
    assert second is not None
    assert (second.n, draft_from(opened_body(second))) == (2, draft())
    again = await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
    assert again.agreement.number == "（2026）幸福里居人调字第1号-协1"
    assert again.sha256 != first.sha256
    assert (await standing(case, again)).signatures == []
    with pytest.raises(Unfit, match="与定稿不一致"):
        await sign(case, world.lan, DAY, shown=first.sha256)


async def test_the_keeper_of_the_seal_is_told_of_each_wording_that_is_ready(world: World) -> None:
    case, _ = await finalized(world)
    for ready in (LATER, LATER + timedelta(days=1)):
        for person in (world.lan, world.qiang, world.mediator):
            await sign(case, person, ready - timedelta(minutes=10))
        assert await fire_due({SEALABLE: TIMERS[SEALABLE]}, ready) == 1
        await commands.reopen(case.code, sure=True, by=world.qiang, at=ready)
        await commands.begin(case.code, accepted=True, by=world.mediator, at=ready)
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=ready)
    assert await Recorded.filter(kind="agreement.sealable").count() == 2


async def test_an_agreement_in_effect_does_not_go_back_to_talking(world: World) -> None:
    case = await in_effect(world)
    with pytest.raises(Unfit, match="已经生效"):
        await commands.reopen(case.code, sure=True, by=world.qiang, at=LATER)


async def test_a_party_may_decline_to_sign_without_a_reason_and_nobody_else_for_them(world: World) -> None:
    case, _ = await finalized(world)
    with pytest.raises(Forbidden):
        await signing.refuse(case.code, by=world.mediator, at=DAY)
    done = await signing.refuse(case.code, by=world.qiang, at=DAY)
    assert (done.state, done.outcome) == (State.TERMINATED, Outcome.SIGN_REFUSED)
