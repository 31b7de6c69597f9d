"""Putting a card into a room and taking it back; everybody asked there sees what the others answer (``replying.py``).

Source: 人民调解法 22, 23 (suggestions are put to the parties, who accept or refuse as they like); 在线调解规则 20, 23.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import set_timer
from mediation.case.access import PHASES, Grade, can_read
from mediation.case.models import Case, Party
from mediation.risk.commands import look_at
from mediation.risk.queries import held_back
from mediation.room.card_rules import (
    LAID_IN,
    READ_AS,
    STANDING,
    WRITERS,
    CardKind,
    CardState,
    ConsentAct,
    Reply,
    Terms,
    packed,
    said_as,
    unpacked,
    wrong,
)
from mediation.room.commands import CLOSED, HELD, Sent, numbered
from mediation.room.lines import text_of, write
from mediation.room.models import Message, Room, RoomCard
from mediation.room.queries import HIDDEN, talked_in
from mediation.room.quiet import speaks
from mediation.room.repeating import think_again
from mediation.room.rules import OF_PARTIES, SITS_AS, Chair, LineKind, RoomKind, is_client_id
from mediation.room.settling import answers_for, put_replies, settle
from mediation.room.sitting import Seat

NOT_YOURS: Final = "这样的卡片由调解员来放。"
NOT_HERE: Final = "这一间不放卡片，请到大家一起或者单独谈的那一间。"
SAID: Final = "这张卡片已经有了结果，不能再改了。有话请直接和调解员说。"
LATE: Final = "这个方案过了时间，不能再答复了。还想谈，请调解员另放一张。"
EXPIRE: Final = "room.card"
FAULTS: Final = {
    "text": "请写明内容，最多 1000 个字。",
    "amount": "金额请写成 2200 或者 2200.00 这样。",
    "payer": "请选谁付。",
    "payee": "请选付给谁，不能是同一个人。",
    "days": "请写几天之内付，从 1 到 3650 天。",
    "holds": "请从给出的天数里选。",
}
"""What is said when a part of a card is not fit."""


async def lay(
    room_code: str, client_id: str, kind: CardKind, terms: Terms, *, sure: bool = False, by: Person, at: datetime
) -> Sent:
    """Put a card into a room and return its number; the same ``client_id`` again returns the number it has.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: such a card is not theirs to put there, or the talks are over or held back.
        Unfit: a part of it is not fit.
        Repeated: much of it also stands in a one-sided talk, and the writer is not ``sure``.
    """
    if not is_client_id(client_id) or kind is CardKind.SCHEDULE:
        raise Unfit("这条消息的编号不对，请刷新页面后再发。", field="client_id")
    if not sure:
        await think_again(room_code, terms.text, client_id=client_id, by=by, at=at)
    try:
        return Sent((await _lay(room_code, client_id, kind, terms, by=by, at=at)).seq)
    except IntegrityError:
        found = await Message.get_or_none(author_id=by.id, client_id=client_id, room__code=room_code)
    if found is None:
        raise Unfit("这个编号已经用过了，请刷新页面后再发。", field="client_id")
    return Sent(found.seq, again=True)


@command
async def _lay(room_code: str, client_id: str, kind: CardKind, terms: Terms, *, by: Person, at: datetime) -> Message:
    room, seat = await numbered(room_code, by=by, at=at)
    return await put(room, seat, client_id, kind, terms, by=by, at=at)


async def put(
    room: Room,
    seat: Seat,
    client_id: str,
    kind: CardKind,
    terms: Terms,
    *,
    by: Person,
    at: datetime,
    to: int | None = None,
    ends: datetime | None = None,
) -> Message:
    """Write a card under the number just taken; a party's own proposal has its yes."""
    await _may_write(room, seat, kind)
    await speaks(room, by=by, at=at)
    signs = [each.sign for each in await Party.filter(case_id=room.case_id, left_at=None)]
    if kind is CardKind.CONSENT and terms.act not in set(ConsentAct):
        raise Unfit("请选要问什么。", field="act")
    if part := wrong(kind, terms, signs):
        raise Unfit(FAULTS[part], field=part)
    said, mark = packed(terms), client_id
    line = await write(room, said, by=by, at=at, voice=seat.voice, kind=LineKind.CARD, client_id=mark, reply_to=to)
    ends = ends or (at + timedelta(days=terms.holds) if terms.holds else None)
    card = await RoomCard.create(message=line, kind=kind, act=terms.act, expires_at=ends)
    if ends:
        await set_timer(EXPIRE, f"card-{card.id}", ends, community_id=room.community_id)
    if seat.voice in OF_PARTIES:
        await look_at(room.case, terms.text, place=f"{room.name}/{line.seq}", by=by, at=at)
        await put_replies(card, await answers_for(room, card, by, at), Reply.YES, by=by, at=at)
        await settle(room, card, at)
    return line


async def _may_write(room: Room, seat: Seat, kind: CardKind) -> None:
    if room.kind not in LAID_IN:
        raise Forbidden(NOT_HERE)
    if seat.voice not in WRITERS[kind]:
        raise Forbidden(NOT_YOURS)
    thing = READ_AS.get(kind)
    if thing and can_read(SITS_AS[Chair.PARTY], thing, PHASES[room.case.state]) is not Grade.WHOLE:
        raise Forbidden(CLOSED)
    await open_for_cards(room)


async def open_for_cards(room: Room) -> None:
    """Raise `Forbidden` unless cards may be put and answered in a room now."""
    if not talked_in(room):
        raise Forbidden(CLOSED)
    if room.kind is RoomKind.JOINT and await held_back(room.case):
        raise Forbidden(HELD)


@command
async def withdraw(room_code: str, seq: int, *, by: Person, at: datetime) -> RoomCard:
    """Take back a card that one put there, before everybody agreed to it.

    Raises:
        Hidden: there is no such room or card of theirs.
        MovedOn: everybody agreed, or it was taken back before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    card = await card_at(room, seq, seat)
    if card.message.author_id != by.id or card.kind is CardKind.SCHEDULE:
        raise Hidden(HIDDEN)
    await open_for_cards(room)
    here = RoomCard.filter(id=card.id, state__in=list(STANDING))
    if not await here.update(state=CardState.WITHDRAWN, settled_at=at):
        raise MovedOn(SAID)
    gone = said_as(Reply.WITHDRAWN)
    await write(room, gone, by=by, at=at, voice=seat.voice, kind=LineKind.REPLY, reply_to=seq)
    return card


async def agreed_terms(case: Case) -> Terms | None:
    """Return the newest proposal that everybody accepted, together or each alone, for the draft of the agreement.

    Call it for somebody who may read proposals.
    """
    joint = Q(message__room__kind=RoomKind.JOINT)
    if everybody := await _carried_to_all(case):
        joint |= Q(carried__in=everybody)
    found = RoomCard.filter(joint, kind=CardKind.PROPOSAL, state=CardState.AGREED)
    card = await found.filter(message__room__case_id=case.id).order_by("-settled_at", "-id").first()
    if card is None:
        return None
    line = await Message.get(id=card.message_id).select_related("room")
    return unpacked(text_of(line.room, line))


async def _carried_to_all(case: Case) -> list[str]:
    """Return the marks of the proposals that were put to every party who takes part, each alone."""
    rows = RoomCard.filter(message__room__case_id=case.id, state=CardState.AGREED).exclude(carried="")
    put_to = Counter([each.carried for each in await rows])
    parties = await Party.filter(case_id=case.id, left_at=None, will="consented").count()
    return [mark for mark, count in put_to.items() if count == parties]


async def card_at(room: Room, seq: int, seat: Seat) -> RoomCard:
    """Return the card of a line that the seat reads, or raise `Hidden`."""
    card = await RoomCard.get_or_none(message__room_id=room.id, message__seq=seq).select_related("message")
    if card is None or seq < seat.from_seq:
        raise Hidden(HIDDEN)
    return card
