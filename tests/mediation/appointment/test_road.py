"""From the offer of times to who came: by link, signed in and by phone; moved, called off; and who may not know."""

import re
from datetime import datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Mail
from community.people.models import Person
from community.record.models import Event
from community.timers.commands import fire_due
from mediation.appointment import answering, attending, offering
from mediation.appointment.attending import Seen
from mediation.appointment.letters import LETTER, token_for
from mediation.appointment.models import Appointment, AppointmentAnswer, AppointmentPresence
from mediation.appointment.offering import Offer
from mediation.appointment.queries import by_token, todays, visible_appointment
from mediation.appointment.rules import Came, Fixing, MeetBy
from mediation.case.commands import terminate
from mediation.case.models import Case, Party
from mediation.case.states import Outcome
from tests.mediation.agreement import making
from tests.mediation.making import made_case
from tests.world import NOON, World, sign_in
from web.mail import write

TIMES = [NOON + timedelta(days=days, hours=3) for days in (3, 4, 5)]
HALL = Offer(begins=TIMES, meet_by=MeetBy.ONSITE, minutes=60, place="居委会二楼调解室")


async def parties(case: Case) -> tuple[Party, Party]:
    applicant, respondent = await Party.filter(case_id=case.id).order_by("side")
    return applicant, respondent


async def fixed(world: World, case: Case) -> Appointment:
    row = await offering.offer(case.code, HALL, by=world.mediator, at=NOON)
    await answering.answer_own(case.code, row.code, [1, 2], by=world.lan, at=NOON)
    _, respondent = await parties(case)
    await answering.answer_by_link(token_for(row, respondent), [2, 3], by=None, at=NOON)
    return await offering.fix(case.code, row.code, 2, by=world.mediator, at=NOON)


async def mailed() -> list[dict[str, object]]:
    return [each.values for each in await Mail.filter(template=LETTER).order_by("id")]


async def test_a_time_that_suits_everybody_is_fixed_reminded_and_kept(world: World) -> None:
    case = await made_case(world)
    row = await offering.offer(case.code, HALL, by=world.mediator, at=NOON)
    assert [each["news"] for each in await mailed()] == ["offered", "offered"]
    with pytest.raises(Unfit, match="每一位都方便"):
        await offering.fix(case.code, row.code, 1, by=world.mediator, at=NOON)
    await answering.answer_own(case.code, row.code, [1, 2], by=world.lan, at=NOON)
    before = await Event.filter(kind="appointment.answered").count()
    await answering.answer_own(case.code, row.code, [2, 1], by=world.lan, at=NOON)
    assert await Event.filter(kind="appointment.answered").count() == before  # the same again changes nothing
    _, respondent = await parties(case)
    token = token_for(row, respondent)
    assert token not in (await AppointmentAnswer.get(party_id=respondent.id)).token_hash
    with pytest.raises(Unfit):
        await answering.answer_by_link(token, [4], by=None, at=NOON)
    await answering.answer_by_link(token, [2, 3], by=None, at=NOON)
    with pytest.raises(Unfit):
        await offering.fix(case.code, row.code, 1, by=world.mediator, at=NOON)
    row = await offering.fix(case.code, row.code, 2, by=world.mediator, at=NOON)
    assert row.starts_at == TIMES[1]
    with pytest.raises(MovedOn):
        await answering.answer_by_link(token, [3], by=None, at=NOON)
    for left, count in ((timedelta(days=1), 2), (timedelta(hours=2), 4)):
        await fire_due(attending.TIMERS, TIMES[1] - left)
        assert [each["news"] for each in await mailed()].count("soon") == count
    assert [each.code for each in await todays(world.mediator, at=TIMES[1] - timedelta(hours=5))] == [row.code]
    applicant, respondent = await parties(case)
    seen = {applicant.code: Seen(Came.LATE), respondent.code: Seen(Came.PROXY, "他的儿子")}
    with pytest.raises(Unfit, match="还没有到"):
        await attending.attend(case.code, row.code, seen, by=world.mediator, at=NOON)
    with pytest.raises(Unfit):
        await attending.attend(case.code, row.code, {applicant.code: Seen(Came.CAME)}, by=world.mediator, at=TIMES[1])
    await attending.attend(case.code, row.code, seen, by=world.mediator, at=TIMES[1])
    came = {each.party_id: each for each in await AppointmentPresence.all()}
    assert came[applicant.id].came is Came.LATE
    assert "儿子" not in came[respondent.id].stand_in
    assert await Event.filter(kind="case.session").count() == 1


async def test_a_change_asks_everybody_anew_and_a_cancellation_clears_the_calendar(world: World) -> None:
    case = await made_case(world)
    row = await fixed(world, case)
    _, respondent = await parties(case)
    old = token_for(row, respondent)
    row = await offering.offer_others(case.code, row.code, HALL, by=world.mediator, at=NOON)
    with pytest.raises(Hidden):
        await by_token(old)
    assert await fire_due(attending.TIMERS, TIMES[2]) == 0  # no reminder of what no longer holds
    for party in await parties(case):
        await answering.answer_for(case.code, row.code, party.code, [3], method="phone", by=world.mediator, at=NOON)
    await offering.fix(case.code, row.code, 3, by=world.mediator, at=NOON)
    with pytest.raises(Unfit):
        await offering.cancel(case.code, row.code, reason=" ", by=world.mediator, at=NOON)
    await offering.cancel(case.code, row.code, reason="调解员病了", by=world.mediator, at=NOON)
    told = [each for each in await mailed() if each.get("invite")]
    sequences = [(each["news"], each["invite"]["sequence"], each["invite"]["cancelled"]) for each in told[::2]]  # type: ignore[index]
    assert sequences == [("fixed", 0, False), ("changed", 1, True), ("fixed", 1, False), ("cancelled", 2, True)]
    assert "病了" not in str(await mailed())
    again = await fixed(world, case)
    await terminate(case.code, Outcome.FAILED_GAP, by=world.lan, at=NOON)
    assert (await Appointment.get(id=again.id)).state is Fixing.CANCELLED


async def test_who_is_afraid_is_met_alone_and_never_mailed_and_the_others_learn_nothing(world: World) -> None:
    case = await made_case(world)
    await Case.filter(id=case.id).update(afraid=True)
    with pytest.raises(Forbidden, match="分别约"):
        await offering.offer(case.code, HALL, by=world.mediator, at=NOON)
    applicant, _ = await parties(case)
    row = await offering.offer(case.code, HALL, party_code=applicant.code, by=world.mediator, at=NOON)
    assert await mailed() == []
    for other in (world.qiang, world.director, world.intake, world.stranger):
        with pytest.raises(Hidden):
            await visible_appointment(other, case.code, row.code, at=NOON)
    await answering.answer_own(case.code, row.code, [1], by=world.lan, at=NOON)
    await offering.fix(case.code, row.code, 1, by=world.mediator, at=NOON)
    assert await mailed() == []
    await Case.filter(id=case.id).update(meets=True)
    both = await offering.offer(case.code, HALL, by=world.mediator, at=NOON)
    _, respondent = await parties(case)
    await answering.answer_by_link(token_for(both, respondent), [1], by=None, at=NOON)
    with pytest.raises(Unfit):  # never without her own yes
        await offering.fix(case.code, both.code, 1, by=world.mediator, at=NOON)
    assert {each.to for each in await Mail.filter(template=LETTER)} == {world.qiang.email}


async def test_offers_are_checked(world: World) -> None:
    case = await made_case(world)

    async def refused(begins: list[datetime], meet_by: MeetBy, minutes: int, place: str, link: str) -> str:
        terms = Offer(begins=begins, meet_by=meet_by, minutes=minutes, place=place, link=link)
        with pytest.raises(Unfit) as why:
            await offering.offer(case.code, terms, by=world.mediator, at=NOON)
        return why.value.field or ""

    assert await refused([], MeetBy.ONSITE, 60, "楼下", "") == "slot_1"
    assert await refused([NOON], MeetBy.ONSITE, 60, "楼下", "") == "slot_1"
    assert await refused([NOON + timedelta(days=91)], MeetBy.ONSITE, 60, "楼下", "") == "slot_1"
    assert await refused(TIMES, MeetBy.ONSITE, 61, "楼下", "") == "minutes"
    assert await refused(TIMES, MeetBy.ONSITE, 60, " ", "") == "place"
    assert await refused(TIMES, MeetBy.PHONE, 60, "长" * 101, "") == "place"
    assert await refused(TIMES, MeetBy.ONLINE, 60, "", "javascript:alert(1)") == "link"
    with pytest.raises(Forbidden):
        await offering.offer(case.code, HALL, by=world.lan, at=NOON)


async def test_the_pages_of_an_appointment(client: httpx2.AsyncClient, town: World, clock: object) -> None:
    case = await making.mediating(town)
    base = f"/cases/{case.code}/appointments"
    client.cookies.update(await sign_in(town.mediator))
    slots = {"slot_1": "2026-05-07T15:00", "slot_2": "2026-05-08T09:30"}
    given = {"minutes": "60", "meet_by": "onsite", "place": "居委会二楼"}
    assert "第 1 个时间" in (await client.get(base)).text
    assert (await client.post(base, data={**given, "slot_1": "2026-05-01T15:00"})).status_code == 422
    here = (await client.post(base, data={**slots, **given})).headers["location"]
    assert "还没有答复" in (await client.get(here)).text
    _, respondent = await parties(case)
    row = await Appointment.get()
    token = token_for(row, respondent)
    client.cookies.clear()
    looked = await client.get(f"/a/{token}")
    assert "5月8日 周五 09:30" in looked.text
    assert looked.headers["referrer-policy"] == "no-referrer"
    assert (await AppointmentAnswer.get(party_id=respondent.id)).suits is None  # looking answers nothing
    assert (await client.get(f"/a/{token}/calendar.ics")).status_code == 404
    assert (await client.post(f"/a/{token}", data={"suits": ["2"]})).status_code == 303
    assert "您的答复记下了" in (await client.get(f"/a/{token}")).text
    assert (await client.get("/a/nothing")).status_code == 404
    client.cookies.update(await sign_in(town.lan))
    assert "有时间请您选" in (await client.get(f"/cases/{case.code}")).text
    assert "哪几个时间您方便" in (await client.get(here)).text
    assert (await client.post(f"{here}/answer", data={"suits": ["1", "2"]})).status_code == 303
    assert (await client.post(f"{here}/time", data={"n": "2"})).status_code == 403
    client.cookies.update(await sign_in(town.mediator))
    assert "就定这个时间" in (await client.get(here)).text
    assert (await client.post(f"{here}/time", data={"n": "2"})).status_code == 303
    calendar = (await client.get(f"{here}/calendar.ics")).text
    assert "DTSTART;TZID=Asia/Shanghai:20260508T093000" in calendar
    assert "阿" not in calendar
    clock.move(timedelta(days=4))  # type: ignore[attr-defined]
    assert "今天约了谁" in (await client.get("/desk")).text
    assert "谁来了" in (await client.get(here)).text
    people = [each.code for each in await parties(case)]
    came = {"party": people, "came": ["came", "absent"], "who": ["", ""]}
    assert (await client.post(f"{here}/presence", data=came)).status_code == 303
    shown = (await client.get(here)).text
    assert "没来" in shown
    client.cookies.update(await sign_in(town.lan))
    assert "没来" not in (await client.get(here)).text  # one's own presence only


async def test_the_letters_say_when_and_where_and_nothing_else(app: Starlette, town: World) -> None:
    case = await made_case(town)
    await Person.filter(id=town.qiang.id).update(lang="en")
    row = await fixed(town, case)
    await fire_due(attending.TIMERS, TIMES[1] - timedelta(days=1))
    await offering.offer_others(case.code, row.code, HALL, by=town.mediator, at=NOON)
    await offering.cancel(case.code, row.code, reason="停电", by=town.mediator, at=NOON)
    rows = await Mail.filter(template=LETTER).order_by("id")
    found = [await write(each, site=app.state.site, site_url="https://heyi.test") for each in rows]
    text = "\n".join(f"{each.subject}\n{each.text}" for each in found)
    assert "5月8日" in text
    assert "居委会二楼调解室" in text
    assert "Please choose" in text
    assert not [each for each in ("阿兰", "阿强", "漏水", "修好", "停电") if each in text]
    english = [each for mail, each in zip(rows, found, strict=True) if mail.lang == "en"]
    assert not [
        each.text for each in english if re.search(r"[\u4e00-\u9fff]", re.sub("居委会二楼调解室|和议", "", each.text))
    ]
