"""Objections to a roll: in time, by anybody concerned; upheld they make a new version, open they hold up a vote."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.places.models import Resident
from community.record.models import Event
from community.timers.commands import fire_due
from deliberation.ballot import announcing
from deliberation.ballot.models import Ballot, BallotState
from deliberation.body.correcting import hung, objections, stands, undecided
from deliberation.body.models import Body, RollHead, RollVersion
from deliberation.body.queries import latest_roll
from deliberation.body.rules import OBJECTION_DAYS
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome.answering import answer
from deliberation.publicity import objecting
from deliberation.publicity.models import Objection
from deliberation.publicity.objecting import object_to
from deliberation.publicity.rules import PRESETS, Kind, Verdict, full_days
from tests.deliberation.stage import PLAN, body_of, finalised, tick
from tests.world import NOON, World

DAY = timedelta(days=1)
REASON = "查了登记，确实漏了，已经补上。"


async def filed(world: World, roll: RollVersion) -> Objection:
    """Let 路人, who is on no roll, say that they were left out."""
    said = await object_to((await hung(roll)).id, "我住 302，名册上没有我。", by=world.stranger, at=NOON + DAY)
    return await Objection.get(id=said.id)


async def moved_in(world: World) -> None:
    """Set the register right."""
    await Resident.create(
        community_id=world.community.id,
        unit=world.units[0],
        name="路人",
        born_on=date(1990, 1, 1),
        person_id=world.stranger.id,
    )


async def test_whoever_was_left_out_objects_within_five_days_and_no_later(world: World) -> None:
    _, roll = await body_of(world)
    publication = await hung(roll)
    last = roll.objection_until - timedelta(seconds=1)
    with pytest.raises(Unfit, match="公示期已经过了"):
        await object_to(publication.id, "我住 302，名册上没有我。", by=world.stranger, at=roll.objection_until)
    made = await object_to(publication.id, "我住 302，名册上没有我。", by=world.stranger, at=last)
    assert made.answer_due == ends_at(local_day(last) + 3 * DAY)
    with pytest.raises(Unfit, match="已经提过"):
        await object_to(publication.id, "再说一遍，没有我。", by=world.stranger, at=last)
    assert await Objection.all().count() == 1


async def test_an_upheld_objection_makes_a_new_version_and_leaves_the_frozen_one_alone(world: World) -> None:
    body, roll = await body_of(world)
    said = await filed(world, roll)
    with pytest.raises(Unfit, match="还没有改过来"):
        await answer(said.id, Verdict.UPHELD, REASON, by=world.clerk, at=NOON + DAY)
    assert (await Objection.get(id=said.id)).verdict is None, "nothing is kept of a refused answer"
    await moved_in(world)
    await answer(said.id, Verdict.UPHELD, REASON, by=world.clerk, at=NOON + 2 * DAY)
    new = await latest_roll(body.id)
    assert new
    assert (new.number, new.heads, new.corrects_id) == (2, 5, said.id)
    assert new.objection_until > roll.objection_until
    old = await RollVersion.get(id=roll.id)
    assert (old.content_hash, old.heads) == (roll.content_hash, 4)
    assert await RollHead.filter(roll_id=roll.id).count() == 4
    assert (await stands(roll.id), await stands(new.id)) == (False, True)


async def test_two_objections_set_right_together_make_one_version(world: World) -> None:
    body, roll = await body_of(world)
    first = await filed(world, roll)
    other = await object_to((await hung(roll)).id, "302 的路人没有写上。", by=world.lan, at=NOON + DAY)
    await moved_in(world)
    for each in (first, other):
        await answer(each.id, Verdict.UPHELD, REASON, by=world.clerk, at=NOON + 2 * DAY)
    assert await RollVersion.filter(body_id=body.id).count() == 2
    assert [each.id for each in (await objections(body.id))[0]] == [other.id, first.id]


async def test_the_committee_answers_once_and_the_objector_never(world: World) -> None:
    _, roll = await body_of(world)
    mine = await object_to((await hung(roll)).id, "面积写错了一处。", by=world.clerk, at=NOON)
    said = await filed(world, roll)
    for number, who in ((mine.id, world.clerk), (said.id, world.lan), (said.id, world.stranger)):
        with pytest.raises(Forbidden):
            await answer(number, Verdict.DISMISSED, REASON, by=who, at=NOON + DAY)
    await answer(said.id, Verdict.DISMISSED, "查了登记，您的户口不在这里。", by=world.clerk, at=NOON + DAY)
    with pytest.raises(MovedOn):
        await answer(said.id, Verdict.DISMISSED, REASON, by=world.clerk, at=NOON + DAY)
    assert await RollVersion.all().count() == 1


async def test_an_answer_that_is_late_is_marked_by_the_clock(world: World) -> None:
    _, roll = await body_of(world)
    said = await filed(world, roll)
    await fire_due(objecting.TIMERS, said.answer_due - timedelta(seconds=1))
    assert (await Objection.get(id=said.id)).overdue_at is None
    await fire_due(objecting.TIMERS, said.answer_due)
    assert (await Objection.get(id=said.id)).overdue_at == said.answer_due
    assert await Event.filter(kind="objection.overdue").count() == 1


async def ready(world: World) -> tuple[Body, RollVersion, Matter]:
    """Give a matter with frozen words."""
    body, roll = await body_of(world)
    return body, roll, await finalised(world, body, roll, [world.lan, world.qiang, world.xiu, world.zhao])


async def test_no_vote_is_announced_while_an_objection_waits(world: World) -> None:
    body, roll, matter = await ready(world)
    said = await filed(world, roll)
    assert await undecided(body.id) == 1
    with pytest.raises(Unfit, match="名册还有"):
        await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON + DAY)
    await answer(said.id, Verdict.DISMISSED, "查了登记，您的户口不在这里。", by=world.clerk, at=NOON + DAY)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON + DAY)
    assert ballot.roll_id == roll.id


async def test_a_vote_whose_roll_does_not_stand_is_called_off_and_may_be_announced_again(world: World) -> None:
    _body, roll, matter = await ready(world)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    said = await filed(world, roll)
    await tick(ballot.opens_at)
    assert (await Ballot.get(id=ballot.id)).state is BallotState.CALLED_OFF
    assert (await Matter.get(id=matter.id)).state is State.FINALISED
    assert await Event.filter(kind="matter.call_off").count() == 1
    await moved_in(world)
    after = ballot.opens_at + DAY
    await answer(said.id, Verdict.UPHELD, REASON, by=world.clerk, at=after)
    later = announcing.Plan(
        weight=PLAN.weight, effect=PLAN.effect, opens_on=date(2026, 6, 20), closes_on=date(2026, 6, 25)
    )
    again = await announcing.announce(matter.id, later, by=world.clerk, at=after)
    await tick(again.opens_at)
    assert (await Ballot.get(id=again.id)).state is BallotState.OPEN
    assert again.attempt == 2
    await tick(again.closes_at)


async def test_a_roll_that_stands_opens_its_vote(world: World) -> None:
    _, roll, matter = await ready(world)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    said = await filed(world, roll)
    await answer(said.id, Verdict.DISMISSED, "查了登记，您的户口不在这里。", by=world.clerk, at=NOON + DAY)
    await tick(ballot.opens_at)
    assert (await Ballot.get(id=ballot.id)).state is BallotState.OPEN


async def test_there_is_nothing_to_object_to_where_nothing_hangs(world: World) -> None:
    with pytest.raises(Hidden):
        await object_to(4711, "我住 302，名册上没有我。", by=world.stranger, at=NOON)


@given(st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda delta: NOON + delta))
def test_whenever_a_roll_is_hung_up_it_hangs_for_the_days_of_the_law(at: datetime) -> None:
    until = ends_at(local_day(at) + OBJECTION_DAYS * DAY)
    assert full_days(at, until) >= OBJECTION_DAYS == PRESETS[Kind.ROLL].days
    due = ends_at(local_day(at) + PRESETS[Kind.ROLL].answer_days * DAY)
    assert full_days(at, due) == 3
