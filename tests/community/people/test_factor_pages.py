"""The pages of the second factor, as a browser without scripts meets them."""

from datetime import timedelta

import httpx2
import pyotp

from community.people import factor
from community.people.models import Person
from tests.community.people.given import hidden, secret_on, signed_in_with_factor, with_password
from tests.world import NOON, World, sign_in
from web.clock import Clock


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
    secret = await signed_in_with_factor(town.clerk)
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
