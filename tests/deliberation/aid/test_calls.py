"""The lot of a week, the calls, what follows from something untrue."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.helping.calling import TIMERS, callable_by, lift
from community.helping.models import Callback, CallDraw, Errand, HelpStop
from community.helping.queries import figures, to_call
from community.helping.rules import BARS, Bar, Deed, Outcome, Undone, sample
from community.people.models import Holding
from community.places.models import Resident
from community.record.models import Event
from community.record.outbox import facts_of
from community.record.seal import seal
from community.rights import Role
from community.timers.commands import fire_due
from deliberation.aid.doing import help_now
from deliberation.aid.undoing import called
from deliberation.matter.models import Endorsement
from deliberation.matter.support import End
from tests.deliberation.aid.cast import Door, asked, at_the_door, worker_of
from tests.world import NOON, World

NEXT_WEEK = NOON + timedelta(days=7)


async def drawn(world: World, deeds: int = 1) -> Door:
    """Let a grid worker help some neighbours, and draw the lot when the week is over."""
    door = await at_the_door(world)
    names = ["王奶奶", *(f"邻居{number}" for number in range(deeds - 1))]
    for row in await Resident.filter(name__in=names).order_by("id"):
        door.granny = row
        await help_now(await asked(door), by=door.worker, at=NOON)
    await seal(at=NEXT_WEEK)
    assert await fire_due(TIMERS, NEXT_WEEK) == 1
    return door


async def test_a_week_is_drawn_once_and_anybody_can_draw_again(world: World) -> None:
    door = await drawn(world, 6)
    lot = await CallDraw.get()
    assert (lot.week, lot.done, lot.drawn) == ("2026-W19", 6, 2)
    told = facts_of(await Event.get(kind="help.drawn"))
    codes = [each.code for each in await Errand.all()]
    assert list(sample(lot.seed, {door.worker.id: codes})) == told["drawn"]
    assert await fire_due(TIMERS, NEXT_WEEK + timedelta(days=7)) == 0


async def test_nobody_calls_about_their_own_or_their_grids_deeds(world: World) -> None:
    door = await drawn(world)
    call = await Callback.get()
    await Holding.create(person=door.worker, role=Role.CLERK, place=world.community, since=NOON)
    mate = await worker_of(world, "同网格的")
    await Holding.create(person=mate, role=Role.CLERK, place=world.community, since=NOON)
    for person in (door.worker, mate, world.lan):
        assert await to_call(person, at=NEXT_WEEK) == []
        with pytest.raises(Hidden):
            await callable_by(person, call.code, at=NEXT_WEEK)
    for person in (world.clerk, world.supervisor):
        assert [each.id for each in await to_call(person, at=NEXT_WEEK)] == [call.id]
    assert call.due_at > NEXT_WEEK + timedelta(days=4)


async def test_something_untrue_revokes_stops_and_is_lifted_by_an_overseer_alone(world: World) -> None:
    door = await drawn(world)
    call = await Callback.get()
    await door.matter.refresh_from_db()
    before = door.matter.seconded
    with pytest.raises(Unfit):
        await called(call.code, Outcome.UNTRUE, "", by=world.clerk, at=NEXT_WEEK)
    await called(call.code, Outcome.UNTRUE, "她说没有人来过。", by=world.clerk, at=NEXT_WEEK)
    await door.matter.refresh_from_db()
    assert door.matter.seconded == before - 1
    assert (await Endorsement.get(resident_id=door.granny.id)).ended is End.REVOKED
    assert (await Errand.get()).undone is Undone.UNTRUE
    assert await Event.filter(kind="matter.disown").count() == 1
    with pytest.raises(Forbidden, match=BARS[Bar.STOPPED][1]):
        await help_now(await asked(door, Deed.COMMENT), by=door.worker, at=NEXT_WEEK)
    stop = await HelpStop.get()
    with pytest.raises(Forbidden):
        await lift(stop.code, "已经谈过话。", by=world.clerk, at=NEXT_WEEK)
    await lift(stop.code, "已经谈过话。", by=world.supervisor, at=NEXT_WEEK)
    with pytest.raises(MovedOn):
        await lift(stop.code, "已经谈过话。", by=world.supervisor, at=NEXT_WEEK)
    await help_now(await asked(door), by=door.worker, at=NEXT_WEEK)
    await door.matter.refresh_from_db()
    assert door.matter.seconded == before


async def test_three_calls_that_reach_nobody_close_it(world: World) -> None:
    await drawn(world)
    call = await Callback.get()
    for number in range(1, 4):
        await called(call.code, Outcome.UNREACHED, "", by=world.supervisor, at=NEXT_WEEK)
        await call.refresh_from_db()
        assert (call.tries, call.outcome) == (number, Outcome.UNREACHED if number == 3 else None)
    with pytest.raises(Hidden):
        await called(call.code, Outcome.TRUE, "", by=world.supervisor, at=NEXT_WEEK)
    assert not await HelpStop.exists()


async def test_what_is_true_changes_nothing_and_is_counted(world: World) -> None:
    door = await drawn(world, 6)
    for call in await Callback.all():
        await called(call.code, Outcome.TRUE, "", by=world.clerk, at=NEXT_WEEK)
    assert await Endorsement.filter(aided="grid-worker", ended=None).count() == 6
    assert await figures(door.matter.community_id) == {
        "done": 6, "drawn": None, "true": None, "untrue": None, "unreached": None
    }  # fmt: skip
