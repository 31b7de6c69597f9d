"""Words of a one-sided talk are carried outside; what parties say, complain of and ask a court becomes figures."""

from datetime import date
from typing import Any

import httpx2
import pytest
from tortoise.exceptions import IntegrityError

from community.errors import Hidden
from community.notice.models import Notice
from community.record.models import Event as Fact
from community.record.outbox import deliver
from mediation.case.commands import close, terminate
from mediation.case.models import Case, Period
from mediation.case.states import Clock, Outcome
from mediation.confirmation.grounds import Denial
from mediation.confirmation.rules import Deed
from mediation.confirmation.ruling import Ruling, decide, open_papers
from mediation.feedback.commands import answer
from mediation.feedback.complaining import complain, complaint_of
from mediation.feedback.grievances import Grievance
from mediation.feedback.models import CaseComplaint
from mediation.feedback.rules import Asked
from mediation.report.outcomes import outcomes_of
from mediation.report.working import work_of
from mediation.room.commands import send
from mediation.room.rules import RoomKind
from mediation.room.watermark import mark_of
from tests.mediation.scenarios.play import at, begin, draft, pay, room
from tests.world import World, sign_in
from web.telling import tell


async def test_15_a_party_leaks_what_was_said_alone(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-05-01"))
    alone = await room(case, RoomKind.CAUCUS, "R1")
    await send(alone.code, "one", "对方两千也肯。", by=town.mediator, at=at("2026-05-02"))
    before = await Case.get(id=case.id)
    client.cookies.update(await sign_in(qiang))
    there = f"/cases/{case.code}/rooms/{alone.code}"
    mark = mark_of(alone, qiang)
    assert mark in (await client.get(there)).text  # on the screen of which he takes a picture
    assert (await client.get(f"{there}/mark")).status_code == 404
    client.cookies.update(await sign_in(town.mediator))
    assert mark not in (await client.get(there)).text
    assert (await client.post(f"{there}/mark", data={"mark": "00000000"})).status_code == 422
    assert "这是 周强 的码" in (await client.post(f"{there}/mark", data={"mark": mark.lower()})).text
    assert (await Fact.get(kind="room.mark-read")).actor_id == town.mediator.id
    url = f"/cases/{case.code}/complaint"
    told = {"grievance": "spread", "words": "周强把截图发到业主群了，已提醒他承诺过保密。"}
    assert (await client.post(url, data=told | {"grievance": "gift"})).status_code == 422
    assert (await client.post(url, data=told)).status_code == 303
    unkind = {"grievance": "partial", "words": "调解员总听一边的。"}
    client.cookies.update(await sign_in(qiang))
    assert (await client.post(url, data=unkind)).status_code == 303
    assert await Case.get(id=case.id) == before
    spread, partial = await CaseComplaint.all().order_by("id")
    assert (spread.about_id, partial.about_id) == (None, town.mediator.id)
    for person in (town.mediator, mei):
        with pytest.raises(Hidden):
            await complaint_of(person, partial.code, at=at("2026-05-03"))
    await deliver(tell, consumer="notice", at=at("2026-05-04 12:01"))
    assert {each.person_id for each in await Notice.filter(url__contains="complaints")} == {town.director.id}
    client.cookies.update(await sign_in(town.director))
    assert "调解员总听一边的" in (await client.get(f"/desk/complaints/{partial.code}")).text
    ruled = {"looked": "not-upheld", "answer": "看过记录，双方说话的时间差不多。"}
    assert (await client.post(f"/desk/complaints/{partial.code}", data=ruled)).status_code == 303
    client.cookies.update(await sign_in(qiang))
    assert "双方说话的时间差不多" in (await client.get(url)).text
    assert not [each for each in await Fact.filter(kind__startswith="complaint.") if each.actor_id == qiang.id]
    await terminate(case.code, Outcome.FAILED_GAP, by=town.mediator, at=at("2026-05-04"))
    await close(case.code, served=True, by=town.mediator, at=at("2026-05-04"))
    done = await work_of(town.director, date(2026, 4, 1), date(2026, 7, 1), at=at("2026-05-05"))
    assert [each.complaints for each in done.led.values()] == [1]
    after = await outcomes_of(town.director, date(2026, 4, 1), date(2026, 7, 1), at=at("2026-05-05"))
    assert after.spread == 1


async def test_what_is_said_and_ruled_afterwards_becomes_figures(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-05-01"))
    case = await play.bind(case, draft(pay("R1", "A1", 320000, "2026-12-31")), at("2026-05-01"), mei, qiang)
    court, liaison = await play.court()
    there = await play.to_court(case, court, at("2026-05-02"), mei, qiang)
    await open_papers(there.code, by=liaison, at=at("2026-05-02"))
    said = Ruling(number="（2026）云0101民特30号", on=date(2026, 5, 3), refusal=Denial.UNCLEAR)
    await decide(there.code, Deed.DISMISS, said, by=liaison, at=at("2026-05-03"))
    other = await play.talking(mei, qiang, "噪音。", at("2026-05-01"))
    await terminate(other.code, Outcome.FAILED_GAP, by=town.mediator, at=at("2026-05-03"))
    await close(other.code, served=True, by=town.mediator, at=at("2026-05-03"))
    await answer(other.code, {**dict.fromkeys(Asked, 5), Asked.SOLVED: 3}, by=mei, at=at("2026-05-04"))
    done = await outcomes_of(town.director, date(2026, 4, 1), date(2026, 7, 1), at=at("2026-05-04"))
    assert (done.after.marks, done.after.solved, done.after.visits) == ([3, None], [False, None], [])
    courts = done.courts
    assert (courts.eligible, courts.applied, courts.rulings, courts.refused) == (1, 1, [False], ["unclear"])
    client.cookies.update(await sign_in(town.director))
    page = (await client.get("/desk/report/after?from=2026-04-01&to=2026-06-30")).text
    for words in ("50.0%（1 / 2）", "0.0%（0 / 1）", "内容不明确", "没有可以算的"):
        assert words in page


async def test_the_database_keeps_one_clock(world: World) -> None:
    play = await begin(world)
    mei = await play.person("李梅")
    case = await play.file(mei, "周强", "漏水。", at("2026-05-01"))
    day: dict[str, Any] = dict.fromkeys(("began_on", "raw_due", "due"), date(2026, 5, 9))
    for clock, rule in ((Clock.REVIEW, "D01"), (Clock.INVITE, "D05/answer")):
        with pytest.raises(IntegrityError):
            await Period.create(case=case, clock=clock, rule=rule, **day)
    await Period.create(case=case, clock=Clock.MEDIATE, rule="D06/month", **day)
    with pytest.raises(IntegrityError):
        await Period.create(case=case, clock=Clock.MEDIATE, rule="D06/month", **day)


async def test_nobody_complains_of_what_is_not_theirs(world: World) -> None:
    play = await begin(world)
    case = await play.talking(await play.person("李梅"), await play.person("周强"), "漏水。", at("2026-05-01"))
    for person in (world.stranger, world.director):
        with pytest.raises(Hidden):
            await complain(case.code, Grievance.PARTIAL, "偏心", by=person, at=at("2026-05-02"))
