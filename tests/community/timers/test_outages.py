"""The heart beats, a gap is noted once, a clock moved by hand is none, and an operator may write one down."""

from datetime import timedelta

import pytest

from community.errors import Unfit
from community.record.models import Event
from community.timers.models import Outage
from community.timers.outages import away, beat, write_down
from tests.world import NOON, World

MINUTE = timedelta(minutes=1)


async def test_a_gap_between_two_beats_is_an_outage_on_record(world: World) -> None:
    assert await beat(at=NOON, real=NOON) is None
    assert await beat(at=NOON + MINUTE, real=NOON + MINUTE) is None
    back = NOON + 8 * MINUTE
    made = await beat(at=back, real=back)
    assert made
    assert (made.since, made.until, made.why) == (NOON + MINUTE, back, "")
    assert await beat(at=back, real=back) is None
    assert await Event.filter(kind="service.away").count() == 1


async def test_a_clock_moved_by_hand_is_no_outage(world: World) -> None:
    await beat(at=NOON, real=NOON)
    assert await beat(at=NOON + timedelta(days=15), real=NOON + MINUTE) is None
    assert not await Outage.exists()


async def test_an_operator_writes_down_what_could_not_be_noticed(world: World) -> None:
    for since, until, why in ((NOON, NOON, "断网了"), (NOON, NOON + MINUTE, "断"), (NOON, NOON + 9 * MINUTE, "断网了")):
        with pytest.raises(Unfit):
            await write_down(since, until, why, at=NOON + 5 * MINUTE)
    await write_down(NOON, NOON + 2 * MINUTE, "机房断网", at=NOON + 5 * MINUTE)
    await write_down(NOON + MINUTE, NOON + 4 * MINUTE, "外网断了", at=NOON + 5 * MINUTE)
    assert await away(NOON + 3 * MINUTE, NOON + 5 * MINUTE) == [(NOON + MINUTE, NOON + 4 * MINUTE)]
    assert await away(NOON, NOON + 5 * MINUTE) == [(NOON, NOON + 4 * MINUTE)]
