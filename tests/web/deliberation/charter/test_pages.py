"""The page of a body's rules, the form that takes a version down, and what the notice of a vote says of it."""

from datetime import timedelta

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from deliberation.ballot.models import Ballot
from deliberation.body.rules import Basis, BodyKind
from deliberation.charter.models import Charter, CharterClause
from tests.deliberation.stage import body_of, finalised
from tests.world import World, sign_in
from web.courier import duties, once

Client = httpx2.AsyncClient
SCAN = {"file": ("rules.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "application/pdf")}
FORM = {"adopted_on": "2026-05-04", "valid_from": "2026-05-04", "silence": "abstain", "silence_article": "21"}


async def test_rules_are_taken_down_told_shown_and_followed(app: Starlette, client: Client, town: World) -> None:
    body, roll = await body_of(town, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    address = f"/desk/bodies/{body.id}/charter"
    plain = (await client.get(f"/bodies/{body.id}/rules")).text
    assert "还没有登记议事规则，全照法律办" in plain
    assert "参加表决的要达到全部的三分之二" in plain
    assert "/law#civ278.general" in plain
    client.cookies.update(await sign_in(town.clerk))
    assert "登记议事规则" in (await client.get(address)).text
    loose = await client.post(address, data={**FORM, "quorum": "over 1/2", "quorum_article": "9"}, files=SCAN)
    assert (loose.status_code, "第 9 条比法律要求的低（民法典 278 条 2 款）" in loose.text) == (422, True)
    assert (await client.post(address, data={**FORM, "adopted_on": "soon"})).status_code == 422
    sent = await client.post(address, data={**FORM, "agents": "3", "agents_article": "24"}, files=SCAN)
    assert sent.status_code == 303
    charter = await Charter.get()
    assert (charter.number, len(charter.sha256), await CharterClause.all().count()) == (1, 64, 2)
    assert (await client.get(f"/files/{charter.file}")).status_code == 200
    assert 'value="abstain" selected' in (await client.get(address)).text
    app.state.clock.move(timedelta(minutes=1))
    await once([duty for duty in duties(app) if duty.name != "mail"], app.state.clock)
    told = await Notice.filter(url=f"/bodies/{body.id}/rules").order_by("person_id")
    assert {each.person_id for each in told} == {each.id for each in [*town.residents, town.supervisor]}
    assert ('"number":1' in told[0].facts, town.lan.email in {each.to for each in await Mail.all()}) == (True, True)
    client.cookies.clear()
    page = (await client.get(f"/bodies/{body.id}/rules")).text
    for words in (
        "送达以后不表态的算弃权",
        "议事规则 21 条",
        "一个人最多替 3 位投",
        "第 1 版",
        charter.sha256[:16],
        "一律记名",
    ):
        assert words in page
    found = (await client.get(f"/api/v1/bodies/{body.id}/rules")).json()
    assert (found["version"], found["clauses"][0]) == (1, {"point": "silence", "value": "abstain", "article": 21})
    assert f"/bodies/{body.id}/rules" in (await client.get(f"/bodies/{body.id}")).text
    matter = await finalised(town, body, roll, town.residents)
    client.cookies.update(await sign_in(town.clerk))
    form = await client.get(f"/matters/{matter.id}/announcement")
    assert "照议事规则第 1 版办" in form.text
    plan = {"weight": "general", "effect": "binding", "opens_on": "2026-05-22", "closes_on": "2026-05-28"}
    ticked = await client.post(f"/matters/{matter.id}/announcement", data={**plan, "readings": "MAJORITY"})
    assert ticked.status_code == 422
    assert (await client.post(f"/matters/{matter.id}/announcement", data=plan)).status_code == 303
    ballot = await Ballot.get()
    assert (ballot.charter_id, '"silence":"abstain"' in ballot.rule_json) == (charter.id, True)


async def test_a_body_of_sichuan_shows_the_rule_of_its_province(client: Client, town: World) -> None:
    body, _ = await body_of(town, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    town.community.code = "510107001001"
    await town.community.save(update_fields=["code"])
    page = (await client.get(f"/bodies/{body.id}/rules")).text
    assert "省、市规定" in page
    assert "/law#sichuan.major" in page


async def test_others_are_turned_away(client: Client, town: World) -> None:
    body, _ = await body_of(town, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(f"/desk/bodies/{body.id}/charter")).status_code == 403
    assert (await client.post(f"/desk/bodies/{body.id}/charter", data=FORM)).status_code == 403
    assert (await client.get("/bodies/987654/rules")).status_code == 404
