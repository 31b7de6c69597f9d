"""The meeting opens, people come and go, it closes. Who was in the room at any moment is read off these rows."""

from datetime import datetime
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.meeting.calling import mandate
from deliberation.meeting.models import AgendaItem, Attendance, Meeting, MeetingPoll, MeetingSeat, SpeakSlot
from deliberation.meeting.moving import hold, put
from deliberation.meeting.queries import expected, present
from deliberation.meeting.rules import EARLY, MOST_MANDATES, How, Turn
from deliberation.meeting.workflow import Actor, Deed

TOO_EARLY: Final = "还没到时候。开会前两小时起可以签到。"


@command
async def open_meeting(meeting_id: int, *, by: Person, at: datetime) -> Meeting:
    """Open the meeting; it may lack its quorum, and then may talk but not decide."""
    meeting = await hold(meeting_id, Deed.OPEN, Actor.HOST, by=by, at=at)
    _on_the_day(meeting, at)
    here, all_ = await present(meeting), await expected(meeting)
    first = await AgendaItem.filter(meeting_id=meeting.id, dropped_for="").order_by("place", "id").first()
    columns = {"opened_at": at, "item_id": first.id if first else None}
    await put(meeting, Deed.OPEN, by=by, at=at, columns=columns, present=here.heads, expected=all_.heads)
    return meeting


@command
async def check_in(
    meeting_id: int, seat_id: int, *, how: How = How.LIST, agent: str = "", by: Person, at: datetime
) -> MeetingSeat:
    """Write down that somebody has come, in person or by the one they sent.

    Raises:
        MovedOn: they are in the room already, whoever wrote it down.
        Unfit: it is too early, or the agent speaks for three others already.
    """
    meeting = await hold(meeting_id, Deed.CHECK_IN, Actor.RECORDER, by=by, at=at)
    _on_the_day(meeting, at)
    seat = await _seat(meeting, seat_id)
    sent = mandate(meeting, agent) if agent.strip() else ""
    if sent and await MeetingSeat.filter(meeting_id=meeting.id, here=True, agent=sent).count() >= MOST_MANDATES:
        raise Unfit("这一位已经代表 {most} 户到会，不能再多了。", field="agent", most=MOST_MANDATES)
    came = seat.came_at or at
    if not await MeetingSeat.filter(id=seat.id, here=False).update(here=True, came_at=came, agent=sent):
        raise MovedOn("这一位已经签到了，不用再签。")
    await _write(meeting, seat, by, at, came=True, how=how, agent=sent)
    await put(meeting, Deed.CHECK_IN, by=by, at=at, seat=seat.id, how=how)
    return await MeetingSeat.get(id=seat.id)


@command
async def check_in_code(meeting_id: int, short: str, *, agent: str = "", by: Person, at: datetime) -> MeetingSeat:
    """Check in whoever shows the short code, typed or scanned."""
    seat = await by_short(meeting_id, short)
    return await check_in(meeting_id, seat.id, how=How.CODE, agent=agent, by=by, at=at)


async def by_short(meeting_id: int, short: str) -> MeetingSeat:
    """Return the seat of a code typed at the door; blanks, case and look-alikes do not matter."""
    typed = "".join(short.split()).replace("-", "").lower().translate(str.maketrans("oil", "011"))
    seat = await MeetingSeat.get_or_none(meeting_id=meeting_id, short=typed) if typed else None
    if seat is None:
        raise Unfit("名单上没有这个签到码。请再看一遍，或者在名单里找这一位。", field="short")
    return seat


@command
async def check_out(meeting_id: int, seat_id: int, *, by: Person, at: datetime) -> None:
    """Write down that somebody has left; they may come back."""
    meeting = await hold(meeting_id, Deed.CHECK_OUT, Actor.RECORDER, by=by, at=at)
    seat = await _seat(meeting, seat_id)
    if not await MeetingSeat.filter(id=seat.id, here=True).update(here=False):
        raise MovedOn("这一位没有在场。")
    await SpeakSlot.filter(seat_id=seat.id, turn=Turn.WAITING).update(turn=Turn.GONE, ended_at=at)
    await SpeakSlot.filter(seat_id=seat.id, turn=Turn.SPEAKING).update(turn=Turn.DONE, ended_at=at)
    await _write(meeting, seat, by, at, came=False, how=How.LIST, agent=seat.agent)
    await put(meeting, Deed.CHECK_OUT, by=by, at=at, seat=seat.id)


@command
async def turn_to(meeting_id: int, item_id: int, *, by: Person, at: datetime) -> None:
    """Go on to an item of the agenda; the screen shows it, and whoever speaks now speaks about it."""
    meeting = await hold(meeting_id, Deed.TURN_TO, Actor.HOST, by=by, at=at)
    if not await AgendaItem.exists(id=item_id, meeting_id=meeting.id, dropped_for=""):
        raise Hidden("议程上没有这一项。")
    await put(meeting, Deed.TURN_TO, by=by, at=at, columns={"item_id": item_id}, item=item_id)


@command
async def close_meeting(meeting_id: int, *, by: Person, at: datetime) -> Meeting:
    """Close the meeting; no question may be left open."""
    meeting = await hold(meeting_id, Deed.CLOSE, Actor.HOST, by=by, at=at)
    if await MeetingPoll.exists(meeting_id=meeting.id, closed_at=None):
        raise Unfit("还有一次举手没有数完。请先数完，再散会。")
    slots = SpeakSlot.filter(meeting_id=meeting.id)
    await slots.filter(turn=Turn.SPEAKING).update(turn=Turn.DONE, ended_at=at)
    await slots.filter(turn=Turn.WAITING).update(turn=Turn.GONE, ended_at=at)
    here = await present(meeting)
    await put(meeting, Deed.CLOSE, by=by, at=at, columns={"closed_at": at}, present=here.heads)
    return meeting


def _on_the_day(meeting: Meeting, at: datetime) -> None:
    if at < meeting.starts_at - EARLY:
        raise Unfit(TOO_EARLY)


async def _seat(meeting: Meeting, seat_id: int) -> MeetingSeat:
    seat = await MeetingSeat.get_or_none(id=seat_id, meeting_id=meeting.id)
    if seat is None:
        raise Hidden("名单上没有这一位。")
    return seat


async def _write(
    meeting: Meeting, seat: MeetingSeat, by: Person, at: datetime, *, came: bool, how: How, agent: str
) -> None:
    await Attendance.create(meeting=meeting, seat=seat, came=came, how=how, agent=agent, at=at, by=by)
