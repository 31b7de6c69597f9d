"""Offices are asked in public; what is late is shown as late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import Org, OrgKind
from community.people.models import Holding
from community.record.models import Event
from community.rights import Role
from community.timers.commands import fire_due
from deliberation.calls import chasing
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer, whistle
from deliberation.calls.models import Call
from deliberation.calls.queries import calls_of, waiting_for
from deliberation.calls.rules import CallKind
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.world import NOON, World

DUE = date(2026, 5, 11)
WHAT = "消防通道被占，请到场处理。"


async def department(world: World) -> Org:
    org = await Org.create(kind=OrgKind.DEPARTMENT, name="消防救援站", short_name="消防", place=world.street)
    await Holding.create(person=world.stranger, role=Role.DEPARTMENT, org=org, since=NOON)
    return org


async def called(world: World) -> tuple[Matter, Call]:
    body, _ = await body_of(world)
    matter, org = await proposed(body, world.lan), await department(world)
    found = await whistle(matter.id, [org.code], WHAT, DUE, by=world.clerk, at=NOON)
    await matter.refresh_from_db()
    return matter, found[0]


async def test_a_department_is_called_and_reports_back_in_public(world: World) -> None:
    matter, call = await called(world)
    assert (matter.calls_open, matter.calls_late) == (1, 0)
    assert [each.id for each in await waiting_for(world.stranger, at=NOON)] == [call.id]
    assert await waiting_for(world.lan, at=NOON) == []
    with pytest.raises(Hidden):
        await answer(call.id, "已经处理。", by=world.clerk, at=NOON)
    with pytest.raises(Unfit) as why:
        await answer(call.id, " ", by=world.stranger, at=NOON)
    assert why.value.field == "words"
    await answer(call.id, "已经清理，留了警示牌。", by=world.stranger, at=NOON + timedelta(days=1))
    with pytest.raises(Unfit, match="已经答复"):
        await answer(call.id, "再说一遍。", by=world.stranger, at=NOON + timedelta(days=1))
    await matter.refresh_from_db()
    kept = (await calls_of(matter))[0]
    assert (matter.calls_open, kept.is_late(NOON + timedelta(days=99))) == (0, False)


async def test_the_clock_reminds_then_marks_and_a_late_answer_stays_late(world: World) -> None:
    matter, call = await called(world)
    for at, kinds in (
        (call.due_at - timedelta(days=1, seconds=1), 0),
        (call.due_at - timedelta(hours=23), 1),
        (call.due_at, 2),
        (call.due_at + timedelta(days=3), 2),
    ):
        await fire_due(chasing.TIMERS, at)
        assert await Event.filter(kind__in=("call.nudged", "call.overdue")).count() == kinds
    await matter.refresh_from_db()
    assert (matter.calls_open, matter.calls_late) == (1, 1)
    await answer(call.id, "晚了，已经处理。", by=world.stranger, at=call.due_at + timedelta(days=4))
    await matter.refresh_from_db()
    kept = (await calls_of(matter))[0]
    assert (matter.calls_open, matter.calls_late, kept.is_late(NOON)) == (0, 0, True)
    assert kept.late_at == call.due_at


async def test_an_official_answer_is_due_in_working_days(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    code = world.residents_committee.code
    call = await ask_answer(matter.id, code, "什么时候能办？", by=world.lan, at=NOON)
    assert (call.kind, call.due_at.isoformat()) == (CallKind.ANSWER, "2026-05-25T16:00:00+00:00")
    with pytest.raises(Unfit, match="已经请"):
        await ask_answer(matter.id, code, "再问一遍？", by=world.clerk, at=NOON)
    await answer(call.id, "六月动工。", by=world.clerk, at=NOON)
    assert (await ask_answer(matter.id, code, "动工了吗？", by=world.lan, at=NOON)).id != call.id


async def test_who_may_ask_what_of_whom(world: World) -> None:
    body, _ = await body_of(world)
    matter, org = await proposed(body, world.lan), await department(world)
    elsewhere = await Org.create(kind=OrgKind.DEPARTMENT, name="别处", short_name="别处", place=world.building)
    for person in (world.lan, world.qiang, world.moderator):
        with pytest.raises(Forbidden):
            await whistle(matter.id, [org.code], WHAT, DUE, by=person, at=NOON)
    with pytest.raises(Forbidden):
        await ask_answer(matter.id, org.code, WHAT, by=world.qiang, at=NOON)
    for orgs in ([], ["nothing"], [org.code, elsewhere.code]):
        with pytest.raises(Unfit) as why:
            await whistle(matter.id, orgs, WHAT, DUE, by=world.supervisor, at=NOON)
        assert why.value.field == "org"
    for day in (date(2026, 5, 4), date(2026, 7, 4)):
        with pytest.raises(Unfit) as why:
            await whistle(matter.id, [org.code], WHAT, day, by=world.clerk, at=NOON)
        assert why.value.field == "due_on"
    draft = await drafting.draft(body.id, replace(TEXT, title="另外一件事"), by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await ask_answer(draft.id, org.code, WHAT, by=world.lan, at=NOON)
    assert await Call.all().count() == 0
    assert len(await whistle(matter.id, [org.code, org.code], WHAT, DUE, by=world.supervisor, at=NOON)) == 1
