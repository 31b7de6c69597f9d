"""Asking, answering and taking back, on the database."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.record.outbox import facts_of
from community.record.transaction import bookkeeping
from community.rights import Role
from community.subject_requests import commands, queries
from community.subject_requests.models import SubjectRequest
from community.subject_requests.rules import Checked, Kind, Outcome, Standing
from community.timers.commands import fire_due
from tests.world import NOON, World

LATER = NOON + timedelta(hours=1)


@bookkeeping
async def guard(world: World) -> Person:
    """Make the stranger the officer who answers in the community."""
    await Holding.create(person=world.stranger, role=Role.PRIVACY_OFFICER, place=world.community, since=NOON)
    return world.stranger


async def test_a_request_is_locked_answered_in_time_and_never_by_oneself(world: World) -> None:
    officer = await guard(world)
    row = await commands.ask(Kind.CORRECT, "门牌写成了 302，应该是 303。", by=world.lan, at=NOON)
    assert (row.due_on.isoformat(), row.checked) == ("2026-05-25", Checked.ACCOUNT)
    stored = await SubjectRequest.get(id=row.id)
    assert "302" not in stored.words + stored.name + stored.contact
    assert commands.words_of(stored)["words"].startswith("门牌")
    with pytest.raises(Hidden):
        await queries.visible(world.qiang, row.code, at=LATER)
    with pytest.raises(Forbidden):
        await commands.answer(row.code, Outcome.GRANTED, "", by=world.lan, at=LATER)
    with pytest.raises(Unfit):
        await commands.answer(row.code, Outcome.REFUSED, "  ", by=officer, at=LATER)
    await commands.answer(row.code, Outcome.GRANTED, "原来 302，改成 303。", by=officer, at=LATER)
    with pytest.raises(MovedOn):
        await commands.answer(row.code, Outcome.REFUSED, "不行", by=officer, at=LATER)
    told = commands.words_of(await SubjectRequest.get(id=row.id))
    assert told["answer"] == "原来 302，改成 303。"
    event = await Event.get(kind="subject.answered")
    assert set(facts_of(event)) == {"request", "outcome", "late"}
    assert await fire_due(commands.TIMERS, NOON + timedelta(days=60)) == 0  # its clock stopped with the answer


async def test_the_clock_warns_then_tells_that_it_is_late(world: World) -> None:
    await guard(world)
    await commands.ask(Kind.ACCESS, "", by=world.lan, at=NOON)
    assert await fire_due(commands.TIMERS, NOON + timedelta(days=18)) == 0
    assert await fire_due(commands.TIMERS, NOON + timedelta(days=19)) == 1
    assert await fire_due(commands.TIMERS, NOON + timedelta(days=24)) == 1
    assert await Event.filter(kind__in=["subject.due-soon", "subject.overdue"]).count() == 2


async def test_at_the_window_identity_is_checked_and_the_answer_is_handed_over(world: World) -> None:
    officer = await guard(world)
    place = world.community.id
    who = commands.AtWindow(name="老李（演示）", contact="3 号楼门口信箱", checked=Checked.SEEN)
    with pytest.raises(Forbidden):
        await commands.ask_for(Kind.DELETE, "", who, place_id=place, by=world.lan, at=NOON)
    unseen = commands.AtWindow(name="老李（演示）", contact="信箱", checked=Checked.ACCOUNT)
    with pytest.raises(Unfit):
        await commands.ask_for(Kind.DELETE, "", unseen, place_id=place, by=world.clerk, at=NOON)
    row = await commands.ask_for(Kind.DELETE, "", who, place_id=place, by=world.clerk, at=NOON)
    with pytest.raises(MovedOn):
        await commands.handed_over(row.code, by=world.clerk, at=LATER)
    with pytest.raises(Forbidden):
        await commands.answer(row.code, Outcome.GRANTED, "", by=world.clerk, at=LATER)
    await commands.answer(row.code, Outcome.PART, "卷宗依法还要保存，只保存，不作他用。", by=officer, at=LATER)
    assert (await commands.handed_over(row.code, by=world.clerk, at=LATER)).sent_at == LATER
    waiting, over = await queries.queue(officer, at=LATER)
    assert (waiting, [each.id for each in over]) == ([], [row.id])


async def test_a_restriction_holds_until_it_is_lifted(world: World) -> None:
    officer = await guard(world)
    row = await commands.ask(Kind.RESTRICT, "纠纷的事不要拿去统计。", by=world.lan, at=NOON)
    assert await queries.restricted() == frozenset()
    await commands.answer(row.code, Outcome.GRANTED, "", by=officer, at=LATER)
    assert await queries.restricted() == {world.lan.id}
    with pytest.raises(Hidden):
        await commands.withdraw(row.code, by=world.qiang, at=LATER)
    assert (await commands.withdraw(row.code, by=world.lan, at=LATER)).state is Standing.LIFTED
    assert await queries.restricted() == frozenset()
