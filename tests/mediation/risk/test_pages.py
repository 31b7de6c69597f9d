"""The page of a case's risk, for whoever may read it."""

import httpx2

from mediation.risk.models import RiskAlarm, RiskRuling
from mediation.risk.queries import assessed
from mediation.risk.rules import Level
from tests.mediation.making import made_case
from tests.world import World, sign_in


async def test_one_raises_two_lower_and_parties_see_nothing(client: httpx2.AsyncClient, town: World) -> None:
    case = await made_case(town)
    here = f"/cases/{case.code}/risk"
    client.cookies.update(await sign_in(town.mediator))
    assert "绿色" in (await client.get(here)).text
    wrong = await client.post(here, data={"deed": "set", "level": "red", "reason": ""})
    assert wrong.status_code == 422
    assert "请写一句" in wrong.text
    told = {"deed": "set", "level": "red", "reason": "他在门口等着。"}
    assert (await client.post(here, data=told)).status_code == 303
    html = (await client.get(here)).text
    assert "红色：有危险" in html
    assert "我来处理" in html
    assert (await client.post(here, data={"deed": "acknowledge"})).status_code == 303
    assert (await RiskAlarm.get(case_id=case.id)).acked_at
    lower = {"deed": "set", "level": "yellow", "reason": "人已经回家。"}
    assert (await client.post(here, data=lower)).status_code == 303
    assert (await client.post(here, data={"deed": "agree"})).status_code == 403
    assert (await assessed(case)).level is Level.RED
    client.cookies.update(await sign_in(town.director))
    assert (await client.post(here, data={"deed": "agree"})).status_code == 303
    assert (await assessed(case)).level is Level.YELLOW
    assert (await client.post(here, data={"deed": "note", "sign": "police"})).status_code == 303
    assert await RiskRuling.all().count() == 2
    for person in (town.lan, town.stranger):
        client.cookies.update(await sign_in(person))
        assert (await client.get(here)).status_code == 404
        assert (await client.post(here, data=told)).status_code == 404
