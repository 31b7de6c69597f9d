"""Putting on record that somebody knocked at a room that is not theirs: once a day for each person and room."""

from contextlib import suppress
from datetime import datetime, timedelta

from community.calendar.rules import ends_at, local_day
from community.errors import MovedOn
from community.people.models import Person
from community.record.models import Event
from community.record.outbox import record
from community.record.transaction import command
from mediation.room.models import Room

DENIED = "room.denied"


async def denied(room_code: str, *, by: Person, at: datetime) -> None:
    """Note that ``by`` was turned away; a room that does not exist leaves no trace, and no day leaves two."""
    room = await Room.get_or_none(code=room_code)
    if room:
        with suppress(MovedOn):
            await _note(room, by=by, at=at)


@command
async def _note(room: Room, *, by: Person, at: datetime) -> None:
    today = ends_at(local_day(at)) - timedelta(days=1)
    if await Event.filter(subject=room.name, kind=DENIED, actor_id=by.id, at__gte=today).exists():
        raise MovedOn("这件事已经往前走了一步，请刷新后再看。")
    await record(DENIED, room.name, by=by, at=at, community_id=room.community_id, case=room.case_id)
