"""The shell around every page."""

import httpx2
import pytest

from tests.world import World, sign_in

FOREIGN = {"Sec-Fetch-Site": "cross-site"}


async def test_the_first_page_opens_with_its_guards_on(client: httpx2.AsyncClient) -> None:
    response = await client.get("/")
    assert response.status_code == 200
    assert 'lang="zh-CN"' in response.text
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_page_that_is_not_there_says_so_in_the_readers_language(client: httpx2.AsyncClient) -> None:
    chinese = await client.get("/nowhere")
    english = await client.get("/nowhere", headers={"Accept-Language": "en"})
    assert (chinese.status_code, english.status_code) == (404, 404)
    assert "没有找到这一页" in chinese.text
    assert 'lang="en"' in english.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FOREIGN, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 405),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://test"}, 405),
        ({}, 405),
    ],
)
async def test_writes_from_other_sites_are_refused(
    client: httpx2.AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await client.post("/", headers=headers)).status_code == status


async def test_a_signed_in_person_is_greeted_and_a_stranger_is_not(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    assert "幸福里社区" in (await client.get("/")).text
