"""Saying something, taking it back, and the marks of how far one has read and whether one is there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.exceptions import IntegrityError

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.hints import hint
from community.record.transaction import bookkeeping, command
from mediation.minutes.queries import in_record
from mediation.risk.commands import look_at
from mediation.risk.queries import held_back
from mediation.room.lines import next_in, write
from mediation.room.models import Message, Room, RoomSeen
from mediation.room.queries import HIDDEN, case_of, talked_in
from mediation.room.quiet import speaks
from mediation.room.repeating import stored, think_again
from mediation.room.rules import (
    HERE,
    MOST,
    OF_PARTIES,
    OWN_WORDS,
    LineKind,
    LineState,
    RoomKind,
    is_client_id,
    recallable,
)
from mediation.room.sitting import Seat, seats

CLOSED: Final = "这件事的调解已经结束，这里不能再发言，说过的还可以看。"
HELD: Final = "大家一起谈先停一停，调解员会分别联系各方。请到您和调解员单独谈的那一间说。"


@dataclass(frozen=True, slots=True)
class Sent:
    """The number under which words are stored; ``again`` when they were stored before."""

    seq: int
    again: bool = False


class _AlreadyStored(Exception):
    """The sender's name for the message is taken; undoes the number that was drawn."""


async def send(
    room_code: str,
    client_id: str,
    text: str,
    *,
    reply_to: int | None = None,
    sure: bool = False,
    by: Person,
    at: datetime,
) -> Sent:
    """Say ``text`` in a room and return its number; the same ``client_id`` again returns the number it has.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Unfit: the text is empty or too long, or the client id cannot be one or was used in another room,
            or the sender was asked to say nothing for a while.
        Forbidden: the room is closed or the case past signing.
        Repeated: much of it also stands in a one-sided talk of the case, and the sender is not ``sure``.
    """
    said = fit(client_id, text)
    if not sure:
        await think_again(room_code, said, client_id=client_id, by=by, at=at)
    try:
        return Sent((await _say(room_code, client_id, said, reply_to, by=by, at=at)).seq)
    except (_AlreadyStored, IntegrityError):
        found = await Message.get_or_none(author_id=by.id, client_id=client_id, room__code=room_code)
    if found is None:
        raise Unfit("这个编号已经用过了，请刷新页面后再发。", field="client_id")
    return Sent(found.seq, again=True)


@command
async def _say(room_code: str, client_id: str, text: str, reply_to: int | None, *, by: Person, at: datetime) -> Message:
    room, seat = await numbered(room_code, by=by, at=at)
    if await stored(client_id, by):
        raise _AlreadyStored
    if not talked_in(room):
        raise Forbidden(CLOSED)
    if room.kind is RoomKind.JOINT and await held_back(room.case):
        raise Forbidden(HELD)
    await speaks(room, by=by, at=at)
    if reply_to is not None and not seat.from_seq <= reply_to < room.last_seq:
        raise Unfit("您要回复的那一条不在这里，请直接发言。", field="reply_to")
    said = await write(room, text, by=by, at=at, voice=seat.voice, client_id=client_id, reply_to=reply_to)
    if seat.voice in OF_PARTIES:
        await look_at(room.case, text, place=f"{room.name}/{said.seq}", by=by, at=at)
    return said


@command
async def recall(room_code: str, seq: int, *, by: Person, at: datetime) -> Message:
    """Take back one's own words within two minutes. The words stay locked away; everybody sees that they are gone.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: they are somebody else's, too old, already in a record of the talk, or the room is closed.
        MovedOn: they were taken back before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    said = await Message.get_or_none(room_id=room.id, seq=seq, kind__in=OWN_WORDS, author_id=by.id)
    if said is None:
        raise Forbidden("只能撤回您自己说的话。")
    if not talked_in(room):
        raise Forbidden(CLOSED)
    if await in_record(room.id, seq):
        raise Forbidden("这句话已经记进笔录，不能撤回了。要更正，请在核对笔录时说明。")
    if not recallable(said.sent_at, at):
        raise Forbidden("发出超过两分钟，不能撤回了。要更正，请再发一条说明。")
    if not await Message.filter(id=said.id, state=LineState.LIVE).update(state=LineState.RECALLED):
        raise MovedOn("这句话已经撤回了。")
    return await write(room, "", by=by, at=at, voice=seat.voice, kind=LineKind.RECALL, reply_to=seq)


@bookkeeping
async def seen(room: Room, seq: int, *, by: Person) -> None:
    """Note that ``by`` has read up to line ``seq``, never further than there are lines."""
    reached = min(seq, (await Room.get(id=room.id)).last_seq)
    await RoomSeen.filter(room_id=room.id, person_id=by.id, seq__lt=reached).update(seq=reached)


@bookkeeping
async def come(room: Room, *, by: Person, at: datetime) -> None:
    """Note that ``by`` has the room open."""
    await RoomSeen.filter(room_id=room.id, person_id=by.id).update(here_until=at + HERE)
    hint(room.name, "here")


@bookkeeping
async def stay(pairs: Collection[tuple[int, int]], *, at: datetime) -> None:
    """Note that people still have rooms open; ``pairs`` are room and person."""
    for room_id in {room_id for room_id, _ in pairs}:
        people = [person_id for each, person_id in pairs if each == room_id]
        await RoomSeen.filter(room_id=room_id, person_id__in=people).update(here_until=at + HERE)


@bookkeeping
async def go(room: Room, *, by: Person, at: datetime) -> None:
    """Note that ``by`` has left the room's page."""
    await RoomSeen.filter(room_id=room.id, person_id=by.id).update(here_until=at)
    hint(room.name, "here")


async def numbered(room_code: str, *, by: Person, at: datetime) -> tuple[Room, Seat]:
    """Return the room under its next number, its row held, and the seat of ``by`` as it stands under that lock.

    To be called inside a command; raises `Hidden` when there is no such room, or ``by`` does not sit in it.
    """
    room = await next_in(room_code)
    if room is None:
        raise Hidden(HIDDEN)
    seat = (await seats([room.id], at=at, person=by)).get((room.id, by.id))
    if seat is None:
        raise Hidden(HIDDEN)
    room.case = await case_of(room)
    return room, seat


def fit(client_id: str, text: str) -> str:
    """Return the words as they are stored; raises `Unfit` when they are none or too many, or cannot be told apart."""
    said = text.strip()
    if not is_client_id(client_id):
        raise Unfit("这条消息的编号不对，请刷新页面后再发。", field="client_id")
    if not said:
        raise Unfit("请先写几个字，再发出去。", field="text")
    if len(said) > MOST:
        raise Unfit("这段话有 {n} 个字，最多 {most} 个，请分几次发。", field="text", n=len(said), most=MOST)
    return said
