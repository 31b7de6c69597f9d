"""The pages of requests about personal data: mine, the window's, and those of whoever answers."""

import httpx2

from community.people.models import Holding, Person
from community.record.transaction import bookkeeping
from community.rights import Role
from community.subject_requests.models import SubjectRequest
from tests.world import NOON, World, sign_in


@bookkeeping
async def guard(town: World) -> Person:
    """Make the stranger the officer who answers in the community."""
    await Holding.create(person=town.stranger, role=Role.PRIVACY_OFFICER, place=town.community, since=NOON)
    return town.stranger


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_one_asks_is_answered_and_takes_a_copy_away(client: httpx2.AsyncClient, town: World) -> None:
    officer = await guard(town)
    await as_(client, town.lan)
    wrong = await client.post("/me/information", data={"kind": "correct", "words": " "})
    assert wrong.status_code == 422
    assert "请写明是哪一条" in wrong.text
    asked = await client.post("/me/information", data={"kind": "restrict", "words": "不要拿去<统计>"})
    where = asked.headers["location"]
    assert "不要拿去&lt;统计&gt;" in (await client.get(where)).text
    assert (await client.post(where, data={"outcome": "granted", "words": ""})).status_code == 403
    own = (await client.get("/me/information/copy")).json()
    assert own["account"]["email"] == town.lan.email
    assert [each["words"] for each in own["requests"]] == ["不要拿去<统计>"]
    await as_(client, town.qiang)
    assert (await client.get(where)).status_code == 404
    assert (await client.get("/desk/information")).status_code == 403
    assert town.lan.email not in (await client.get("/me/information/copy")).text
    await as_(client, officer)
    assert where in (await client.get("/desk/information")).text
    refused = await client.post(where, data={"outcome": "refused", "words": ""})
    assert (refused.status_code, "写明理由" in refused.text) == (422, True)
    await client.post(where, data={"outcome": "granted", "words": ""})
    await as_(client, town.lan)
    assert "只保存和保证安全" in (await client.get(where)).text
    await client.post(f"{where}/end")
    assert "已取消限制" in (await client.get(where)).text


async def test_the_window_writes_down_who_was_checked_and_hands_the_answer_over(
    client: httpx2.AsyncClient, town: World
) -> None:
    officer = await guard(town)
    await as_(client, town.clerk)
    typed = {"kind": "delete", "words": "", "name": "老李（演示）", "contact": "信箱", "email": town.lan.email}
    missing = await client.post("/desk/information/new", data=typed)
    assert (missing.status_code, "老李（演示）" in missing.text) == (422, True)
    made = await client.post("/desk/information/new", data={**typed, "email": "", "checked": "kin"})
    where = made.headers["location"]
    await as_(client, officer)
    await client.post(where, data={"outcome": "part", "words": "卷宗依法还要保存。"})
    await as_(client, town.clerk)
    assert "答复已经送到本人手里" in (await client.get(where)).text
    await client.post(f"{where}/handed-over")
    assert (await SubjectRequest.get()).sent_at is not None
    assert "答复送到本人" in (await client.get(where)).text
