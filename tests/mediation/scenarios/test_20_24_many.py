"""Forty homeowners, and six workers waiting for their wages."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Forbidden, Unfit
from community.people.models import Person
from mediation.agreement import running as running_agreement
from mediation.agreement.models import Obligation, Ratification
from mediation.agreement.ratifying import ratify, rosters
from mediation.agreement.rules import Line
from mediation.agreement.voicing import offer_voice, voice
from mediation.case.models import Case, Party, Period, Proceeding, Side
from mediation.case.standing import stands
from mediation.case.states import Clock, State
from mediation.intake.consent import agree_in_person
from mediation.intake.rules import Kind
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.parties.rules import MemberVote, Power, ProxyKind
from mediation.report.ending import facts_of
from mediation.report.tail import Facts
from mediation.risk import commands as risk
from mediation.risk.models import PreventedHarm
from mediation.risk.rules import Prevented, Sign
from tests.deliberation.stage import body_of
from tests.mediation.clock.test_striking import ring
from tests.mediation.scenarios.play import Play, at, begin, draft, pay
from tests.web.crawl import client_of
from tests.world import World, sign_in
from web.clock import Clock as Watch


async def test_20_forty_homeowners(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    group, developer = await play.person("业主"), await play.person("开发商")
    case = await play.talking(group, developer, "停车位没有交付。", at("2026-06-01"), kind=Kind.HOUSING)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    told: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-02")}
    await parties.enrol(case.code, party.code, [(f"业主{n}", f"{n}室") for n in range(40)], **told)
    members = await members_of(party)
    with pytest.raises(Unfit, match="2 到 5"):
        await parties.elect(case.code, party.code, [each.code for each in members[:6]], **told)
    per_home = Line(who="R1", whom="A1", amount=300000, until=date(2026, 7, 31), each=True)
    await play.write(case, draft(per_home), at("2026-06-02"))
    with pytest.raises(Unfit, match="推选代表人"):
        await play.send_out(case, at("2026-06-02"))
    await parties.elect(case.code, party.code, [each.code for each in members[:3]], **told)
    version = await play.send_out(case, at("2026-06-03"))
    votes = [MemberVote.YES] * 33 + [MemberVote.NO] * 4
    own = await play.person("业主0")
    token = await offer_voice(case.code, members[0].code, by=play.world.mediator, at=at("2026-06-03"))
    for stranger in (developer, play.world.mediator):
        with pytest.raises(Forbidden):
            await voice(token, MemberVote.NO, by=stranger, at=at("2026-06-03"))
    client.cookies.update(await sign_in(own))
    assert "开发商" in (asked := (await client.get(f"/voice/{token}")).text)
    assert "我不认可" in asked
    for word in ("no", "yes"):
        assert (await client.post(f"/voice/{token}", data={"vote": word})).status_code == 303
    with pytest.raises(Forbidden):
        await voice(token, MemberVote.NO, by=await play.person("别人"), at=at("2026-06-03"))
    said = await Ratification.get(member_id=members[0].id)
    assert (said.vote, (await said.by).id) == (MemberVote.YES, own.id)
    for member, vote in zip(members[1:], votes[1:], strict=False):
        await ratify(case.code, party.code, member.code, vote, by=play.world.mediator, at=at("2026-06-04"))
    await play.sign(case, at("2026-06-05"), group, developer, play.world.mediator)
    with pytest.raises(Unfit, match="没有表态"):
        await play.seal(case, at("2026-06-10"))
    await ring(at("2026-06-11"))
    case = await play.seal(case, at("2026-06-11"))
    roster = (await rosters(case, version))[0]
    assert (roster.count(MemberVote.YES), roster.count(MemberVote.PENDING), len(roster.unbound)) == (33, 3, 7)
    owed = await Obligation.get(case_id=case.id).select_related("clause")
    assert (owed.clause.amount_fen, case.state) == (9900000, State.PERFORMING)
    client.cookies.update(await sign_in(play.world.mediator))
    assert "不能超过 5 人" in (await client.get(f"/cases/{case.code}/people/{party.code}")).text
    client.cookies.update(await sign_in(developer))
    shown = (await client.get(f"/cases/{case.code}/agreement")).text
    assert "40 人里，33 位认可，4 位不认可，3 位还没有说" in shown
    assert "业主36、业主37、业主38、业主39" in shown
    await _prevented(client, play, case, party.code)
    await _talked_about(client, play, developer)


async def _prevented(client: httpx2.AsyncClient, play: Play, case: Case, group: str) -> None:
    """Say how many may go and petition, and let two people say that a crowd did not: the second counts it."""
    lead, director, here = play.world.mediator, play.world.director, f"/cases/{case.code}/prevented"
    await risk.note_sign(case.code, Sign.GATHERING, by=lead, at=at("2026-06-12"))
    client.cookies.update(await sign_in(lead))
    assert "准备聚集" in (await client.get(f"/cases/{case.code}/risk")).text
    assert "防止群体性上访。是不是真的避免了" in (await client.get(here)).text
    told = {"harm": "petition", "people": "40", "words": "四十户要去区里，劝住了。"}
    assert (await client.post(here, data=told)).status_code == 422
    assert (await client.post(here, data={**told, "proof": "第 2 份笔录"})).status_code == 303
    assert (await client.post(here, data={**told, "proof": "第 2 份笔录"})).status_code == 409
    claim = await PreventedHarm.get(case_id=case.id)
    assert "四十户" not in claim.words
    said = {"claim": claim.code, "holds": "true"}
    assert (await client.post(here, data=said)).status_code == 403
    mine = await work_until(play, at("2026-06-30"))
    assert mine.harms == []
    client.cookies.update(await sign_in(director))
    assert "四十户要去区里，劝住了。" in (await client.get(here)).text
    assert (await client.post(here, data=said)).status_code == 303
    assert (await client.post(here, data=said)).status_code == 409
    await Case.filter(id=case.id).update(closed_at=at("2026-06-20"))
    assert (await work_until(play, at("2026-06-30"))).harms == [(Prevented.PETITION, 40)]
    form = (await client.get("/desk/report/form/after?from=2026-04-01&to=2026-06-30")).text
    assert '防止群体性上访</th><td class="num">1</td><td class="num">40</td>' in form
    await Case.filter(id=case.id).update(closed_at=None)


async def work_until(play: Play, when: datetime) -> Facts:
    """Return what the lower part of the second quarter's form is counted from."""
    me, quarter = play.world.director, (date(2026, 4, 1), date(2026, 7, 1))
    return await facts_of(me, *quarter, at=when)


async def _talked_about(client: httpx2.AsyncClient, play: Play, developer: Person) -> None:
    """Let four more of the kind be filed within ninety days: the director drafts a motion that names nobody."""
    client.cookies.update(await sign_in(play.world.director))
    body, _ = await body_of(play.world)
    asked = {"community": str(play.world.community.id), "kind": "03", "body": str(body.id)}
    for n in range(4):
        assert (await client.post("/desk/hotspots", data=asked)).status_code == 422
        other = await play.person(f"车主{n}")
        await play.file(other, developer.name, "停车位没有交付。", at("2026-05-01"), kind=Kind.HOUSING)
    answered = await client.post("/desk/hotspots", data=asked)
    assert answered.status_code == 303
    motion = (await client.get(answered.headers["location"])).text
    assert "不少于 5 件" in motion
    for name in ("业主", "开发商", "车主"):
        assert name not in motion


async def test_24_wages_in_arrears(app: Starlette, town: World, clock: Watch) -> None:
    play = await begin(town)
    worker, boss, voice = [await play.person(name) for name in ("工人1", "老板", "工友代表")]
    story = "六个人的工资，一共 47,600 元。"
    case = await play.file(worker, "老板", story, at("2026-07-06"), kind=Kind.LABOUR)
    others = [await play.add(case, f"工人{n}", at("2026-07-06"), side=Side.APPLICANT) for n in range(2, 7)]
    await play.invite(case, at("2026-07-06"))
    await play.agree(case, boss, at("2026-07-07"))
    desk: dict[str, Any] = {"by": play.world.intake, "at": at("2026-07-07")}
    for other in others:
        await agree_in_person(case.code, other.code, given=True, method="window", **desk)
        for power in ((), (Power.SETTLE,)):
            kind, who = ProxyKind.RECOMMENDED, parties.Someone(name="工友代表")
            row = await parties.appoint(case.code, other.code, who, kind, power, until=None, **desk)
            if power or other is others[0]:
                await play.seat(case, row.code, voice, at("2026-07-07"), play.world.intake)
            if not power:
                held = {each.settles for each in await stands(voice, case.id, at=at("2026-07-07"))}
                assert held <= {other is not others[0]}
                await parties.end(case.code, other.code, row.code, **desk)
    case = await play.lead(await play.accept(case, at("2026-07-07")), at("2026-07-07"))
    running = await Period.filter(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    assert {each.rule: each.due for each in running}["D08"] == date(2026, 7, 21)
    await ring(at("2026-07-22"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    wages = [pay("R1", f"A{n}", 800000, "2026-08-31") for n in range(1, 6)]
    await play.write(case, draft(*wages, pay("R1", "A6", 760000, "2026-08-31")), at("2026-07-22"))
    await play.send_out(case, at("2026-07-22"))
    await play.sign(case, at("2026-07-22"), worker, boss, *[voice] * 5)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await play.seal(case, at("2026-07-22 12:10"))
    await play.sign(case, at("2026-07-22"), play.world.mediator)
    case = await play.seal(case, at("2026-07-22 12:10"))
    assert case.state is State.PERFORMING
    assert await Party.filter(case_id=case.id, side=Side.APPLICANT).count() == 6
    assert await Proceeding.filter(case_id=case.id).count() == 1
    await running_agreement.overdue(case.key, at("2026-09-01 00:00"))
    clock.move(timedelta(days=121))
    async with await client_of(app, worker) as mine:
        shown = (await mine.get(f"/cases/{case.code}/agreement")).text
        order = (await mine.get(f"/cases/{case.code}/agreement/roads/payment-order")).text
    assert "劳动仲裁，时效一年" in shown
    assert "责令被申请人支付人民币肆万柒仟陆佰元整" in order
