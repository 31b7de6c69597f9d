"""A meeting from the door to the minutes."""

import re

import httpx2

from community.notice.models import Mail
from deliberation.meeting import attending, minuting
from deliberation.meeting.models import AgendaItem, MeetingPoll, MeetingSeat
from deliberation.meeting.queries import seats
from deliberation.meeting.rules import Form
from tests.deliberation.meeting.hall import EVENING, HOUR, WORDS, called, opened, signed, written
from tests.web.deliberation.meeting.given import as_
from tests.world import NOON, World
from web.clock import Clock


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
