"""Guardians, kin, a refused replacement, partial payment, a court that was faster, land, withdrawal, a wrong amount."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx2
import pytest

from community.errors import Hidden, MovedOn, Unfit
from community.notice.models import Notice
from community.record.models import Event as Fact
from community.record.outbox import deliver
from community.rights import Role
from community.timers.models import Timer
from mediation.agreement import commands as agreement
from mediation.agreement.amending import begin_supplement
from mediation.agreement.models import Obligation
from mediation.agreement.money import kept_share
from mediation.agreement.performing import pay_part
from mediation.agreement.queries import in_force, latest, obligations_of, opened_body, paper_of
from mediation.agreement.rules import ClauseKind, Duty, Line
from mediation.archive.commands import Binding, archive
from mediation.archive.purging import PURGE
from mediation.archive.queries import bundle_of
from mediation.assignment.commands import assign
from mediation.assignment.models import Recusal
from mediation.assignment.recusing import decide, let_go_on, plead
from mediation.assignment.rules import Kin, Plea
from mediation.assignment.ties import declare, declare_here
from mediation.assignment.ties import end as end_tie
from mediation.case.channels import Channel
from mediation.case.commands import close, meet, terminate
from mediation.case.models import Case, CaseNote, Party, Period, Track
from mediation.case.noting import notes_of
from mediation.case.queries import seats_of
from mediation.case.states import Clock, Outcome, State
from mediation.case.terms import PauseReason
from mediation.case.waiting import suspend
from mediation.confirmation.applying import prepare, withdraw
from mediation.confirmation.grounds import Bar
from mediation.confirmation.queries import bars_of, enforceable
from mediation.confirmation.queries import in_force as binding
from mediation.confirmation.rules import Course, Deed
from mediation.confirmation.ruling import Ruling
from mediation.confirmation.ruling import decide as decide_for_court
from mediation.intake import commands
from mediation.intake.leading import Organ, redirect
from mediation.intake.rules import Filing, Kind, Named
from mediation.parties import commands as parties
from mediation.parties.commands import Someone
from mediation.parties.queries import guarded
from mediation.parties.rules import GuardBasis
from mediation.referral.commission import Commission, Letter, accept_commission
from mediation.referral.returning import CourtEnd, told_to_court
from mediation.room.commands import send
from mediation.room.queries import visible_room
from mediation.room.rules import RoomKind
from tests.mediation.clock.test_striking import ring
from tests.mediation.scenarios.play import DAY, WINDOW, Play, at, begin, draft, due, pay, room
from tests.printed import lacks, wrong_with
from tests.world import NOON, World, sign_in
from web.clock import Clock as Watch
from web.telling import tell


async def commissioned(play: Play, kind: Commission, when: str, number: str) -> Case:
    """Take a case that the court of 云州区 sends."""
    ordered = Filing(
        kind=Kind.CONTRACT,
        statement="租金争议，法院送来调解。",
        applicant=Named(name="出租人", email=play.world.xiu.email),
        respondent=Named(name="承租人", email=play.world.zhao.email),
        helped=True,
        channel=Channel.COURT,
        number=number,
    )
    where = play.world.community.id
    case = await commands.file(ordered, by=play.world.intake, community_id=where, at=at(f"{when} 09:00"))
    for side, person in (("A", play.world.xiu), ("R", play.world.zhao)):
        await Party.filter(case_id=case.id, side=side).update(person_id=person.id)
    letter = Letter(kind=kind, number=number, agreed=True, received=at(when).date())
    return await accept_commission(case.code, letter, by=play.world.director, at=at(when))


async def test_07_the_guardian_stands_on_the_other_side(play: Play) -> None:
    child, father = await play.person("小明"), await play.person("父亲")
    case = await play.file(child, "父亲", "九岁孩子的抚养费。", at("2026-06-01"))
    party = await Party.get(case_id=case.id, side="A")
    intake: dict[str, Any] = {"by": play.world.intake, "at": at("2026-06-01")}
    await parties.describe(case.code, party.code, born=date(2017, 3, 1), entity=False, incapable=None, **intake)
    party = await Party.get(id=party.id)
    own: dict[str, Any] = {"basis": GuardBasis.PARENT, "conflict": False}
    guardian = await parties.name_guardian(case.code, party.code, Someone(name="父亲"), **own, **intake)
    assert guardian.conflict
    await play.invite(case, at("2026-06-01"))
    await play.agree(case, father, at("2026-06-01"))
    with pytest.raises(Unfit, match="法定代理人"):
        await play.accept(case, at("2026-06-01"))
    mother = await parties.name_guardian(case.code, party.code, Someone(name="母亲"), **own, **intake)
    assert (mother.conflict, await guarded([party], at=at("2026-06-01"))) == (False, True)
    case = await play.lead(await play.accept(case, at("2026-06-01")), at("2026-06-01"))
    await parties.end(case.code, party.code, mother.code, by=play.world.mediator, at=at("2026-06-05"))
    assert not await guarded([party], at=at("2026-06-05"))
    before = (await due(case, Clock.MEDIATE)).due
    words = "母亲去世，父亲是被申请人，请民政部门确定监护人。"
    await suspend(case.code, PauseReason.GUARDIAN, words=words, by=play.world.mediator, at=at("2026-06-05"))
    running = await due(case, Clock.MEDIATE)
    assert (running.due, running.waits_since) == (before, None)
    assert (await due(case, Clock.SUSPEND_REVIEW)).due == date(2026, 6, 22)
    await ring(at(str(before)) + DAY)
    assert (await Case.get(id=case.id)).state is State.SUSPENDED
    assert await Fact.filter(kind="case.late", subject=case.key, body__contains="T_MEDIATE").count() == 1


async def test_08_the_mediator_is_the_respondents_cousin(client: httpx2.AsyncClient, town: World) -> None:
    """That the sockets of a replaced mediator close at once is tested where rooms are."""
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    wu = await play.person("吴建", Role.PEOPLE_MEDIATOR, play.org)
    case = await play.accepted(mei, qiang, "漏水。", at("2026-06-01"))
    tie = await declare(Kin.OTHER_KIN, "周 强", phone="13900139000", note="表兄弟", by=wu, at=at("2026-05-01"))
    client.cookies.update(await sign_in(town.director))
    chosen = {"mediator": wu.code, "clear": "true", "willing": "true", "disclosed": "true"}
    page = await client.get(url := f"/cases/{case.code}/assignment")
    assert "吴建 申报过和周强有关系：其他亲属" in page.text
    assert "不能请 吴建" in page.text
    assert (await client.post(url, data=chosen)).status_code == 422
    with pytest.raises(Unfit, match="利害关系"):
        await play.lead(case, at("2026-06-01"), wu)
    await end_tie(tie.code, by=wu, at=at("2026-06-01"))
    case = await play.lead(case, at("2026-06-01"), wu)
    joint, alone = await room(case, RoomKind.JOINT), await room(case, RoomKind.CAUCUS, "A1")
    await send(alone.code, "one", "我只要他把管子换了。", by=mei, at=at("2026-06-02"))
    before = (await due(case, Clock.MEDIATE)).due
    respondent = await Party.get(case_id=case.id, side="R")
    await declare_here(case.code, respondent.code, Kin.OTHER_KIN, by=wu, at=at("2026-06-03"))
    plea = await Recusal.get(case_id=case.id)
    assert (plea.state, plea.words, plea.raised_by_id) == (Plea.AUTO_GRANTED, "", wu.id)
    case = await Case.get(id=case.id)
    assert (case.state, (await due(case, Clock.MEDIATE)).due) == (State.ASSIGNING, before)
    await play.lead(case, at("2026-06-04"))
    await send(alone.code, "two", "换了人，我放心了。", by=mei, at=at("2026-06-04"))
    for one in (joint, alone):
        with pytest.raises(Hidden):
            await visible_room(wu, case.code, one.code, at=at("2026-06-04"))
    assert "mediator" not in await seats_of(wu, case, at=at("2026-06-04"))
    court = await commissioned(play, Commission.PRE, "2026-06-05", "（2026）云0101诉前委派8号")
    await declare(Kin.OTHER_KIN, "承租人", by=wu, at=at("2026-06-05"))
    with pytest.raises(Unfit) as untold:
        await play.lead(court, at("2026-06-05"), wu)
    assert untold.value.field == "disclosed"
    told: dict[str, Any] = {"clear": False, "willing": True, "disclosed": True}
    await assign(court.code, wu.code, **told, by=town.director, at=at("2026-06-05"))
    plea = await Recusal.get(case_id=court.id)
    assert plea.state is Plea.REVIEW
    assert await Fact.filter(kind="tie.declared").count() == 3
    assert "周" not in "".join([each.body for each in await Fact.filter(kind="tie.declared")])
    for person in (play.world.xiu, play.world.zhao):
        plea = await let_go_on(court.code, by=person, at=at("2026-06-06"))
    await plea.refresh_from_db()
    assert (plea.state, (await Case.get(id=court.id)).state) == (Plea.WAIVED, State.MEDIATING)


async def test_09_a_replacement_is_refused_on_a_courts_track(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    case = await commissioned(play, Commission.PRE, "2026-04-01", "（2026）云0101诉前委派9号")
    case = await play.lead(case, at("2026-04-02"))
    client.cookies.update(await sign_in(town.xiu))
    assert "会算作不同意调解" in (await client.get(f"/cases/{case.code}/recusal")).text
    plea = await plead(case.code, words="他看起来很凶", by=town.xiu, at=at("2026-04-03"))
    assert plea.state is Plea.REVIEW
    with pytest.raises(Unfit):
        await decide(case.code, granted=False, answer="", by=town.director, at=at("2026-04-03"))
    plea = await decide(case.code, granted=False, answer="神情不是回避的理由。", by=town.director, at=at("2026-04-03"))
    assert (plea.state, (await Case.get(id=case.id)).state) == (Plea.REJECTED, State.MEDIATING)
    await terminate(case.code, Outcome.FAILED_GAP, by=town.zhao, at=at("2026-04-04"))
    after = await Case.get(id=case.id)
    assert (after.outcome, told_to_court(after.outcome)) == (Outcome.REFUSED_MIDWAY, CourtEnd.UNWILLING)


async def test_10_an_agreement_is_partly_kept(
    client: httpx2.AsyncClient, town: World, clock: Watch, tmp_path: Path
) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "欠款 10,000 元。", at("2026-09-01"))
    case = await play.bind(case, draft(pay("R1", "A1", 1000000, "2026-09-30")), at("2026-09-05"), mei, qiang)
    court, liaison = await play.court()
    there = await play.to_court(case, court, at("2026-09-08"), mei, qiang)
    held = Ruling(number="（2026）云0101民特10号", on=at("2026-09-20").date())
    await decide_for_court(there.code, Deed.CONFIRM, held, by=liaison, at=at("2026-09-20"))
    duty = await Obligation.get(case_id=case.id)
    for fen in (0, 1000001):
        with pytest.raises(Unfit, match="还欠的数"):
            await pay_part(case.code, duty.code, fen, by=mei, at=at("2026-09-28"))
    with pytest.raises(Unfit) as silent:
        await pay_part(case.code, duty.code, 600000, by=town.mediator, at=at("2026-09-28"))
    assert silent.value.field == "proof"
    await pay_part(case.code, duty.code, 600000, proof="收条，9月28日", by=town.mediator, at=at("2026-09-28"))
    duty = await Obligation.get(case_id=case.id)
    assert (duty.state, duty.paid_fen) == (Duty.PARTIAL, 600000)
    assert kept_share([(duty.paid_fen, 1000000)]) == Fraction(60, 100)
    for day in ("2026-09-26 09:00", "2026-09-27 09:00", "2026-09-29 09:00", "2026-09-30 23:59"):
        await ring(at(day))
    assert (await Case.get(id=case.id)).state is State.PERFORMING
    soon = await Fact.filter(kind="agreement.due-soon", subject=case.key).order_by("id")
    assert [each.at for each in soon] == [at("2026-09-27 09:00"), at("2026-09-29 09:00")]
    await ring(at("2026-10-01 00:00"))
    assert (await Case.get(id=case.id)).state is State.BREACHED
    urging = await Period.filter(case_id=case.id, clock=Clock.URGE, ended_at=None).order_by("raw_due")
    assert [each.raw_due for each in urging] == [date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 15)]
    clock.move(at("2026-10-01 00:05") - NOON)
    client.cookies.update(await sign_in(mei))
    page = (await client.get(f"/cases/{case.code}/agreement")).text
    for words in ("6,000", "4,000", "申请强制执行", "没有履行，怎么办"):
        assert words in page
    roads = (await client.get(f"/cases/{case.code}/agreement/roads")).text
    assert "2028年10月4日" in roads
    assert "去法院起诉" not in roads
    sheet = tmp_path / "enforce.pdf"
    sheet.write_bytes((await client.get(f"/cases/{case.code}/agreement/roads/enforce/pdf")).content)
    said = (
        "申请执行人：李梅",
        "被执行人：周强",
        "人民币肆仟元整（¥4,000.00）",
        "（2026）云0101民特10号",
        "第二百零六条",
    )
    assert (wrong_with(sheet), lacks(sheet, "强制执行申请书", *said)) == ([], [])
    assert (await client.get(f"/cases/{case.code}/agreement/roads/sue")).status_code == 404
    (one,) = await enforceable(case, at("2026-09-20").date())
    assert (one.rest, one.until) == (400000, date(2028, 10, 4))
    page = (await client.get(f"/cases/{case.code}/confirmation")).text
    for words in ("法院已确认有效", "还欠", "4,000", "2028"):
        assert words in page
    here = f"/cases/{case.code}/agreement/promises/{duty.code}"
    assert (await client.post(here, data={"part": "5000"})).status_code == 422
    assert (await client.post(here, data={"part": "4000"})).status_code == 303
    assert (await Case.get(id=case.id)).state is State.FOLLOWUP


async def test_11_a_court_has_accepted_already(play: Play) -> None:
    patient, hospital = await play.person("患者"), await play.person("医院")
    case = await play.talking(patient, hospital, "手术后感染。", at("2026-06-10"), kind=Kind.MEDICAL)
    assert (await due(case, Clock.MEDIATE)).due == date(2026, 7, 23)
    words = draft(pay("R1", "A1", 800000, "2026-08-31"))
    await play.write(case, words, at("2026-06-20"))
    await terminate(case.code, Outcome.COURT_SEIZED, by=play.world.mediator, at=at("2026-06-24"))
    with pytest.raises(MovedOn, match="草稿锁住了"):
        await agreement.save(case.code, words, by=play.world.mediator, at=at("2026-06-24"))
    with pytest.raises(Unfit):
        await close(case.code, served=False, by=play.world.mediator, at=at("2026-06-25"))
    await close(case.code, served=True, by=play.world.mediator, at=at("2026-06-25"))
    after = await Case.get(id=case.id)
    assert (after.state, after.outcome) == (State.CLOSED, Outcome.COURT_SEIZED)
    for kind, number, last in (
        (Commission.ORDINARY, "（2026）云0101民初11号", date(2026, 7, 16)),
        (Commission.SUMMARY, "（2026）云0101民初12号", date(2026, 7, 8)),
    ):
        later = await commissioned(play, kind, "2026-07-01", number)
        assert ((await Case.get(id=later.id)).track, (await due(later, Clock.MEDIATE)).due) == (Track.COURT_POST, last)


async def test_12_who_holds_a_plot_is_for_the_government(play: Play) -> None:
    one, two = await play.person("村民甲"), await play.person("村民乙")
    story = "宅基地归谁使用，两家都说是自家的。"
    case = await play.file(one, "村民乙", story, at("2026-06-01"), kind=Kind.HOUSING)
    way = "请带宅基地批准书到镇人民政府，由人民政府处理（土地管理法第十四条）。"
    with pytest.raises(Unfit):
        await redirect(case.code, Organ.GOVERNMENT, must=False, words=way, by=play.world.intake, at=at("2026-06-02"))
    await redirect(case.code, Organ.GOVERNMENT, must=True, words=way, by=play.world.intake, at=at("2026-06-02"))
    case = await Case.get(id=case.id)
    assert (case.state, case.outcome) == (State.REDIRECTED, Outcome.REDIRECTED)
    assert [words for _, words in await notes_of(case)] == [way]
    tree = await play.talking(one, two, "他砍了我家的树，要赔。", at("2026-06-03"), kind=Kind.DAMAGE)
    assert (tree.type_code, (await Case.get(id=tree.id)).state) == ("06", State.MEDIATING)
    plot = Line(kind=ClauseKind.TITLE, who="R1", whom="A1", what="树下的地归村民甲。")
    tree = await play.bind(tree, draft(pay("R1", "A1", 30000, "2026-07-31"), plot), at("2026-06-05"), one, two)
    assert await bars_of(tree, await binding(tree)) == (Bar.TITLE,)
    court, _ = await play.court()
    with pytest.raises(Unfit, match="法院不会确认"):
        await prepare(tree.code, court.code, by=one, at=at("2026-06-06"))


async def test_13_she_withdraws_midway(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-06-01"))
    alone = await room(case, RoomKind.CAUCUS, "A1")
    await send(alone.code, "one", "两千块我就算了。", by=mei, at=at("2026-06-02"))
    for day in ("2026-06-03", "2026-06-08"):
        await meet(case.code, noticed=True, attended=True, by=play.world.mediator, at=at(day))
    await terminate(case.code, Outcome.FAILED_GAP, by=mei, at=at("2026-06-09"))
    assert (await Case.get(id=case.id)).outcome is Outcome.WITHDRAWN_MIDWAY
    await close(case.code, served=True, by=play.world.mediator, at=at("2026-06-10"))
    assert not await CaseNote.filter(case_id=case.id).exists()
    keeper = await play.person("老钱", Role.ARCHIVIST, play.org)
    bundle = await bundle_of(await Case.get(id=case.id))
    given = Binding(shown=bundle.manifest, retention=bundle.retention, purge=True)
    await archive(case.code, given, by=keeper, at=at("2026-06-12"))
    purge = await Timer.get(kind=PURGE, subject=alone.name)
    assert purge.due_at == at("2026-07-13 00:00")
    client.cookies.update(await sign_in(qiang))
    tap = f"/disputes/new?case={case.code}"
    assert tap in (await client.get(f"/cases/{case.code}")).text
    begun = (await client.get(tap)).text
    assert 'value="李梅"' in begun
    assert "两千块" not in begun
    assert (await client.get("/disputes/new?case=NONE")).status_code == 404
    counter = await play.file(qiang, "李梅", "她家装修也砸坏了我家的门。", at("2026-06-11"))
    assert (counter.filed_at, counter.id != case.id) == (at("2026-06-11"), True)


async def test_14_a_wrong_amount_is_found_after_signing(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "装修欠款。", at("2026-06-01"))
    case = await play.bind(case, draft(pay("R1", "A1", 1820000, "2026-07-31")), at("2026-06-10"), mei, qiang)
    first, confirm = await latest(case), (await due(case, Clock.JC)).due
    assert first
    words, found = opened_body(first), at("2026-06-12")
    why = "金额应为12,800元，误写为18,200元。"
    court, _ = await play.court()
    there = await play.to_court(case, court, at("2026-06-11"), mei, qiang)
    with pytest.raises(Unfit, match="通知法院"):
        await begin_supplement(case.code, because=why, filed=False, court_told=False, by=town.mediator, at=found)
    client.cookies.update(await sign_in(town.mediator))
    assert "考虑先撤回申请" in (await client.get(f"/cases/{case.code}/steps/amend")).text
    await begin_supplement(case.code, because=why, filed=False, court_told=True, by=town.mediator, at=found)
    await deliver(tell, consumer="notice", at=found)
    assert await Notice.filter(url=f"/confirmations/{there.code}", sentence__contains="停一停").count() == 1
    assert await Notice.filter(person_id=mei.id, sentence__contains="先撤回申请").count() == 1
    await withdraw(case.code, by=mei, at=found)
    await there.refresh_from_db()
    assert there.stage is Course.WITHDRAWN
    await play.rewrite(case, draft(pay("R1", "A1", 1280000, "2026-07-31")), found)
    await play.send_out(case, found)
    client.cookies.update(await sign_in(qiang))
    assert "可以请人民法院撤销或者变更" in (await client.get(f"/cases/{case.code}/agreement")).text
    assert "<del>" in (changed := (await client.get(f"/cases/{case.code}/agreement/changes")).text)
    assert "第 2 稿，和第 1 稿比" in changed
    await play.sign(case, found, mei, qiang)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await play.seal(case, found + WINDOW)
    await play.sign(case, found, town.mediator)
    case = await play.seal(case, found + WINDOW)
    now = await latest(case)
    assert now
    assert paper_of(now).number.endswith("-协1-补1")
    assert opened_body(await in_force(case, 1)) == words
    owed = [(each.state, each.clause.amount_fen) for each in await obligations_of(case)]
    assert owed == [(Duty.REPLACED, 1820000), (Duty.PENDING, 1280000)]
    assert (await due(case, Clock.JC)).due == confirm == date(2026, 7, 10)
