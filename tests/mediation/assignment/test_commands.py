"""Who mediates, and who may not."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Holding, Person
from community.places.models import Resident
from community.rights import Role
from mediation.assignment.commands import assign
from mediation.case.models import Assignment, Case
from mediation.case.queries import visible_case
from mediation.case.states import State
from mediation.room.models import Room
from tests.mediation.filing import accepted
from tests.world import NOON, World

LATER = NOON + timedelta(days=3)
SAID = {"clear": True, "willing": True}


async def test_the_director_assigns_and_the_rooms_open(world: World) -> None:
    case = await accepted(world)
    await assign(case.code, world.mediator.code, **SAID, by=world.director, at=LATER)
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    assert (await Assignment.get(case_id=case.id, until=None)).mediator_id == world.mediator.id
    kinds = sorted(str(each.kind) for each in await Room.filter(case_id=case.id))
    assert kinds == ["caucus", "caucus", "internal", "joint"]


async def test_only_the_director_and_only_a_mediator_of_the_committee(world: World) -> None:
    case = await accepted(world)
    with pytest.raises(Forbidden):
        await assign(case.code, world.mediator.code, **SAID, by=world.intake, at=LATER)
    with pytest.raises(Hidden):
        await assign(case.code, world.clerk.code, **SAID, by=world.director, at=LATER)


@pytest.mark.parametrize("missing", ["clear", "willing"])
async def test_both_questions_must_have_been_asked(world: World, missing: str) -> None:
    case = await accepted(world)
    with pytest.raises(Unfit) as refusal:
        await assign(case.code, world.mediator.code, **{**SAID, missing: False}, by=world.director, at=LATER)
    assert refusal.value.field == missing


async def test_a_mediator_from_a_partys_home_is_found_by_the_roll(world: World) -> None:
    case = await accepted(world)
    home = world.units[1]
    await Resident.create(
        community_id=world.community.id, unit=home, name="吴老师", person_id=world.mediator.id, household_rep=False
    )
    with pytest.raises(Unfit, match="利害关系"):
        await assign(case.code, world.mediator.code, **SAID, by=world.director, at=LATER)


async def test_a_colleague_knows_that_the_case_exists_and_nothing_more(world: World) -> None:
    case = await accepted(world)
    other = await Person.create(name="旁人", email="other@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=other, role=Role.PEOPLE_MEDIATOR, org=world.mediation_committee, since=NOON)
    _, seats = await visible_case(other, case.code, at=LATER)
    assert seats == {"colleague"}
