"""A closed gym, one matter by two ways, a holiday, neighbours, bounces, shams, a lost link, the year 2027."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from community.calendar.commands import import_year
from community.calendar.queries import calendar_at
from community.errors import Hidden, MovedOn, Unfit
from community.notice.models import Notice
from community.orgs.models import Org, OrgKind
from community.people.models import Person
from community.places.models import Place, PlaceKind
from community.record.models import Event as Fact
from community.record.outbox import deliver
from community.rights import Role
from mediation.agreement.afterwards import Ground, remediate
from mediation.agreement.amending import begin_supplement
from mediation.agreement.checks import LEGALITY
from mediation.agreement.commands import finalize, reopen
from mediation.agreement.models import Agreement, Obligation, Signature
from mediation.agreement.performing import confirm
from mediation.agreement.queries import paper_of
from mediation.agreement.rules import Capacity as Hands
from mediation.agreement.rules import ClauseKind, Line
from mediation.agreement.text import sections
from mediation.archive.commands import Binding, archive
from mediation.archive.models import CaseDossier
from mediation.archive.purging import TIMERS as PURGES
from mediation.archive.queries import bundle_of
from mediation.assignment.joining import answer, invite_org, join
from mediation.case.channels import Channel
from mediation.case.commands import close, terminate
from mediation.case.deadlines import due_of, rule
from mediation.case.models import Assignment, Case, DueChange, Party, Period, Proceeding, Side, Track
from mediation.case.noting import notes_of
from mediation.case.queries import parties_of, seats_of
from mediation.case.states import Clock, Outcome, State
from mediation.case.terms import PauseReason
from mediation.case.waiting import suspend
from mediation.confirmation.applying import apply, apply_for, prepare, withdraw
from mediation.confirmation.grounds import WAYS, Denial, Nexus, Way
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import courts_for, refusals
from mediation.confirmation.rules import Course, Deed
from mediation.confirmation.ruling import Ruling, decide, open_papers
from mediation.evidence.commands import bring, share
from mediation.evidence.queries import piece_of
from mediation.evidence.rules import Sharing
from mediation.feedback.models import SatisfactionAnswer
from mediation.intake import commands
from mediation.intake.alike import CROSSED, Likeness
from mediation.intake.fingerprints import alike
from mediation.intake.leading import POLICE_TOO, Organ, merge, redirect
from mediation.intake.models import ChannelRef, PaperForm
from mediation.intake.reaching import attempt
from mediation.intake.rules import Filing, Kind, Named
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.parties.rules import GuardBasis
from mediation.privacy.models import DeletionWish
from mediation.privacy.rules import Hold
from mediation.referral import answering, ruling, sending
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.package import BY_NAME
from mediation.referral.queries import bounced
from mediation.referral.queries import due_of as handed_due
from mediation.report.queries import sets_of
from mediation.report.rules import accepted, assisted
from mediation.room.commands import send
from mediation.room.models import Message, Room
from mediation.room.rules import RoomKind
from tests.community.calendar.test_store import year_of
from tests.mediation.clock.test_ledger import counted_again
from tests.mediation.clock.test_striking import ring
from tests.mediation.evidence.making import paper, told
from tests.mediation.referral.making import DUTY, dispatcher_of, org_of, plan
from tests.mediation.scenarios.play import DAY, WINDOW, Play, at, begin, draft, due, number_of, pay, room
from tests.world import World, sign_in
from web.telling import tell

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


async def test_27_a_gym_has_closed(play: Play) -> None:
    member = await play.person("会员")
    case = await play.file(member, "健身房", "预付卡退费，老板找不到。", at("2026-06-01"), kind=Kind.CONSUMER)
    cards = await Party.get(case_id=case.id, side=Side.APPLICANT)
    holders = [(f"会员{n}", f"卡{n}") for n in range(23)]
    await parties.enrol(case.code, cards.code, holders, by=play.world.intake, at=at("2026-06-02"))
    assert len(await members_of(cards)) == 23
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


async def test_28_a_dog_bit_a_child(play: Play, tmp_path: Path) -> None:
    mother, owner = await play.person("孩子母亲"), await play.person("狗主人")
    child = Named(name="小宝", phone="13800138000")
    case = await play.file(mother, "狗主人", "七岁孩子被狗咬伤。", at("2026-06-01"), kind=Kind.DAMAGE, applicant=child)
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    desk: dict[str, Any] = {"by": play.world.intake, "at": at("2026-06-01")}
    await parties.describe(case.code, party.code, born=date(2019, 3, 1), entity=False, incapable=None, **desk)
    who, basis = parties.Someone(name="孩子母亲"), GuardBasis.PARENT
    guard = await parties.name_guardian(case.code, party.code, who, basis, conflict=False, **desk)
    await play.seat(case, guard.code, mother, at("2026-06-01"), play.world.intake)
    await play.invite(case, at("2026-06-01"))
    await play.agree(case, owner, at("2026-06-02"))
    case = await play.lead(await play.accept(case, at("2026-06-02")), at("2026-06-02"))
    photos = told("伤口照片", medical=True)
    bite = await bring(case.code, photos, await paper(case, tmp_path), by=mother, at=at("2026-06-02"))
    assert (bite.party_id, bite.sharing) == (party.id, Sharing.PRIVATE)
    with pytest.raises(Hidden):
        await piece_of(owner, case.code, bite.code, at=at("2026-06-02"))
    register = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="办理养犬登记", until=date(2026, 6, 30))
    words = draft(pay("R1", "A1", 286040, "2026-06-30", "含五针疫苗"), register)
    case = await play.bind(case, words, at("2026-06-05"), mother, owner)
    signed = await Signature.get(party_id=party.id)
    assert (signed.capacity, signed.signer_id, case.state) == (Hands.GUARDIAN, mother.id, State.PERFORMING)
    owed = await Obligation.filter(case_id=case.id).order_by("id").select_related("clause")
    assert [(each.clause.kind, each.clause.amount_fen, each.due_on) for each in owed] == [
        (ClauseKind.PAY, 286040, date(2026, 6, 30)),
        (ClauseKind.DO, None, date(2026, 6, 30)),
    ]
    licence = await bring(case.code, told("养犬登记证"), await paper(case, tmp_path), by=owner, at=at("2026-06-19"))
    await share(case.code, licence.code, by=owner, at=at("2026-06-19"))
    assert (await piece_of(mother, case.code, licence.code, at=at("2026-06-19")))[1].title == "养犬登记证"
    await confirm(case.code, owed[0].code, by=mother, at=at("2026-06-20"))


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


async def test_30_confirmation_is_refused(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "欠款。", at("2026-09-01"))
    bare = draft(Line(who="R1", whom="A1", amount=500000))
    await play.write(case, bare, at("2026-09-05"))
    with pytest.raises(Unfit) as dateless:
        await play.send_out(case, at("2026-09-05"))
    assert dateless.value.field == "until-1"
    await play.rewrite(case, draft(pay("R1", "A1", 500000, "2026-12-31")), at("2026-09-05"))
    await play.send_out(case, at("2026-09-05"))
    await play.sign(case, at("2026-09-05"), mei, qiang, town.mediator)
    case = await play.seal(case, at("2026-09-05") + WINDOW)
    signed = [party.code for party in await parties_of(case)]
    with pytest.raises(Unfit, match="司法确认被驳回"):
        await remediate(case.code, Ground.DISMISSED, signed, by=town.director, at=at("2026-09-06"))
    court, liaison = await play.court()
    there = await play.to_court(case, court, at("2026-09-25"), mei, qiang)
    assert (await open_papers(there.code, by=liaison, at=at("2026-09-26")))[1]
    said = Ruling(number="（2026）云0101民特30号", on=at("2026-10-08").date(), refusal=Denial.UNCLEAR)
    with pytest.raises(Unfit, match="理由"):
        await decide(there.code, Deed.DISMISS, replace(said, refusal=None), by=liaison, at=at("2026-10-08"))
    there = await decide(there.code, Deed.DISMISS, said, by=liaison, at=at("2026-10-08"))
    assert (there.stage, WAYS[there.stage]) == (Course.DISMISSED, (Way.AMEND, Way.REMEDIATE, Way.SUE))
    assert await refusals([case.id]) == {"unclear": 1}
    assert (await Case.get(id=case.id)).state is State.PERFORMING
    await deliver(tell, consumer="notice", at=at("2026-10-08"))
    for person in (mei, qiang):
        assert await Notice.filter(person_id=person.id, sentence__contains="法院没有确认协议").count() == 1
        client.cookies.update(await sign_in(person))
        page = (await client.get(f"/cases/{case.code}/confirmation")).text
        for words in ("内容不明确", "补充协议", "重新调解", "向法院起诉"):
            assert words in page
    told: dict[str, Any] = {"because": "分期的日子没有写。", "filed": False, "court_told": False}
    await begin_supplement(case.code, **told, by=town.mediator, at=at("2026-10-10"))
    await play.rewrite(case, draft(pay("R1", "A1", 500000, "2026-11-30")), at("2026-10-10"))
    await play.send_out(case, at("2026-10-10"))
    await play.sign(case, at("2026-10-10"), mei, qiang, town.mediator)
    case = await play.seal(case, at("2026-10-10") + WINDOW)
    days = await due(case, Clock.JC)
    assert (days.began_on, days.raw_due) == (date(2026, 10, 10), date(2026, 11, 9))
    assert "先选法院" in (await client.get(f"/cases/{case.code}/confirmation")).text
    second = await play.to_court(case, court, at("2026-10-12"), mei, qiang)
    assert (second.version_id != there.version_id, second.stage) == (True, Course.FILED)
    await withdraw(case.code, by=qiang, at=at("2026-10-13"))
    await remediate(case.code, Ground.DISMISSED, signed, by=town.director, at=at("2026-10-14"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING


async def test_31_the_thirtieth_day_is_a_holiday(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-09-01"))
    case = await play.bind(case, draft(pay("R1", "A1", 320000, "2026-12-31")), at("2026-09-05 10:00"), mei, qiang)
    confirm = await due(case, Clock.JC)
    assert (confirm.began_on, confirm.raw_due, confirm.due) == (date(2026, 9, 5), date(2026, 10, 5), date(2026, 10, 8))
    court, _ = await play.court()
    reminded: list[tuple[int, int]] = []
    for day in range(34):
        when = at("2026-09-05 10:11") + day * DAY
        if day == 1:
            await prepare(case.code, court.code, by=mei, at=when)
            await apply(case.code, sworn=True, by=mei, at=when)
        await ring(when)
        await deliver(tell, consumer="notice", at=when)
        told = Notice.filter(at__gte=when - timedelta(hours=3), at__lte=when, sentence__contains="建议最晚")
        if people := [each.person_id for each in await told]:
            reminded += [(day, person) for person in people]
    assert [day for day, person in reminded if person == qiang.id] == [0, 10, 20, 25, 28]
    assert [day for day, person in reminded if person == mei.id] == [0]
    first = await Notice.filter(person_id=qiang.id, sentence__contains="建议最晚").first()
    assert first
    assert "2026-10-05" in first.facts
    client.cookies.update(await sign_in(qiang))
    assert "10月8日" in (page := (await client.get(f"/cases/{case.code}/confirmation")).text)
    assert "10月5日" in page
    await ring(at("2026-10-09 00:01"))
    lapsed = await CourtConfirmation.get(case_id=case.id)
    assert lapsed.stage is Course.LAPSED
    with pytest.raises(Unfit, match="三十日已经过了"):
        await prepare(case.code, court.code, by=qiang, at=at("2026-10-09"))
    calendar = await calendar_at()
    assert due_of(rule("D10"), date(2026, 4, 1), calendar).due == date(2026, 5, 6)
    assert due_of(rule("D06", "month"), date(2026, 1, 31), calendar).due == date(2026, 2, 28)
    assert date(2026, 2, 28).weekday() == 5


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


async def test_34_a_sham_is_suspected(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    uncle, nephew = await play.person("叔"), await play.person("侄")
    case = await play.talking(uncle, nephew, "借款 600,000 元。", at("2026-06-01"), kind=Kind.CONTRACT)
    await play.write(case, draft(pay("R1", "A1", 60000000, "2026-12-31")), at("2026-06-02"))
    out: dict[str, Any] = {"legality": LEGALITY, "on_paper": False, "by": play.world.mediator, "at": at("2026-06-02")}
    with pytest.raises(Unfit) as unseen:
        await finalize(case.code, kin=True, **out)
    assert unseen.value.field == "checked"
    version = await finalize(case.code, kin=True, checked="看过借条和转账，问过家里在分家产。", **out)
    assert '"sham_flag":true' in (await Fact.get(kind="case.finalize")).body.lower().replace(" ", "")
    assert "虚假" not in "".join(line for _, lines in sections(paper_of(version)) for line in lines)
    await reopen(case.code, sure=True, by=play.world.mediator, at=at("2026-06-02"))
    with pytest.raises(Unfit) as silent:
        await suspend(case.code, PauseReason.SHAM, by=play.world.mediator, at=at("2026-06-02"))
    assert silent.value.field == "reported"
    await suspend(case.code, PauseReason.SHAM, reported=True, by=play.world.mediator, at=at("2026-06-02"))
    case = await Case.get(id=case.id)
    assert await Case.filter(id=case.id, state=State.SUSPENDED, outcome=None).exists()
    await terminate(case.code, Outcome.FRAUD_SUSPECTED, by=play.world.mediator, at=at("2026-06-05"))
    assert (await Case.get(id=case.id)).outcome is Outcome.FRAUD_SUSPECTED
    await _warned(client, play, uncle, nephew)


async def _warned(client: httpx2.AsyncClient, play: Play, uncle: Person, nephew: Person) -> None:
    """Let the two agree once more, after a look: before the court is asked those at work are warned, they alone."""
    case = await play.talking(uncle, nephew, "借款 600,000 元。", at("2026-07-01"), kind=Kind.CONTRACT)
    await play.write(case, draft(pay("R1", "A1", 60000000, "2026-12-31")), at("2026-07-02"))
    out: dict[str, Any] = {"legality": LEGALITY, "on_paper": False, "by": play.world.mediator, "at": at("2026-07-02")}
    await finalize(case.code, kin=True, checked="看过借条和转账。", **out)
    await play.sign(case, at("2026-07-02"), uncle, nephew, play.world.mediator)
    case = await play.seal(case, at("2026-07-02") + WINDOW)
    court, _ = await play.court()
    await prepare(case.code, court.code, by=uncle, at=at("2026-07-03"))
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    entered: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-07-03")}
    with pytest.raises(Unfit) as unseen:
        await apply_for(case.code, party.code, "paper", **entered)
    assert unseen.value.field == "real"
    await apply_for(case.code, party.code, "paper", real=True, **entered)
    for person, warned in ((play.world.mediator, True), (uncle, False)):
        client.cookies.update(await sign_in(person))
        shown = (await client.get(f"/cases/{case.code}/confirmation")).text
        assert ("核对过是不是真的" in shown) is warned


async def test_35_a_tablet_sends_everything_again(play: Play) -> None:
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-06-01"))
    joint = await room(case, RoomKind.JOINT)
    lines = ("one", "two", "three")
    for _ in range(2):
        for n, name in enumerate(lines, start=1):
            said = await send(joint.code, name, f"第{n}句", by=play.world.mediator, at=at("2026-06-02"))
            assert said.seq == n
    assert [each.seq for each in await Message.filter(room_id=joint.id).order_by("seq")] == [1, 2, 3]
    words = draft(pay("R1", "A1", 320000, "2026-07-31"))
    case = await play.bind(case, words, at("2026-06-05"), mei, qiang)
    with pytest.raises(MovedOn):
        await play.seal(case, at("2026-06-05 12:11"))
    assert await Fact.filter(kind="case.effect", subject=case.key).count() == 1
    assert await Agreement.filter(case_id=case.id).exclude(number=None).count() == 1
    assert await Obligation.filter(case_id=case.id).count() == 1


async def test_36_somebody_asks_for_deletion(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-06-01"))
    alone = await room(case, RoomKind.CAUCUS, "A1")
    await send(alone.code, "one", "两千也行", by=mei, at=at("2026-06-02"))
    await terminate(case.code, Outcome.FAILED_GAP, by=play.world.mediator, at=at("2026-06-05"))
    await close(case.code, served=True, by=play.world.mediator, at=at("2026-06-06"))
    keeper, bundle = await play.person("老钱", Role.ARCHIVIST, play.org), await bundle_of(await Case.get(id=case.id))
    given = Binding(shown=bundle.manifest, retention=bundle.retention, purge=True)
    await archive(case.code, given, by=keeper, at=at("2026-06-10"))
    for one in await Room.filter(case_id=case.id):
        await PURGES["archive.purge"](one.name, at("2027-02-01"))
    assert await Message.filter(room__case_id=case.id).count() == 0
    proof = await Fact.get(kind="room.purged", subject=alone.name)
    assert (proof.at, '"lines":1' in proof.body) == (at("2027-02-01"), True)
    dossier = await CaseDossier.get(case_id=case.id)
    assert dossier.kept_until
    assert dossier.kept_until > at("2027-02-01").date()
    client.cookies.update(await sign_in(mei))
    url = f"/cases/{case.code}/deletion"
    assert (await client.post(url)).status_code == 303
    answer = (await client.get(url)).text
    assert "只和调解员" in answer
    assert "第四十七条" in answer
    assert "向网信部门投诉" in answer
    wish = await DeletionWish.get(case_id=case.id)
    assert (wish.held_because, wish.held_until) == (Hold.TERM, dossier.kept_until)
    copy = (await client.get(f"/cases/{case.code}/copy")).json()
    assert [each["name"] for each in copy["parties"]] == ["李梅"]
    assert copy["filing"]["statement"] == "漏水。"
    assert "周强" not in str(copy)
    client.cookies.clear()
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.get(url)).status_code == 404


async def test_37_the_calendar_of_2027_is_missing(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    patient, hospital = await play.person("患者"), await play.person("医院")
    case = await play.talking(patient, hospital, "手术后感染。", at("2026-12-10"), kind=Kind.MEDICAL)
    before = await due(case, Clock.MEDIATE)
    assert before.provisional
    client.cookies.update(await sign_in(town.mediator))
    assert "暂定：放假安排还没公布" in (await client.get(f"/cases/{case.code}")).text
    off = [f"2027-01-{day:02}" for day in (4, 5)]
    await import_year(year_of(2027, off=off), by=None, at=at("2026-12-20"))
    await counted_again(at("2026-12-20"))
    after = await Period.get(id=before.id)
    assert (after.provisional, after.due > before.due, after.stage) == (False, True, 0)
    assert await Fact.filter(kind="case.due-moved", subject=case.key).count() == 1
    assert (await DueChange.get(period_id=before.id)).was == before.due
    when = at(str(after.due)) - timedelta(days=7)
    await ring(when)
    await ring(when)
    assert await Fact.filter(kind="case.reminded", subject=case.key, at=when).count() == 1


async def test_38_a_day_on_paper(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town, before=4)
    qiang, other = await play.person("周强"), await play.person("王刚")
    client.cookies.update(await sign_in(town.intake))
    blank = (await client.get("/desk/intake/blank")).text
    assert "编号：补录后填写" in blank
    later = await play.accepted(other, qiang, "噪音。", at("2026-05-04 11:00"))
    typed = {"channel": "window", "applicant_name": "李梅", "phone": "13800138000", "other_name": "周强"}
    typed |= {"statement": "漏水。", "kind": "02", "authorised": "signed", "on_paper": "true"}
    assert (await client.post("/desk/intake/new", data=typed)).status_code == 422
    typed["received_at"] = "2026-04-30T10:00"
    assert (await client.post("/desk/intake/new", data=typed)).status_code == 303
    case = await Case.get(on_paper=True)
    assert (case.filed_at, (await due(case, Clock.REVIEW)).began_on) == (at("2026-04-30 10:00"), date(2026, 4, 30))
    await play.invite(case, at("2026-05-04 11:30"))
    await play.agree(case, qiang, at("2026-05-04 11:31"))
    accepted_on = {"on": "2026-05-01"}
    assert (await client.post(f"/cases/{case.code}/paper/acceptance", data=accepted_on)).status_code == 422
    scan = {"file": ("application.pdf", PDF, "application/pdf")}
    assert (await client.post(f"/cases/{case.code}/paper", files=scan)).status_code == 303
    paper = await PaperForm.get(case_id=case.id)
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert paper.sha256 in (await client.get(f"/cases/{case.code}/paper")).text
    for wrong in ("2026-04-29", "2026-05-05"):
        assert (await client.post(f"/cases/{case.code}/paper/acceptance", data={"on": wrong})).status_code == 422
    assert (await client.post(f"/cases/{case.code}/paper/acceptance", data=accepted_on)).status_code == 303
    case = await Case.get(id=case.id)
    assert [await number_of(each) for each in (later, case)] == [f"（2026）清河居人调字第{n}号" for n in (5, 6)]
    assert (await due(case, Clock.MEDIATE)).began_on == date(2026, 5, 1)
    assert "补录，编号按补录的先后给" in (await notes_of(case))[0][1]
