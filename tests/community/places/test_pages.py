"""The pages of places, as a browser without scripts meets them."""

import re

import httpx2
import pytest

from community.people.models import Person
from community.people.roles import roles_in_place
from community.places.models import Ownership, Resident, SheetOnHold, Unit
from community.places.planting import plant
from community.places.sheet import read_sheet
from community.places.tree import parse_divisions
from community.rights import Role
from tests.community.places.sheets import SAMPLES, workbook
from tests.world import NOON, World, sign_in

ROLL = "楼栋,房号,面积,姓名,份额\n1号楼,702,66.60,钱一,1/3\n1号楼,702,,钱二,2/3\n"
DOORS = ("/places", "/places/roll", "/places/999001001-b1", "/verify/waiting")


async def enter(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.update(await sign_in(person))


async def hand_in(client: httpx2.AsyncClient, data: bytes, name: str = "roll.csv", **more: str) -> httpx2.Response:
    return await client.post("/places/roll", files={"file": (name, data)}, data=more)


async def test_a_clerk_walks_from_the_tree_to_a_building(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.clerk)
    tree = await client.get("/places")
    assert "第一网格" in tree.text
    assert "/places/999001001-b1" in tree.text
    building = await client.get("/places/999001001-b1")
    assert "89.37 m²" in building.text
    assert "阿兰" in building.text


@pytest.mark.parametrize("door", DOORS)
async def test_residents_and_strangers_do_not_see_the_roll(client: httpx2.AsyncClient, town: World, door: str) -> None:
    assert (await client.get(door)).status_code in {303, 401}
    await enter(client, town.lan)
    assert (await client.get(door)).status_code == 404


async def test_a_roll_is_looked_through_then_confirmed(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.clerk)
    report = await hand_in(client, ROLL.encode())
    assert report.status_code == 200
    assert "<b>2</b>新的人" in report.text
    assert not await Unit.exists(number="702")
    held = await SheetOnHold.get(person_id=town.clerk.id)
    answer = await client.post(f"/places/roll/{held.code}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/places/roll?done=imported")
    assert await Ownership.filter(unit__number="702").count() == 2
    assert (await client.post(f"/places/roll/{held.code}")).status_code == 404
    again = await hand_in(client, ROLL.encode())
    assert "名册没有变化" in again.text


async def test_a_bad_row_is_shown_with_its_line_and_nothing_is_kept(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.clerk)
    answer = await hand_in(client, (ROLL + "9号楼,101,八十,<b>孙</b>,\n").encode())
    assert answer.status_code == 422
    assert "面积要填数字" in answer.text
    assert await SheetOnHold.all().count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04" + bytes(500), "打不开"),
        (b"\xff\xfe\x00", "看不出文件用的是什么编码"),
        ("姓名\n阿兰\n".encode(), "缺少这些列"),
        (workbook(("楼栋",), ("1号楼",)), "缺少这些列"),
    ],
)
async def test_a_file_that_cannot_be_read_brings_the_form_back(
    client: httpx2.AsyncClient, town: World, data: bytes, sentence: str
) -> None:
    await enter(client, town.clerk)
    answer = await hand_in(client, data)
    assert answer.status_code == 422
    assert sentence in answer.text


async def test_a_form_without_a_file_is_answered_with_a_sentence(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.clerk)
    assert (await client.post("/places/roll", data={"complete": "true"})).status_code == 422
    assert (await client.post("/places/roll", data={"file": "not a file"})).status_code == 422


async def test_a_complete_roll_names_who_would_be_moved_out(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.clerk)
    report = await hand_in(client, "楼栋,房号,面积,姓名\n1号楼,302,89.37,孙三\n".encode(), complete="true")
    assert "按迁出办的人" in report.text
    assert "阿兰" in report.text


async def test_slips_are_printed_once_and_one_of_them_verifies(client: httpx2.AsyncClient, town: World) -> None:
    await Resident.create(community_id=town.community.id, unit=town.units[0], name="周七")
    await enter(client, town.clerk)
    paper = (await client.post("/places/999001001-b1/slips")).text
    (code,) = re.findall(r'<span class="sheet__code">([2-9A-Z]{4}-[2-9A-Z]{4})</span>', paper)
    assert "阿兰" not in paper
    client.cookies.clear()
    await enter(client, town.stranger)
    assert "核实码" in (await client.get("/verify")).text
    wrong = await client.post("/verify", data={"code": "AAAA-BBBB"})
    assert wrong.status_code == 422
    assert 'value="AAAA-BBBB"' in wrong.text
    answer = await client.post("/verify", data={"code": code.lower()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/home?done=verified")
    home = (await client.get("/me/home")).text
    assert "已经和名册对上了" in home
    assert "1号楼 302" in home


async def test_a_sixth_code_in_a_quarter_of_an_hour_is_refused(client: httpx2.AsyncClient, town: World) -> None:
    await enter(client, town.stranger)
    answers = [(await client.post("/verify", data={"code": "AAAA-BBBB"})).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


async def test_a_clerk_matches_an_account_at_the_counter(client: httpx2.AsyncClient, town: World) -> None:
    row = await Resident.create(community_id=town.community.id, unit=town.units[0], name="路人")
    await enter(client, town.clerk)
    assert "路人" in (await client.get("/verify/waiting")).text
    counter = f"/verify/{town.stranger.code}"
    assert "1号楼 302" in (await client.get(counter)).text
    assert (await client.post(counter, data={})).status_code == 422
    assert (await client.post(counter, data={"row": row.code})).status_code == 303
    assert "已经核实" in (await client.get(counter)).text
    assert await roles_in_place(town.stranger, town.community.id, at=NOON) == {Role.RESIDENT}
    assert (await client.post(counter, data={"row": row.code})).status_code in {409, 422}


async def test_somebody_is_noted_as_moved_out(client: httpx2.AsyncClient, town: World) -> None:
    row = await Resident.create(community_id=town.community.id, unit=town.units[0], name="周七")
    await enter(client, town.clerk)
    answer = await client.post(f"/places/residents/{row.code}/leave")
    assert answer.headers["location"] == "/places/999001001-b1?done=left"
    await row.refresh_from_db()
    assert row.moved_out == NOON.date()


async def test_an_administrator_finds_divisions_by_sound(client: httpx2.AsyncClient, town: World) -> None:
    read = read_sheet((SAMPLES / "admin" / "divisions.csv").read_bytes())
    await plant(parse_divisions(read), sha256=read.sha256, by=None, at=NOON)
    await enter(client, town.admin)
    assert "柳荫街道" in (await client.get("/places/divisions", params={"q": "liuyin"})).text
    inside = await client.get("/places/divisions", params={"in": "980103"}, headers={"hx-request-type": "partial"})
    assert "南岭镇" in inside.text
    assert "<html" not in inside.text
    assert "没有找到" in (await client.get("/places/divisions", params={"q": "x" * 500})).text
    client.cookies.clear()
    await enter(client, town.clerk)
    assert (await client.get("/places/divisions")).status_code == 403
