"""The roll: who is a head, and that it never changes once frozen."""

from datetime import date

import pytest

from community.errors import Forbidden, Unfit
from community.places.models import Ownership, Resident, Unit
from deliberation.ballot.heads import denominators
from deliberation.ballot.packs import rule
from deliberation.ballot.shares import Weight
from deliberation.body import commands
from deliberation.body.models import RollHead, RollVersion, RollVoice
from deliberation.body.queries import counted_roll, voices_of
from deliberation.body.rules import Basis, BodyKind
from deliberation.body.thresholds import ORDINARY
from tests.deliberation.stage import body_of, empty, own, settle
from tests.world import NOON, World

OWNERS = BodyKind.OWNERS_ASSEMBLY


async def test_every_adult_is_one_head_and_acts_for_themselves(world: World) -> None:
    await Resident.create(community_id=world.community.id, name="小宝", born_on=date(2015, 1, 1))
    _, roll = await body_of(world)
    assert (roll.heads, roll.area, roll.number) == (4, 0, 1)
    assert [voice.head.label for voice in await voices_of(world.lan, roll.id)] == ["1号楼 302"]
    assert await voices_of(world.stranger, roll.id) == []


async def test_a_household_is_one_head_for_any_of_its_representatives(world: World) -> None:
    lan = await Resident.get(person_id=world.lan.id)
    await Resident.create(
        community_id=world.community.id,
        name="阿兰家人",
        born_on=date(1972, 1, 1),
        unit_id=lan.unit_id,
        household_rep=True,
    )
    _, roll = await body_of(world, basis=Basis.HOUSEHOLDS)
    assert roll.heads == 4
    assert await RollVoice.filter(roll_id=roll.id).count() == 5


async def test_owners_are_heads_by_exact_set_and_the_developer_is_one(world: World) -> None:
    """E5: 98 flats, one owner of 30 shops, 15 unsold and 5 undelivered, one co-owned flat."""
    await empty(world)
    people = await settle(world, 101)
    for number, each in enumerate(people[:98]):
        await own(world, [each], area=5000, prefix=f"h{number}-")
    await own(world, [people[98]], area=20000, count=30, prefix="s")
    await own(world, area=10000, count=15, developer=True, prefix="d")
    await own(world, [people[0]], area=10000, count=5, delivered=False, prefix="u")
    await own(world, people[99:101], area=9000, prefix="c")
    _body, roll = await body_of(world, OWNERS, Basis.OWNERS)
    whole = denominators(await counted_roll(roll), rule("civ278.general")).whole
    assert whole == Weight(101, 12_990_00)
    assert (roll.heads, roll.area) == (101, 12_990_00)
    assert sorted([v.key for v in await RollVoice.filter(roll_id=roll.id, head__key__contains="+")]) == sorted(
        f"r{each.resident.id}" for each in people[99:101]
    )


async def test_the_same_rows_freeze_to_the_same_hash_and_a_change_to_another(world: World) -> None:
    body, first = await body_of(world, OWNERS, Basis.OWNERS)
    again = await commands.freeze_roll(body.id, Basis.OWNERS, by=world.clerk, at=NOON)
    assert (again.number, again.content_hash) == (2, first.content_hash)
    await Unit.filter(id=world.units[0].id).update(area=9000)
    third = await commands.freeze_roll(body.id, Basis.OWNERS, by=world.clerk, at=NOON)
    assert third.content_hash != first.content_hash
    assert (await RollHead.filter(roll_id=first.id).order_by("id").first()).area == 8937  # type: ignore[union-attr]


async def test_objections_may_be_raised_for_five_whole_days(world: World) -> None:
    _, roll = await body_of(world)
    assert roll.objection_until.isoformat() == "2026-05-09T16:00:00+00:00"  # the end of 9 May in Beijing


async def test_what_would_make_a_guess_is_refused(world: World) -> None:
    body, _ = await body_of(world)
    await Resident.create(community_id=world.community.id, name="不详")
    with pytest.raises(Unfit, match="没有登记出生日期"):
        await commands.freeze_roll(body.id, Basis.RESIDENTS, by=world.clerk, at=NOON)
    owners = await commands.found(OWNERS, world.community.id, "业主大会", by=world.clerk, at=NOON)
    bare = await Unit.create(community_id=world.community.id, building=world.building, number="701", area=1)
    with pytest.raises(Unfit, match="没有登记业主") as why:
        await commands.freeze_roll(owners.id, Basis.OWNERS, by=world.clerk, at=NOON)
    assert why.value.facts["which"] == "1号楼 701"
    other = await Unit.create(community_id=world.community.id, building=world.building, number="702", area=1)
    for unit in (bare, other):
        await Ownership.create(community_id=world.community.id, unit=unit, holder_name="王五", since=date(2020, 1, 1))
    with pytest.raises(Unfit, match="只登记了姓名"):
        await commands.freeze_roll(owners.id, Basis.OWNERS, by=world.clerk, at=NOON)


async def test_only_a_clerk_freezes_and_only_what_suits_the_body(world: World) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Forbidden):
        await commands.freeze_roll(body.id, Basis.RESIDENTS, by=world.lan, at=NOON)
    with pytest.raises(Unfit):
        await commands.freeze_roll(body.id, Basis.OWNERS, by=world.clerk, at=NOON)
    with pytest.raises(Unfit):
        await commands.found(body.kind, world.community.id, "又一个", by=world.clerk, at=NOON)
    assert await RollVersion.all().count() == 1


def test_five_heads_or_one_in_a_hundred_second_a_matter() -> None:
    assert [ORDINARY.heads(heads) for heads in (1, 5, 500, 501, 3000)] == [1, 5, 5, 6, 30]
