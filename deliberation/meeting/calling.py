"""The notice goes out, is changed with a reason, or cancelled; whoever is asked says whether they come."""

from dataclasses import dataclass
from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.meeting.models import AgendaItem, Meeting, MeetingSeat
from deliberation.meeting.moving import because, hold, put, take
from deliberation.meeting.queries import seat_by_code
from deliberation.meeting.rules import LONGEST, Preset, Reply, earliest, preset
from deliberation.meeting.seating import fill
from deliberation.meeting.workflow import Actor, Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a new notice says, and why."""

    room: str
    starts_at: datetime
    ends_at: datetime
    reason: str


def rules_of(meeting: Meeting) -> Preset:
    """Return the defaults of its form and body."""
    return preset(meeting.form, meeting.body.kind)


def first_day(meeting: Meeting, at: datetime) -> date:
    """Return the first day on which it may be held if it were called at ``at``."""
    return earliest(rules_of(meeting), local_day(at))


def short_notice(meeting: Meeting) -> bool:
    """Return whether it was called with less notice than its form usually has."""
    called = meeting.called_at
    return bool(called and local_day(meeting.starts_at) < first_day(meeting, called))


@command
async def call(meeting_id: int, *, by: Person, at: datetime) -> Meeting:
    """Send the notice to everybody who is expected; from now on the meeting is public.

    Raises:
        Unfit: the agenda is empty, nobody is expected, or a deciding body would have too little notice.
    """
    meeting = await hold(meeting_id, Deed.CALL, Actor.HOST, by=by, at=at)
    if not await AgendaItem.exists(meeting_id=meeting.id):
        raise Unfit("议程还是空的。请先写上要谈的事，再发通知。")
    _require_notice(meeting, meeting.starts_at, at)
    roll = await fill(meeting, at=at)
    counted = {"roll_id": roll.id, "basis": roll.basis} if roll else {}
    columns: dict[str, object] = {"called_at": at, "changed_at": at, **counted}
    seats = await MeetingSeat.filter(meeting_id=meeting.id).count()
    await put(meeting, Deed.CALL, by=by, at=at, columns=columns, seats=seats, roll=roll.content_hash if roll else "")
    return meeting


@command
async def amend(meeting_id: int, change: Change, *, by: Person, at: datetime) -> Meeting:
    """Change time or room after the notice; everybody is told why, and gets the new version for their calendar.

    Raises:
        Unfit: no reason, a time that is over, or a new day too near for a deciding body.
    """
    meeting = await hold(meeting_id, Deed.AMEND, Actor.HOST, by=by, at=at)
    reason = because(change.reason)
    if change.starts_at <= at:
        raise Unfit("开会的时间要在现在以后。", field="starts_at")
    if not change.starts_at < change.ends_at <= change.starts_at + LONGEST:
        raise Unfit("散会要在开会以后，最长十二个小时。", field="ends_at")
    if local_day(change.starts_at) != local_day(meeting.starts_at):
        _require_notice(meeting, change.starts_at, at)
    columns = {"room": change.room, "starts_at": change.starts_at, "ends_at": change.ends_at}
    more = {"reason": reason, "sequence": meeting.sequence + 1, "changed_at": at}
    await put(meeting, Deed.AMEND, by=by, at=at, columns={**columns, **more}, what="time")
    return meeting


@command
async def cancel(meeting_id: int, reason: str, *, by: Person, at: datetime) -> Meeting:
    """Call the meeting off; everybody who was told is told why."""
    meeting = await hold(meeting_id, Deed.CANCEL, Actor.HOST, by=by, at=at)
    columns = {"reason": because(reason), "sequence": meeting.sequence + 1, "changed_at": at}
    await put(meeting, Deed.CANCEL, by=by, at=at, columns=columns)
    return meeting


@command
async def answer(code: str, reply: Reply, agent: str = "", *, by: Person | None, at: datetime) -> MeetingSeat:
    """Say whether one comes, stays away, or sends somebody; the last answer counts.

    Raises:
        Unfit: nobody may be sent to this kind of meeting, or it is not said whom.
    """
    seat = await seat_by_code(code)
    meeting = await take(await Meeting.get(id=seat.meeting_id).select_related("body"), Deed.ANSWER)
    sent = mandate(meeting, agent) if reply is Reply.SENDS else ""
    await MeetingSeat.filter(id=seat.id).update(reply=reply, replied_at=at, agent=sent)
    await put(meeting, Deed.ANSWER, by=by, at=at, seat=seat.id, reply=reply)
    return seat


def mandate(meeting: Meeting, agent: str) -> str:
    """Return the name of somebody who comes for another, or raise `Unfit` when that is not possible."""
    if not rules_of(meeting).proxies:
        raise Unfit("这种会议要本人来，不能委托别人。来不了的，可以把意见写给居委会。", field="reply")
    name = " ".join(agent.split())
    if not name:
        raise Unfit("请写上您委托谁来。", field="agent")
    return name


def _require_notice(meeting: Meeting, starts_at: datetime, at: datetime) -> None:
    rules, first = rules_of(meeting), first_day(meeting, at)
    if rules.firm and local_day(starts_at) < first:
        raise Unfit(
            "这种会议要提前 {days} 天通知，通知那天和开会那天都不算，最早 {first} 开。",
            field="starts_at",
            days=rules.notice_days,
            first=first,
        )
