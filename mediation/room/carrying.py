"""Putting the mediator's own proposal to another side alone, and letting a proposal's time run out.

Only what the mediator wrote is carried: a party's offer is told by the leave of its owner alone (``telling.py``).
Each side answers in its own room; that all accepted is said to everybody, that one did not to nobody.
Source: 人民调解法 22; 特邀调解规定 22.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.codes import new_code
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import Handler
from mediation.room.card_rules import STANDING, CardKind, CardState, Reply, answered, said_as, unpacked
from mediation.room.cards import EXPIRE, LATE, SAID, put
from mediation.room.commands import numbered
from mediation.room.lines import hold, take_number, text_of, write
from mediation.room.models import Message, Room, RoomCard
from mediation.room.queries import HIDDEN
from mediation.room.rules import LineKind, RoomKind, Voice, is_client_id
from mediation.room.sitting import seats

ONLY_OWN: Final = "只能把调解员自己提的方案拿去问另一方。当事人提的，请先问能不能转告。"
ALONE: Final = "只有单独谈话里的方案，才分开去问另一方。"


@command
async def carry(room_code: str, seq: int, to_code: str, client_id: str, *, by: Person, at: datetime) -> Message:
    """Put a proposal of one's own from one one-sided talk into another of the case; it stands as long as the first.

    Raises:
        Hidden: there is no such room or card, or ``by`` does not sit in both.
        Forbidden: ``by`` does not mediate, it is no one-sided talk, or a party wrote the proposal.
        MovedOn: it is settled or its time is over, or it was put there before.
    """
    first, second = await _rooms(room_code, to_code)
    card = await RoomCard.get_or_none(message__room_id=first.id, message__seq=seq).select_related("message")
    held = (await seats([first.id], at=at, person=by)).get((first.id, by.id))
    if card is None or held is None or seq < held.from_seq or card.kind is not CardKind.PROPOSAL:
        raise Hidden(HIDDEN)
    room, seat = await numbered(to_code, by=by, at=at)
    if seat.voice is not Voice.MEDIATOR or card.message.voice is not Voice.MEDIATOR:
        raise Forbidden(ONLY_OWN)
    if not _stands(card, at):
        raise MovedOn(LATE if card.expires_at and at >= card.expires_at else SAID)
    mark = card.carried or new_code()
    if not is_client_id(client_id):
        raise Unfit("这条消息的编号不对，请刷新页面后再发。", field="client_id")
    if await RoomCard.filter(carried=mark, message__room_id=second.id, state__in=list(STANDING)).exists():
        raise MovedOn("这个方案已经问过这一方了。")
    terms, ends = unpacked(text_of(first, card.message)), card.expires_at
    said = await put(room, seat, client_id, card.kind, terms, by=by, at=at, ends=ends)
    await RoomCard.filter(message_id=said.id).update(carried=mark)
    await RoomCard.filter(id=card.id).update(carried=mark)
    await RoomCard.filter(id=card.id, state=CardState.AGREED).update(state=CardState.OPEN, settled_at=None)
    return said


def _stands(card: RoomCard, at: datetime) -> bool:
    """Return whether a proposal can be put to another side: one that the first side alone has accepted can."""
    alone = card.state is CardState.AGREED and not card.carried
    return answered(card.kind, CardState.OPEN if alone else card.state, card.expires_at, at)


async def _rooms(*codes: str) -> list[Room]:
    """Return two one-sided talks of a case, both held, always in one order."""
    found = {room.code: room for room in await Room.filter(code__in=codes).order_by("id")}
    if len(found) != len(codes) or len({room.case_id for room in found.values()}) != 1:
        raise Hidden(HIDDEN)
    if any(room.kind is not RoomKind.CAUCUS for room in found.values()):
        raise Forbidden(ALONE)
    for room in found.values():
        await hold(room)
    return [found[code] for code in codes]


async def expire(subject: str, at: datetime) -> None:
    """Let the card named ``subject`` run out, unless it was settled or taken back before."""
    found = RoomCard.filter(id=int(subject.removeprefix("card-")), state__in=list(STANDING), expires_at__lte=at)
    card = await found.select_related("message__room").first()
    if card:
        await _run_out(card, at=at)


@command
async def _run_out(card: RoomCard, *, at: datetime) -> None:
    room = card.message.room
    await take_number(room)
    if not await RoomCard.filter(id=card.id, state__in=list(STANDING)).update(state=CardState.EXPIRED, settled_at=at):
        raise MovedOn(SAID)
    said = said_as(Reply.EXPIRED)
    await write(room, said, by=None, at=at, kind=LineKind.REPLY, reply_to=card.message.seq)


TIMERS: Final[Mapping[str, Handler]] = {EXPIRE: expire}
