"""遮蔽 — covering a line that tells private things, speaks of somebody outside or insults; everybody sees that and why.

The words stay locked away and can be shown again; whoever wrote them may object to the committee (人民调解法 15).
"""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.room.commands import numbered
from mediation.room.lines import write
from mediation.room.models import Message, Room
from mediation.room.queries import HIDDEN
from mediation.room.rules import OWN_WORDS, Cover, LineKind, LineState, Voice
from mediation.room.sitting import Seat, seats

ONLY_MEDIATOR: Final = "只有调解员可以遮住一条消息。"


@command
async def cover(room_code: str, seq: int, why: Cover, *, by: Person, at: datetime) -> Message:
    """Cover somebody's words in a room one mediates in.

    Raises:
        Hidden: there is no such room or line, or ``by`` does not sit there.
        Forbidden: ``by`` does not mediate.
        MovedOn: they were covered or taken back before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    line = await _line(room, seq, seat)
    change = {"state": LineState.COVERED, "covered": why}
    if not await Message.filter(id=line.id, state=LineState.LIVE).update(**change):
        raise MovedOn("这一条已经遮住或者撤回了。")
    return await write(room, why, by=by, at=at, voice=seat.voice, kind=LineKind.COVER, reply_to=seq)


@command
async def uncover(room_code: str, seq: int, *, by: Person, at: datetime) -> Message:
    """Let a covered line be read again.

    Raises:
        Hidden: there is no such room or line, or ``by`` does not sit there.
        Forbidden: ``by`` does not mediate.
        MovedOn: it is not covered.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    line = await _line(room, seq, seat)
    if not await Message.filter(id=line.id, state=LineState.COVERED).update(state=LineState.LIVE, covered=None):
        raise MovedOn("这一条没有遮住。")
    return await write(room, "", by=by, at=at, voice=seat.voice, kind=LineKind.UNCOVER, reply_to=seq)


@command
async def object_to_cover(room_code: str, seq: int, *, by: Person, at: datetime) -> None:
    """Object to the covering of one's own words: the mediator and the head of the committee are asked to look again.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: no covered line there is theirs.
        MovedOn: they objected before.
    """
    room = await Room.get_or_none(code=room_code)
    if room is None or (room.id, by.id) not in await seats([room.id], at=at, person=by):
        raise Hidden(HIDDEN)
    own = Message.filter(room_id=room.id, seq=seq, author_id=by.id, state=LineState.COVERED)
    if not await own.exists():
        raise Forbidden("只能对您自己被遮住的话提意见。")
    if not await own.filter(objected_at=None).update(objected_at=at):
        raise MovedOn("您的意见已经转给调解员和调解组织了。")
    about = room.community_id
    await record("room.objected", room.name, by=by, at=at, community_id=about, case=room.case_id, room=room.id, seq=seq)


async def _line(room: Room, seq: int, seat: Seat) -> Message:
    if seat.voice is not Voice.MEDIATOR:
        raise Forbidden(ONLY_MEDIATOR)
    line = await Message.get_or_none(room_id=room.id, seq=seq, kind__in=OWN_WORDS)
    if line is None or seq < seat.from_seq:
        raise Hidden(HIDDEN)
    return line
