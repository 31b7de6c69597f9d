"""What stands in a one-sided talk and is about to be written elsewhere: the sender is asked to think again.

Nothing of it is kept: neither that it happened nor which words were alike (人民调解法 15(四), 保密).
"""

from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from community.record.reading import columns, made, rows
from mediation.room.lines import text_of
from mediation.room.models import Message, Room
from mediation.room.rules import ALIKE, LineKind, LineState, RoomKind, repeats
from mediation.room.sitting import seats

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
    apart = await _apart(room_code, by) if len(text) >= ALIKE else []
    held = await seats([room.id for room in apart], at=at, person=by) if apart else {}
    for room in apart:
        seat = held.get((room.id, by.id))
        if seat and repeats(text, await _said(room, seat.from_seq, by)) and not await stored(client_id, by):
            raise Repeated


_APART: Final = f"""SELECT {{room}} FROM room h JOIN room r ON r.case_id = h.case_id AND r.id <> h.id
JOIN room_member m ON m.room_id = r.id AND m.person_id = $2 AND m.until IS NULL
WHERE h.code = $1 AND r.kind = '{RoomKind.CAUCUS.value}' ORDER BY r.id"""  # noqa: S608 - a kind the program knows


async def _apart(room_code: str, by: Person) -> list[Room]:
    """Return the one-sided talks beside a room in which ``by`` may sit."""
    found = await rows(_APART.format(room=columns(Room, "r")), room_code, by.id)
    return list({room.id: room for room in (made(Room, tuple(row)) for row in found)}.values())


async def _said(room: Room, first: int, by: Person) -> list[str]:
    found = Message.filter(room_id=room.id, seq__gte=first, kind=LineKind.TEXT, state=LineState.LIVE)
    newest = found.exclude(author_id=by.id).order_by("-seq").limit(LOOKED_AT)
    return [text_of(room, message) for message in await newest]


async def stored(client_id: str, by: Person) -> bool:
    """Return whether this is a message sent once more: it is out already."""
    return bool(await rows("SELECT 1 FROM room_message WHERE author_id = $1 AND client_id = $2", by.id, client_id))
