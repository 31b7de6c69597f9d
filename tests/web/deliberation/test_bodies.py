"""The pages of bodies and their rolls: who stands there, what is said against it, who speaks for a home."""

from datetime import timedelta

import httpx2
import pytest

from community.places.models import Resident
from deliberation.body.models import Body, HouseholdRep, RollVersion
from deliberation.body.rules import BodyKind
from deliberation.oversight.appealing import appeal
from deliberation.publicity.models import Objection
from tests.deliberation.stage import body_of, returned
from tests.world import NOON, World, sign_in
from web.clock import Clock

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def roll(town: World) -> RollVersion:
    """Give the frozen roll of the residents' assembly."""
    return (await body_of(town))[1]


async def test_the_roll_shows_surnames_and_masked_doors_but_ones_own(
    client: httpx2.AsyncClient, town: World, roll: RollVersion
) -> None:
    client.cookies.update(await sign_in(town.lan))
    led = await client.get(f"/bodies/{roll.body_id}/roll")
    assert led.headers["location"] == f"/rolls/{roll.id}"
    shown = (await client.get(f"/rolls/{roll.id}")).text
    assert "1号楼 302" in shown
    assert "1号楼 4**" in shown
    assert "阿**" in shown
    assert not any(name in shown for name in ("阿强", "阿秀", "老赵", "1号楼 402"))
    notice = (await client.get(f"/rolls/{roll.id}/notice")).text
    assert "<svg" in notice
    assert "5 个整天" in notice
    assert "居委会法 26、27" in (await client.get(f"/bodies/{roll.body_id}")).text


async def test_an_objection_goes_its_way_on_one_page(
    client: httpx2.AsyncClient, clock: Clock, town: World, roll: RollVersion
) -> None:
    url = f"/bodies/{roll.body_id}/objections"
    client.cookies.update(await sign_in(town.stranger))
    short = await client.post(url, headers=FORM, data={"words": "错"})
    assert (short.status_code, "至少写" in short.text) == (422, True)
    assert (await client.post(url, headers=FORM, data={"words": "我住 302，名册上没有我。"})).status_code == 303
    assert "等答复" in (await client.get(url)).text
    said = await Objection.get()
    client.cookies.update(await sign_in(town.clerk))
    upheld = {"verdict": "upheld", "answer": "查了登记，漏了，已经补上。"}
    early = await client.post(f"{url}/{said.id}", headers=FORM, data=upheld)
    assert (early.status_code, "登记里还没有改过来" in early.text, upheld["answer"] in early.text) == (422, True, True)
    await Resident.filter(person_id=town.lan.id).update(unit_id=town.units[1].id)
    await Resident.filter(person_id=town.lan.id).update(moved_out="2026-05-01")
    assert (await client.post(f"{url}/{said.id}", headers=FORM, data=upheld)).status_code == 303
    assert "按异议更正" in (await client.get(f"/bodies/{roll.body_id}")).text
    assert "成立，名册出新的一版" in (await client.get(url)).text
    clock.move(timedelta(days=9))
    client.cookies.update(await sign_in(town.stranger))
    late = await client.post(url, headers=FORM, data={"words": "我又想起一处不对。"})
    assert (late.status_code, "公示期已经过了" in late.text) == (422, True)
    assert "提出异议" not in (await client.get(url)).text


async def test_an_office_opens_bodies_and_ends_them(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.clerk))
    wrong = {"kind": "owners_scope", "name": "一号楼业主会议"}
    refused = await client.post("/desk/bodies", headers=FORM, data=wrong)
    assert (refused.status_code, "不设在这一级" in refused.text) == (422, True)
    made = await client.post("/desk/bodies", headers=FORM, data={**wrong, "place": town.building.code})
    assert made.status_code == 303
    body = await Body.get(kind=BodyKind.OWNERS_SCOPE)
    assert "一号楼业主会议" in (await client.get("/bodies")).text
    assert (await client.post(f"/bodies/{body.id}/ending", headers=FORM, data={"why": "完"})).status_code == 422
    await client.post(f"/bodies/{body.id}/ending", headers=FORM, data={"why": "并入小区业主大会。"})
    assert "并入小区业主大会" in (await client.get(f"/bodies/{body.id}")).text
    client.cookies.update(await sign_in(town.moderator))
    assert "社区党员大会" in (await client.get("/desk/bodies")).text


async def test_the_clerk_takes_down_who_speaks_for_a_home(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.clerk))
    lan, url = await Resident.get(person_id=town.lan.id), f"/desk/households/{town.units[0].code}"
    assert "照导入名册" in (await client.get("/desk/households")).text
    data = {"resident": lan.code, "since": "2026-05-04", "until": "2026-05-01", "proof": "signed"}
    assert "到期那天要在开始那天以后" in (await client.post(url, headers=FORM, data=data)).text
    done = await client.post(url, headers=FORM, data={**data, "until": "2027-05-04"})
    assert (done.status_code, await HouseholdRep.all().count()) == (303, 1)
    assert "全家签字的书面推举" in (await client.get(url)).text
    assert "阿兰" in (await client.get("/desk/households")).text


async def test_the_clerk_says_how_long_results_hang(client: httpx2.AsyncClient, town: World) -> None:
    body, _ = await body_of(town)
    client.cookies.update(await sign_in(town.clerk))
    url = f"/desk/bodies/{body.id}"
    assert "居委会法 34" in (await client.get(f"{url}/rules")).text
    short = await client.post(f"{url}/show-days", data={"days": "14"})
    assert (short.status_code, "15 天" in short.text, 'value="14"' in short.text) == (422, True, True)
    assert (await client.post(f"{url}/show-days", data={"days": "x"})).status_code == 422
    assert (await client.post(f"{url}/show-days", data={"days": "30"})).status_code == 303
    await body.refresh_from_db()
    assert body.show_days == 30
    client.cookies.update(await sign_in(town.lan))
    assert (await client.post(f"{url}/show-days", data={"days": "40"})).status_code == 403


async def test_overseers_see_the_appeals_that_wait(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    body, _ = await body_of(town)
    matter = await returned(town, body)
    await appeal(matter.id, "钱从公共收益出，写过了。", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.supervisor))
    page = (await client.get("/desk/supervision")).text
    assert f"/matters/{matter.id}/appeal" in page
    assert "等裁定" in page
    clock.move(timedelta(days=40))
    assert "逾期没有裁定" in (await client.get("/desk/supervision")).text
