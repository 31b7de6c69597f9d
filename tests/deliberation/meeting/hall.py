"""A hall for tests: meetings at any point of their road, through commands; 书记 hosts and 老陈 keeps the minutes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from community.people.models import Person
from community.people.password import hash_of
from community.people.rules import Method
from community.rights import Role
from deliberation.ballot.shares import Weight
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body
from deliberation.body.rules import Basis, BodyKind
from deliberation.meeting import arranging, attending, calling, minuting, polling, speaking
from deliberation.meeting.arranging import Item, Plan
from deliberation.meeting.deciding import Piles
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.polling import Question
from deliberation.meeting.queries import agenda, newest_minutes, seats
from deliberation.meeting.rules import Form, Way
from tests.deliberation.stage import body_of
from tests.world import NOON, World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVENING = NOON + timedelta(days=20, hours=7)  # 19:00 in Beijing
WORDS = "【1】给小广场装遮阳棚\n大家逐条看了方案。\n一致意见：先装两处。\n不同意见：三号楼怕挡光。\n"


def a_plan(
    world: World, form: Form = Form.COUNCIL, *, starts: datetime = EVENING, roles: tuple[Role, ...] = ()
) -> Plan:
    """Return a plan for an evening of two hours."""
    return Plan(
        form=form,
        title="五月议事会",
        room="活动室二楼",
        starts_at=starts,
        ends_at=starts + 2 * HOUR,
        host_id=world.moderator.id,
        clerk_id=world.clerk.id,
        roles=roles or ((Role.RESIDENT,) if form is Form.COUNCIL else ()),
    )


async def planned(
    world: World,
    form: Form = Form.COUNCIL,
    *,
    body: Body | None = None,
    kind: BodyKind = BodyKind.RESIDENTS_ASSEMBLY,
    basis: Basis = Basis.RESIDENTS,
    starts: datetime = EVENING,
    matter_id: int | None = None,
) -> Meeting:
    """Plan a meeting with one item."""
    body = body or await Body.get_or_none(kind=kind) or (await body_of(world, kind, basis))[0]
    meeting = await arranging.plan(body.id, a_plan(world, form, starts=starts), by=world.clerk, at=NOON)
    item = Item(title="给小广场装遮阳棚", minutes=20, presenter="居委会", matter_id=matter_id)
    await arranging.add_item(meeting.id, item, by=world.clerk, at=NOON)
    return meeting


async def called(world: World, form: Form = Form.COUNCIL, **given: Any) -> Meeting:  # noqa: ANN401 - passed on
    """Plan a meeting and send its notice."""
    meeting = await planned(world, form, **given)
    return await calling.call(meeting.id, by=world.clerk, at=NOON)


async def opened(world: World, form: Form = Form.COUNCIL, *, here: int = 3, **given: Any) -> Meeting:  # noqa: ANN401 - passed on
    """Hold a meeting to which some have come."""
    meeting = await called(world, form, **given)
    for seat in (await seats(meeting))[:here]:
        await attending.check_in(meeting.id, seat.id, by=world.clerk, at=meeting.starts_at)
    return await attending.open_meeting(meeting.id, by=world.moderator, at=meeting.starts_at)


async def written(world: World, **given: Any) -> Meeting:  # noqa: ANN401 - passed on
    """Hold a meeting and write its minutes."""
    meeting = await opened(world, **given)
    await attending.close_meeting(meeting.id, by=world.moderator, at=meeting.ends_at)
    await minuting.write(meeting.id, WORDS, by=world.clerk, at=meeting.ends_at)
    return await Meeting.get(id=meeting.id)


async def polled(world: World, meeting: Meeting) -> None:
    """Ask two questions, of which one is still open, and let somebody speak while another waits."""
    (item, *_) = await agenda(meeting)
    first, second, *_ = await seats(meeting)
    at = meeting.starts_at
    hands = Question(item_id=item.id, words="先装两处，同意吗", way=Way.HANDS)
    poll = await polling.put_question(meeting.id, hands, by=world.moderator, at=at)
    await polling.count(meeting.id, poll.id, Piles(Weight(2), Weight(1)), by=world.clerk, at=at)
    phones = replace(hands, words="秋天再装一处，同意吗", way=Way.PHONES)
    poll = await polling.put_question(meeting.id, phones, by=world.moderator, at=at)
    await polling.press(first.code, poll.id, Choice.YES, by=None, at=at)
    slot = await speaking.ask(first.code, by=None, at=at)
    await speaking.give_floor(meeting.id, slot.id, by=world.moderator, at=at)
    await speaking.ask(second.code, by=None, at=at)


async def signed(meeting: Meeting, person: Person, *, at: datetime | None = None) -> None:
    """Sign the newest minutes by password."""
    await Person.filter(id=person.id).update(password_hash=await hash_of("correct horse"))
    person.password_hash = (await Person.get(id=person.id)).password_hash
    newest = await newest_minutes(meeting)
    assert newest
    signing = minuting.Signing(newest.hash, Method.PASSWORD, "correct horse")
    await minuting.sign(meeting.id, signing, host="192.0.2.1", by=person, at=at or meeting.ends_at)


async def seat_of(meeting: Meeting, person: Person) -> MeetingSeat:
    """Return the seat of somebody who was asked by office."""
    return await MeetingSeat.get(meeting_id=meeting.id, person_id=person.id)
