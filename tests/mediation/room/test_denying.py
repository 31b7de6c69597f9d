"""Knocks at a room that is not one's own: whoever knocks many times at once is on record once for the day."""

import asyncio
from datetime import timedelta

from community.record.models import Event
from mediation.room.denying import DENIED, denied
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World


async def test_knocks_at_once_are_one_line_of_the_record(world: World) -> None:
    room = (await made_rooms(await made_case(world), world.mediator))["joint"]
    await asyncio.gather(*(denied(room.code, by=world.stranger, at=NOON) for _ in range(12)))
    assert await Event.filter(kind=DENIED, subject=room.name).count() == 1
    await denied(room.code, by=world.xiu, at=NOON)
    await denied(room.code, by=world.stranger, at=NOON + timedelta(days=1))
    await denied("nowhere", by=world.stranger, at=NOON)
    assert await Event.filter(kind=DENIED, subject=room.name).count() == 3
