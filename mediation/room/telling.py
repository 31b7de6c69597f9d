"""Telling the others a sentence of a one-sided talk: the mediator writes it, its owner agrees to it word for word.

Source: 人民调解法 15(四), 23; 人民法院在线调解规则 20. Nothing else leaves a one-sided talk.
"""

from datetime import datetime
from typing import Final

from tortoise.exceptions import IntegrityError

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.risk.queries import held_back
from mediation.room.commands import CLOSED, HELD, Sent, fit, numbered
from mediation.room.lines import take_number, text_of, write
from mediation.room.models import Message, Permit, Room
from mediation.room.queries import HIDDEN, talked_in
from mediation.room.rules import OF_PARTIES, Leave, LineKind, RoomKind, Voice
from mediation.room.sitting import Seat

ONLY_ALONE: Final = "只有单独谈话里的话，才要先问能不能转告。"
ONLY_OWNER: Final = "这句话能不能转告，由单独谈话的这一方自己定。"
ONLY_MEDIATOR: Final = "只有调解员可以转告。"


async def ask_leave(room_code: str, client_id: str, text: str, *, by: Person, at: datetime) -> Sent:
    """Show the one who talks alone the exact sentence that the others would read, and ask whether it may be told.

    The same ``client_id`` again returns the number it has.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Unfit: the sentence is empty or too long.
        Forbidden: it is no one-sided talk, ``by`` does not mediate, or the talks are over.
    """
    said = fit(client_id, text)
    try:
        return Sent(await _ask(room_code, client_id, said, by=by, at=at))
    except IntegrityError:
        found = await Message.get_or_none(author_id=by.id, client_id=client_id, room__code=room_code)
    if found is None:
        raise Unfit("这个编号已经用过了，请刷新页面后再发。", field="client_id")
    return Sent(found.seq, again=True)


@command
async def _ask(room_code: str, client_id: str, said: str, *, by: Person, at: datetime) -> int:
    room, seat = await numbered(room_code, by=by, at=at)
    if room.kind is not RoomKind.CAUCUS:
        raise Forbidden(ONLY_ALONE)
    _mediates(room, seat)
    line = await write(room, said, by=by, at=at, voice=seat.voice, kind=LineKind.PERMIT, client_id=client_id)
    await Permit.create(message=line)
    return line.seq


@command
async def answer_leave(room_code: str, seq: int, *, granted: bool, by: Person, at: datetime) -> Message:
    """Agree that the sentence may be told, or not; no reason is asked.

    Raises:
        Hidden: there is no such room or sentence, or ``by`` does not sit there.
        Forbidden: it is not theirs to say, or the talks are over.
        MovedOn: it was answered before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    if seat.voice not in OF_PARTIES:
        raise Forbidden(ONLY_OWNER)
    if not talked_in(room):
        raise Forbidden(CLOSED)
    permit = await _permit(room, seq, seat)
    to = Leave.GRANTED if granted else Leave.REFUSED
    facts = {"state": to, "answered_by_id": by.id, "answered_at": at}
    if not await Permit.filter(id=permit.id, state=Leave.ASKED).update(**facts):
        raise MovedOn("这句话您已经答复过了。")
    return await write(room, to, by=by, at=at, voice=seat.voice, kind=LineKind.ANSWER, reply_to=seq)


@command
async def tell_others(room_code: str, seq: int, *, by: Person, at: datetime) -> Message:
    """Say the sentence in the joint room, as it was agreed to, once; return the line there.

    Raises:
        Hidden: there is no such room or sentence, or ``by`` does not sit there.
        Forbidden: ``by`` does not mediate, there is no joint talk, or it is held back while somebody may be in danger.
        MovedOn: its owner has not agreed, or it was told before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    _mediates(room, seat)
    permit = await _permit(room, seq, seat)
    if not await Permit.filter(id=permit.id, state=Leave.GRANTED).update(state=Leave.TOLD):
        raise MovedOn("这句话还没有得到同意，或者已经转告过了。")
    joint = await Room.get_or_none(case_id=room.case_id, kind=RoomKind.JOINT, closed_at=None)
    if joint is None:
        raise Forbidden("这件事没有大家一起谈的地方，请当面转告。")
    if await held_back(room.case):
        raise Forbidden(HELD)
    await take_number(joint)
    told = await write(joint, text_of(room, permit.message), by=by, at=at, voice=seat.voice)
    await Permit.filter(id=permit.id).update(told_id=told.id)
    await write(room, Leave.TOLD, by=by, at=at, voice=seat.voice, kind=LineKind.ANSWER, reply_to=seq)
    return told


def _mediates(room: Room, seat: Seat) -> None:
    if seat.voice is not Voice.MEDIATOR:
        raise Forbidden(ONLY_MEDIATOR)
    if not talked_in(room):
        raise Forbidden(CLOSED)


async def _permit(room: Room, seq: int, seat: Seat) -> Permit:
    permit = await Permit.get_or_none(message__room_id=room.id, message__seq=seq).select_related("message")
    if permit is None or seq < seat.from_seq:
        raise Hidden(HIDDEN)
    return permit
