"""Leak, property fee, noise, support for a mother, a wall of two, a student who comes of age."""

from collections import Counter
from datetime import date
from typing import Any

import httpx2
import pytest

from community.errors import Hidden, Unfit
from community.notice.models import Mail, Notice
from community.orgs.models import OrgKind
from community.record.outbox import deliver
from mediation.agreement.amending import begin_supplement
from mediation.agreement.by_hand import sign_on_paper
from mediation.agreement.commands import reopen
from mediation.agreement.models import Agreement, Obligation, Signature
from mediation.agreement.performing import confirm
from mediation.agreement.queries import clause_text, frozen_of, obligations_of, out_of, paper_of, standing
from mediation.agreement.rules import Capacity as Hands
from mediation.agreement.rules import ClauseKind, Draft, Duty, Line, PaperMark
from mediation.agreement.text import sections
from mediation.case.access import Seat
from mediation.case.capacity import Capacity
from mediation.case.models import Case, Consent, Invitation, Party, Period, Proceeding, Side, Track, Will
from mediation.case.moving import choices
from mediation.case.queries import name_for, seats_of, visible_case
from mediation.case.states import Clock, Outcome, State
from mediation.intake import consent
from mediation.intake.leading import join_later, proceed_severed
from mediation.intake.reaching import attempt, unreachable
from mediation.parties import commands as parties
from mediation.parties.queries import standings
from mediation.parties.rules import GuardBasis
from mediation.room.queries import rooms_of
from mediation.room.rules import RoomKind
from tests.mediation.clock.test_striking import ring
from tests.mediation.referral.making import org_of
from tests.mediation.scenarios.play import DAY, Play, at, begin, draft, due, number_of, pay, room
from tests.world import World, sign_in
from web.telling import tell


async def test_01_a_leak_between_neighbours(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town, before=11)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.file(mei, "周强", "402 室漏水，302 室顶棚损坏，修理要 3,200 元。", at("2026-08-24 09:10"))
    assert (await due(case, Clock.REVIEW)).due == date(2026, 8, 27)
    client.cookies.update(await sign_in(mei))
    receipt = (await client.get(f"/cases/{case.code}/receipt")).text
    assert case.code in receipt
    assert "诉讼时效中断" in receipt
    await play.invite(case, at("2026-08-26"))
    await consent.look(await play.link(case), at=at("2026-08-27"))
    assert (await Invitation.get(party__case_id=case.id)).opened_at == at("2026-08-27")
    await play.agree(case, qiang, at("2026-08-28"))
    case = await play.accept(case, at("2026-08-28"))
    assert await number_of(case) == "（2026）清河居人调字第12号"
    assert (await due(case, Clock.MEDIATE)).due == date(2026, 9, 28)
    await play.lead(case, at("2026-08-31"))
    words = draft(pay("R1", "A1", 320000, "2026-09-30"))
    case = await play.bind(case, words, at("2026-09-12 10:00"), mei, qiang)
    assert at("2026-09-12").date().weekday() == 5
    assert case.state is State.PERFORMING
    bound = await Agreement.get(case_id=case.id)
    assert bound.effective_at == at("2026-09-12 10:10")
    confirm = await due(case, Clock.JC)
    assert (confirm.raw_due, confirm.due) == (date(2026, 10, 12), date(2026, 10, 12))
    owed = await Obligation.get(case_id=case.id).select_related("clause")
    assert (owed.clause.amount_fen, owed.due_on) == (320000, date(2026, 9, 30))
    days = await client.get(f"/cases/{case.code}/agreement/calendar.ics")
    assert "DTSTART;VALUE=DATE:20260930" in days.text
    assert "李梅" not in days.text
    assert "3,200" not in days.text
    paper = paper_of(await frozen_of(case))
    assert paper.copies == 3
    assert any("一式三份，当事人各执一份" in line for _, lines in sections(paper) for line in lines)


async def test_02_a_property_fee_in_three_instalments(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    company, gang = await play.person("清河物业公司"), await play.person("王刚")
    story = "五个季度，每季度 486.50 元，一共 2,432.50 元。"
    case = await play.talking(company, gang, story, at("2026-06-01"))
    assert 5 * 48650 == 243250
    assert 243250 * 80 // 100 == 194600
    others = (
        Line(kind=ClauseKind.OTHER, who="A1", whom="R1", what="免收滞纳金。"),
        Line(kind=ClauseKind.DO, who="A1", whom="R1", what="每周公布保洁记录。", until=date(2026, 12, 31)),
    )

    def parts(last: int) -> Draft:
        days = ("2026-07-31", "2026-08-31", "2026-09-30")
        paid = [pay("R1", "A1", fen, day) for fen, day in zip((64867, 64867, last), days, strict=True)]
        return Draft(facts=story, issue="交多少。", blame="保洁不到位，减两成。", total=194600, lines=(*paid, *others))

    await play.write(case, parts(64867), at("2026-06-10"))
    with pytest.raises(Unfit) as wrong:
        await play.send_out(case, at("2026-06-10"))
    assert wrong.value.field == "amount-3"
    assert 3 * 64867 == 194601
    await play.rewrite(case, parts(64866), at("2026-06-10"))
    await play.send_out(case, at("2026-06-10"))
    await play.sign(case, at("2026-06-10"), company, gang, town.mediator)
    case = await play.seal(case, at("2026-06-10 12:10"))
    owed = await obligations_of(case)
    assert [each.clause.amount_fen for each in owed] == [64867, 64867, 64866, None, None]
    assert "免收滞纳金" in clause_text(owed[3].clause)
    client.cookies.update(await sign_in(gang))
    assert "免费" in (await client.get("/disputes/new")).text


async def test_03_a_noise_respondent_refuses(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    ning = await play.person("赵宁")
    case = await play.file(ning, "孙磊", "广场舞音箱太响。", at("2026-06-01"))
    await play.invite(case, at("2026-06-02"))
    token = await play.link(case)
    await consent.refuse(token, by=None, at=at("2026-06-03"))
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.REFUSED_BEFORE_ACCEPTANCE)
    assert not await Period.filter(case_id=case.id, clock=Clock.INVITE, ended_at=None).exists()
    assert not await Proceeding.filter(case_id=case.id).exists()
    assert await Case.all().count() == 1
    await deliver(tell, consumer="notice", at=at("2026-06-03") + DAY)
    told = await Notice.filter(person_id=ning.id).order_by("-id").first()
    assert told
    assert "对方没有同意调解" in told.sentence
    assert [mail.template for mail in await Mail.filter(to="asked@example.org")] == ["mediation/intake/mail_invitation"]
    client.cookies.update(await sign_in(ning))
    shown = (await client.get(f"/cases/{case.code}")).text
    assert "向人民法院起诉" in shown
    assert "居委会、业委会或者物业劝阻；劝不住的，向主管部门报告" in shown
    ask = f"/cases/{case.code}/report-on"
    assert ask in shown
    assert (await client.post(ask)).status_code == 422
    street, head = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    assert (await client.post(ask)).status_code == 303
    assert (await client.post(ask)).status_code == 409
    linked = await Case.get(linked_from_id=case.id)
    assert (linked.org_id, linked.track, linked.state) == (street.id, Track.ADMIN, State.REGISTERED)
    assert linked.filed_at > case.filed_at or linked.code != case.code
    assert await seats_of(head, linked, at=at("2026-06-04")) == {Seat.DIRECTOR}
    assert await Mail.filter(to="asked@example.org").count() == 1
    assert not await Invitation.exists(party__case_id=linked.id)


async def test_04_one_of_three_children_is_missing(play: Play) -> None:
    mother, first, second = [await play.person(name) for name in ("陈桂英", "大", "二")]
    case = await play.file(mother, "大", "三个子女都不给赡养费。", at("2026-06-01"))
    await play.add(case, "二", at("2026-06-01"))
    daughter = await play.add(case, "小", at("2026-06-01"), needed=False)
    await play.invite(case, at("2026-06-02"))
    for way in ("phone", "visit"):
        await attempt(case.code, daughter.code, way=way, by=play.world.intake, at=at("2026-06-03"))
    ways = [each.channel for each in await Invitation.filter(party_id=daughter.id)]
    assert (len(ways), len(set(ways)), "visit" in ways) == (3, 3, True)
    await play.agree(case, first, at("2026-06-04"))
    await play.agree(case, second, at("2026-06-04"), ordinal=2)
    await proceed_severed(case.code, daughter.code, written=True, by=play.world.intake, at=at("2026-06-05"))
    case = await play.lead(await play.accept(case, at("2026-06-05")), at("2026-06-05"))
    shares = [pay(sign, "A1", 50000, "2026-07-05", "每月赡养费", times=12) for sign in ("R1", "R2")]
    await play.write(case, draft(*shares, pay("R3", "A1", 50000, "2026-07-05")), at("2026-06-10"))
    with pytest.raises(Unfit) as refused:
        await play.send_out(case, at("2026-06-10"))
    assert refused.value.field == "who-3"
    await play.rewrite(case, draft(*shares), at("2026-06-10"))
    await play.send_out(case, at("2026-06-10"))
    await play.sign(case, at("2026-06-10"), mother, first, second, play.world.mediator)
    case = await play.seal(case, at("2026-06-10 12:10"))
    owed = await obligations_of(case)
    due_days = [date(2026, month, 5) for month in range(7, 13)] + [date(2027, month, 5) for month in range(1, 7)]
    assert {(each.clause.obligor.sign, each.clause.amount_fen) for each in owed} == {("R1", 50000), ("R2", 50000)}
    assert [each.due_on for each in owed if each.clause.obligor.sign == "R1"] == due_days
    await confirm(case.code, owed[0].code, by=mother, at=at("2026-07-01"))
    said = [line for _, lines in sections(paper_of(await frozen_of(case))) for line in lines]
    assert "小没有参加本协议，其权利义务不受本协议影响，可以另行处理。" in said
    assert any("自2026年7月5日起，每月5日前（含当日），共12次，每次" in line for line in said)
    lead: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-07-02")}
    with pytest.raises(Unfit):
        await join_later(case.code, daughter.code, written=False, **lead)
    await join_later(case.code, daughter.code, written=True, **lead)
    await begin_supplement(case.code, because="小愿意一起出赡养费。", filed=False, court_told=False, **lead)
    await play.rewrite(case, draft(*shares, pay("R3", "A1", 50000, "2026-07-05", times=12)), at("2026-07-02"))
    await play.send_out(case, at("2026-07-02"), by_hand=["R3"])
    given = {"shown": (await out_of(case)).sha256 or "", "name": "小", "witness": "王律师", **lead}
    await sign_on_paper(case.code, daughter.code, PaperMark.INK, **given)
    await play.sign(case, at("2026-07-02"), mother, first, second, play.world.mediator)
    case = await play.seal(case, at("2026-07-02 12:10"))
    open_ = [each for each in await obligations_of(case) if each.state is Duty.PENDING]
    assert Counter(each.clause.obligor.sign for each in open_) == {"R1": 11, "R2": 12, "R3": 12}


async def test_05_an_indispensable_co_owner_is_missing(play: Play) -> None:
    neighbour, husband = await play.person("甲"), await play.person("丈夫")
    case = await play.file(neighbour, "丈夫", "共有的墙要拆。", at("2026-06-01"))
    wife = await play.add(case, "妻子", at("2026-06-01"))
    await play.invite(case, at("2026-06-02"))
    await play.agree(case, husband, at("2026-06-03"))
    with pytest.raises(Unfit, match="必要当事人未同意"):
        await play.accept(case, at("2026-06-04"))
    with pytest.raises(Unfit, match="必要当事人"):
        await proceed_severed(case.code, wife.code, written=True, by=play.world.intake, at=at("2026-06-04"))
    case, seats = await visible_case(play.world.intake, case.code, at=at("2026-06-04"))
    landing = {step.row.to for step in choices(case, seats)}
    assert landing <= {State.ASSIGNING, State.CLOSED, State.REDIRECTED, State.MERGED, State.INVITING}
    for way in ("phone", "visit"):
        await attempt(case.code, wife.code, way=way, by=play.world.intake, at=at("2026-06-05"))
    until = (await due(case, Clock.INVITE)).due
    with pytest.raises(Unfit, match="征询期限"):
        await unreachable(case.code, by=play.world.intake, at=at(str(until)))
    await ring(at(str(until)) + DAY)
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.UNREACHABLE)
    assert (await Party.get(id=wife.id)).will is Will.INVITED
    assert await Consent.filter(party_id=wife.id).count() == 0


async def test_06_a_student_turns_eighteen(play: Play) -> None:
    student, rider, mother = [await play.person(name) for name in ("小陈", "骑车人", "母亲")]
    case = await play.file(student, "骑车人", "放学路上被电动车撞了。", at("2026-11-09"))
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    by: dict[str, Any] = {"by": play.world.intake, "at": at("2026-11-09")}
    await parties.describe(case.code, party.code, born=date(2008, 11, 22), entity=False, incapable=None, **by)
    named = parties.Someone(name="母亲")
    guard = await parties.name_guardian(case.code, party.code, named, GuardBasis.PARENT, conflict=False, **by)
    await play.seat(case, guard.code, mother, at("2026-11-09"), play.world.intake)
    assert await seats_of(mother, case, at=at("2026-11-21 23:59")) == {Seat.GUARDIAN}
    await play.invite(case, at("2026-11-09"))
    await play.agree(case, rider, at("2026-11-10"))
    case = await play.lead(await play.accept(case, at("2026-11-10")), at("2026-11-10"))
    party = await Party.get(id=party.id)
    assert name_for({Seat.CENTRE}, case, party) == "未成年人A"
    alone = await room(case, RoomKind.CAUCUS, "A1")
    assert alone.id in {each.id for each in await rooms_of(mother, case, at=at("2026-11-11"))}
    before, after = [(await standings([party], at=at(when)))[0] for when in ("2026-11-21 23:59", "2026-11-22 00:00")]
    assert (before.capacity, len(before.guardians), before.of_age_on) == (Capacity.LIMITED, 1, date(2026, 11, 22))
    assert (after.capacity, after.guardians) == (Capacity.FULL, ())
    await play.write(case, draft(pay("R1", "A1", 150000, "2026-12-31")), at("2026-11-21"))
    await play.send_out(case, at("2026-11-21"))
    with pytest.raises(Unfit, match="法定代理人"):
        await play.sign(case, at("2026-11-21 20:00"), student)
    await play.sign(case, at("2026-11-21 20:00"), mother)
    out = await out_of(case)
    assert (await standing(case, out)).lacks(party)
    await play.sign(case, at("2026-11-21 20:10"), student)
    assert not (await standing(case, out)).lacks(party)
    hands = {each.capacity: each.signer_id for each in await Signature.filter(version_id=out.id)}
    assert hands == {Hands.GUARDIAN: mother.id, Hands.PARTY: student.id}
    await reopen(case.code, sure=True, by=play.world.mediator, at=at("2026-11-21 21:00"))
    await play.write(case, draft(pay("R1", "A1", 160000, "2026-12-31")), at("2026-11-21 21:00"))
    await play.send_out(case, at("2026-11-21 21:00"))
    with pytest.raises(Hidden):
        await play.sign(case, at("2026-11-22 00:00"), mother)
    assert await rooms_of(mother, case, at=at("2026-11-22 00:00")) == []
    await play.sign(case, at("2026-11-22 00:00"), student, rider, play.world.mediator)
    assert (await play.seal(case, at("2026-11-22 00:10"))).state is State.PERFORMING
