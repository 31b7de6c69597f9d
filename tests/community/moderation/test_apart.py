"""Who may decide about whom: second pairs of eyes, appeals and second appeals, and who works under whom."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.moderation.appealing import TIMERS, answer, appeal
from community.moderation.bodies import deciders
from community.moderation.hiding import hide, second
from community.moderation.models import Appeal, Hiding
from community.moderation.originals import read_sealed
from community.moderation.queries import appeals
from community.moderation.states import State
from community.orgs.models import Org, OrgKind
from community.people.models import Holding
from community.rights import Role
from community.timers.commands import fire_due
from tests.community.moderation.board import Slip, pin
from tests.community.moderation.cast import ABUSE, hidden, somebody, street_moderator, third_party, told
from tests.world import NOON, World

DAY = timedelta(days=1)


@pytest.fixture
def board(world: World) -> dict[str, Slip]:
    return pin(world)


async def test_a_moderator_of_the_same_place_is_of_the_same_organisation(world: World, board: dict[str, Slip]) -> None:
    colleague = await somebody("tong", Role.MODERATOR, world.community)
    hiding = await hide("slip-2", ABUSE, by=world.moderator, at=NOON)
    with pytest.raises(Forbidden, match="同一个单位"):
        await second(hiding.code, agree=True, by=colleague, at=NOON)
    await second(hiding.code, agree=True, by=await street_moderator(world), at=NOON)
    assert board["slip-2"].hidden == "M2"


async def test_nobody_answers_for_their_own_superior(world: World, board: dict[str, Slip]) -> None:
    street = await street_moderator(world)
    hiding = await hide("slip-1", ABUSE, by=street, at=NOON)
    await appeal(hiding.code, "不同意", by=world.lan, at=NOON)
    with pytest.raises(Forbidden, match="下级"):
        await answer(hiding.code, "维持", restore=False, by=world.moderator, at=NOON)
    assert await deciders(await Hiding.get(), 1, at=NOON) == [world.supervisor.id]


async def test_an_organisation_below_is_below(world: World, board: dict[str, Slip]) -> None:
    above = await Org.create(kind=OrgKind.STREET_OFFICE, name="清河街道办", short_name="清河", place=world.street)
    below = await Org.create(
        kind=OrgKind.SUPERVISION_COMMITTEE, name="监委会", short_name="监", place=world.community, parent=above
    )
    await Holding.create(person=world.moderator, role=Role.CLERK, org=above, since=NOON)
    await Holding.create(person=world.supervisor, role=Role.CLERK, org=below, since=NOON)
    hiding = await hidden(world)
    await appeal(hiding.code, "不同意", by=world.lan, at=NOON)
    with pytest.raises(Forbidden, match="下级"):
        await answer(hiding.code, "维持", restore=False, by=world.supervisor, at=NOON)
    await Org.filter(id=below.id).update(parent_id=None)
    await answer(hiding.code, "维持", restore=False, by=world.supervisor, at=NOON)


async def upheld(world: World) -> Hiding:
    hiding = await hidden(world)
    await appeal(hiding.code, "不同意", by=world.lan, at=NOON)
    await answer(hiding.code, "确实骂人。", restore=False, by=world.supervisor, at=NOON)
    return hiding


async def test_a_second_appeal_goes_to_the_street_or_a_third_party(world: World, board: dict[str, Slip]) -> None:
    street, outside = await street_moderator(world), await third_party(world)
    hiding = await upheld(world)
    await appeal(hiding.code, "还是不同意", by=world.lan, at=NOON + 9 * DAY)
    for person in (world.moderator, world.supervisor, world.lan):
        with pytest.raises(Forbidden):
            await answer(hiding.code, "维持", restore=False, by=person, at=NOON + 9 * DAY)
    for person in (street, outside):
        assert [each.code for each in await appeals(person, at=NOON + 9 * DAY)] == [hiding.code]
    assert "138" in await read_sealed(hiding.code, by=outside, at=NOON + 9 * DAY)
    await answer(hiding.code, "话重了，算骂人。", restore=False, by=outside, at=NOON + 9 * DAY)
    assert ((await Hiding.get()).state, board["slip-1"].hidden) == (State.FINAL, "M2")
    assert (await told(world.lan))[-1].startswith("您的再次申诉有答复了")
    with pytest.raises(MovedOn):
        await appeal(hiding.code, "第三次", by=world.lan, at=NOON + 9 * DAY)


async def test_a_second_appeal_has_its_own_clock(world: World, board: dict[str, Slip]) -> None:
    hiding = await upheld(world)
    await appeal(hiding.code, "还是不同意", by=world.lan, at=NOON)
    due = (await Appeal.get(level=2)).due_at
    await fire_due(TIMERS, due - timedelta(seconds=1))
    assert board["slip-1"].hidden == "M2"
    await fire_due(TIMERS, due)
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.EXPIRED)


async def test_after_ten_days_there_is_no_second_appeal(world: World, board: dict[str, Slip]) -> None:
    hiding = await upheld(world)
    with pytest.raises(Unfit, match="十天"):
        await appeal(hiding.code, "晚了", by=world.lan, at=NOON + 11 * DAY)


async def test_who_answered_first_does_not_answer_again(world: World, board: dict[str, Slip]) -> None:
    street = await street_moderator(world)
    hiding = await hidden(world)
    await appeal(hiding.code, "不同意", by=world.lan, at=NOON)
    await answer(hiding.code, "确实骂人。", restore=False, by=street, at=NOON)
    await appeal(hiding.code, "还是不同意", by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await answer(hiding.code, "维持", restore=False, by=street, at=NOON)
