"""Before the notice goes out: the meeting, its agenda and who is asked besides the roll."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, Role, may
from deliberation.body.models import Body
from deliberation.matter.models import Matter
from deliberation.meeting.models import AgendaItem, Meeting, MeetingSeat
from deliberation.meeting.moving import because, hold, put
from deliberation.meeting.rules import LONGEST, MOST_GUESTS, MOST_ITEMS, Form, SeatKind
from deliberation.meeting.seating import fresh_short
from deliberation.meeting.workflow import Actor, Deed, MeetingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When, where and by whom a meeting is held."""

    form: Form
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    host_id: int
    clerk_id: int
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be talked about; ``minutes`` are planned for it, ``presenter`` is an office, not a name."""

    title: str
    minutes: int
    presenter: str = ""
    matter_id: int | None = None


@command
async def plan(body_id: int, wanted: Plan, *, by: Person, at: datetime) -> Meeting:
    """Begin to plan a meeting of a body.

    Raises:
        Unfit: its time is over or turned round, or host or clerk may not hold meetings there.
    """
    body = await Body.get_or_none(id=body_id)
    if body is None:
        raise Hidden("没有这个会议主体。")
    await require_in_place(by, body.place_id, Right.MEETING_HOST, at=at)
    await _check(wanted, body, at)
    meeting = await Meeting.create(
        community_id=body.community_id, body=body, planned_at=at, changed_at=at, **_columns(wanted)
    )
    here = meeting.community_id
    await record("meeting.plan", meeting.key, by=by, at=at, community_id=here, form=meeting.form, now=meeting.state)
    return meeting


@command
async def arrange(meeting_id: int, wanted: Plan, *, by: Person, at: datetime) -> Meeting:
    """Change what was planned, while nobody has been told yet."""
    meeting = await hold(meeting_id, Deed.ARRANGE, Actor.HOST, by=by, at=at)
    await _check(wanted, meeting.body, at)
    await put(meeting, Deed.ARRANGE, by=by, at=at, columns={**_columns(wanted), "changed_at": at}, what="plan")
    return meeting


@command
async def add_item(meeting_id: int, item: Item, *, reason: str = "", by: Person, at: datetime) -> AgendaItem:
    """Put something on the agenda; once the notice is out only with a reason, and the item stays marked."""
    meeting, late = await _agenda(meeting_id, reason, by, at)
    every = await AgendaItem.filter(meeting_id=meeting.id)
    if sum(not each.dropped_for for each in every) >= MOST_ITEMS:
        raise Unfit("议程最多 {most} 项，再多一次会开不完。", field="title", most=MOST_ITEMS)
    await _check_item(meeting, item)
    place = max((each.place for each in every), default=0) + 1
    row = await AgendaItem.create(meeting=meeting, place=place, late_for=late, **_named(item))
    await _note(meeting, by, at, item=row.id, what="item")
    return row


@command
async def change_item(meeting_id: int, item_id: int, item: Item, *, reason: str = "", by: Person, at: datetime) -> None:
    """Change something on the agenda; once the notice is out only with a reason."""
    meeting, late = await _agenda(meeting_id, reason, by, at)
    row = await _item(meeting, item_id)
    await _check_item(meeting, item)
    await AgendaItem.filter(id=row.id).update(**_named(item), late_for=late or row.late_for)
    await _note(meeting, by, at, item=row.id, what="changed")


@command
async def drop_item(meeting_id: int, item_id: int, *, reason: str = "", by: Person, at: datetime) -> None:
    """Take something off the agenda; what people were told of stays readable, struck out, with the reason."""
    meeting, late = await _agenda(meeting_id, reason, by, at)
    row = await _item(meeting, item_id)
    if late:
        await AgendaItem.filter(id=row.id).update(dropped_for=late)
    else:
        await AgendaItem.filter(id=row.id).delete()
    await _note(meeting, by, at, item=row.id, what="dropped")


@command
async def lift_item(meeting_id: int, item_id: int, *, by: Person, at: datetime) -> None:
    """Move something one place up while the meeting is being planned."""
    meeting = await hold(meeting_id, Deed.ARRANGE, Actor.HOST, by=by, at=at)
    row = await _item(meeting, item_id)
    above = await AgendaItem.filter(meeting_id=meeting.id, place__lt=row.place).order_by("-place").first()
    if above:
        await AgendaItem.filter(id=row.id).update(place=above.place)
        await AgendaItem.filter(id=above.id).update(place=row.place)
    await put(meeting, Deed.ARRANGE, by=by, at=at, item=row.id, what="order")


@command
async def add_guest(
    meeting_id: int, name: str, label: str, email: str = "", *, by: Person, at: datetime
) -> MeetingSeat:
    """Ask somebody by name: they may listen and speak, and have no voice."""
    meeting = await hold(meeting_id, Deed.ARRANGE, Actor.HOST, by=by, at=at)
    guests = MeetingSeat.filter(meeting_id=meeting.id, kind=SeatKind.GUEST)
    if await guests.count() >= MOST_GUESTS:
        raise Unfit("指名邀请的最多 {most} 位。", field="name", most=MOST_GUESTS)
    seat = await MeetingSeat.create(
        community_id=meeting.community_id,
        meeting=meeting,
        kind=SeatKind.GUEST,
        name=name,
        label=label,
        email=email,
        short=await fresh_short(meeting.id),
    )
    await put(meeting, Deed.ARRANGE, by=by, at=at, seat=seat.id, what="guest")
    return seat


@command
async def drop_guest(meeting_id: int, seat_id: int, *, by: Person, at: datetime) -> None:
    """Take a guest off the list while nobody has been told yet."""
    meeting = await hold(meeting_id, Deed.ARRANGE, Actor.HOST, by=by, at=at)
    if not await MeetingSeat.filter(id=seat_id, meeting_id=meeting.id, kind=SeatKind.GUEST).delete():
        raise Hidden("名单上没有这一位。")
    await put(meeting, Deed.ARRANGE, by=by, at=at, seat=seat_id, what="guest_dropped")


async def _check(wanted: Plan, body: Body, at: datetime) -> None:
    if wanted.starts_at <= at:
        raise Unfit("开会的时间要在现在以后。", field="starts_at")
    if not wanted.starts_at < wanted.ends_at <= wanted.starts_at + LONGEST:
        raise Unfit("散会要在开会以后，最长十二个小时。", field="ends_at")
    for field, person_id, right in (
        ("host", wanted.host_id, Right.MEETING_HOST),
        ("clerk", wanted.clerk_id, Right.MEETING_RECORD),
    ):
        person = await Person.get_or_none(id=person_id)
        if person is None or not may(await roles_in_place(person, body.place_id, at=at), right):
            raise Unfit("请从名单里选一位。", field=field)
    if wanted.host_id == wanted.clerk_id:
        raise Unfit("主持人和记录人不能是同一位，记录要两个人都签字。", field="clerk")


def _columns(wanted: Plan) -> dict[str, Any]:
    plain = {each.name: getattr(wanted, each.name) for each in fields(wanted) if each.name != "roles"}
    return {**plain, "roles": ",".join(wanted.roles)}


async def _agenda(meeting_id: int, reason: str, by: Person, at: datetime) -> tuple[Meeting, str]:
    """Return the meeting held, and the reason, which must be there once people have been told."""
    told = await Meeting.exists(id=meeting_id, state=MeetingState.CALLED)
    meeting = await hold(meeting_id, Deed.AMEND if told else Deed.ARRANGE, Actor.HOST, by=by, at=at)
    return meeting, because(reason) if told else ""


async def _item(meeting: Meeting, item_id: int) -> AgendaItem:
    row = await AgendaItem.get_or_none(id=item_id, meeting_id=meeting.id, dropped_for="")
    if row is None:
        raise Hidden("议程上没有这一项。")
    return row


async def _check_item(meeting: Meeting, item: Item) -> None:
    if item.matter_id is None:
        return
    known = Matter.filter(id=item.matter_id, community_id=meeting.community_id).exclude(public_at=None)
    if not await known.exists():
        raise Unfit("没有找到这件事，请从列出的事里选。", field="matter")


def _named(item: Item) -> dict[str, Any]:
    return {each.name: getattr(item, each.name) for each in fields(item)}


async def _note(meeting: Meeting, by: Person, at: datetime, **facts: object) -> None:
    deed = Deed.AMEND if meeting.state is MeetingState.CALLED else Deed.ARRANGE
    columns: dict[str, object] = {"changed_at": at}
    if deed is Deed.AMEND:
        columns["sequence"] = meeting.sequence + 1
    await put(meeting, deed, by=by, at=at, columns=columns, **facts)
