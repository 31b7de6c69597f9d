"""The pages of settings and of offices, as a browser without scripts meets them."""

import re

import httpx2
import pytest
from starlette.applications import Starlette

from community.people.models import Holding
from community.rights import GRANTS, Role
from tests.world import NOON, World, sign_in


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
