"""Rolls in the store."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.people.roles import roles_in_place
from community.places.commands import confirm_sheet, hold, look_through
from community.places.enrolling import enrol, move_out, plan_roll
from community.places.models import AreaChange, AreaSource, Ownership, Resident, SheetOnHold, Unit
from community.places.roll import parse_roll
from community.places.rolling import RollPlan
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from tests.community.places.sheets import sheet
from tests.world import NOON, World

HEAD = "楼栋,房号,面积,面积来源,身份,姓名,人员编号,份额,户代表,出生日期\n"
NEW = "1号楼,702,66.60,测绘,业主,钱一,,1/3,是,1990-01-01\n1号楼,702,,,业主,钱二,,2/3,,\n"
LAN = "1号楼,302,89.37,登记,业主,阿兰,,1,是,1970-01-01\n"


async def put(world: World, lines: str, *, complete: bool = False) -> dict[str, int]:
    roll = parse_roll(sheet(HEAD + lines))
    return await enrol(roll, world.community, sha256="x", complete=complete, by=world.clerk, at=NOON)


async def plan(world: World, lines: str, *, complete: bool = False) -> RollPlan:
    return await plan_roll(parse_roll(sheet(HEAD + lines)), world.community, complete=complete, by=None, at=NOON)


async def shares(number: str) -> list[tuple[str, Fraction]]:
    found = await Ownership.filter(unit__number=number, until=None).order_by("id")
    return [(each.holder_name, Fraction(each.num, each.den)) for each in found]


async def test_a_new_flat_with_two_owners(world: World) -> None:
    counts = await put(world, NEW)
    assert {name: count for name, count in counts.items() if count} == {
        "units_new": 1,
        "people_new": 2,
        "shares_changed": 1,
    }
    unit = await Unit.get(number="702")
    assert (unit.area, unit.area_source, unit.building_id) == (6660, AreaSource.SURVEY, world.building.id)
    assert await shares("702") == [("钱一", Fraction(1, 3)), ("钱二", Fraction(2, 3))]
    one = await Resident.get(name="钱一")
    assert (one.unit_id, one.household_rep, one.born_on) == (unit.id, True, date(1990, 1, 1))
    (event,) = await Event.filter(kind="roll.imported")
    assert (facts_of(event)["sha256"], facts_of(event)["people_new"]) == ("x", 2)
    assert "钱" not in event.body


async def test_the_same_file_twice_changes_nothing(world: World) -> None:
    lines = NEW + LAN + "1号楼,902,50,,开发商,幸福置业,,,,\n1号楼,B1-7,12.5,,业主,阿兰,,1,,1970-01-01\n"
    await put(world, lines)
    again = await plan(world, lines)
    assert again.empty, again.counts
    assert (await plan(world, lines, complete=True)).empty


async def test_who_is_on_the_roll_already_is_recognised(world: World) -> None:
    before = await Resident.all().count()
    assert (await plan(world, LAN)).empty
    await put(world, "1号楼,302,89.37,,业主,阿兰,P1,1,是,\n1号楼,P-3,12.5,,业主,阿兰,P1,1,,\n")
    assert await Resident.all().count() == before
    lan = await Resident.get(name="阿兰")
    assert (lan.ref, lan.person_id) == ("P1", world.lan.id)
    assert await Ownership.filter(resident_id=lan.id, until=None).count() == 2


async def test_a_changed_area_is_recorded_and_a_weaker_source_changes_nothing(world: World) -> None:
    await put(world, "1号楼,302,89.73,登记,,,,,,\n")
    (change,) = await AreaChange.all()
    assert (change.old, change.new, change.changed_by_id) == (8937, 8973, world.clerk.id)
    weaker = await plan(world, "1号楼,302,95,合同,,,,,,\n")
    assert (weaker.counts["areas_kept"], weaker.empty) == (1, True)


async def test_a_sale_ends_the_old_share_and_its_role(world: World) -> None:
    await put(world, "1号楼,302,89.37,,业主,孙三,,1,,\n1号楼,302,,,居民,阿兰,,,是,\n")
    assert await shares("302") == [("孙三", Fraction(1))]
    assert await Ownership.filter(unit__number="302").exclude(until=None).count() == 1
    assert await roles_in_place(world.lan, world.community.id, at=NOON) == {Role.RESIDENT, Role.HOUSEHOLD_REP}


async def test_a_complete_roll_moves_out_whom_it_does_not_name(world: World) -> None:
    lines = "1号楼,302,89.37,,业主,孙三,,1,,\n"
    assert (await plan(world, lines)).counts["people_gone"] == 0
    assert (await put(world, lines, complete=True))["people_gone"] == 1
    lan = await Resident.get(name="阿兰")
    assert (lan.moved_out, lan.person_id) == (NOON.date(), None)
    assert await roles_in_place(world.lan, world.community.id, at=NOON) == frozenset()
    assert await roles_in_place(world.qiang, world.community.id, at=NOON) == {Role.RESIDENT, Role.OWNER}


async def test_who_moves_out_but_owns_stays_an_owner(world: World) -> None:
    await move_out(await Resident.get(person_id=world.lan.id), by=world.clerk, at=NOON)
    assert await roles_in_place(world.lan, world.community.id, at=NOON) == {Role.OWNER}
    await move_out(await Resident.get(person_id=world.lan.id), by=world.clerk, at=NOON)
    assert await roles_in_place(world.lan, world.community.id, at=NOON) == {Role.OWNER}


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ("9号楼,101,60,,,,,,,\n", 2, "没有“9号楼”这栋楼"),
        ("1号楼,101,60,,,,,,,\n999001001-b1,101,60,,,,,,,\n", 3, "用另一种楼栋写法写过了"),
    ],
)
async def test_what_does_not_fit_the_places_is_named_and_nothing_is_stored(
    world: World, lines: str, line: int, sentence: str
) -> None:
    wrong = (await plan(world, NEW + lines)).wrong
    assert [(each.line, sentence in each.why.reason.format(**each.why.facts)) for each in wrong] == [(line + 2, True)]
    with pytest.raises(Unfit, match="什么都没有导入"):
        await put(world, NEW + lines)
    assert not await Unit.exists(number="702")
    assert not await Event.exists(kind="roll.imported")


async def test_only_who_edits_the_place_may_import(world: World) -> None:
    with pytest.raises(Forbidden):
        await enrol(parse_roll(sheet(HEAD + NEW)), world.community, sha256="x", by=world.lan, at=NOON)


async def test_a_large_roll_goes_in_by_batches(world: World) -> None:
    lines = "".join(f"1号楼,{n // 2 + 1000},60,,业主,人{n},,1/2,,\n" for n in range(2400))
    told: list[int] = []
    roll = parse_roll(sheet(HEAD + lines))
    await enrol(roll, world.community, sha256="x", by=None, at=NOON, progress=told.append)
    assert (await Unit.all().count(), await Ownership.all().count()) == (1204, 2404)
    assert sum(told) == 1200 + 2400 + 1200
    assert (await plan(world, lines)).empty


async def test_a_file_waits_encrypted_for_its_clerk_and_goes_in_once(world: World) -> None:
    data = (HEAD + NEW).encode()
    seen = await look_through(data, world.community, complete=False, by=world.clerk, at=NOON)
    assert seen.counts["people_new"] == 2
    held = await hold(data, world.community, complete=False, by=world.clerk, at=NOON)
    assert "钱" not in held.sealed
    with pytest.raises(Hidden):
        await confirm_sheet(held.code, by=world.admin, at=NOON)
    assert (await confirm_sheet(held.code, by=world.clerk, at=NOON))["people_new"] == 2
    assert await SheetOnHold.all().count() == 0


async def test_a_file_that_waited_too_long_is_gone(world: World) -> None:
    held = await hold((HEAD + NEW).encode(), world.community, complete=False, by=world.clerk, at=NOON)
    with pytest.raises(Hidden, match="过期"):
        await confirm_sheet(held.code, by=world.clerk, at=NOON + timedelta(hours=2))
