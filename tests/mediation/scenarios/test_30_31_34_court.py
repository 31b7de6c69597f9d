"""The court: confirmation refused, the thirtieth day on a holiday, a sham suspected."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest

from community.calendar.queries import calendar_at
from community.errors import Unfit
from community.notice.models import Notice
from community.people.models import Person
from community.record.models import Event as Fact
from community.record.outbox import deliver
from mediation.agreement.afterwards import Ground, remediate
from mediation.agreement.amending import begin_supplement
from mediation.agreement.checks import LEGALITY
from mediation.agreement.commands import finalize, reopen
from mediation.agreement.queries import paper_of
from mediation.agreement.rules import Line
from mediation.agreement.text import sections
from mediation.case.commands import terminate
from mediation.case.deadlines import due_of, rule
from mediation.case.models import Case, Party, Side
from mediation.case.queries import parties_of
from mediation.case.states import Clock, Outcome, State
from mediation.case.terms import PauseReason
from mediation.case.waiting import suspend
from mediation.confirmation.applying import apply, apply_for, prepare, withdraw
from mediation.confirmation.grounds import WAYS, Denial, Way
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import refusals
from mediation.confirmation.rules import Course, Deed
from mediation.confirmation.ruling import Ruling, decide, open_papers
from mediation.intake.rules import Kind
from tests.mediation.clock.test_striking import ring
from tests.mediation.scenarios.play import DAY, WINDOW, Play, at, begin, draft, due, pay
from tests.world import World, sign_in
from web.telling import tell


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
