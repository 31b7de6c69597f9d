"""Who is asked to the table, and who declares what."""

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.matter import drafting, hosting
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.inviting import invite, state
from deliberation.stakeholder.queries import declarations_of, may_state, slots_of
from deliberation.stakeholder.rules import Capacity, Seat
from tests.deliberation.stage import TEXT, body_of, declared, proposed, talking
from tests.world import NOON, World

HAS = "我家就在车棚边上。"


async def test_roles_are_asked_and_each_speaks_once_for_itself(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Forbidden):
        await invite(matter.id, Seat.LOCAL, email="xiu@example.org", by=world.lan, at=NOON)
    org = await invite(matter.id, Seat.RESIDENTS_COMMITTEE, org=world.residents_committee.code, by=world.clerk, at=NOON)
    person = await invite(matter.id, Seat.LOCAL, email=" XIU@example.org ", by=world.clerk, at=NOON)
    assert [slot.seat for slot in await slots_of(matter)] == [Seat.RESIDENTS_COMMITTEE, Seat.LOCAL]
    assert await may_state(world.clerk, (await slots_of(matter))[0], at=NOON)
    with pytest.raises(Forbidden):
        await state(matter.id, person.id, "我同意。", by=world.qiang, at=NOON)
    with pytest.raises(Forbidden):
        await state(matter.id, org.id, "居委会同意。", by=world.lan, at=NOON)
    await state(matter.id, person.id, "我同意。", by=world.xiu, at=NOON)
    with pytest.raises(Unfit, match="已经写过"):
        await state(matter.id, person.id, "我又不同意了。", by=world.xiu, at=NOON)
    await state(matter.id, org.id, "居委会同意。", by=world.clerk, at=NOON)
    assert [slot.statement for slot in await slots_of(matter)] == ["居委会同意。", "我同意。"]
    assert await Event.filter(kind__startswith="slot.").count() == 4


@pytest.mark.parametrize(
    ("whom", "field"),
    [
        ({}, "org"),
        ({"org": "x", "email": "xiu@example.org"}, "org"),
        ({"org": "nothing"}, "org"),
        ({"email": "nobody@example.org"}, "email"),
        ({"email": "no address"}, "email"),
    ],
)
async def test_an_invitation_that_leads_nowhere_says_what_to_mend(
    world: World, whom: dict[str, str], field: str
) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Unfit) as why:
        await invite(matter.id, Seat.EXPERT, **whom, by=world.clerk, at=NOON)
    assert why.value.field == field
    assert await slots_of(matter) == []


async def test_nobody_is_asked_twice_in_a_role_or_to_what_is_not_public(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    await invite(matter.id, Seat.LOCAL, email="xiu@example.org", by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="已经邀请"):
        await invite(matter.id, Seat.LOCAL, email="xiu@example.org", by=world.clerk, at=NOON)
    await drafting.withdraw(matter.id, by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await invite(matter.id, Seat.EXPERT, email="xiu@example.org", by=world.clerk, at=NOON)


async def test_the_words_are_not_fixed_before_author_and_host_have_declared(world: World) -> None:
    matter = await talking(world)
    for capacity, person in ((Capacity.AUTHOR, world.lan), (Capacity.HOST, world.clerk)):
        with pytest.raises(Unfit, match="利益关系"):
            await hosting.finalise(matter.id, by=world.clerk, at=NOON)
        await declare(matter.id, capacity, interested=False, by=person, at=NOON)
    await hosting.finalise(matter.id, by=world.clerk, at=NOON)


async def test_a_declaration_is_made_in_ones_own_capacity_and_says_which_interest(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    for capacity, person in ((Capacity.AUTHOR, world.qiang), (Capacity.HOST, world.lan), (Capacity.TELLER, world.xiu)):
        with pytest.raises(Forbidden):
            await declare(matter.id, capacity, interested=False, by=person, at=NOON)
    with pytest.raises(Unfit) as why:
        await declare(matter.id, Capacity.AUTHOR, interested=True, words=" ", by=world.lan, at=NOON)
    assert why.value.field == "words"
    await declared(matter.id, world.lan, world.clerk)
    await declare(matter.id, Capacity.AUTHOR, interested=True, words=HAS, by=world.lan, at=NOON)
    await declare(matter.id, Capacity.TELLER, interested=False, by=world.supervisor, at=NOON)
    held = {each.capacity: each for each in await declarations_of(matter)}
    assert held[Capacity.AUTHOR].words == HAS
    assert not held[Capacity.HOST].interested
    assert len(held) == 3
    assert HAS not in str([facts_of(event) for event in await Event.filter(kind="interest.declared")])


async def test_an_interest_is_not_kept_by_somebody_who_says_there_is_none(world: World) -> None:
    body, _ = await body_of(world)
    matter = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    said = await declare(matter.id, Capacity.AUTHOR, interested=False, words=HAS, by=world.lan, at=NOON)
    assert said.words == ""
    await drafting.withdraw(matter.id, by=world.lan, at=NOON)
    with pytest.raises(Unfit, match="已经结束"):
        await declare(matter.id, Capacity.AUTHOR, interested=False, by=world.lan, at=NOON)
