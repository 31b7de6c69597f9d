"""The page of a case's risk, for whoever may read it."""

import httpx2

from community.people.models import Holding, Person
from community.rights import Role
from community.tokens.commands import make
from community.tokens.rules import Scope
from mediation.risk.commands import note_sign
from mediation.risk.models import RiskAlarm, RiskRuling
from mediation.risk.queries import assessed
from mediation.risk.rules import Level, Sign
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.mediation.making import made_case
from tests.mediation.scenarios.play import begin
from tests.world import NOON, World, sign_in


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
    assert 'href="tel:110"' in html
    assert (await client.post(here, data={"deed": "step", "step": "police"})).status_code == 303
    assert (await client.post(here, data={"deed": "extract", "given_to": ""})).status_code == 422
    html = (await client.get(here)).text
    assert "再记一次" in html
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


async def test_the_paper_for_the_police_is_shown_to_whoever_drew_it_up(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    case = await play.talking(await play.person("李梅"), await play.person("周强"), "漏水。", NOON)
    here = f"/cases/{case.code}/risk"
    client.cookies.update(await sign_in(town.mediator))
    await client.post(here, data={"deed": "set", "level": "red", "reason": "他在门口等着。"})
    drawn = await client.post(here, data={"deed": "extract", "given_to": "清河派出所"})
    assert drawn.status_code == 303
    sheet = (await client.get(drawn.headers["location"])).text.split("<main")[1].split("</main")[0]
    for words in ("清河派出所", "李梅", "周强", "13900139000"):
        assert words in sheet
    for words in ("@", "漏水"):
        assert words not in sheet
    assert "清河派出所" in (await client.get(here)).text
    together = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    client.cookies.update(await sign_in(town.director))
    assert (await client.get(drawn.headers["location"])).status_code == 404
    client.cookies.update(await sign_in(town.mediator))
    assert "先停一停" in (await client.get(f"/cases/{case.code}/rooms/{together.code}")).text


async def test_the_centre_reads_the_colour_by_program(client: httpx2.AsyncClient, town: World) -> None:
    case = await made_case(town)
    duty = await Person.create(name="调度", email="duty@example.org", confirmed_at=NOON, joined_at=NOON)
    await Holding.create(person=duty, role=Role.DISPATCHER, place=town.community, since=NOON)
    await note_sign(case.code, Sign.WEAPON, by=town.mediator, at=NOON)
    answers = []
    for person, scope in ((duty, Scope.CASES_RISK), (duty, Scope.CASES_READ), (town.lan, Scope.CASES_RISK)):
        secret = await make("调度台", [scope], days=30, by=person, at=NOON)
        asked = {"Authorization": f"Bearer {secret}"}
        answers.append(await client.get(f"/api/v1/cases/{case.code}/risk", headers=asked))
    assert [each.status_code for each in answers] == [200, 403, 404]
    told = answers[0].json()
    assert (told["level"], told["signs"][0]["points"], bool(told["unanswered_since"])) == ("red", 60, True)
