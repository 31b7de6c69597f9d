"""Handed on, merged, shared, bounced: a case that goes from one organisation to another."""

from datetime import date, datetime
from typing import Any

import httpx2
import pytest

from community.errors import Unfit
from community.orgs.models import Org, OrgKind
from community.people.models import Person
from community.places.models import Place, PlaceKind
from community.record.models import Event as Fact
from community.rights import Role
from mediation.agreement.models import Agreement
from mediation.assignment.joining import answer, invite_org, join
from mediation.case.channels import Channel
from mediation.case.models import Assignment, Case, Party, Proceeding, Side, Track
from mediation.case.noting import notes_of
from mediation.case.queries import seats_of
from mediation.case.states import Outcome, State
from mediation.confirmation.applying import prepare
from mediation.confirmation.grounds import Nexus
from mediation.confirmation.queries import courts_for
from mediation.feedback.models import SatisfactionAnswer
from mediation.intake import commands
from mediation.intake.alike import CROSSED, Likeness
from mediation.intake.fingerprints import alike
from mediation.intake.leading import POLICE_TOO, Organ, merge, redirect
from mediation.intake.models import ChannelRef
from mediation.intake.reaching import attempt
from mediation.intake.rules import Filing, Kind, Named
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.referral import answering, ruling, sending
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.package import BY_NAME
from mediation.referral.queries import bounced
from mediation.referral.queries import due_of as handed_due
from mediation.report.queries import sets_of
from mediation.report.rules import accepted, assisted
from mediation.room.commands import send
from mediation.room.rules import RoomKind
from tests.mediation.referral.making import DUTY, dispatcher_of, org_of, plan
from tests.mediation.scenarios.play import WINDOW, at, begin, draft, number_of, pay, room
from tests.world import World, sign_in


async def test_27_a_gym_has_closed(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    member = await play.person("会员")
    case = await play.file(member, "健身房", "预付卡退费，老板找不到。", at("2026-06-01"), kind=Kind.CONSUMER)
    cards = await Party.get(case_id=case.id, side=Side.APPLICANT)
    holders = [(f"会员{n}", f"卡{n}") for n in range(23)]
    await parties.enrol(case.code, cards.code, holders, by=play.world.intake, at=at("2026-06-02"))
    members = await members_of(cards)
    assert len(members) == 23
    url = f"/cases/{case.code}/people/{cards.code}"
    client.cookies.update(await sign_in(town.intake))
    for agreed in (members[:22], members[:21]):
        said = {"shared": [each.code for each in agreed]}
        assert (await client.post(f"{url}/sharing", data=said)).status_code == 303
    shown = (await client.get(f"{url}/roster")).text
    assert ("只列签字同意的 21 人" in shown, "卡20" in shown, "卡21" in shown) == (True, True, False)
    await play.invite(case, at("2026-06-02"))
    boss = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    for way in ("phone", "visit"):
        await attempt(case.code, boss.code, way=way, by=play.world.intake, at=at("2026-06-03"))
    way = "请到区市场监督管理局投诉，七个工作日内会告诉您受理不受理（消费者权益保护法第四十六条）。"
    told: dict[str, Any] = {"by": play.world.intake, "at": at("2026-06-04")}
    await redirect(case.code, Organ.GOVERNMENT, must=True, words=way, fraud=True, **told)
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.REDIRECTED, Outcome.REDIRECTED)
    assert [words for _, words in await notes_of(case)] == [f"{way}\n{POLICE_TOO}"]
    assert await Fact.filter(kind="case.tried", subject=case.key).count() == 2


async def test_29_one_matter_by_two_ways(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei = await play.person("李梅")
    order = Filing(
        kind=Kind.NEIGHBOURS,
        statement="楼上漏水，请派人来看。",
        place="3号楼302",
        applicant=Named(name="李梅", phone="138-0013-8000"),
        respondent=Named(name="周强"),
        helped=True,
        channel=Channel.HOTLINE,
        number="BJ20260901-887",
        received_at=at("2026-09-01 08:00"),
    )
    clerk, where = play.world.intake, play.world.community.id
    first = await commands.file(order, by=clerk, community_id=where, at=at("2026-09-01 09:30"))
    web = await play.file(mei, "周强", "402 室漏水。", at("2026-09-02"), place="三号楼 302 室")
    assert [(each.case.id, each.why) for each in await alike(web)] == [(first.id, Likeness.WHOLE)]
    assert (await Case.get(id=web.id)).state is State.REGISTERED
    keeper = await merge(web.code, first.code, same=True, by=clerk, at=at("2026-09-02 14:00"))
    assert (keeper.id, keeper.filed_at) == (first.id, at("2026-09-01 08:00"))
    refs = await ChannelRef.filter(org_id=play.org.id).order_by("id")
    assert [each.channel for each in refs] == [Channel.HOTLINE, Channel.WEB]
    gone = await Case.get(id=web.id)
    assert (gone.state, gone.merged_into_id) == (State.MERGED, keeper.id)
    qiang, mine = await play.person("周强"), Named(name="周强", phone="13900139000")
    crossed = await play.file(qiang, "李梅", "她装修砸坏我家。", at("2026-09-03"), place="3号楼302", applicant=mine)
    assert [each.why for each in await alike(crossed)] == [CROSSED]
    with pytest.raises(Unfit, match="各告各的"):
        await merge(crossed.code, first.code, same=True, by=clerk, at=at("2026-09-03"))
    await Party.filter(case_id=keeper.id, side=Side.APPLICANT).update(person_id=mei.id)
    await Assignment.create(case=keeper, mediator=town.mediator, mode="designated", since=at("2026-09-04"))
    url, marks = f"/cases/{keeper.code}/satisfaction", dict.fromkeys(("response", "fairness", "solved", "manner"), 4)
    client.cookies.update(await sign_in(mei))
    assert (await client.get(url)).status_code == 404
    await Case.filter(id=keeper.id).update(state=State.CLOSED)
    assert (await client.post(url, data={**marks, "solved": 6})).status_code == 422
    assert (await client.post(url, data=marks)).status_code == 303
    assert (await client.post(url, data=marks)).status_code == 409
    assert await SatisfactionAnswer.all().count() == 1
    said = await Fact.get(kind="case.rated")
    assert (said.actor_id, "4" in said.body) == (None, False)
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.get(url)).status_code == 404
    client.cookies.update(await sign_in(town.director))
    shown = (await client.get(url)).text
    assert ("有 1 位当事人答过" in shown, "李梅" in shown) == (True, False)


async def test_32_a_leak_across_two_communities(client: httpx2.AsyncClient, town: World) -> None:
    world = town
    play = await begin(world, before=30)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水处跨了清河居和东庙居。", at("2026-06-01"))
    other, head = await org_of(world, OrgKind.MEDIATION_COMMITTEE, "东庙居")
    far = await Place.create(
        kind=PlaceKind.COMMUNITY, name="东庙", code="east", parent=world.street, path=f"{world.street.path}9/"
    )
    await Org.filter(id=other.id).update(place=far)
    co = await play.person("东庙调解员", Role.PEOPLE_MEDIATOR, other)
    joint = await invite_org(case.code, other.code, why="漏水处跨了两个社区", by=world.director, at=at("2026-06-02"))
    with pytest.raises(Unfit):
        await answer(joint.code, co.code, clear=False, by=head, at=at("2026-06-02"))
    await answer(joint.code, co.code, clear=True, by=head, at=at("2026-06-02"))
    await join(case.code, joint.code, told=True, lead=True, by=world.director, at=at("2026-06-03"))
    assert await number_of(case) == "（2026）清河居人调字第31号（联）"
    assert await Proceeding.filter(case_id=case.id).count() == 1
    assert await seats_of(co, case, at=at("2026-06-03")) == {"co"}
    assert (await Case.get(id=case.id)).org_id == play.org.id
    await play.write(case, draft(pay("R1", "A1", 100000, "2026-07-31")), at("2026-06-05"))
    await play.send_out(case, at("2026-06-05"))
    await play.sign(case, at("2026-06-05"), mei, qiang, world.mediator)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await play.seal(case, at("2026-06-05") + WINDOW)
    client.cookies.update(await sign_in(co))
    assert "一起调解的调解员" in (shown := (await client.get(f"/cases/{case.code}/agreement")).text)
    assert "您的姓名" in shown
    await play.sign(case, at("2026-06-05 13:00"), co)
    case = await play.seal(case, at("2026-06-05 13:00") + WINDOW)
    assert (await Agreement.get(case_id=case.id)).effective_at == at("2026-06-05 13:10")
    client.cookies.update(await sign_in(mei))
    assert "联合调解的调解员（签名）：东庙调解员" in (await client.get(f"/cases/{case.code}/agreement/paper")).text
    assert (await Agreement.get(case_id=case.id)).number == "（2026）清河居人调字第31号（联）-协1"
    east, _ = await play.court("东庙法院", far)
    ours, _ = await play.court("清河法院", world.community)
    north, _ = await play.court("不相干的法院", await Place.create(kind=PlaceKind.STREET, name="北街", code="north"))
    links = {court.id: why for court, why in await courts_for(case)}
    assert links == {ours.id: (Nexus.BODY,), east.id: (Nexus.JOINT,), north.id: ()}
    with pytest.raises(Unfit, match="有管辖权"):
        await prepare(case.code, north.code, by=mei, at=at("2026-06-06"))
    found = await prepare(case.code, east.code, by=mei, at=at("2026-06-06"))
    assert found.link is Nexus.JOINT
    span = (date(2026, 4, 1), date(2026, 7, 1))
    ours_read, theirs_read = [await sets_of(each, at=at("2026-06-30")) for each in (world.director, head)]
    assert (len(accepted(ours_read.cases, *span)), assisted(ours_read.joined, *span)) == (1, 0)
    assert (len(accepted(theirs_read.cases, *span)), assisted(theirs_read.joined, *span)) == (0, 1)


async def test_33_a_case_bounces_twice(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang, centre = await play.person("李梅"), await play.person("周强"), await dispatcher_of(town)
    case = await play.talking(mei, qiang, "油烟扰民。", at("2026-06-10"))
    await send((await room(case, RoomKind.CAUCUS, "A1")).code, "one", "两千也行", by=mei, at=at("2026-06-11"))
    client.cookies.update(await sign_in(mei))

    async def responsible() -> int:
        """Return how often the page names who is responsible; it is always our committee until somebody takes it."""
        page = (await client.get(f"/cases/{case.code}")).text
        assert page.count("负责单位：") == 1
        return page.count("负责单位：清河居人民调解委员会")

    street, street_head = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    other, other_head = await org_of(town, OrgKind.DEPARTMENT, "城管大队")
    first = await sending.propose(case.code, plan(street, Track.ADMIN), by=town.director, at=at("2026-06-18"))
    assert (await handed_due([first]))[case.id] == date(2026, 6, 24)
    assert await responsible() == 1
    await _bounce(first, street_head, at("2026-06-22"))
    assert await responsible() == 1
    second = await sending.propose(case.code, plan(other, Track.ADMIN), by=centre, at=at("2026-06-23"))
    await _bounce(second, other_head, at("2026-06-24"))
    assert await bounced(await Case.get(id=case.id)) == 2
    with pytest.raises(Unfit, match="综治中心"):
        await sending.propose(case.code, plan(street, Track.ADMIN), by=town.director, at=at("2026-06-25"))
    with pytest.raises(Unfit):
        await ruling.keep_here(case.code, reason="", by=centre, at=at("2026-06-25"))
    await ruling.keep_here(case.code, reason="就地办结，城管配合。", by=centre, at=at("2026-06-25"))
    assert [words for _, words in await notes_of(case)] == ["就地办结，城管配合。"]
    assert await responsible() == 1
    for handover in (first, second):
        kept = await HandoverItem.filter(handover_id=handover.id)
        assert kept
        assert {each.part for each in kept} <= set(BY_NAME)
        assert not {"caucus", "proposal", "internal"} & {each.part for each in kept}


async def _bounce(handover: Handover, head: Person, when: datetime) -> None:
    """Send it back: not competent."""
    await answering.reject(handover.code, reason="不属于我们的职责", article=DUTY, by=head, at=when)
