"""Accounts matched with the roll."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Refused, TooOften, Unfit
from community.people.models import Holding, Person
from community.people.roles import roles_in_place
from community.places.matching import account_for, row_for, row_of, rows_named, waiting
from community.places.models import Resident
from community.places.slips import LIFE, SIGNS, confirm, hash_of_slip, make_slips, new_slip_code, redeem
from community.record.models import Event
from community.rights import Right, Role
from tests.world import NOON, World

HOST = "192.0.2.7"


async def neighbour(world: World, *, household_rep: bool = False) -> Resident:
    return await Resident.create(
        community_id=world.community.id, unit=world.units[0], name="周七", household_rep=household_rep
    )


async def slip_for(world: World, name: str) -> str:
    made = await make_slips(world.building, by=world.clerk, at=NOON)
    return next(slip.code for slips in made.values() for slip in slips if slip.name == name)


async def test_a_slip_makes_a_resident_and_serves_once(world: World) -> None:
    await neighbour(world, household_rep=True)
    code = await slip_for(world, "周七")
    await redeem(world.stranger, f" {code[:4].lower()}-{code[4:]} ", host=HOST, at=NOON)
    roles = await roles_in_place(world.stranger, world.community.id, at=NOON)
    assert roles == {Role.RESIDENT, Role.HOUSEHOLD_REP}
    row = await row_of(world.stranger)
    assert row is not None
    assert (row.name, row.slip_hash) == ("周七", None)
    other = await Person.create(name="又一", email="o@example.org", joined_at=NOON)
    with pytest.raises(Unfit, match="核实码不对"):
        await redeem(other, code, host=HOST, at=NOON)


async def test_slips_go_to_those_without_an_account_and_are_stored_as_hashes(world: World) -> None:
    row = await neighbour(world)
    made = await make_slips(world.building, by=world.clerk, at=NOON)
    assert [(unit.number, [slip.name for slip in slips]) for unit, slips in made.items()] == [("302", ["周七"])]
    await row.refresh_from_db()
    (slips,) = made.values()
    assert row.slip_hash == hash_of_slip(slips[0].code)
    assert slips[0].code not in (row.slip_hash or "")
    (event,) = await Event.filter(kind="slips.made")
    assert "周七" not in event.body
    assert slips[0].code not in event.body


async def test_a_new_slip_ends_the_old_one_and_every_slip_ends_some_day(world: World) -> None:
    await neighbour(world)
    old, new = await slip_for(world, "周七"), await slip_for(world, "周七")
    with pytest.raises(Unfit):
        await redeem(world.stranger, old, host=HOST, at=NOON)
    with pytest.raises(Unfit):
        await redeem(world.stranger, new, host=HOST, at=NOON + LIFE)
    await redeem(world.stranger, new, host=HOST, at=NOON + LIFE - timedelta(seconds=1))


async def test_guessing_is_stopped_after_five_codes(world: World) -> None:
    await neighbour(world)
    code = await slip_for(world, "周七")
    for _ in range(5):
        with pytest.raises(Unfit):
            await redeem(world.stranger, "AAAABBBB", host=HOST, at=NOON)
    with pytest.raises(TooOften):
        await redeem(world.stranger, code, host=HOST, at=NOON)
    await redeem(world.stranger, code, host=HOST, at=NOON + timedelta(minutes=16))


def test_codes_hold_no_sign_that_is_mistaken_for_another() -> None:
    assert not set("01OIL") & set(SIGNS)
    assert {len(new_slip_code()) for _ in range(50)} == {8}


async def test_one_account_has_one_row_even_when_both_come_at_once(world: World) -> None:
    await neighbour(world)
    await Resident.create(community_id=world.community.id, unit=world.units[1], name="吴八")
    codes = [await slip_for(world, "周七")]
    made = await make_slips(world.building, by=world.clerk, at=NOON)
    codes = [slip.code for slips in made.values() for slip in slips]
    tries = [redeem(world.stranger, code, host=HOST, at=NOON) for code in codes]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert len(codes) == 2
    assert [isinstance(each, Refused) for each in answers].count(True) == 1
    assert await Resident.filter(person_id=world.stranger.id).count() == 1


async def test_one_row_has_one_account_even_when_both_come_at_once(world: World) -> None:
    await neighbour(world)
    code = await slip_for(world, "周七")
    other = await Person.create(name="又一", email="o@example.org", joined_at=NOON)
    tries = [redeem(person, code, host=HOST, at=NOON) for person in (world.stranger, other)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert [isinstance(each, Unfit | MovedOn) for each in answers].count(True) == 1
    assert await Holding.filter(role=Role.RESIDENT, person_id__in=[world.stranger.id, other.id]).count() == 1


async def test_a_clerk_confirms_at_the_counter(world: World) -> None:
    row = await neighbour(world)
    assert world.stranger in await waiting(world.community.id)
    person = await account_for(world.clerk, world.stranger.code, at=NOON)
    assert [each.name for each in await rows_named(world.community.id, "周")] == ["周七"]
    chosen = await row_for(world.clerk, row.code, right=Right.PERSON_VERIFY, at=NOON)
    await confirm(person, chosen, by=world.clerk, at=NOON)
    assert await roles_in_place(world.stranger, world.community.id, at=NOON) == {Role.RESIDENT}
    assert world.stranger not in await waiting(world.community.id)
    with pytest.raises(Unfit, match="已经和名册对上了"):
        await confirm(person, await Resident.get(person_id=world.lan.id), by=world.clerk, at=NOON)


async def test_a_row_that_is_taken_stays_taken(world: World) -> None:
    with pytest.raises(MovedOn):
        await confirm(world.stranger, await Resident.get(person_id=world.lan.id), by=world.clerk, at=NOON)


async def test_nobody_confirms_themself_and_residents_confirm_nobody(world: World) -> None:
    row = await neighbour(world)
    with pytest.raises(Forbidden, match="不能给自己核实"):
        await confirm(world.clerk, row, by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await confirm(world.stranger, row, by=world.lan, at=NOON)
    for sight in (account_for(world.lan, world.stranger.code, at=NOON), account_for(world.clerk, "none", at=NOON)):
        with pytest.raises(Hidden):
            await sight
    with pytest.raises(Hidden):
        await row_for(world.lan, row.code, right=Right.PERSON_VERIFY, at=NOON)
    with pytest.raises(Forbidden):
        await make_slips(world.building, by=world.lan, at=NOON)
