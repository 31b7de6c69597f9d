"""The mark on the screen of a one-sided talk: whoever carries a picture of it outside is told by it.

It says who looked, to the mediator of that room alone; a right picture proves no more than that. No penalty follows.
"""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.privacy import vault
from community.record.outbox import record
from community.record.transaction import command
from mediation.room.covering import ONLY_MEDIATOR
from mediation.room.models import Room, RoomMember
from mediation.room.queries import visible_room
from mediation.room.rules import Voice

LENGTH: Final = 8


def mark_of(room: Room, person: Person) -> str:
    """Return the mark of one reader in one room: the same every time, and nothing to anybody without the keys."""
    return vault.blind(f"{room.code}|{person.code}", purpose="room watermark")[:LENGTH].upper()


@command
async def whose(case_code: str, room_code: str, mark: str, *, by: Person, at: datetime) -> Person:
    """Return whose mark it is, of all who ever sat in the room; that it was asked is on record.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: ``by`` does not mediate.
        Unfit: nobody here has that mark.
    """
    entry = await visible_room(by, case_code, room_code, at=at)
    if entry.seat is None or entry.seat.voice is not Voice.MEDIATOR:
        raise Forbidden(ONLY_MEDIATOR)
    asked, room = "".join(mark.split()).upper(), entry.room
    sat = await RoomMember.filter(room_id=room.id).order_by("id").select_related("person")
    found = next((each.person for each in sat if mark_of(room, each.person) == asked), None)
    if found is None:
        raise Unfit("这一间里没有人是这个码，请对着图再看一遍。", field="mark")
    await record("room.mark-read", room.name, by=by, at=at, community_id=room.community_id, person=found.id)
    return found
