"""What was promised: confirmed, let off, overdue; and what the record holds of all this."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event as Recorded
from mediation.agreement import performing
from mediation.agreement.models import Obligation
from mediation.agreement.rules import Duty
from mediation.case.models import Case
from mediation.case.states import State
from tests.mediation.agreement.making import (
    LATER,
)
from tests.mediation.agreement.making import (
    performing as in_effect,
)
from tests.world import World

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def state_of(case: Case) -> State:
    return (await Case.get(id=case.id)).state


async def duties(case: Case) -> list[Obligation]:
    return await Obligation.filter(case_id=case.id).order_by("id")


async def test_whom_it_is_owed_to_confirms_and_the_last_one_leads_to_the_visit(world: World) -> None:
    case = await in_effect(world)
    first, second, third = await duties(case)
    with pytest.raises(Forbidden):
        await performing.confirm(case.code, first.code, by=world.qiang, at=LATER)
    await performing.confirm(case.code, first.code, by=world.lan, at=LATER)
    with pytest.raises(MovedOn, match="已经确认过"):
        await performing.confirm(case.code, first.code, by=world.lan, at=LATER)
    await performing.waive(case.code, second.code, by=world.lan, at=LATER)
    with pytest.raises(Unfit, match="凭证"):
        await performing.confirm(case.code, third.code, by=world.mediator, at=LATER)
    assert await state_of(case) is State.PERFORMING
    await performing.confirm(case.code, third.code, proof="看过转账记录", by=world.mediator, at=LATER)
    assert await state_of(case) is State.FOLLOWUP
    stored = await duties(case)
    assert [each.state for each in stored] == [Duty.DONE, Duty.WAIVED, Duty.DONE]
    assert "转账" not in stored[2].proof
    assert (await Recorded.get(kind="case.performed")).actor_id is None


async def test_only_whom_it_is_owed_to_lets_somebody_off(world: World) -> None:
    case = await in_effect(world)
    duty = (await duties(case))[0]
    for person in (world.qiang, world.mediator, world.director):
        with pytest.raises(Forbidden):
            await performing.waive(case.code, duty.code, by=person, at=LATER)
    with pytest.raises(Hidden):
        await performing.confirm(case.code, "nothing", by=world.lan, at=LATER)


async def test_one_promise_confirmed_twice_at_once_is_confirmed_once(world: World) -> None:
    case = await in_effect(world)
    duty = (await duties(case))[0]
    both = [
        performing.confirm(case.code, duty.code, by=world.lan, at=LATER),
        performing.confirm(case.code, duty.code, proof="收条", by=world.mediator, at=LATER),
    ]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(each, MovedOn) for each in results) == 1
    assert await Recorded.filter(kind="obligation.done").count() == 1


async def test_a_promise_is_overdue_when_its_day_is_over_in_beijing(world: World) -> None:
    case = await in_effect(world)
    last = datetime(2026, 5, 20, 15, 59, 59, tzinfo=UTC)
    with pytest.raises(Unfit, match="没有到期"):
        await performing.fall_overdue(case.key, at=last)
    await performing.fall_overdue(case.key, at=last + SECOND)
    assert await state_of(case) is State.BREACHED
    with pytest.raises(Unfit, match="到期未履行"):
        await performing.cure(case.code, by=world.mediator, at=last + SECOND)
    first = (await duties(case))[0]
    await performing.confirm(case.code, first.code, by=world.lan, at=last + SECOND)
    await performing.cure(case.code, by=world.mediator, at=last + SECOND)
    assert await state_of(case) is State.PERFORMING


async def test_the_record_holds_no_words_names_or_amounts(world: World) -> None:
    case = await in_effect(world)
    for duty in await duties(case):
        await performing.confirm(case.code, duty.code, proof="收条", by=world.mediator, at=LATER)
    told = "".join(await Recorded.all().values_list("body", flat=True))  # type: ignore[arg-type]
    assert [word for word in ("阿兰", "阿强", "水管", "200000", "3200", "收条") if word in told] == []
