"""The pages of organisations."""

import httpx2

from community.orgs.models import Org
from tests.world import World, sign_in

GOOD = {"kind": "owners-committee", "name": "幸福里业主委员会", "short_name": "幸福里业委"}


async def test_everybody_sees_the_organisations_of_the_only_community(client: httpx2.AsyncClient, town: World) -> None:
    page = await client.get("/orgs")
    assert page.status_code == 200
    assert "幸福里社区人民调解委员会" in page.text
    assert "新建组织" not in page.text
    assert "还没有社区" not in (await client.get("/orgs?community=nowhere")).text


async def test_an_administrator_sets_up_changes_and_hands_over(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.admin))
    assert (await client.get("/orgs/new")).status_code == 200
    made = await client.post("/orgs", data=GOOD)
    assert made.status_code == 303
    org = await Org.get(name=GOOD["name"])
    assert made.headers["location"] == f"/orgs/{org.code}?done=set-up"
    changed = await client.post(f"/orgs/{org.code}", data={**GOOD, "term_from": "2026-01-01", "phone": "010-1234"})
    assert changed.status_code == 303
    shown = (await client.get(f"/orgs/{org.code}")).text
    assert 'value="2026-01-01"' in shown
    seal = f"/orgs/{town.mediation_committee.code}/seal"
    assert (await client.post(seal, data={"custodian": town.mediator.code})).status_code == 303
    assert (await client.post(seal, data={"custodian": town.lan.code})).status_code == 422
    assert (await client.post(seal, data={})).status_code == 422


async def test_what_is_wrong_comes_back_as_typed(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.admin))
    answer = await client.post("/orgs", data={**GOOD, "term_from": "2026-05-01", "term_until": "2026-01-01"})
    assert answer.status_code == 422
    assert "任期的最后一天" in answer.text
    assert GOOD["name"] in answer.text
    assert (await client.post("/orgs", data={**GOOD, "kind": "club"})).status_code == 422


async def test_others_may_not(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.clerk))
    assert (await client.get("/orgs/new")).status_code == 403
    assert (await client.post(f"/orgs/{town.mediation_committee.code}", data=GOOD)).status_code == 403
    assert (await client.get("/orgs/nothing")).status_code == 404
