"""Planning and calling a meeting: pages, letters with calendar files, answers."""

from datetime import timedelta

import httpx2
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from community.notice.models import Mail
from deliberation.body.rules import Basis, BodyKind
from deliberation.meeting import arranging, calling
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.queries import seats
from deliberation.meeting.rules import Form, Reply
from deliberation.meeting.workflow import MeetingState
from tests.deliberation.meeting.hall import EVENING, called, planned
from tests.deliberation.stage import body_of
from tests.web.deliberation.meeting.given import as_, invitation, letter_to, unmailed
from tests.world import NOON, World
from web.clock import Clock
from web.courier import once
from web.deliberation.meeting.mails import LETTER


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


async def test_a_meeting_is_found_once_it_was_called(town: World, client: httpx2.AsyncClient) -> None:
    meeting = await planned(town)
    for called_by_now in (False, True):
        if called_by_now:
            await calling.call(meeting.id, by=town.clerk, at=NOON)
        page = (await client.get("/search?q=遮阳棚")).text
        feed = (await client.get("/meetings.atom")).text
        assert (f"/meetings/{meeting.id}" in page, f"/meetings/{meeting.id}" in feed) == (called_by_now,) * 2
