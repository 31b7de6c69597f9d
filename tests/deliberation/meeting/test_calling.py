"""Planning, the notice with its period, what changes after it, and the answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Refused, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from deliberation.body.rules import Basis, BodyKind
from deliberation.meeting import arranging, calling
from deliberation.meeting.arranging import Item
from deliberation.meeting.models import AgendaItem, Meeting, MeetingSeat
from deliberation.meeting.queries import agenda, coming, find, past, seats, seats_of
from deliberation.meeting.rules import Form, Reply, SeatKind
from deliberation.meeting.workflow import MeetingState
from tests.deliberation.meeting.hall import DAY, EVENING, HOUR, a_plan, called, planned
from tests.deliberation.stage import body_of
from tests.world import NOON, World

LIGHTS = Item(title="小区路灯", minutes=10)


async def test_a_plan_is_nobodys_business_until_it_is_called(world: World) -> None:
    meeting = await planned(world)
    for person in (None, world.lan):
        with pytest.raises(Hidden):
            await find(person, meeting.id, at=NOON)
        assert await coming(person, None, at=NOON) == []
    assert [each.id for each in await coming(world.moderator, None, at=NOON)] == [meeting.id]
    await calling.call(meeting.id, by=world.moderator, at=NOON)
    assert (await find(None, meeting.id, at=NOON)).state is MeetingState.CALLED


async def test_who_holds_no_office_plans_nothing(world: World) -> None:
    body, _ = await body_of(world)
    for person in (world.lan, world.supervisor, world.stranger):
        with pytest.raises(Forbidden):
            await arranging.plan(body.id, a_plan(world), by=person, at=NOON)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("starts_at", {"starts_at": NOON - HOUR}),
        ("ends_at", {"ends_at": EVENING}),
        ("ends_at", {"ends_at": EVENING + 13 * HOUR}),
        ("host", {"host_id": 987654}),
    ],
)
async def test_a_plan_must_make_sense(world: World, field: str, wrong: dict[str, object]) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Unfit) as why:
        await arranging.plan(body.id, replace(a_plan(world), **wrong), by=world.clerk, at=NOON)  # type: ignore[arg-type]
    assert why.value.field == field


async def test_host_and_clerk_are_two(world: World) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Unfit, match="不能是同一位"):
        await arranging.plan(body.id, replace(a_plan(world), host_id=world.clerk.id), by=world.clerk, at=NOON)


async def test_an_assembly_wants_its_full_notice(world: World) -> None:
    meeting = await planned(world, Form.ASSEMBLY, starts=NOON + 10 * DAY)
    with pytest.raises(Unfit) as why:
        await calling.call(meeting.id, by=world.clerk, at=NOON)
    assert (why.value.field, why.value.facts["days"]) == ("starts_at", 10)
    late = replace(a_plan(world, Form.ASSEMBLY, starts=NOON + 11 * DAY))
    await arranging.arrange(meeting.id, late, by=world.clerk, at=NOON)
    meeting = await calling.call(meeting.id, by=world.clerk, at=NOON)
    assert not calling.short_notice(meeting)


async def test_a_council_is_warned_only(world: World) -> None:
    meeting = await called(world, starts=NOON + DAY)
    assert calling.short_notice(meeting)


async def test_nothing_is_called_without_an_agenda_or_anybody_to_come(world: World) -> None:
    body, _ = await body_of(world)
    plan = a_plan(world, roles=(Role.COURT_MEDIATOR,))
    meeting = await arranging.plan(body.id, plan, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="议程还是空的"):
        await calling.call(meeting.id, by=world.clerk, at=NOON)
    await arranging.add_item(meeting.id, LIGHTS, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="还没有请任何人"):
        await calling.call(meeting.id, by=world.clerk, at=NOON)
    assert not await MeetingSeat.exists(meeting_id=meeting.id)


async def test_an_assembly_has_a_seat_for_every_voice_of_its_roll(world: World) -> None:
    meeting = await called(world, Form.ASSEMBLY)
    rows = await seats(meeting)
    assert [(seat.kind, seat.votes) for seat in rows] == [(SeatKind.VOICE, True)] * 4
    assert len({seat.short for seat in rows}) == 4
    assert rows[0].name == "阿兰"
    assert [seat.id for seat in await seats_of(world.lan, meeting)] == [rows[0].id]
    assert await seats_of(world.stranger, meeting) == []


async def test_an_owners_assembly_carries_areas(world: World) -> None:
    meeting = await called(world, Form.ASSEMBLY, kind=BodyKind.OWNERS_ASSEMBLY, basis=Basis.OWNERS)
    assert sorted(seat.area for seat in await seats(meeting)) == [6512, 8937, 8937, 12050]


async def test_who_holds_two_offices_sits_once_and_guests_have_no_voice(world: World) -> None:
    body, _ = await body_of(world)
    plan = a_plan(world, roles=(Role.RESIDENT, Role.OWNER, Role.SUPERVISOR))
    meeting = await arranging.plan(body.id, plan, by=world.clerk, at=NOON)
    await arranging.add_item(meeting.id, LIGHTS, by=world.clerk, at=NOON)
    guest = await arranging.add_guest(meeting.id, "王工", "物业经理", "wang@example.org", by=world.clerk, at=NOON)
    gone = await arranging.add_guest(meeting.id, "李工", "电梯公司", by=world.clerk, at=NOON)
    await arranging.drop_guest(meeting.id, gone.id, by=world.clerk, at=NOON)
    await calling.call(meeting.id, by=world.clerk, at=NOON)
    rows = {seat.name: seat.votes for seat in await seats(meeting)}
    assert rows == {"阿兰": True, "阿强": True, "阿秀": True, "老赵": True, "老周": True, "王工": False}
    with pytest.raises(MovedOn):
        await arranging.drop_guest(meeting.id, guest.id, by=world.clerk, at=NOON)


async def test_the_agenda_is_free_before_the_notice_and_marked_after_it(world: World) -> None:
    meeting = await planned(world)
    second = await arranging.add_item(meeting.id, LIGHTS, by=world.clerk, at=NOON)
    await arranging.lift_item(meeting.id, second.id, by=world.clerk, at=NOON)
    assert [item.title for item in await agenda(meeting)] == ["小区路灯", "给小广场装遮阳棚"]
    await calling.call(meeting.id, by=world.clerk, at=NOON)
    with pytest.raises(Unfit) as why:
        await arranging.add_item(meeting.id, replace(LIGHTS, title="临时的事"), by=world.clerk, at=NOON)
    assert why.value.field == "reason"
    late = await arranging.add_item(meeting.id, LIGHTS, reason="水管昨夜爆了", by=world.clerk, at=NOON)
    await arranging.drop_item(meeting.id, second.id, reason="提议人撤回了", by=world.clerk, at=NOON)
    shown = await agenda(meeting, dropped=True)
    assert {item.id: (item.late_for, item.dropped_for) for item in shown if item.id in (late.id, second.id)} == {
        late.id: ("水管昨夜爆了", ""),
        second.id: ("", "提议人撤回了"),
    }
    assert (await Meeting.get(id=meeting.id)).sequence == 2
    assert await AgendaItem.filter(meeting_id=meeting.id).count() == 3


async def test_an_agenda_names_only_public_matters_of_its_own_place(world: World) -> None:
    meeting = await planned(world)
    with pytest.raises(Unfit) as why:
        await arranging.add_item(meeting.id, replace(LIGHTS, matter_id=987654), by=world.clerk, at=NOON)
    assert why.value.field == "matter"


async def test_a_new_time_needs_a_reason_and_raises_the_sequence(world: World) -> None:
    meeting = await called(world, Form.ASSEMBLY)
    change = calling.Change(room="大会议室", starts_at=EVENING + HOUR, ends_at=EVENING + 2 * HOUR, reason="")
    with pytest.raises(Unfit) as why:
        await calling.amend(meeting.id, change, by=world.clerk, at=NOON)
    assert why.value.field == "reason"
    meeting = await calling.amend(meeting.id, replace(change, reason="人太多，换大屋"), by=world.clerk, at=NOON)
    assert (meeting.sequence, meeting.room) == (1, "大会议室")
    sooner = replace(change, reason="提前几天", starts_at=NOON + 9 * DAY, ends_at=NOON + 9 * DAY + HOUR)
    with pytest.raises(Unfit, match="提前"):
        await calling.amend(meeting.id, sooner, by=world.clerk, at=NOON)


async def test_cancelling_says_why_and_ends_it(world: World) -> None:
    meeting = await called(world)
    await calling.cancel(meeting.id, "台风，改期另行通知", by=world.moderator, at=NOON)
    meeting = await find(None, meeting.id, at=NOON)
    assert (meeting.state, meeting.reason, meeting.sequence) == (MeetingState.CANCELLED, "台风，改期另行通知", 1)
    assert [each.id for each in (await past(None, None, at=NOON))[0]] == [meeting.id]
    with pytest.raises(MovedOn):
        await calling.cancel(meeting.id, "再取消一次", by=world.moderator, at=NOON)


async def test_an_answer_may_change_and_only_owners_may_send_somebody(world: World) -> None:
    meeting = await called(world)
    seat = await MeetingSeat.get(meeting_id=meeting.id, person_id=world.lan.id)
    await calling.answer(seat.code, Reply.COMES, by=world.lan, at=NOON)
    await calling.answer(seat.code, Reply.STAYS_AWAY, by=None, at=NOON)
    assert (await MeetingSeat.get(id=seat.id)).reply is Reply.STAYS_AWAY
    with pytest.raises(Unfit) as why:
        await calling.answer(seat.code, Reply.SENDS, "我儿子", by=world.lan, at=NOON)
    assert why.value.field == "reply"
    owners = await called(world, Form.ASSEMBLY, kind=BodyKind.OWNERS_ASSEMBLY, basis=Basis.OWNERS)
    (own,) = await seats_of(world.lan, owners)
    with pytest.raises(Unfit) as why:
        await calling.answer(own.code, Reply.SENDS, " ", by=world.lan, at=NOON)
    assert why.value.field == "agent"
    await calling.answer(own.code, Reply.SENDS, "我儿子 阿明", by=world.lan, at=NOON)
    assert (await MeetingSeat.get(id=own.id)).agent == "我儿子 阿明"
    with pytest.raises(Hidden):
        await calling.answer("0" * 16, Reply.COMES, by=None, at=NOON)


async def test_every_deed_writes_one_event_without_names(world: World) -> None:
    meeting = await called(world)
    before = await Event.all().count()
    await calling.answer((await seats(meeting))[0].code, Reply.COMES, by=None, at=NOON + timedelta(hours=1))
    (event,) = await Event.all().order_by("-id").limit(await Event.all().count() - before)
    assert (event.kind, event.subject, event.actor_id) == ("meeting.answer", meeting.key, None)
    assert set(facts_of(event)) == {"was", "now", "seat", "reply"}
    with pytest.raises(Refused):
        await calling.call(meeting.id, by=world.clerk, at=NOON)
    assert await Event.all().count() == before + 1
