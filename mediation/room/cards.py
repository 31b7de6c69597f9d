"""Putting a card into a room, and answering it with one tap: everybody asked sees what the others said.

Source: 人民调解法 22, 23 (suggestions are put to the parties, who accept or refuse as they like); 在线调解规则 20, 23.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tortoise.exceptions import IntegrityError

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.access import PHASES, Grade, can_read
from mediation.case.models import Case, Consent, Party
from mediation.case.standing import NO_POWER, stands
from mediation.risk.commands import look_at
from mediation.risk.queries import held_back
from mediation.room.card_rules import (
    ANSWERS,
    LAID_IN,
    MOST_WORDS,
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
    settled,
    unpacked,
    wrong,
)
from mediation.room.commands import CLOSED, HELD, Sent, numbered
from mediation.room.lines import take_number, text_of, write
from mediation.room.models import CardReply, Message, Room, RoomCard
from mediation.room.queries import HIDDEN, Seat, talked_in
from mediation.room.quiet import speaks
from mediation.room.repeating import think_again
from mediation.room.rules import OF_PARTIES, SITS_AS, Chair, LineKind, RoomKind, is_client_id

NOT_YOURS: Final = "这样的卡片由调解员来放。"
NOT_HERE: Final = "这一间不放卡片，请到大家一起或者单独谈的那一间。"
FACT: Final = "undisputed_fact"
VERSION: Final = "card-2026-1"
SAID: Final = "您已经答复过了。要改主意，请直接和调解员说。"
FAULTS: Final = {
    "text": "请写明内容，最多 1000 个字。",
    "amount": "金额请写成 2200 或者 2200.00 这样。",
    "payer": "请选谁付。",
    "payee": "请选付给谁，不能是同一个人。",
    "days": "请写几天之内付，从 1 到 3650 天。",
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
    return await _put(room, seat, client_id, kind, terms, by=by, at=at)


async def _put(
    room: Room,
    seat: Seat,
    client_id: str,
    kind: CardKind,
    terms: Terms,
    *,
    by: Person,
    at: datetime,
    to: int | None = None,
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
    card = await RoomCard.create(message=line, kind=kind, act=terms.act)
    if seat.voice in OF_PARTIES:
        await look_at(room.case, terms.text, place=f"{room.name}/{line.seq}", by=by, at=at)
        for party in await _answers_for(room, card, by, at):
            await CardReply.create(card=card, party=party, reply=Reply.YES, by=by, at=at)
        await _settle(room, card, at)
    return line


async def _may_write(room: Room, seat: Seat, kind: CardKind) -> None:
    if room.kind not in LAID_IN:
        raise Forbidden(NOT_HERE)
    if seat.voice not in WRITERS[kind]:
        raise Forbidden(NOT_YOURS)
    thing = READ_AS.get(kind)
    if thing and can_read(SITS_AS[Chair.PARTY], thing, PHASES[room.case.state]) is not Grade.WHOLE:
        raise Forbidden(CLOSED)
    await _open(room)


async def _open(room: Room) -> None:
    if not talked_in(room):
        raise Forbidden(CLOSED)
    if room.kind is RoomKind.JOINT and await held_back(room.case):
        raise Forbidden(HELD)


async def answer(room_code: str, seq: int, reply: Reply, *, words: str = "", by: Person, at: datetime) -> RoomCard:
    """Answer a card for the party one is or acts for. The same answer again changes nothing.

    Raises:
        Hidden: there is no such room or card, or ``by`` does not sit there.
        Forbidden: it is not theirs to answer, or the talks are over or held back.
        Unfit: it cannot be answered so, or no words say what is wrong with a fact.
        MovedOn: it was answered otherwise before, or taken back.
    """
    try:
        return await _answer(room_code, seq, reply, words.strip(), by=by, at=at)
    except _Again as again:
        return again.card


class _Again(Exception):
    """The answer was given before; undoes the number that was drawn."""

    def __init__(self, card: RoomCard) -> None:
        super().__init__()
        self.card = card


@command
async def _answer(room_code: str, seq: int, reply: Reply, words: str, *, by: Person, at: datetime) -> RoomCard:
    room, seat = await numbered(room_code, by=by, at=at)
    card = await _card(room, seq, seat)
    if words:
        await speaks(room, by=by, at=at, field="words")
    await _take(room, card, reply, words, by=by, at=at)
    await write(room, said_as(reply, words), by=by, at=at, voice=seat.voice, kind=LineKind.REPLY, reply_to=seq)
    if words:
        await look_at(room.case, words, place=f"{room.name}/{room.last_seq}", by=by, at=at)
    return card


async def _take(room: Room, card: RoomCard, reply: Reply, words: str, *, by: Person, at: datetime) -> None:
    await _open(room)
    parties = await _answers_for(room, card, by, at)
    said = {each.party_id: each.reply for each in await CardReply.filter(card_id=card.id)}
    if parties and all(said.get(each.id) is reply for each in parties):
        raise _Again(card)
    if card.state not in STANDING or any(each.id in said for each in parties):
        raise MovedOn(SAID)
    _fit(card, reply, words)
    for party in parties:
        await CardReply.create(card=card, party=party, reply=reply, by=by, at=at)
        await _consent(room, card, party, at, given=reply is Reply.YES)
    await _settle(room, card, at)


def _fit(card: RoomCard, reply: Reply, words: str) -> None:
    if reply not in ANSWERS[card.kind]:
        raise Unfit("请从给出的选项里选一个。", field="reply")
    if len(words) > MOST_WORDS:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(words), most=MOST_WORDS)
    if card.kind is CardKind.FACT and reply is Reply.NO and not words:
        raise Unfit("请写明哪里不对、应该是怎样。", field="words")


@command
async def counter(room_code: str, seq: int, client_id: str, terms: Terms, *, by: Person, at: datetime) -> Message:
    """Answer a proposal with one's own, which everybody in the room is asked about; raises as `answer` and `lay`."""
    room, seat = await numbered(room_code, by=by, at=at)
    card = await _card(room, seq, seat)
    if card.kind is not CardKind.PROPOSAL or not is_client_id(client_id):
        raise Hidden(HIDDEN)
    try:
        await _take(room, card, Reply.COUNTER, "", by=by, at=at)
    except _Again as again:
        raise MovedOn(SAID) from again
    said = said_as(Reply.COUNTER)
    await write(room, said, by=by, at=at, voice=seat.voice, kind=LineKind.REPLY, reply_to=seq)
    await take_number(room)
    await room.fetch_related("case")
    return await _put(room, seat, client_id, CardKind.PROPOSAL, terms, by=by, at=at, to=seq)


@command
async def withdraw(room_code: str, seq: int, *, by: Person, at: datetime) -> RoomCard:
    """Take back a card that one put there, before everybody agreed to it.

    Raises:
        Hidden: there is no such room or card of theirs.
        MovedOn: everybody agreed, or it was taken back before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    card = await _card(room, seq, seat)
    if card.message.author_id != by.id or card.kind is CardKind.SCHEDULE:
        raise Hidden(HIDDEN)
    await _open(room)
    here = RoomCard.filter(id=card.id, state__in=list(STANDING))
    if not await here.update(state=CardState.WITHDRAWN, settled_at=at):
        raise MovedOn(SAID)
    gone = said_as(Reply.WITHDRAWN)
    await write(room, gone, by=by, at=at, voice=seat.voice, kind=LineKind.REPLY, reply_to=seq)
    return card


async def agreed_terms(case: Case) -> Terms | None:
    """Return the newest proposal that everybody in the joint talk accepted, for the draft of the agreement.

    Call it for somebody who may read proposals.
    """
    found = RoomCard.filter(kind=CardKind.PROPOSAL, state=CardState.AGREED, message__room__kind=RoomKind.JOINT)
    card = await found.filter(message__room__case_id=case.id).order_by("-settled_at", "-id").first()
    if card is None:
        return None
    line = await Message.get(id=card.message_id).select_related("room")
    return unpacked(text_of(line.room, line))


async def _card(room: Room, seq: int, seat: Seat) -> RoomCard:
    card = await RoomCard.get_or_none(message__room_id=room.id, message__seq=seq).select_related("message")
    if card is None or seq < seat.from_seq:
        raise Hidden(HIDDEN)
    return card


async def asked_in(room: Room) -> list[Party]:
    """Return the parties whom a card of this room asks."""
    found = Party.filter(case_id=room.case_id, left_at=None, will="consented").order_by("id")
    return await (found.filter(id=room.party_id) if room.party_id else found)


async def _answers_for(room: Room, card: RoomCard, by: Person, at: datetime) -> list[Party]:
    """Return the parties for whom ``by`` answers; what binds needs the power to settle."""
    held = [each for each in await stands(by, room.case_id, at=at) if each.acts]
    own = {each.party_id for each in held}
    mine = [each for each in await asked_in(room) if each.id in own]
    if not mine:
        raise Forbidden("这张卡片由当事人答复。")
    settles = {each.party_id for each in held if each.settles}
    if card.kind is not CardKind.FACT and not all(each.id in settles for each in mine):
        raise Forbidden(NO_POWER)
    return mine


async def _settle(room: Room, card: RoomCard, at: datetime) -> None:
    said = {each.party_id: each.reply for each in await CardReply.filter(card_id=card.id)}
    card.state = settled(card.kind, _ids(await asked_in(room)), said)
    card.settled_at = at if card.state is CardState.AGREED else None
    await card.save(update_fields=["state", "settled_at"])


def _ids(parties: Iterable[Party]) -> list[int]:
    return [each.id for each in parties]


async def _consent(room: Room, card: RoomCard, party: Party, at: datetime, *, given: bool) -> None:
    """Write down what is a consent: to what was asked, or that a fact is not in dispute, in these very words."""
    if card.kind is CardKind.CONSENT:
        act, version = card.act, VERSION
    elif card.kind is CardKind.FACT:
        words = text_of(room, card.message)
        act, version = FACT, hashlib.sha256(words.encode()).hexdigest()[:16]
    else:
        return
    await Consent.create(party=party, act=act, given=given, text_version=version, method="card", at=at)
