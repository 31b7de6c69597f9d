"""In the hall: who comes and goes, who speaks, which hands are raised."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from deliberation.ballot.decide import Line, Outcome
from deliberation.ballot.shares import Weight
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis, BodyKind, Effect
from deliberation.meeting import arranging, attending, polling, speaking
from deliberation.meeting.arranging import Item
from deliberation.meeting.deciding import Piles
from deliberation.meeting.models import Attendance, Meeting, MeetingPoll, MeetingSeat, PollVote, SpeakSlot
from deliberation.meeting.polling import Question
from deliberation.meeting.queries import agenda, expected, present, queue, seats, seats_of, spoken
from deliberation.meeting.rules import Form, How, Turn, Way
from deliberation.meeting.workflow import MeetingState
from tests.deliberation.meeting.hall import EVENING, HOUR, called, opened
from tests.world import NOON, World

MINUTE = timedelta(minutes=1)


async def asked(
    world: World, meeting: Meeting, *, way: Way = Way.HANDS, effect: Effect = Effect.ADVISORY
) -> MeetingPoll:
    (item, *_) = await agenda(meeting)
    question = Question(item_id=item.id, words="先装两处，同意吗", way=way, effect=effect)
    return await polling.put_question(meeting.id, question, by=world.moderator, at=EVENING)


async def quorum_now(meeting: Meeting) -> tuple[Line, ...]:
    meeting = await Meeting.get(id=meeting.id).select_related("body")
    return polling.quorum_of(meeting, await expected(meeting), await present(meeting))


# Coming and going


async def test_two_clerks_at_once_check_one_person_in_once(world: World) -> None:
    meeting = await called(world)
    seat = (await seats(meeting))[0]
    deeds = [
        attending.check_in(meeting.id, seat.id, by=world.clerk, at=EVENING),
        attending.check_in_code(meeting.id, seat.short.upper(), by=world.clerk, at=EVENING),
    ]
    done = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(type(each) is MovedOn for each in done) == [False, True]
    assert await Attendance.filter(seat_id=seat.id).count() == 1
    assert (await present(meeting)).heads == 1


async def test_coming_and_going_is_kept_with_who_wrote_it(world: World) -> None:
    meeting = await opened(world, here=2)
    first = (await seats(meeting))[0]
    await attending.check_out(meeting.id, first.id, by=world.clerk, at=EVENING + HOUR)
    assert await present(meeting) == Weight(1)
    await attending.check_in_code(meeting.id, first.short, by=world.clerk, at=EVENING + HOUR + MINUTE)
    rows = await Attendance.filter(seat_id=first.id).order_by("id")
    assert [(row.came, row.how) for row in rows] == [(True, How.LIST), (False, How.LIST), (True, How.CODE)]
    assert (await MeetingSeat.get(id=first.id)).came_at == EVENING
    with pytest.raises(MovedOn):
        await attending.check_out(meeting.id, (await seats(meeting))[3].id, by=world.clerk, at=EVENING)


async def test_a_code_is_read_as_people_write_it(world: World) -> None:
    meeting = await called(world)
    seat = (await seats(meeting))[0]
    await MeetingSeat.filter(id=seat.id).update(short="1a0b2c")
    assert (await attending.by_short(meeting.id, " IAOB-2C ")).id == seat.id
    for wrong in ("", "zzzzzz"):
        with pytest.raises(Unfit) as why:
            await attending.by_short(meeting.id, wrong)
        assert why.value.field == "short"


async def test_the_door_is_kept_by_those_who_keep_it(world: World) -> None:
    meeting = await called(world)
    seat = (await seats(meeting))[0]
    for person in (world.lan, world.supervisor):
        with pytest.raises(Forbidden):
            await attending.check_in(meeting.id, seat.id, by=person, at=EVENING)
    with pytest.raises(Unfit, match="还没到时候"):
        await attending.check_in(meeting.id, seat.id, by=world.clerk, at=EVENING - 3 * HOUR)
    with pytest.raises(Hidden):
        await attending.check_in(meeting.id, 987654, by=world.clerk, at=EVENING)


async def test_nobody_stands_for_more_than_three(world: World) -> None:
    meeting = await called(world, Form.ASSEMBLY, kind=BodyKind.OWNERS_ASSEMBLY, basis=Basis.OWNERS)
    *three, last = await seats(meeting)
    for seat in three:
        await attending.check_in(meeting.id, seat.id, agent="阿明", by=world.clerk, at=EVENING)
    with pytest.raises(Unfit) as why:
        await attending.check_in(meeting.id, last.id, agent=" 阿明 ", by=world.clerk, at=EVENING)
    assert why.value.field == "agent"
    council = await called(world)
    with pytest.raises(Unfit, match="要本人来"):
        await attending.check_in(council.id, (await seats(council))[0].id, agent="阿明", by=world.clerk, at=EVENING)


async def test_the_quorum_follows_the_room(world: World) -> None:
    meeting = await opened(world, Form.ASSEMBLY, here=2)
    (line,) = await quorum_now(meeting)
    assert (line.numerator, line.denominator, line.met, line.missing) == (2, 4, False, 1)
    assert "27" in line.source
    third = (await seats(meeting))[2]
    await attending.check_in(meeting.id, third.id, by=world.clerk, at=EVENING)
    (line,) = await quorum_now(meeting)
    assert line.met
    assert await quorum_now(await opened(world)) == ()


async def test_opening_and_closing_on_its_day(world: World) -> None:
    meeting = await called(world)
    with pytest.raises(Unfit):
        await attending.open_meeting(meeting.id, by=world.moderator, at=NOON)
    await attending.open_meeting(meeting.id, by=world.moderator, at=EVENING - HOUR)
    poll = await asked(world, meeting)
    with pytest.raises(Unfit, match="没有数完"):
        await attending.close_meeting(meeting.id, by=world.moderator, at=EVENING)
    await polling.count(meeting.id, poll.id, Piles(), by=world.clerk, at=EVENING)
    assert (await attending.close_meeting(meeting.id, by=world.moderator, at=EVENING)).state is MeetingState.CLOSED


# Speaking


async def test_the_queue_keeps_its_order_and_its_minutes(world: World) -> None:
    meeting = await opened(world)
    first, second, third, absent = await seats(meeting)
    await speaking.ask(first.code, by=world.lan, at=EVENING)
    with pytest.raises(MovedOn):
        await speaking.ask(first.code, by=world.lan, at=EVENING)
    with pytest.raises(Unfit, match="签到以后"):
        await speaking.ask(absent.code, by=None, at=EVENING)
    slot = await speaking.ask_for(meeting.id, second.id, by=world.clerk, at=EVENING)
    await speaking.ask(third.code, by=None, at=EVENING)
    await speaking.lift(meeting.id, slot.id, by=world.moderator, at=EVENING)
    assert [each.seat_id for each in await queue(meeting)] == [second.id, first.id, third.id]
    await speaking.give_floor(meeting.id, slot.id, by=world.moderator, at=EVENING)
    waiting = await SpeakSlot.get(seat_id=first.id)
    await speaking.give_floor(meeting.id, waiting.id, by=world.moderator, at=EVENING + 5 * MINUTE)
    await speaking.withdraw(third.code, by=None, at=EVENING + 6 * MINUTE)
    await speaking.end_floor(meeting.id, by=world.moderator, at=EVENING + 8 * MINUTE)
    assert await queue(meeting) == []
    times = [(each.seat_id, each.began_at, each.ended_at) for each in await spoken(meeting)]
    assert times == [
        (second.id, EVENING, EVENING + 5 * MINUTE),
        (first.id, EVENING + 5 * MINUTE, EVENING + 8 * MINUTE),
    ]


async def test_two_hosts_at_once_leave_one_speaker(world: World) -> None:
    meeting = await opened(world)
    slots = [await speaking.ask(seat.code, by=None, at=EVENING) for seat in (await seats(meeting))[:2]]
    floor = [speaking.give_floor(meeting.id, slot.id, by=world.moderator, at=EVENING) for slot in slots]
    await asyncio.gather(*floor)
    assert await SpeakSlot.filter(meeting_id=meeting.id, turn=Turn.SPEAKING).count() == 1


async def test_who_leaves_gives_up_the_queue(world: World) -> None:
    meeting = await opened(world)
    seat = (await seats(meeting))[0]
    await speaking.ask(seat.code, by=None, at=EVENING)
    await attending.check_out(meeting.id, seat.id, by=world.clerk, at=EVENING)
    assert await queue(meeting) == []


# Raising hands


async def test_hands_are_counted_against_the_room(world: World) -> None:
    meeting = await opened(world, Form.ASSEMBLY)
    poll = await asked(world, meeting, effect=Effect.BINDING)
    with pytest.raises(Unfit) as why:
        await polling.count(meeting.id, poll.id, Piles(Weight(3), Weight(1)), by=world.clerk, at=EVENING)
    assert (why.value.field, why.value.facts) == ("yes", {"n": 4, "here": 3})
    poll = await polling.count(meeting.id, poll.id, Piles(Weight(2), Weight(1)), by=world.clerk, at=EVENING)
    assert (poll.expected, poll.present, poll.yes, poll.no, poll.abstain) == (4, 3, 2, 1, 0)
    assert poll.outcome is Outcome.PASSED
    with pytest.raises(MovedOn):
        await polling.count(meeting.id, poll.id, Piles(), by=world.clerk, at=EVENING)


async def test_too_few_in_the_room_decide_nothing(world: World) -> None:
    meeting = await opened(world, Form.ASSEMBLY, here=2)
    poll = await asked(world, meeting, effect=Effect.BINDING)
    poll = await polling.count(meeting.id, poll.id, Piles(Weight(2)), by=world.clerk, at=EVENING)
    assert poll.outcome is Outcome.NO_QUORUM


async def test_a_council_gives_an_opinion_and_no_decision(world: World) -> None:
    meeting = await opened(world)
    with pytest.raises(Unfit) as why:
        await asked(world, meeting, effect=Effect.BINDING)
    assert why.value.field == "effect"
    poll = await asked(world, meeting)
    poll = await polling.count(meeting.id, poll.id, Piles(Weight(3)), by=world.clerk, at=EVENING)
    assert poll.outcome is None


async def test_what_was_not_announced_binds_nobody(world: World) -> None:
    meeting = await called(world, Form.ASSEMBLY)
    late = await arranging.add_item(
        meeting.id, Item(title="临时加的", minutes=5), reason="水管昨夜爆了", by=world.clerk, at=NOON
    )
    await attending.open_meeting(meeting.id, by=world.moderator, at=EVENING)
    question = Question(item_id=late.id, words="马上修，同意吗", way=Way.HANDS, effect=Effect.BINDING)
    with pytest.raises(Unfit, match="没有公示过"):
        await polling.put_question(meeting.id, question, by=world.moderator, at=EVENING)


async def test_one_question_at_a_time(world: World) -> None:
    meeting = await opened(world)
    results = await asyncio.gather(asked(world, meeting), asked(world, meeting), return_exceptions=True)
    assert sorted(isinstance(each, Unfit) for each in results) == [False, True]


async def test_telephones_and_those_without_make_one_count(world: World) -> None:
    meeting = await opened(world, Form.ASSEMBLY, kind=BodyKind.OWNERS_ASSEMBLY, basis=Basis.OWNERS)
    with pytest.raises(Unfit) as why:
        await asked(world, meeting)
    assert why.value.field == "way"
    poll = await asked(world, meeting, way=Way.PHONES, effect=Effect.BINDING)
    first, second, third, absent = await seats(meeting)
    await polling.press(first.code, poll.id, Choice.NO, by=world.lan, at=EVENING)
    await polling.press(first.code, poll.id, Choice.YES, by=None, at=EVENING)
    await polling.press_for(meeting.id, poll.id, second.id, Choice.YES, by=world.clerk, at=EVENING)
    await polling.press(third.code, poll.id, Choice.NO, by=None, at=EVENING)
    with pytest.raises(Unfit, match="签到以后"):
        await polling.press(absent.code, poll.id, Choice.YES, by=None, at=EVENING)
    await attending.check_out(meeting.id, third.id, by=world.clerk, at=EVENING)
    poll = await polling.count(meeting.id, poll.id, by=world.clerk, at=EVENING)
    assert (poll.expected, poll.present, poll.yes, poll.no) == (4, 3, 2, 1)
    assert poll.outcome is Outcome.PASSED
    assert [vote.by_id for vote in await PollVote.filter(poll_id=poll.id).order_by("seat_id")] == [  # type: ignore[attr-defined]
        None,
        world.clerk.id,
        None,
    ]
    with pytest.raises(MovedOn):
        await polling.press(first.code, poll.id, Choice.YES, by=None, at=EVENING)


async def test_presses_at_once_are_each_kept_once(world: World) -> None:
    meeting = await opened(world)
    poll = await asked(world, meeting, way=Way.PHONES)
    here = (await seats(meeting))[:3]
    presses = [
        polling.press(seat.code, poll.id, choice, by=None, at=EVENING)
        for seat in here
        for choice in (Choice.YES, Choice.YES)
    ]
    await asyncio.gather(*presses)
    assert (await polling.interim(poll)).yes.heads == 3
    assert await PollVote.filter(poll_id=poll.id).count() == 3


async def test_a_guest_speaks_but_has_no_voice(world: World) -> None:
    meeting = await called(world)
    await MeetingSeat.filter(meeting_id=meeting.id, person_id=world.lan.id).update(votes=False)
    (seat,) = await seats_of(world.lan, meeting)
    await attending.check_in(meeting.id, seat.id, by=world.clerk, at=EVENING)
    await attending.open_meeting(meeting.id, by=world.moderator, at=EVENING)
    await speaking.ask(seat.code, by=world.lan, at=EVENING)
    poll = await asked(world, meeting, way=Way.PHONES)
    with pytest.raises(Unfit, match="列席"):
        await polling.press(seat.code, poll.id, Choice.YES, by=world.lan, at=EVENING)
    assert (await expected(meeting)).heads == 3
