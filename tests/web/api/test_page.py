"""The page of my tokens."""

import re

import httpx2

from community.tokens.models import ApiToken
from tests.world import World, sign_in

FORM = {"label": "家里的屏", "scopes": ["notices:read"], "days": "30"}


async def test_a_token_is_made_shown_once_and_stopped(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    made = await client.post("/me/tokens", data=FORM)
    (secret,) = re.findall(r"heyi_[\w-]{43}", made.text)
    assert made.headers["cache-control"] == "no-store"
    used = await client.get("/api/v1/notices", headers={"Authorization": f"Bearer {secret}"})
    assert used.status_code == 200
    page = (await client.get("/me/tokens")).text
    assert ("家里的屏" in page, secret in page) == (True, False)
    code = (await ApiToken.get()).code
    assert (await client.post(f"/me/tokens/{code}/stop")).status_code == 303
    assert "家里的屏" not in (await client.get("/me/tokens")).text


async def test_what_was_typed_is_still_there_when_something_is_missing(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    shown = await client.post("/me/tokens", data={"label": "家里的屏", "days": "365"})
    assert shown.status_code == 422
    assert 'value="家里的屏"' in shown.text
    assert re.search(r'value="365"\s+checked', shown.text)
    assert await ApiToken.all().count() == 0


async def test_an_eleventh_is_refused_beside_the_form(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    for _ in range(10):
        assert (await client.post("/me/tokens", data=FORM)).status_code == 200
    assert "10" in (shown := await client.post("/me/tokens", data=FORM)).text
    assert shown.status_code == 422


async def test_nobody_sees_the_page_unless_signed_in(client: httpx2.AsyncClient, town: World) -> None:
    assert (await client.get("/me/tokens")).status_code == 303
