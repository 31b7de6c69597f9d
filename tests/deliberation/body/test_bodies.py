"""Which bodies there are, who opens and ends them, and who speaks for a household."""

from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Holding
from community.places.models import PlaceKind, Resident
from community.record.models import Event
from community.rights import Role
from deliberation.ballot.packs import rule
from deliberation.ballot.roll import Scope
from deliberation.body import commands, queries
from deliberation.body.ending import end
from deliberation.body.households import Declaration, declare, history, speaking
from deliberation.body.models import RollVoice
from deliberation.body.rules import PRESETS, Basis, BodyKind, Proof
from deliberation.body.thresholds import ASKED_OF
from deliberation.matter import drafting
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.world import NOON, World

TODAY = NOON.date()
OPENED = "改选以后由新的业主大会接着办。"


def test_every_kind_has_its_articles_and_votes_only_by_rules_that_are_in_force() -> None:
    assert set(PRESETS) == set(BodyKind)
    for kind, preset in PRESETS.items():
        assert preset.source, kind
        assert bool(ASKED_OF[kind]) == bool(preset.bases), kind
        assert {basis for basis, _ in preset.rules} <= set(preset.bases), kind
        assert (Basis.MEMBERS in preset.bases or Basis.DELEGATES in preset.bases) == (preset.members is not None), kind
        for (basis, _), name in preset.rules.items():
            found = rule(name, on=date(2026, 6, 1))
            assert found.electorate is queries.ELECTORATES[basis], (kind, name)
            whole = Scope.BUILDING if PlaceKind.BUILDING in preset.places[:1] else Scope.WHOLE
            assert whole in found.scopes, (kind, name)


def test_nothing_is_announced_for_fewer_days_than_its_law_asks() -> None:
    least = {Basis.OWNERS: 15, Basis.MEMBERS: 7}
    for preset in PRESETS.values():
        assert all(preset.notice_days >= least.get(basis, 10) for basis in preset.bases)


async def test_the_office_that_the_table_names_opens_a_body_where_it_belongs(world: World) -> None:
    place = world.community.id
    party = await commands.found(BodyKind.PARTY_MEETING, place, "社区党员大会", by=world.moderator, at=NOON)
    with pytest.raises(Forbidden):
        await commands.found(BodyKind.COUNCIL, place, "议事会", by=world.moderator, at=NOON)
    with pytest.raises(Unfit, match="不设在这一级"):
        await commands.found(BodyKind.OWNERS_SCOPE, place, "一号楼", by=world.clerk, at=NOON)
    block = await commands.found(BodyKind.OWNERS_SCOPE, world.building.id, "一号楼", by=world.clerk, at=NOON)
    roll = await commands.freeze_roll(block.id, Basis.OWNERS, by=world.clerk, at=NOON)
    assert (roll.heads, (await queries.counted_roll(roll)).scope) == (4, Scope.BUILDING)
    with pytest.raises(Unfit, match="换一种"):
        await commands.freeze_roll(party.id, Basis.MEMBERS, by=world.clerk, at=NOON)


async def test_members_of_the_owners_committee_are_its_roll(world: World) -> None:
    for person in (world.lan, world.qiang):
        await Holding.create(person=person, role=Role.OWNERS_COMMITTEE, place=world.community, since=NOON)
    body, roll = await body_of(world, BodyKind.OWNERS_COMMITTEE, Basis.MEMBERS)
    assert (roll.heads, body.kind) == (2, BodyKind.OWNERS_COMMITTEE)
    assert rule("oc.meeting").electorate is (await queries.counted_roll(roll)).electorate


async def test_a_body_ends_when_nothing_is_left_to_do_and_may_be_opened_again(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Unfit, match="没有办完") as why:
        await end(body.id, OPENED, by=world.clerk, at=NOON)
    assert why.value.facts["n"] == 1
    await drafting.withdraw(matter.id, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await end(body.id, OPENED, by=world.lan, at=NOON)
    with pytest.raises(Unfit):
        await end(body.id, "完", by=world.clerk, at=NOON)
    assert (await end(body.id, OPENED, by=world.clerk, at=NOON)).ended_why == OPENED
    with pytest.raises(MovedOn):
        await end(body.id, OPENED, by=world.clerk, at=NOON)
    with pytest.raises(Hidden):
        await commands.freeze_roll(body.id, Basis.RESIDENTS, by=world.clerk, at=NOON)
    with pytest.raises(Hidden):
        await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    again, _ = await body_of(world)
    assert [each.id for each in await queries.bodies_near(world.lan)] == [again.id]
    assert [each.id for each in await queries.listed(world.community.id)] == [again.id, body.id]


async def speaker(world: World, *, at: date) -> list[int]:
    """Return who would act for the household of 302 on a roll frozen on a day."""
    body = await queries.bodies_near(world.clerk)
    moment = NOON + (at - TODAY)
    roll = await commands.freeze_roll(body[0].id, Basis.HOUSEHOLDS, by=world.clerk, at=moment)
    rows = RollVoice.filter(roll_id=roll.id, head__key=f"u{world.units[0].id}")
    return sorted(int(str(number)) for number in await rows.values_list("resident_id", flat=True))


async def test_a_household_says_for_how_long_somebody_speaks_for_it(world: World) -> None:
    await body_of(world, basis=Basis.HOUSEHOLDS)
    unit, community = world.units[0], world.community.id
    lan = await Resident.get(person_id=world.lan.id)
    son = await Resident.create(community_id=community, unit=unit, name="小兰", born_on=date(1999, 1, 1))
    assert await speaker(world, at=TODAY) == [lan.id], "the mark of the imported roll"
    said = Declaration(resident=son.code, since=TODAY, until=date(2026, 8, 1), proof=Proof.SIGNED)
    made = await declare(unit.code, said, by=world.clerk, at=NOON)
    assert (made.declared_by_id, (await speaking(community, at=NOON, among=[unit.id]))[unit.id].resident_id) == (  # type: ignore[attr-defined]
        world.clerk.id,
        son.id,
    )
    assert await speaker(world, at=TODAY) == [son.id]
    assert await speaker(world, at=date(2026, 8, 1)) == [lan.id], "its days are over"
    back = Declaration(resident=lan.code, since=date(2026, 7, 1), proof=Proof.PRESENT)
    await declare(unit.code, back, by=world.clerk, at=NOON + timedelta(days=1))
    assert await speaker(world, at=date(2026, 6, 30)) == [son.id]
    assert await speaker(world, at=date(2026, 7, 1)) == [lan.id]
    assert [each.until for each in await history(unit)] == [None, date(2026, 7, 1)]
    assert await Event.filter(kind="household.declared").count() == 2


async def test_only_a_grown_member_of_the_household_and_only_by_the_clerk(world: World) -> None:
    unit, community = world.units[0], world.community.id
    child = await Resident.create(community_id=community, unit=unit, name="小宝", born_on=date(2015, 1, 1))
    other = await Resident.get(person_id=world.qiang.id)
    lan = await Resident.get(person_id=world.lan.id)
    for code, days in ((child.code, None), (other.code, None), (lan.code, TODAY)):
        said = Declaration(resident=code, since=TODAY, until=days, proof=Proof.SIGNED)
        with pytest.raises(Unfit):
            await declare(unit.code, said, by=world.clerk, at=NOON)
    said = Declaration(resident=lan.code, since=TODAY, proof=Proof.SIGNED)
    with pytest.raises(Forbidden):
        await declare(unit.code, said, by=world.lan, at=NOON)
    assert await history(unit) == []
