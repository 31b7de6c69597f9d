"""After a promise was broken: found at the visit, led to the lawful ways, talked over anew, taken up again."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Unfit
from mediation.agreement import performing
from mediation.agreement.afterwards import Ground, relapse, remediate, reopen, route_out
from mediation.agreement.models import Obligation
from mediation.agreement.rules import Duty
from mediation.case.commands import follow_up
from mediation.case.models import Assignment, Case, Party, Period
from mediation.case.states import Clock, Outcome, State
from tests.mediation.agreement import making
from tests.mediation.clock.test_ledger import noon
from tests.mediation.clock.test_striking import ring
from tests.world import World, sign_in

KEPT = making.LATER + timedelta(days=1)


async def visited(world: World) -> Case:
    """Have everything confirmed, so that the visit is next."""
    case = await making.performing(world)
    for duty in await Obligation.filter(case_id=case.id):
        await performing.confirm(case.code, duty.code, by=world.lan, at=KEPT)
    return await Case.get(id=case.id)


async def breached(world: World) -> Case:
    """Let the first promise be broken."""
    case = await making.performing(world)
    await ring(noon("2026-05-21"))
    return await Case.get(id=case.id)


async def test_the_visit_finds_a_promise_not_kept(world: World) -> None:
    case = await visited(world)
    period = await Period.get(case_id=case.id, clock=Clock.FOLLOWUP, ended_at=None)
    assert period.rule == "D21/performed"
    with pytest.raises(Unfit) as refusal:
        await relapse(case.code, [], by=world.mediator, at=KEPT)
    assert refusal.value.field == "duties"
    duty = await Obligation.filter(case_id=case.id).order_by("id").first()
    assert duty
    await relapse(case.code, [duty.code], words="水管又漏了", by=world.mediator, at=KEPT)
    assert (await Case.get(id=case.id)).state is State.BREACHED
    assert (await Obligation.get(id=duty.id)).state is Duty.PENDING
    running = await Period.filter(case_id=case.id, clock=Clock.URGE, ended_at=None).order_by("due")
    assert [each.rule for each in running] == ["D20/first", "D20/second", "D20/final"]


async def test_only_after_three_urgings_the_lawful_ways_are_left(world: World) -> None:
    case = await breached(world)
    with pytest.raises(Unfit, match="督促"):
        await route_out(case.code, told=True, by=world.mediator, at=noon("2026-05-22"))
    for day in ("2026-05-22", "2026-05-27", "2026-05-28", "2026-06-04"):
        await ring(noon(day))
    with pytest.raises(Unfit, match="支付令"):
        await route_out(case.code, told=False, by=world.mediator, at=noon("2026-06-04"))
    await route_out(case.code, told=True, by=world.mediator, at=noon("2026-06-04"))
    after = await Case.get(id=case.id)
    assert (after.state, after.outcome) == (State.FOLLOWUP, Outcome.BREACH_ROUTED_OUT)


async def test_talking_anew_takes_everybody_and_a_ground(world: World) -> None:
    case = await breached(world)
    codes = [party.code for party in await Party.filter(case_id=case.id)]
    with pytest.raises(Forbidden):
        await remediate(case.code, Ground.DISPUTED, codes, by=world.mediator, at=noon("2026-05-22"))
    with pytest.raises(Unfit) as one:
        await remediate(case.code, Ground.DISPUTED, codes[:1], by=world.director, at=noon("2026-05-22"))
    assert one.value.field == "signed"
    with pytest.raises(Unfit):
        await remediate(case.code, None, codes, by=world.director, at=noon("2026-05-22"))
    await remediate(case.code, Ground.DISPUTED, codes, by=world.director, at=noon("2026-05-22"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    assert [each.clock for each in await Period.filter(case_id=case.id, ended_at=None).order_by("id")] == [
        Clock.JC,
        Clock.MEDIATE,
    ]


async def closed(world: World) -> Case:
    """Visit and close."""
    case = await visited(world)
    await follow_up(case.code, visited=True, asked=True, by=world.mediator, at=KEPT)
    return await Case.get(id=case.id)


async def test_a_closed_case_is_taken_up_again_by_who_led_it(world: World) -> None:
    case = await closed(world)
    duty = await Obligation.filter(case_id=case.id).order_by("id").first()
    assert duty
    with pytest.raises(Unfit) as silent:
        await reopen(case.code, [duty.code], words="", by=world.director, at=KEPT)
    assert silent.value.field == "words"
    await reopen(case.code, [duty.code], words="水管又漏，没人来修", by=world.director, at=KEPT)
    after = await Case.get(id=case.id)
    assert (after.state, after.closed_at) == (State.BREACHED, None)
    assert (await Assignment.get(case_id=case.id, until=None)).mediator_id == world.mediator.id


async def test_without_an_agreement_there_is_nothing_to_take_up(world: World) -> None:
    case = await making.mediating(world)
    await Case.filter(id=case.id).update(state=State.CLOSED)
    with pytest.raises(Unfit, match="没有达成协议"):
        await reopen(case.code, ["x"], words="不履行", by=world.director, at=KEPT)


async def test_the_director_reopens_on_the_page(client: httpx2.AsyncClient, town: World) -> None:
    case = await closed(town)
    client.cookies.update(await sign_in(town.director))
    here = f"/cases/{case.code}/steps/reopen"
    page = (await client.get(here)).text
    assert "哪一项没有履行" in page
    duty = await Obligation.filter(case_id=case.id).order_by("id").first()
    assert duty
    assert (await client.post(here, data={"duties": duty.code})).status_code == 422
    assert (await client.post(here, data={"duties": duty.code, "words": "又漏了"})).status_code == 303
    client.cookies.update(await sign_in(town.mediator))
    assert "又漏了" in (await client.get(f"/cases/{case.code}/clocks")).text
    assert (await client.get(f"/cases/{case.code}/steps/route_out")).status_code == 200
    client.cookies.update(await sign_in(town.director))
    assert (await client.get(f"/cases/{case.code}/steps/remediate")).status_code == 200
