"""Meetings of the demo: one over with its minutes signed, an assembly in session now, a hearing tomorrow evening."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from community.calendar.rules import local_day
from community.people.models import Person
from community.people.rules import Method
from community.rights import Role
from deliberation.ballot.shares import Weight as Heads
from deliberation.ballot.votes import Choice
from deliberation.matter.models import Matter
from deliberation.meeting import arranging, attending, calling, minuting, polling, speaking
from deliberation.meeting.arranging import Item, Plan
from deliberation.meeting.deciding import Piles
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.polling import Question
from deliberation.meeting.queries import agenda, newest_minutes, seats
from deliberation.meeting.rules import Form, Reply, Way
from deliberation.meeting.skeleton import AGREED, DISSENT, skeleton
from web.clock import BEIJING
from web.deliberation.meeting.facts import facts_of
from web.demo.matters import IDEAS, Council
from web.demo.people import PASSWORD

OFFICES: Final = (Role.SUPERVISOR, Role.OWNERS_COMMITTEE, Role.PROPERTY, Role.GRID_WORKER)
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
HALL: Final = "社区活动中心二楼大厅"


async def play(now: datetime, council: Council) -> None:
    """Play all three."""
    evening = datetime.combine(local_day(now), time(19), BEIJING).astimezone(UTC)
    await _over(council, evening - 16 * DAY)
    await _tomorrow(council, evening + DAY, now)
    await _now(council, now)


def _plan(council: Council, form: Form, title: str, starts: datetime, *roles: Role) -> Plan:
    staff = council.town.staff
    return Plan(
        form=form,
        title=title,
        room=HALL,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        host_id=staff["moderator"].id,
        clerk_id=staff["clerk"].id,
        roles=roles,
    )


async def _called(
    council: Council, plan: Plan, items: tuple[Item, ...], at: datetime, *guests: tuple[str, str]
) -> Meeting:
    clerk = council.town.staff["clerk"]
    meeting = await arranging.plan(council.residents.id, plan, by=clerk, at=at)
    for item in items:
        await arranging.add_item(meeting.id, item, by=clerk, at=at)
    for name, label in guests:
        await arranging.add_guest(meeting.id, name, label, by=clerk, at=at)
    return await calling.call(meeting.id, by=clerk, at=at)


async def _over(council: Council, starts: datetime) -> None:
    """A council: everybody came, one spoke, hands were raised, four signed."""
    staff = council.town.staff
    noise = await Matter.get(title=IDEAS[0].title)
    items = (
        Item(title=noise.title, minutes=30, presenter="居委会", matter_id=noise.id),
        Item(title="活动室的钥匙谁管", minutes=15, presenter="网格员"),
    )
    plan = _plan(council, Form.COUNCIL, "小广场用音箱的议事会", starts, *OFFICES)
    meeting = await _called(council, plan, items, starts - 6 * DAY, ("何丽（演示）", "广场舞队代表"))
    first, *_ = every = await seats(meeting)
    for seat in every:
        await attending.check_in(meeting.id, seat.id, by=staff["clerk"], at=starts - 5 * MINUTE)
    await attending.open_meeting(meeting.id, by=staff["moderator"], at=starts)
    await _speak(meeting, first, staff["moderator"], starts + 2 * MINUTE)
    heads = sum(seat.votes for seat in every)
    question = "晚上九点半以后不用音箱，先试三个月，同意吗"
    await _hands(council, meeting, question, Piles(Heads(heads - 1), Heads(1)), starts + 30 * MINUTE)
    await attending.close_meeting(meeting.id, by=staff["moderator"], at=starts + 70 * MINUTE)
    await _minutes(council, await Meeting.get(id=meeting.id).select_related("body", "host", "clerk"), every)


async def _speak(meeting: Meeting, seat: MeetingSeat, host: Person, at: datetime) -> None:
    slot = await speaking.ask(seat.code, by=None, at=at)
    await speaking.give_floor(meeting.id, slot.id, by=host, at=at + MINUTE)
    await speaking.end_floor(meeting.id, by=host, at=at + 6 * MINUTE)


async def _hands(council: Council, meeting: Meeting, words: str, hands: Piles, at: datetime) -> None:
    staff, (item, *_) = council.town.staff, await agenda(meeting)
    question = Question(item_id=item.id, words=words, way=Way.HANDS)
    poll = await polling.put_question(meeting.id, question, by=staff["moderator"], at=at)
    await polling.count(meeting.id, poll.id, hands, by=staff["clerk"], at=at + 2 * MINUTE)


async def _minutes(council: Council, meeting: Meeting, every: list[MeetingSeat]) -> None:
    """Complete what is known, have it signed by host, clerk and two who were there, and publish it."""
    staff, at = council.town.staff, meeting.ends_at
    text = skeleton(await facts_of(meeting)).replace("讨论：", "讨论：大家轮流说了，谈得很细。")
    text = text.replace(AGREED, f"{AGREED}九点半以后不用音箱，先试三个月。", 1)
    text = text.replace(DISSENT, f"{DISSENT}舞队希望夏天放到十点，三个月后再议。", 1)
    await minuting.write(meeting.id, text, by=staff["clerk"], at=at)
    newest = await newest_minutes(meeting)
    there = {seat.person_id for seat in every}
    signers = [person for key, person in staff.items() if person.id in there and key not in ("clerk", "moderator")]
    for person in (staff["moderator"], staff["clerk"], *signers[:2]):
        signing = minuting.Signing(newest.hash if newest else "", Method.PASSWORD, PASSWORD)
        await minuting.sign(meeting.id, signing, host="demo", by=await Person.get(id=person.id), at=at + 10 * MINUTE)
    await minuting.publish(meeting.id, by=staff["clerk"], at=at + DAY)


async def _tomorrow(council: Council, starts: datetime, now: datetime) -> None:
    """A hearing to which some have answered."""
    items = (
        Item(title="夜间潮汐车位怎么收费", minutes=40, presenter="居委会"),
        Item(title="学校和居民的意见", minutes=30, presenter="实验小学"),
    )
    plan = _plan(council, Form.HEARING, "夜间潮汐车位听证会", starts, *OFFICES)
    meeting = await _called(
        council, plan, items, now - 9 * DAY, ("孙老师（演示）", "实验小学"), ("顾先生（演示）", "车主代表")
    )
    for n, seat in enumerate(await seats(meeting)):
        reply = Reply.STAYS_AWAY if n == 1 else Reply.COMES
        await calling.answer(seat.code, reply, by=None, at=now - 2 * DAY)


async def _now(council: Council, now: datetime) -> None:
    """An assembly: its quorum has come, one question is counted, somebody speaks."""
    staff, starts = council.town.staff, now - 40 * MINUTE
    items = (
        Item(title="上半年公共收益怎么用", minutes=30, presenter="业委会"),
        Item(title="把快递架从消防通道挪开", minutes=20, presenter="物业经理"),
        Item(title="选两位楼栋联络人", minutes=20, presenter="居委会"),
    )
    plan = _plan(council, Form.ASSEMBLY, "幸福里社区居民会议（年中）", starts)
    meeting = await _called(council, plan, items, now - 20 * DAY)
    every = await seats(meeting)
    for n, seat in enumerate(every[: len(every) // 2 + 9]):
        await attending.check_in(
            meeting.id, seat.id, by=staff["clerk"], at=starts - 20 * MINUTE + n * timedelta(seconds=2)
        )
    await attending.open_meeting(meeting.id, by=staff["moderator"], at=starts)
    here = len(every) // 2 + 9
    words = "公共收益先用来修楼道灯，同意吗"
    await _hands(council, meeting, words, Piles(Heads(here - 40), Heads(22), Heads(18)), starts + 20 * MINUTE)
    item = (await agenda(meeting))[1]
    await attending.turn_to(meeting.id, item.id, by=staff["moderator"], at=starts + 25 * MINUTE)
    question = Question(item_id=item.id, words="快递架挪到西门岗亭旁，同意吗", way=Way.PHONES)
    poll = await polling.put_question(meeting.id, question, by=staff["moderator"], at=starts + 35 * MINUTE)
    for n, seat in enumerate(every[:60]):
        choice = Choice.NO if n % 9 == 0 else Choice.YES
        await polling.press(seat.code, poll.id, choice, by=None, at=starts + 36 * MINUTE)
    slot = await speaking.ask(every[0].code, by=None, at=starts + 30 * MINUTE)
    await speaking.give_floor(meeting.id, slot.id, by=staff["moderator"], at=starts + 31 * MINUTE)
    await speaking.ask(every[1].code, by=None, at=starts + 32 * MINUTE)
