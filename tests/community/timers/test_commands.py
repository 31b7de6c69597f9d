"""What falls due fires once: with two pollers, after a failure, after a change of mind."""

import asyncio
from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette

from community.record.models import Event
from community.record.outbox import record
from community.record.transaction import command, transact
from community.timers.commands import Handler, cancel_timers, fire_due, set_timer
from community.timers.models import Timer
from community.timers.queries import due_at
from tests.world import NOON
from web.clock import Clock
from web.clocks import TIMERS
from web.courier import duties, once

HOUR = timedelta(hours=1)


@command
async def ring(subject: str, at: datetime) -> None:
    await record("bell.rung", subject, by=None, at=at)


@command
async def jam(subject: str, at: datetime) -> None:
    await record("bell.jammed", subject, by=None, at=at)
    raise ValueError(subject)


HANDLERS: dict[str, Handler] = {"bell": ring}


async def plan(due: datetime = NOON, *, subject: str = "bell-1", key: str | None = None, kind: str = "bell") -> None:
    await transact(lambda: set_timer(kind, subject, due, key=key, community_id=1))


async def test_nothing_fires_before_its_time_and_then_once(database: str) -> None:
    await plan()
    assert await fire_due(HANDLERS, NOON - timedelta(seconds=1)) == 0
    assert await fire_due(HANDLERS, NOON) == 1
    assert await fire_due(HANDLERS, NOON + HOUR) == 0
    assert [event.subject for event in await Event.all()] == ["bell-1"]


async def test_of_two_pollers_at_once_one_fires(database: str) -> None:
    for n in range(20):
        await plan(subject=f"bell-{n}")
    fired = await asyncio.gather(*(fire_due(HANDLERS, NOON) for _ in range(3)))
    assert sum(fired) == 20
    assert await Event.all().count() == 20
    assert len({event.subject for event in await Event.all()}) == 20


async def test_the_same_timer_set_twice_is_one_and_another_instant_is_another(database: str) -> None:
    await plan()
    await plan()
    await plan(NOON + HOUR)
    assert await Timer.all().count() == 2
    await fire_due(HANDLERS, NOON)
    await plan()
    assert await fire_due(HANDLERS, NOON) == 0


async def test_under_a_key_a_timer_moves_until_it_has_fired(database: str) -> None:
    await plan(key="close")
    await plan(NOON + HOUR, key="close")
    assert await fire_due(HANDLERS, NOON) == 0
    assert await due_at("bell", "bell-1") == NOON + HOUR
    assert await fire_due(HANDLERS, NOON + HOUR) == 1
    await plan(NOON + 2 * HOUR, key="close")
    assert await fire_due(HANDLERS, NOON + 2 * HOUR) == 0
    assert await due_at("bell", "bell-1") is None


async def test_what_is_cancelled_stays_silent_and_can_be_set_again(database: str) -> None:
    await plan(key="a")
    await plan(key="b")
    assert await transact(lambda: cancel_timers("bell", "bell-1", key="a")) == 1
    assert await transact(lambda: cancel_timers("bell", "bell-1")) == 1
    assert await fire_due(HANDLERS, NOON) == 0
    await plan(key="a")
    assert await fire_due(HANDLERS, NOON) == 1


async def test_a_handler_that_fails_undoes_all_and_is_tried_again_later(database: str) -> None:
    await plan(kind="jam")
    await plan(subject="bell-2")
    assert await fire_due({"jam": jam, **HANDLERS}, NOON) == 1
    assert [event.kind for event in await Event.all()] == ["bell.rung"]
    assert await fire_due({"jam": ring}, NOON + timedelta(seconds=3)) == 0
    assert await fire_due({"jam": ring}, NOON + timedelta(seconds=4)) == 1


async def test_a_kind_nobody_handles_waits_and_holds_up_nothing(database: str) -> None:
    await plan(kind="unknown")
    await plan()
    assert await fire_due(HANDLERS, NOON) == 1
    assert await Timer.filter(fired_at=None).count() == 1


async def test_a_timer_belongs_to_a_command(database: str) -> None:
    with pytest.raises(RuntimeError):
        await set_timer("bell", "bell-1", NOON)
    with pytest.raises(RuntimeError):
        await cancel_timers("bell", "bell-1")


async def test_a_timer_of_an_undone_command_never_was(database: str) -> None:
    async def failing() -> None:
        await set_timer("bell", "bell-1", NOON)
        raise KeyError

    with pytest.raises(KeyError):
        await transact(failing)
    assert await Timer.all().count() == 0


async def test_the_courier_fires_by_the_applications_clock(
    app: Starlette, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.clocks.TIMERS", {**TIMERS, **HANDLERS})
    await plan(NOON + timedelta(days=15))
    await once(duties(app), clock)
    assert await Event.all().count() == 0
    clock.move(timedelta(days=15))
    await once(duties(app), clock)
    assert await Event.filter(kind="bell.rung").count() == 1
