"""What stands in a one-sided talk and is about to be written elsewhere: the sender is asked to think again.

Nothing of it is kept: neither that it happened nor which words were alike (人民调解法 15(四), 保密).
"""

from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from mediation.room.lines import text_of
from mediation.room.models import Message, Room
from mediation.room.queries import seats
from mediation.room.rules import ALIKE, LineKind, LineState, RoomKind, repeats

LOOKED_AT: Final = 500  # newest lines of a one-sided talk


class Repeated(Unfit):
    """Much of a message also stands in a one-sided talk; it is sent when its writer is sure."""

    def __init__(self) -> None:
        """Say so at the field of the words."""
        super().__init__(
            "这段话里有和单独谈话一样的句子，发出去别的人就看到了。确定要发，请再按一次发送。", field="text"
        )


async def think_again(room_code: str, text: str, *, client_id: str, by: Person, at: datetime) -> None:
    """Raise `Repeated` when ``text`` repeats what others said in a one-sided talk that ``by`` reads, elsewhere.

    One's own words are one's own to tell. A sentence that its owner agreed to have told goes another way.
    """
    here = await Room.get_or_none(code=room_code) if len(text) >= ALIKE else None
    if here is None:
        return
    rooms = await Room.filter(case_id=here.case_id, kind=RoomKind.CAUCUS).exclude(id=here.id)
    held = await seats([room.id for room in rooms], at=at, person=by) if rooms else {}
    for room in rooms:
        seat = held.get((room.id, by.id))
        if seat and repeats(text, await _said(room, seat.from_seq, by)) and not await _stored(client_id, by):
            raise Repeated


async def _said(room: Room, first: int, by: Person) -> list[str]:
    found = Message.filter(room_id=room.id, seq__gte=first, kind=LineKind.TEXT, state=LineState.LIVE)
    newest = found.exclude(author_id=by.id).order_by("-seq").limit(LOOKED_AT)
    return [text_of(room, message) for message in await newest]


async def _stored(client_id: str, by: Person) -> bool:
    """Return whether this is a message sent once more: it is out already."""
    return await Message.exists(author_id=by.id, client_id=client_id)
