"""Destroying what was said in a room once its days are over; that it was destroyed, and how much, stays on record."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler, set_timer
from mediation.archive.holds import complained
from mediation.case.states import State
from mediation.room.models import Message, Room

PURGE: Final = "archive.purge"
"""Timer: the talk of one room is destroyed."""
AGAIN: Final = timedelta(days=7)
"""After which it is looked again whether a complaint is still open."""


async def purge_due(subject: str, at: datetime) -> None:
    """Destroy the talk of the room a timer names, unless the case is not on the shelf or a complaint needs it."""
    room = await Room.get_or_none(id=int(subject.removeprefix("room-"))).select_related("case")
    if room is None or not room.key or room.case.state is not State.ARCHIVED:
        return
    if await complained([room.case_id]):
        await put_off(room, at=at)
    else:
        await purge(room, at=at)


@command
async def put_off(room: Room, *, at: datetime) -> None:
    """Let the talk stay while a complaint about the mediation is open, which it may prove or refute."""
    await set_timer(PURGE, room.name, at + AGAIN, community_id=room.community_id)
    where = room.community_id
    await record("room.purge-put-off", room.name, by=None, at=at, community_id=where, case=room.case_id)


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
