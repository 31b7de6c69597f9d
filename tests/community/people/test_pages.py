"""The pages of accounts, as a browser without scripts meets them."""

import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import httpx2
import pyotp
import pytest
from starlette.applications import Starlette

from community.people import factor, password
from community.people.models import Holding, Person, Session
from community.people.rules import NOTICE_VERSION, Purpose
from community.people.signin import ask_link
from community.rights import GRANTS, Role
from tests.clock import TestClock as Standing
from tests.community.people.post import path
from tests.world import NOON, World, sign_in
from web.app import create_app
from web.clock import Clock
from web.settings import Settings

GOOD = "shan-cha-82-mu-tong"
HOST = "192.0.2.7"
JOIN = {"name": "新邻居", "email": "new@example.org", "agree": "on", "notice": NOTICE_VERSION}


def secret_on(page: str) -> str:
    found = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


async def with_password(person: Person) -> dict[str, str]:
    await password.set_password(person, GOOD, at=NOON)
    return {"email": person.email, "password": GOOD}


# Signing up


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


# Nobody learns who has an account


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


async def test_a_wrong_password_says_the_same_for_everybody(client: httpx2.AsyncClient, town: World) -> None:
    known = await with_password(town.lan)
    answers = []
    for address in (known["email"], town.qiang.email, "nobody@example.org"):
        answer = await client.post("/sign-in", data={"email": address, "password": "wrong password"})
        answers.append((answer.status_code, answer.text.replace(address, "…")))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422


# Signing in and out


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


# Passwords


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


# The second factor


async def test_staff_are_led_to_set_it_up_and_shown_nothing_before(client: httpx2.AsyncClient, town: World) -> None:
    answer = await client.post("/sign-in", data={**await with_password(town.clerk), "next": "/me"})
    assert answer.headers["location"] == "/second-factor?next=%2Fme"
    for closed in ("/me", "/me/settings", "/admin/roles", "/me/password"):
        assert (await client.get(closed)).headers["location"] == f"/second-factor?next={closed}"
    assert (await client.get("/second-factor?next=/me")).headers["location"] == "/me/second-factor?next=%2Fme"
    page = (await client.get("/me/second-factor?next=/me")).text
    assert "<svg" in page
    form = {"sealed": hidden(page, "sealed"), "next": "/me"}
    wrong = await client.post("/me/second-factor", data={**form, "code": "000000"})
    assert (wrong.status_code, secret_on(wrong.text)) == (422, secret_on(page))
    code = pyotp.TOTP(secret_on(page)).at(int(NOON.timestamp()))
    done = await client.post("/me/second-factor", data={**form, "code": code})
    assert "请抄下备用码" in done.text
    assert (await client.get("/me")).status_code == 200


async def test_later_only_the_code_opens_and_each_code_once(
    client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    secret = await _with_factor(town.clerk)
    await client.post("/sign-in", data=await with_password(town.clerk))
    assert (await client.get("/me")).headers["location"] == "/second-factor?next=/me"
    assert (await client.get("/me/second-factor")).status_code == 303
    home = (await client.get("/")).text
    assert "/sign-in" in home, "before the code one is nobody"
    used = pyotp.TOTP(secret).at(int(NOON.timestamp()))
    assert (await client.post("/second-factor", data={"code": used})).status_code == 422
    clock.move(timedelta(seconds=60))
    before = dict(client.cookies)
    fresh = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    assert (await client.post("/second-factor", data={"code": fresh, "next": "/me"})).headers["location"] == "/me"
    assert (await client.get("/me")).status_code == 200
    client.cookies.clear()
    client.cookies.update(before)
    assert (await client.get("/me")).headers["location"] == "/sign-in?next=/me"


async def test_a_secret_of_somebody_else_is_not_taken(client: httpx2.AsyncClient, town: World) -> None:
    secret = factor.new_secret()
    client.cookies.update(await sign_in(town.lan))
    code = pyotp.TOTP(secret).at(int(NOON.timestamp()))
    for sealed in (factor.hold(secret, town.qiang), "v1.x.y", "nonsense"):
        answer = await client.post("/me/second-factor", data={"sealed": sealed, "code": code})
        assert answer.status_code in (200, 422)
    assert (await Person.get(id=town.lan.id)).totp_secret is None


async def _with_factor(person: Person) -> str:
    token = await sign_in(person)
    session = await Session.get(person_id=person.id).select_related("person")
    assert token
    secret = factor.new_secret()
    await factor.set_up(session, secret, pyotp.TOTP(secret).at(int(NOON.timestamp())), host=HOST, at=NOON)
    return secret


# Settings, offices, rights


async def test_settings_change_the_very_next_page(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    form = {"name": "兰姨", "lang": "en", "mode": "elder", "text": "", "theme": "dark", "rhythm": "weekly"}
    assert (await client.post("/me/settings", data=form)).status_code == 303
    page = (await client.get("/me/settings")).text
    assert 'lang="en" data-mode="elder"' in page
    assert 'data-theme="dark"' in page
    assert "兰姨" in page


async def test_the_menu_offers_only_what_is_there(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    page = (await client.get("/me")).text
    links = [link for link in re.findall(r'<ul class="tasks">.*?</ul>', page, re.DOTALL) for link in
             re.findall(r'href="([^"]+)"', link)]  # fmt: skip
    assert "/me/settings" in links
    for link in links:
        assert (await client.get(link)).status_code == 200, link


async def test_an_administrator_grants_and_ends_offices(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.admin))
    place = f"place-{town.community.id}"
    form = {"email": town.stranger.email, "role": "grid-worker", "where": place, "until": "2027-05-03"}
    assert (await client.post("/admin/roles", data=form)).status_code == 303
    held = await Holding.get(person_id=town.stranger.id)
    assert held.until
    assert held.until.isoformat() == "2027-05-03T16:00:00+00:00"
    page = (await client.get("/admin/roles?done=granted")).text
    assert "路人" in page
    assert "任命好了" in page
    assert (await client.post(f"/admin/roles/{held.code}/end")).status_code == 303
    assert "路人" not in (await client.get("/admin/roles")).text


@pytest.mark.parametrize(
    "changed", [{"where": "place-999999"}, {"where": "moon"}, {"role": "king"}, {"email": "x@y.zz"}, {"until": "soon"}]
)
async def test_an_office_that_cannot_be_granted_says_why(
    client: httpx2.AsyncClient, town: World, changed: dict[str, str]
) -> None:
    client.cookies.update(await sign_in(town.admin))
    form = {"email": town.stranger.email, "role": "intake", "where": f"org-{town.mediation_committee.id}"}
    answer = await client.post("/admin/roles", data={**form, **changed})
    assert answer.status_code == 422
    assert 'class="errsum"' in answer.text


async def test_others_see_no_offices(client: httpx2.AsyncClient, town: World) -> None:
    assert (await client.get("/admin/roles")).status_code == 303
    client.cookies.update(await sign_in(town.clerk))
    assert (await client.get("/admin/roles")).status_code == 403


async def test_an_ended_office_closes_its_pages_at_once(
    client: httpx2.AsyncClient, app: Starlette, town: World
) -> None:
    client.cookies.update(await sign_in(town.admin))
    assert (await client.get("/admin/roles")).status_code == 200
    await Holding.filter(person_id=town.admin.id).update(until=NOON)
    assert (await client.get("/admin/roles")).status_code == 403


async def test_everybody_can_read_who_may_do_what(client: httpx2.AsyncClient, town: World) -> None:
    page = (await client.get("/rights")).text
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    by_role = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', tables[0])
    assert len(by_role) == len(Role)
    assert [len(rights.split("；")) for _, rights in by_role] == [len(GRANTS[role]) for role in Role]


@pytest.mark.parametrize(
    "page",
    ["/sign-in", "/sign-up", "/password", "/sent", "/privacy", "/rights", "/confirm/x", "/sign-in/x", "/password/x"],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_every_open_page_speaks_both_languages_and_needs_no_script(
    client: httpx2.AsyncClient, town: World, page: str, language: str
) -> None:
    answer = await client.get(page, headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in answer.text
    assert "hx-" not in answer.text.split("<main")[1]
    body = answer.text.split("<main")[1].split("</main>")[0]
    for proper in (town.residents_committee.name, town.community.name):
        body = body.replace(proper, "")
    assert bool(re.findall(r"[一-鿿]{3,}", body)) is (language == "zh-CN")
