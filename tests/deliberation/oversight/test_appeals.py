"""A return may be appealed once; who screened it does not decide, and nothing is refused by lying still."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.rights import Role
from community.timers.commands import fire_due
from deliberation.body.rules import Basis, BodyKind
from deliberation.matter import drafting, screening
from deliberation.matter.models import Screening, Study
from deliberation.matter.states import Screened, State
from deliberation.oversight import appealing
from deliberation.oversight.appealing import appeal, decide
from deliberation.oversight.models import ReturnAppeal
from deliberation.oversight.orders import order
from deliberation.oversight.queries import overdue_in
from deliberation.oversight.rules import Deed, Document, Issuer, Ruling
from tests.deliberation.stage import TEXT, body_of, returned, screened
from tests.world import NOON, World

WHY = "钱从公共收益里出，正文第二段写了。"
SEEN = "正文确实写了，不该退。"


async def street(world: World) -> Person:
    await Holding.create(person=world.stranger, role=Role.STREET, place=world.street, since=NOON)
    return world.stranger


async def test_an_appeal_that_succeeds_is_as_good_as_an_acceptance(world: World) -> None:
    matter = await returned(world, (await body_of(world))[0])
    with pytest.raises(Forbidden):
        await appeal(matter.id, WHY, by=world.qiang, at=NOON)
    with pytest.raises(Unfit) as why:
        await appeal(matter.id, "不", by=world.lan, at=NOON)
    assert why.value.field == "words"
    assert await appeal(matter.id, WHY, by=world.lan, at=NOON) is State.APPEALED
    with pytest.raises(MovedOn):
        await appeal(matter.id, WHY, by=world.lan, at=NOON)
    for person in (world.clerk, world.lan, world.moderator, await street(world)):
        with pytest.raises(Forbidden):
            await decide(matter.id, Ruling.REINSTATED, SEEN, by=person, at=NOON)
    with pytest.raises(Unfit) as why:
        await decide(matter.id, Ruling.REINSTATED, "", by=world.supervisor, at=NOON)
    assert why.value.field == "reasons"
    assert await decide(matter.id, Ruling.REINSTATED, SEEN, by=world.supervisor, at=NOON) is State.PARTY_STUDY
    kept = await ReturnAppeal.get()
    assert (kept.ruling, kept.decided_by_id, kept.escalated_at) == (Ruling.REINSTATED, world.supervisor.id, None)


async def test_one_appeal_for_one_return(world: World) -> None:
    matter = await returned(world, (await body_of(world))[0])
    await appeal(matter.id, WHY, by=world.lan, at=NOON)
    assert await decide(matter.id, Ruling.UPHELD, "还是没写清楚。", by=world.supervisor, at=NOON) is State.RETURNED
    with pytest.raises(Unfit, match="只能申诉一次"):
        await appeal(matter.id, WHY, by=world.lan, at=NOON)
    await drafting.revise(matter.id, replace(TEXT, body="写清楚了。"), by=world.lan, at=NOON)
    await drafting.resubmit(matter.id, by=world.lan, at=NOON)
    assert (await ReturnAppeal.get()).ruling is Ruling.UPHELD


async def test_the_time_to_appeal_runs_out(world: World) -> None:
    matter = await returned(world, (await body_of(world))[0])
    with pytest.raises(Unfit, match="时间已经过了"):
        await appeal(matter.id, WHY, by=world.lan, at=NOON + timedelta(days=16))
    await appeal(matter.id, WHY, by=world.lan, at=NOON + timedelta(days=15))


async def test_who_screened_it_does_not_decide_even_as_an_overseer(world: World) -> None:
    matter = await returned(world, (await body_of(world))[0])
    await Holding.create(person=world.clerk, role=Role.SUPERVISOR, place=world.community, since=NOON)
    await appeal(matter.id, WHY, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await decide(matter.id, Ruling.UPHELD, SEEN, by=world.clerk, at=NOON)


async def test_when_nobody_decides_the_street_may_and_it_stays_overdue(world: World) -> None:
    matter, office = await returned(world, (await body_of(world))[0]), await street(world)
    await appeal(matter.id, WHY, by=world.lan, at=NOON)
    due = (await ReturnAppeal.get()).due_at
    assert due.isoformat() == "2026-05-18T16:00:00+00:00"  # ten working days, one Saturday worked
    await fire_due(appealing.TIMERS, due - timedelta(seconds=1))
    assert await overdue_in(world.community.id, at=due - timedelta(seconds=1)) == []
    await fire_due(appealing.TIMERS, due)
    assert [each.matter_id for each in await overdue_in(world.community.id, at=due)] == [matter.id]
    assert await Event.filter(kind="matter.escalate").count() == 1
    await matter.refresh_from_db()
    assert matter.state is State.APPEALED
    assert await decide(matter.id, Ruling.REINSTATED, SEEN, by=office, at=due) is State.PARTY_STUDY
    assert await overdue_in(world.community.id, at=due + timedelta(days=9)) == []


async def test_a_suspended_appeal_is_due_as_many_days_later(world: World) -> None:
    matter = await returned(world, (await body_of(world))[0])
    await appeal(matter.id, WHY, by=world.lan, at=NOON)
    due = (await ReturnAppeal.get()).due_at
    paper = Document(issuer=Issuer.STREET, number="清街 3 号", issued_on=date(2026, 5, 1), reason="先停一停。")
    await order(matter.id, Deed.SUSPEND, paper, by=world.supervisor, at=NOON)
    await fire_due(appealing.TIMERS, due)
    await order(matter.id, Deed.RESUME, paper, by=world.supervisor, at=NOON + timedelta(days=30))
    later = due + timedelta(days=30)
    assert (await ReturnAppeal.get()).due_at == later
    assert await Event.filter(kind="matter.escalate").count() == 0
    await fire_due(appealing.TIMERS, later)
    assert await Event.filter(kind="matter.escalate").count() == 1


@pytest.mark.parametrize("outcome", [Screened.SEND_BACK, Screened.TO_MEDIATION, Screened.NOT_OURS])
async def test_every_refusal_says_which_and_may_be_appealed(world: World, outcome: Screened) -> None:
    matter = await returned(world, (await body_of(world))[0], outcome)
    assert (await Screening.get()).outcome is outcome
    assert await Event.filter(kind=f"matter.{outcome}").count() == 1
    assert await appeal(matter.id, WHY, by=world.lan, at=NOON) is State.APPEALED


async def test_the_owners_own_do_not_wait_for_a_study_which_is_advisory(world: World) -> None:
    body, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    matter = await returned(world, body)
    await appeal(matter.id, WHY, by=world.lan, at=NOON)
    assert await decide(matter.id, Ruling.REINSTATED, SEEN, by=world.supervisor, at=NOON) is State.DELIBERATING
    said = "建议注意消防。"
    assert await screening.study(matter.id, NOON.date(), said, by=world.moderator, at=NOON) is State.DELIBERATING
    assert (await Study.get()).advisory


async def test_owners_matters_are_accepted_straight_into_deliberation(world: World) -> None:
    body, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    matter = await screened(world, body)
    assert await screening.accept(matter.id, by=world.clerk, at=NOON) is State.DELIBERATING
