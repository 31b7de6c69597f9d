"""Roles hold in a place and in everything inside it, for a time."""

from datetime import timedelta

from community.people.models import Holding
from community.people.roles import all_roles, is_staff, people_with, roles_in_org, roles_in_place
from community.rights import GRANTS, Right, Role
from tests.world import NOON, World


async def test_a_role_in_the_community_holds_in_its_buildings_and_not_in_the_street(world: World) -> None:
    assert Role.CLERK in await roles_in_place(world.clerk, world.building.id, at=NOON)
    assert await roles_in_place(world.clerk, world.street.id, at=NOON) == frozenset()


async def test_a_role_ends_when_its_term_ends(world: World) -> None:
    term = NOON + timedelta(days=10)
    await Holding.filter(person_id=world.clerk.id).update(until=term)
    assert await all_roles(world.clerk, at=term - timedelta(seconds=1)) == {Role.CLERK}
    assert await all_roles(world.clerk, at=term) == frozenset()


async def test_roles_in_an_organisation_stay_there(world: World) -> None:
    assert await roles_in_org(world.mediator, world.mediation_committee.id, at=NOON) == {Role.PEOPLE_MEDIATOR}
    assert await roles_in_org(world.mediator, world.residents_committee.id, at=NOON) == frozenset()
    assert await roles_in_place(world.mediator, world.community.id, at=NOON) == frozenset()


async def test_who_holds_a_right(world: World) -> None:
    assert await people_with(Right.CONTENT_MODERATE, place_id=world.building.id, at=NOON) == [world.moderator.id]
    assert await people_with(Right.SEAL_USE, org_id=world.mediation_committee.id, at=NOON) == [world.director.id]


def test_every_role_is_in_the_table_and_residents_are_no_staff() -> None:
    assert set(GRANTS) == set(Role)
    assert not is_staff([Role.RESIDENT, Role.OWNER])
    assert is_staff([Role.RESIDENT, Role.CLERK])
