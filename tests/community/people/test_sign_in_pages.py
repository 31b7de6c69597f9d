"""The pages of signing in and out, as a browser without scripts meets them."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from community.people.models import Person, Session
from community.people.rules import Purpose
from community.people.signin import ask_link
from tests.clock import TestClock as Standing
from tests.community.people.given import GOOD, HOST, with_password
from tests.community.people.post import path
from tests.world import NOON, World, sign_in
from web.app import create_app
from web.clock import Clock
from web.settings import Settings


async def test_a_wrong_password_says_the_same_for_everybody(client: httpx2.AsyncClient, town: World) -> None:
    known = await with_password(town.lan)
    answers = []
    for address in (known["email"], town.qiang.email, "nobody@example.org"):
        answer = await client.post("/sign-in", data={"email": address, "password": "wrong password"})
        answers.append((answer.status_code, answer.text.replace(address, "…")))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422


async def test_with_a_password(client: httpx2.AsyncClient, town: World) -> None:
    answer = await client.post("/sign-in", data=await with_password(town.lan))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("heyi=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert cookie.split(";")[0].split("=", 1)[1] not in str(await Session.all().values())


async def test_on_a_shared_telephone_the_cookie_dies_with_the_browser(client: httpx2.AsyncClient, town: World) -> None:
    answer = await client.post("/sign-in", data={**await with_password(town.lan), "shared": "on"})
    assert "Max-Age" not in answer.headers["set-cookie"]
    assert "expires" not in answer.headers["set-cookie"].lower()
    assert (await Session.get()).shared


@pytest.fixture
async def safe(database_url: str, tmp_path: Path) -> AsyncGenerator[httpx2.AsyncClient]:
    """Give a client of the same site served over TLS."""
    settings = Settings(database=database_url, home=str(tmp_path), secret="test", site_url="https://test")
    made = create_app(settings, clock=Standing(), courier=False)
    async with (
        made.router.lifespan_context(made),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(made), base_url="https://test") as client,
    ):
        yield client


async def test_over_tls_the_cookie_is_bound_to_the_host(safe: httpx2.AsyncClient) -> None:
    lan = await Person.create(name="阿兰", email="lan@example.org", confirmed_at=NOON, joined_at=NOON)
    answer = await safe.post("/sign-in", data=await with_password(lan))
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-heyi=")
    assert "Secure" in cookie.split("; ")
    assert "Domain" not in cookie
    assert (await safe.get("/me")).status_code == 200


async def test_with_a_mailed_link_and_its_button(client: httpx2.AsyncClient, town: World) -> None:
    await client.post("/sign-in/link", data={"email": town.lan.email, "password": "", "next": "/"})
    link = await path("mail_sign_in")
    page = await client.get(link)
    assert "阿兰，按一下就登录" in page.text
    assert "heyi" not in client.cookies
    assert (await client.post(link, data={"shared": "on"})).status_code == 303
    assert (await client.get("/me")).status_code == 200
    gone = await client.post(link, data={})
    assert gone.status_code == 410
    assert "再要一个新的" in gone.text


async def test_an_old_link_says_how_to_get_another(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    await client.post("/sign-in/link", data={"email": town.lan.email})
    clock.move(timedelta(minutes=20))
    assert (await client.get(await path("mail_sign_in"))).status_code == 410


async def test_a_link_for_one_thing_opens_no_other(client: httpx2.AsyncClient, town: World) -> None:
    await ask_link(town.lan.email, Purpose.SIGN_IN, lang="zh-CN", host=HOST, at=NOON)
    token = (await path("mail_sign_in")).rsplit("/", 1)[1]
    for other in ("/confirm/", "/password/"):
        assert (await client.get(other + token)).status_code == 410
        assert (await client.post(other + token, data={"password": GOOD})).status_code == 410


@pytest.mark.parametrize(
    ("to", "target"),
    [
        ("/me", "/me"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"),
    ],
)
async def test_after_signing_in_one_stays_on_this_site(
    client: httpx2.AsyncClient, town: World, to: str, target: str
) -> None:
    answer = await client.post("/sign-in", data={**await with_password(town.lan), "next": to})
    assert answer.headers.get("location", "/") == target


async def test_too_many_tries_are_told_to_wait(client: httpx2.AsyncClient, town: World) -> None:
    wrong = {"email": town.lan.email, "password": "wrong password"}
    statuses = [(await client.post("/sign-in", data=wrong)).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    refused = await client.post("/sign-in", data=wrong)
    assert refused.headers["retry-after"] == "900"
    assert "15 分钟" in refused.text


async def test_signing_out_ends_the_session_itself(client: httpx2.AsyncClient, town: World) -> None:
    await client.post("/sign-in", data=await with_password(town.lan))
    stolen = dict(client.cookies)
    answer = await client.post("/sign-out")
    assert 'heyi=""' in answer.headers["set-cookie"]
    client.cookies.update(stolen)
    assert (await client.get("/me")).headers["location"] == "/sign-in?next=/me"
    assert (await client.get("/sign-out")).status_code == 405


async def test_signing_out_everywhere_cuts_the_others_at_once(client: httpx2.AsyncClient, town: World) -> None:
    there = await sign_in(town.lan)
    await client.post("/sign-in", data=await with_password(town.lan))
    await client.post("/sign-out/everywhere")
    client.cookies.update(there)
    assert (await client.get("/me")).status_code == 303


async def test_a_session_ends_by_itself(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    await client.post("/sign-in", data={**await with_password(town.lan), "shared": "on"})
    clock.move(timedelta(hours=12) - timedelta(seconds=1))
    assert (await client.get("/me")).status_code == 200
    clock.move(timedelta(seconds=1))
    assert (await client.get("/me")).status_code == 303


async def test_another_device_can_be_signed_out_from_the_settings(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    other = await Session.create(
        person=town.lan, token_hash="x", agent="Mozilla/5.0 (iPhone) Safari", began_at=NOON, seen_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )  # fmt: skip
    page = await client.get("/me/settings")
    assert "iPhone · Safari" in page.text
    assert (await client.post(f"/me/sessions/{other.code}/end")).status_code == 303
    assert (await Session.get(id=other.id)).ended_at
    theirs = await Session.create(
        person=town.qiang, token_hash="y", began_at=NOON, seen_at=NOON, expires_at=NOON + timedelta(days=1)
    )
    assert (await client.post(f"/me/sessions/{theirs.code}/end")).status_code == 404


async def test_a_forgotten_password_is_set_by_a_link_and_every_session_ends(
    client: httpx2.AsyncClient, town: World
) -> None:
    there = await sign_in(town.lan)
    await client.post("/password", data={"email": town.lan.email})
    link = await path("mail_set_password")
    weak = await client.post(link, data={"password": "12345678"})
    assert (weak.status_code, "容易被猜到" in weak.text, "12345678" in weak.text) == (422, True, False)
    assert (await client.post(link, data={"password": GOOD})).headers["location"] == "/me"
    assert (await client.get("/me")).status_code == 200
    client.cookies.clear()
    client.cookies.update(there)
    assert (await client.get("/me")).status_code == 303


async def test_a_password_is_changed_with_the_one_that_is(client: httpx2.AsyncClient, town: World) -> None:
    await with_password(town.lan)
    client.cookies.update(await sign_in(town.lan))
    wrong = await client.post("/me/password", data={"current": "not it at all", "password": "tie-guo-shi-qiao-17"})
    assert "现在的密码不对" in wrong.text
    right = await client.post("/me/password", data={"current": GOOD, "password": "tie-guo-shi-qiao-17"})
    assert right.headers["location"] == "/me/settings?done=password"
    assert (await client.get("/me")).status_code == 200
