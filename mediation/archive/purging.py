"""Destroying what was said in a room once its days are over; that it was destroyed, and how much, stays on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler
from mediation.case.states import State
from mediation.room.models import Message, Room

PURGE: Final = "archive.purge"
"""Timer: the talk of one room is destroyed."""


async def purge_due(subject: str, at: datetime) -> None:
    """Destroy the talk of the room a timer names, unless the case is not on the shelf."""
    room = await Room.get_or_none(id=int(subject.removeprefix("room-"))).select_related("case")
    if room and room.key and room.case.state is State.ARCHIVED:
        await purge(room, at=at)


@command
async def purge(room: Room, *, at: datetime) -> int:
    """Destroy every line of a room together with its key and return how many lines it was (个人信息保护法 47)."""
    lines = await Message.filter(room_id=room.id).count()
    await Message.filter(room_id=room.id).delete()
    await Room.filter(id=room.id).update(key="")
    where = room.community_id
    await record("room.purged", room.name, by=None, at=at, community_id=where, case=room.case_id, lines=lines)
    return lines


TIMERS: Final[Mapping[str, Handler]] = {PURGE: purge_due}
