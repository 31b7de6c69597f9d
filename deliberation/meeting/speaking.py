"""Who speaks when: people ask, the host orders the queue, gives the floor and takes it back."""

from datetime import datetime

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.meeting.models import Meeting, MeetingSeat, SpeakSlot
from deliberation.meeting.moving import hold, put, take
from deliberation.meeting.queries import seat_by_code
from deliberation.meeting.rules import Turn
from deliberation.meeting.workflow import Actor, Deed

IN_LINE = (Turn.WAITING, Turn.SPEAKING)


@command
async def ask(code: str, *, by: Person | None, at: datetime) -> SpeakSlot:
    """Ask to speak, from one's own page.

    Raises:
        Unfit: not checked in.
        MovedOn: waiting or speaking already.
    """
    seat = await seat_by_code(code)
    meeting = await take(await Meeting.get(id=seat.meeting_id).select_related("body"), Deed.ASK)
    return await _join(meeting, seat.id, by, at)


@command
async def ask_for(meeting_id: int, seat_id: int, *, by: Person, at: datetime) -> SpeakSlot:
    """Put somebody in the queue who raised a hand in the hall."""
    meeting = await hold(meeting_id, Deed.ASK, Actor.RECORDER, by=by, at=at)
    return await _join(meeting, seat_id, by, at)


@command
async def withdraw(code: str, *, by: Person | None, at: datetime) -> None:
    """Leave the queue."""
    seat = await seat_by_code(code)
    meeting = await take(await Meeting.get(id=seat.meeting_id).select_related("body"), Deed.ASK)
    if not await SpeakSlot.filter(seat_id=seat.id, turn=Turn.WAITING).update(turn=Turn.GONE, ended_at=at):
        raise MovedOn("您没有在排队。")
    await put(meeting, Deed.ASK, by=by, at=at, seat=seat.id, turn=Turn.GONE)


@command
async def give_floor(meeting_id: int, slot_id: int, *, by: Person, at: datetime) -> None:
    """Let somebody who waits speak now; whoever was speaking has finished."""
    meeting = await hold(meeting_id, Deed.FLOOR, Actor.HOST, by=by, at=at)
    slot = await _waiting(meeting, slot_id)
    await SpeakSlot.filter(meeting_id=meeting.id, turn=Turn.SPEAKING).update(turn=Turn.DONE, ended_at=at)
    await SpeakSlot.filter(id=slot.id).update(turn=Turn.SPEAKING, began_at=at)
    await put(meeting, Deed.FLOOR, by=by, at=at, seat=slot.seat_id, turn=Turn.SPEAKING)


@command
async def end_floor(meeting_id: int, *, by: Person, at: datetime) -> None:
    """Take the floor back."""
    meeting = await hold(meeting_id, Deed.FLOOR, Actor.HOST, by=by, at=at)
    if not await SpeakSlot.filter(meeting_id=meeting.id, turn=Turn.SPEAKING).update(turn=Turn.DONE, ended_at=at):
        raise MovedOn("现在没有人在发言。")
    await put(meeting, Deed.FLOOR, by=by, at=at, turn=Turn.DONE)


@command
async def lift(meeting_id: int, slot_id: int, *, by: Person, at: datetime) -> None:
    """Move somebody one place up in the queue."""
    meeting = await hold(meeting_id, Deed.FLOOR, Actor.HOST, by=by, at=at)
    slot = await _waiting(meeting, slot_id)
    waiting = SpeakSlot.filter(meeting_id=meeting.id, turn=Turn.WAITING, place__lt=slot.place)
    if above := await waiting.order_by("-place").first():
        await SpeakSlot.filter(id=slot.id).update(place=above.place)
        await SpeakSlot.filter(id=above.id).update(place=slot.place)
    await put(meeting, Deed.FLOOR, by=by, at=at, seat=slot.seat_id, turn=Turn.WAITING)


async def _join(meeting: Meeting, seat_id: int, by: Person | None, at: datetime) -> SpeakSlot:
    if not await MeetingSeat.exists(id=seat_id, meeting_id=meeting.id, here=True):
        raise Unfit("签到以后才能排队发言。请先到签到处。")
    if await SpeakSlot.exists(seat_id=seat_id, turn__in=IN_LINE):
        raise MovedOn("已经在排队了，不用再按。")
    last = await SpeakSlot.filter(meeting_id=meeting.id).order_by("-place").first()
    slot = await SpeakSlot.create(
        meeting=meeting, seat_id=seat_id, item_id=meeting.item_id, place=last.place + 1 if last else 1, asked_at=at
    )
    await put(meeting, Deed.ASK, by=by, at=at, seat=seat_id, turn=Turn.WAITING)
    return slot


async def _waiting(meeting: Meeting, slot_id: int) -> SpeakSlot:
    slot = await SpeakSlot.get_or_none(id=slot_id, meeting_id=meeting.id, turn=Turn.WAITING)
    if slot is None:
        raise MovedOn("这一位已经不在排队了，请刷新后再看。")
    return slot
