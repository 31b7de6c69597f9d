"""The pages of signing up, as a browser without scripts meets them."""

import httpx2
import pytest

from community.people.models import Person
from community.people.rules import NOTICE_VERSION
from tests.community.people.given import GOOD, JOIN
from tests.community.people.post import path
from tests.world import World


async def test_one_signs_up_confirms_by_a_button_and_is_in(client: httpx2.AsyncClient, town: World) -> None:
    assert (await client.get("/sign-up")).status_code == 200
    answer = await client.post("/sign-up", data=JOIN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sent")
    assert "信已经发出" in (await client.get("/sent")).text
    link = await path("mail_confirm")
    for _ in range(3):  # scanners open links too
        assert "新邻居，最后一步" in (await client.get(link)).text
    assert "heyi" not in client.cookies
    answer = await client.post(link, data={"password": GOOD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    assert "新邻居" in (await client.get("/me")).text
    assert (await client.get(link)).status_code == 410
    assert (await client.post(link, data={})).status_code == 410


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agree": ""}, "隐私说明"),
        ({"email": "nothing"}, "邮箱的写法不对"),
        ({"name": ""}, "请填您的称呼"),
        ({"name": "长" * 40}, "称呼最多 32 个字"),
        ({"name": "阿\x00兰"}, "控制字符"),
        ({"community": "999999"}, "请选您住的社区"),
        ({"community": "x"}, "整数"),
        ({"notice": "1999"}, "刚刚更新过"),
    ],
)
async def test_a_form_with_a_mistake_comes_back_as_typed(
    client: httpx2.AsyncClient, town: World, changed: dict[str, str], sentence: str
) -> None:
    before = await Person.all().count()
    answer = await client.post("/sign-up", data={**JOIN, **changed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert changed.get("email", "new@example.org") in answer.text
    assert await Person.all().count() == before


async def test_every_mistake_is_told_at_once(client: httpx2.AsyncClient, town: World) -> None:
    answer = await client.post("/sign-up", data={"notice": NOTICE_VERSION})
    assert all(sentence in answer.text for sentence in ("有 3 处要改", "请填您的称呼", "邮箱的写法不对", "打个勾"))


@pytest.mark.parametrize("page", ["/sign-up", "/sign-in/link", "/password"])
async def test_known_and_unknown_addresses_get_the_same_answer(
    client: httpx2.AsyncClient, town: World, page: str
) -> None:
    answers = []
    for address in (town.lan.email, "nobody@example.org"):
        data = {**JOIN, "email": address} if page == "/sign-up" else {"email": address}
        answer = await client.post(page, data=data)
        headers = sorted(set(answer.headers.items()) - {("x-request-id", answer.headers["x-request-id"])})
        answers.append((answer.status_code, answer.text, headers))
    assert answers[0] == answers[1]
