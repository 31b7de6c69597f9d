"""Putting on record that somebody knocked at a room that is not theirs: once a day for each person and room."""

from contextlib import suppress
from datetime import datetime

from tortoise.exceptions import IntegrityError

from community.calendar.rules import local_day
from community.errors import MovedOn
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.room.models import DeniedKnock, Room

DENIED = "room.denied"
NOTED = "这件事已经往前走了一步，请刷新后再看。"


async def denied(room_code: str, *, by: Person, at: datetime) -> None:
    """Note that ``by`` was turned away; a room that does not exist leaves no trace, and no day leaves two."""
    room = await Room.get_or_none(code=room_code)
    if room:
        with suppress(MovedOn):
            await _note(room, by=by, at=at)


@command
async def _note(room: Room, *, by: Person, at: datetime) -> None:
    known = DeniedKnock.filter(room_id=room.id, person_id=by.id, day=local_day(at))
    if await known.exists():
        raise MovedOn(NOTED)
    try:
        await DeniedKnock.create(room=room, person=by, day=local_day(at))
    except IntegrityError as twice:  # of two knocks at once one is noted; the other leaves nothing
        raise MovedOn(NOTED) from twice
    await record(DENIED, room.name, by=by, at=at, community_id=room.community_id, case=room.case_id)
