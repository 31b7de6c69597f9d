"""Meetings as people use them: the plan, the letters, the answer, the door, the hall, minutes, feed and API."""

import re
from datetime import timedelta
from email.message import EmailMessage

import httpx2
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from community.notice.models import Mail
from community.people.models import Person
from deliberation.body.rules import Basis, BodyKind
from deliberation.meeting import arranging, attending, calling, minuting
from deliberation.meeting.models import AgendaItem, Meeting, MeetingPoll, MeetingSeat
from deliberation.meeting.queries import seats
from deliberation.meeting.rules import Form, Reply
from deliberation.meeting.workflow import MeetingState
from tests.deliberation.meeting.hall import EVENING, HOUR, WORDS, called, opened, planned, signed, written
from tests.deliberation.stage import body_of
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import Duty, duties, once
from web.deliberation.meeting.mails import LETTER
from web.mail import write
from web.page import Site
from web.postman import compose
from web.settings import Settings

SITE = Site("和议", "", "")


def unmailed(app: Starlette) -> list[Duty]:
    """Return all that the courier does before letters leave, so that they can be read in the queue."""
    every = duties(app)
    return every[: [each.name for each in every].index("mail")]


async def as_(client: httpx2.AsyncClient, person: Person | None) -> None:
    client.cookies.clear()
    if person:
        client.cookies.update(await sign_in(person))


async def letter_to(address: str) -> EmailMessage:
    mail = await Mail.filter(to=address, template=LETTER).order_by("-id").first()
    assert mail
    settings = Settings(site_url="https://heyi.example.cn", mail_from="heyi@example.cn")
    return compose(mail, await write(mail, site=SITE, site_url=settings.site_url), settings, SITE, at=NOON)


def invitation(message: EmailMessage) -> Calendar:
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    found = Calendar.from_ical(part.get_content())
    assert isinstance(found, Calendar)
    return found


async def test_a_clerk_plans_calls_and_everybody_gets_a_letter_with_a_calendar_file(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    body, _ = await body_of(town)
    await as_(client, town.clerk)
    form = {
        "body": body.id, "form": "council", "title": "五月议事会", "room": "活动室二楼", "day": "2026-05-24",
        "begins": "19:00", "ends": "21:00", "host": town.moderator.id, "clerk": town.clerk.id, "roles": "resident",
    }  # fmt: skip
    wrong = await client.post("/meetings/new", data={**form, "day": "2026-05-01"})
    assert wrong.status_code == 422
    assert "开会的时间要在现在以后" in wrong.text
    assert "活动室二楼" in wrong.text
    sent = await client.post("/meetings/new", data=form)
    assert sent.status_code == 303, sent.text
    meeting = await Meeting.get()
    assert (meeting.starts_at.hour, meeting.state) == (11, MeetingState.PLANNED)
    refused = await client.post(f"/meetings/{meeting.id}/notice")
    assert "议程还是空的" in refused.text
    await client.post(f"/meetings/{meeting.id}/items", data={"title": "小区路灯", "minutes": "20"})
    await client.post(
        f"/meetings/{meeting.id}/guests", data={"name": "王工", "label": "物业经理", "email": "wang@example.org"}
    )
    assert (await client.post(f"/meetings/{meeting.id}/notice")).headers["location"] == f"/meetings/{meeting.id}"
    await once(unmailed(app), app.state.clock)
    seat = await MeetingSeat.get(meeting_id=meeting.id, person_id=town.lan.id)
    message = await letter_to(town.lan.email)
    assert message["subject"] == "请您来开会：五月议事会"
    calendar = invitation(message)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == (f"meeting-{meeting.id}@heyi.example.cn", 0)
    text = message.get_body(("plain",))
    assert text
    assert f"/seats/{seat.code}" in text.get_content()
    assert await Mail.filter(template=LETTER, to="wang@example.org").count() == 1
    await once(unmailed(app), app.state.clock)
    assert await Mail.filter(template=LETTER).count() == 5


async def test_a_change_and_a_cancellation_are_new_versions_of_the_same_appointment(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    meeting = await called(town)
    await once(unmailed(app), app.state.clock)
    await as_(client, town.clerk)
    change = {"room": "大会议室", "day": "2026-05-24", "begins": "19:30", "ends": "21:00"}
    wrong = await client.post(f"/meetings/{meeting.id}/change", data=change)
    assert (wrong.status_code, "请写明理由" in wrong.text) == (422, True)
    await client.post(f"/meetings/{meeting.id}/change", data={**change, "reason": "人太多，换大屋"})
    await once(unmailed(app), app.state.clock)
    (event,) = invitation(await letter_to(town.lan.email)).walk("VEVENT")
    assert (event["SEQUENCE"], event["LOCATION"], event["STATUS"]) == (1, "大会议室", "CONFIRMED")
    first_uid = event["UID"]
    await client.post(f"/meetings/{meeting.id}/cancellation", data={"reason": "台风，改期另行通知"})
    await once(unmailed(app), app.state.clock)
    message = await letter_to(town.lan.email)
    calendar = invitation(message)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == first_uid
    shown = await client.get(f"/meetings/{meeting.id}")
    assert "台风，改期另行通知" in shown.text


async def test_a_changed_agenda_is_no_letter(app: Starlette, town: World) -> None:
    meeting = await called(town)
    item = arranging.Item(title="临时加的", minutes=5)
    await arranging.add_item(meeting.id, item, reason="水管昨夜爆了", by=town.clerk, at=NOON)
    await once(unmailed(app), app.state.clock)
    assert await Mail.filter(template=LETTER, to=town.lan.email).count() == 1
    message = await letter_to(town.lan.email)
    assert message["subject"] == "请您来开会：五月议事会"


async def test_a_reminder_comes_the_day_before_to_those_who_did_not_decline(
    app: Starlette, town: World, clock: Clock
) -> None:
    meeting = await called(town)
    seat = await MeetingSeat.get(meeting_id=meeting.id, person_id=town.qiang.id)
    await calling.answer(seat.code, Reply.STAYS_AWAY, by=town.qiang, at=NOON)
    await once(unmailed(app), app.state.clock)
    clock.move(EVENING - NOON - timedelta(hours=23))
    await once(unmailed(app), app.state.clock)
    told = {mail.to for mail in await Mail.exclude(template=LETTER) if "快开会了" in mail.facts}
    assert town.lan.email in told
    assert town.qiang.email not in told


async def test_an_owners_assembly_reaches_those_who_act_for_each_home(app: Starlette, town: World) -> None:
    await called(town, Form.ASSEMBLY, kind=BodyKind.OWNERS_ASSEMBLY, basis=Basis.OWNERS)
    await once(unmailed(app), app.state.clock)
    assert {mail.to for mail in await Mail.filter(template=LETTER)} == {each.email for each in town.residents}


async def test_an_invitation_is_answered_by_its_link_alone(town: World, client: httpx2.AsyncClient) -> None:
    meeting = await called(town)
    seat = await MeetingSeat.get(meeting_id=meeting.id, person_id=town.lan.id)
    shown = await client.get(f"/seats/{seat.code}")
    assert shown.status_code == 200
    assert seat.short[:3] in shown.text
    assert "委托别人来" not in shown.text
    assert (await MeetingSeat.get(id=seat.id)).reply is None
    assert (await client.post(f"/seats/{seat.code}/answer", data={"reply": "comes"})).status_code == 303
    assert (await MeetingSeat.get(id=seat.id)).reply is Reply.COMES
    assert "您答复了：来" in (await client.get(f"/seats/{seat.code}")).text
    wrong = await client.post(f"/seats/{seat.code}/answer", data={"reply": "sends", "agent": "阿明"})
    assert (wrong.status_code, "要本人来" in wrong.text) == (422, True)
    assert (await client.get("/seats/0000000000000000")).status_code == 404


async def test_the_door_says_who_it_is_and_takes_them_once(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    meeting = await called(town)
    clock.move(EVENING - NOON)
    seat = await MeetingSeat.get(meeting_id=meeting.id, person_id=town.lan.id)
    url = f"/meetings/{meeting.id}/check-in"
    await as_(client, town.clerk)
    scanned = await client.get(url, params={"code": seat.short})
    assert "阿兰" in scanned.text
    assert not (await MeetingSeat.get(id=seat.id)).here
    assert (await client.post(url, data={"short": seat.short})).status_code == 303
    again = await client.post(url, data={"short": seat.short})
    assert (again.status_code, "已经签到了" in again.text) == (422, True)
    wrong = await client.post(url, data={"short": "zzzzzz"})
    assert (wrong.status_code, "没有这个签到码" in wrong.text) == (422, True)
    found = await client.get(url, params={"q": "阿强"})
    assert ("阿强" in found.text, "阿秀" in found.text) == (True, False)
    await client.post(url, data={"seat": seat.id, "out": "on"})
    assert not (await MeetingSeat.get(id=seat.id)).here
    assert "老陈 记" in (await client.get(url)).text


async def test_the_hall_from_the_opening_to_the_minutes(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    meeting = await called(town, Form.ASSEMBLY)
    clock.move(EVENING - NOON)
    for seat in (await seats(meeting))[:3]:
        await attending.check_in(meeting.id, seat.id, by=town.clerk, at=EVENING)
    await as_(client, town.clerk)
    host, here = f"/meetings/{meeting.id}", (await seats(meeting))[0]
    assert (await client.post(f"{host}/opening")).status_code == 303
    await client.post(f"/seats/{here.code}/speech", data={"then": "ask"})
    table = await client.get(f"{host}/host")
    assert "请发言" in table.text
    slot = re.search(r'name="slot" value="(\d+)"', table.text)
    assert slot
    await client.post(f"{host}/floor", data={"then": "give", "slot": slot[1]})
    item = await AgendaItem.get(meeting_id=meeting.id)
    question = {"item": item.id, "words": "先装两处，同意吗", "way": "phones", "effect": "binding"}
    assert (await client.post(f"{host}/questions", data=question)).status_code == 303
    poll = await MeetingPoll.get()
    screen = await client.get(f"{host}/screen")
    assert "现场表决中" in screen.text
    assert "数完以前不公布怎么举的" in screen.text
    await client.post(f"/seats/{here.code}/vote", data={"poll": poll.id, "choice": "yes"})
    second = (await seats(meeting))[1]
    await client.post(f"{host}/presses", data={"poll": poll.id, "choice": "yes", "short": second.short})
    assert "stage__cell" not in (await client.get(f"{host}/screen")).text, "no interim figures in an assembly"
    assert (await client.post(f"{host}/questions/{poll.id}/count", data={})).status_code == 303
    screen = await client.get(f"{host}/screen", headers={"HX-Request-Type": "partial"})
    assert "<html" not in screen.text
    assert "66.6%" in screen.text
    shown = await client.get(host)
    assert "✓" in shown.text
    assert "27 条" in shown.text
    assert (await client.post(f"{host}/closing")).headers["location"] == f"{host}/minutes"
    sheet = (await client.get(f"{host}/minutes/text")).text
    assert "应到 4，在场 3，赞成 2，反对 0，弃权 0。通过：" in sheet
    assert "阿兰（1 分钟）" in sheet


async def test_names_of_speakers_are_whole_for_those_who_run_it_only(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    meeting = await opened(town)
    clock.move(EVENING - NOON)
    here = (await seats(meeting))[0]
    await client.post(f"/seats/{here.code}/speech", data={"then": "ask"})
    assert "阿**" in (await client.get(f"/meetings/{meeting.id}")).text
    await as_(client, town.moderator)
    assert "阿兰" in (await client.get(f"/meetings/{meeting.id}")).text


async def test_more_hands_than_people_are_sent_back(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    meeting = await opened(town)
    clock.move(EVENING - NOON)
    await as_(client, town.clerk)
    item = await AgendaItem.get(meeting_id=meeting.id)
    question = {"item": item.id, "words": "先装两处，同意吗", "way": "hands"}
    await client.post(f"/meetings/{meeting.id}/questions", data=question)
    poll = await MeetingPoll.get()
    wrong = await client.post(f"/meetings/{meeting.id}/questions/{poll.id}/count", data={"yes": "4"})
    assert (wrong.status_code, "在场有表决权的只有 3 人" in wrong.text) == (422, True)
    await client.post(f"/meetings/{meeting.id}/questions/{poll.id}/count", data={"yes": "2", "no": "1"})
    assert "征求意见" in (await client.get(f"/meetings/{meeting.id}")).text


async def test_minutes_are_signed_dropped_signed_again_and_published(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    meeting = await written(town)
    clock.move(meeting.ends_at - NOON)
    url = f"/meetings/{meeting.id}/minutes"
    assert "还没有公布" in (await client.get(url)).text
    await signed(meeting, town.moderator)
    await as_(client, town.clerk)
    assert "1 个签名就不再算数" in (await client.get(f"{url}/text")).text
    await client.post(f"{url}/text", data={"text": WORDS + "补一句话。"})
    assert "不再算数" in (await client.get(url)).text
    for person in (town.moderator, town.clerk, town.lan):
        await signed(meeting, person, at=meeting.ends_at + HOUR)
    refused = await client.post(f"{url}/publication")
    assert (refused.status_code, "还没有签齐" in refused.text) == (422, True)
    await as_(client, town.qiang)
    page = await client.get(f"{url}?way=mail")
    shown = re.search(r'name="shown" value="(\w{64})"', page.text)
    assert shown
    wrong = await client.post(f"{url}/signature", data={"shown": shown[1], "method": "mail", "typed": "000000"})
    assert (wrong.status_code, "验证码不对" in wrong.text) == (422, True)
    await client.post(f"{url}/code")
    mail = await Mail.filter(person_id=town.qiang.id, template="community/people/mail_code").order_by("-id").first()
    assert mail
    code = str(mail.values["code"])
    assert (
        await client.post(f"{url}/signature", data={"shown": shown[1], "method": "mail", "typed": code})
    ).status_code == 303
    await as_(client, town.clerk)
    assert (await client.post(f"{url}/publication")).status_code == 303
    await as_(client, None)
    public = (await client.get(url)).text
    assert "三号楼怕挡光" in public
    assert "主持人：书记" in public


async def test_papers_for_those_on_foot(town: World, client: httpx2.AsyncClient) -> None:
    meeting = await called(town)
    seat = (await seats(meeting))[0]
    url = f"/meetings/{meeting.id}/papers"
    assert seat.short not in (await client.get(url)).text
    await as_(client, town.clerk)
    sheets = (await client.get(url)).text
    assert seat.short in sheets
    assert sheets.count('class="sheet"') == 3
    assert "<svg" in sheets


async def test_the_feed_and_the_open_data_know_what_was_called(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    await planned(town, body=body)
    second = await called(town, body=body)
    feed = await client.get("/meetings.ics", params={"place": town.community.id})
    (event,) = Calendar.from_ical(feed.text).walk("VEVENT")
    assert str(event["UID"]).startswith(f"meeting-{second.id}@")
    assert (await client.get("/meetings.ics", headers={"If-None-Match": feed.headers["etag"]})).status_code in (
        200,
        304,
    )
    listed = (await client.get("/api/v1/meetings", params={"community": town.community.code})).json()
    assert [each["id"] for each in listed["items"]] == [second.id]
    one = (await client.get(f"/api/v1/meetings/{second.id}")).json()
    assert (one["state"], one["expected"], [each["title"] for each in one["agenda"]]) == (
        "called",
        4,
        ["给小广场装遮阳棚"],
    )
    assert (await client.get("/api/v1/meetings/987654")).status_code == 404


@pytest.mark.parametrize("path", ["", "/agenda", "/plan"])
async def test_a_plan_is_hidden_from_residents(town: World, client: httpx2.AsyncClient, path: str) -> None:
    meeting = await planned(town)
    await as_(client, town.lan)
    assert (await client.get(f"/meetings/{meeting.id}{path}")).status_code == 404
    await as_(client, town.moderator)
    assert (await client.get(f"/meetings/{meeting.id}{path}")).status_code == 200


async def test_published_minutes_cut_the_names_of_residents_for_all_but_their_keepers(
    town: World, client: httpx2.AsyncClient
) -> None:
    meeting = await opened(town)
    await attending.close_meeting(meeting.id, by=town.moderator, at=meeting.ends_at)
    said = WORDS.replace("大家", "阿兰（3 分钟）、主持人和大家")
    await minuting.write(meeting.id, said, by=town.clerk, at=meeting.ends_at)
    for person in (town.moderator, town.clerk, town.lan, town.qiang):
        await signed(meeting, person)
    url = f"/meetings/{meeting.id}/minutes"
    await as_(client, town.lan)
    assert "阿兰（3 分钟）" in (await client.get(url)).text, "who signs sees what is signed"
    await minuting.publish(meeting.id, by=town.clerk, at=meeting.ends_at)
    for reader in (None, town.xiu, town.lan):
        await as_(client, reader)
        page = (await client.get(url)).text
        assert "阿*（3 分钟）" in page
        assert town.moderator.name in page, "who holds an office is named"
        signatures = page.split('<div id="minutes">')[1]
        assert not [name for name in ("阿兰", "阿强") if name in signatures]
    for keeper in (town.clerk, town.supervisor):
        await as_(client, keeper)
        assert "阿兰（3 分钟）" in (await client.get(url)).text


async def test_a_meeting_is_found_once_it_was_called(town: World, client: httpx2.AsyncClient) -> None:
    meeting = await planned(town)
    for called_by_now in (False, True):
        if called_by_now:
            await calling.call(meeting.id, by=town.clerk, at=NOON)
        page = (await client.get("/search?q=遮阳棚")).text
        feed = (await client.get("/meetings.atom")).text
        assert (f"/meetings/{meeting.id}" in page, f"/meetings/{meeting.id}" in feed) == (called_by_now,) * 2
