"""Answering a card with one tap, answering otherwise later, and answering a proposal with one's own.

Source: 人民调解法 3(一), 23 (what is agreed to is agreed to freely, and may be taken back while they talk).
"""

import hashlib
from datetime import datetime
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.models import Consent, Party
from mediation.risk.commands import look_at
from mediation.room.card_rules import ANSWERS, MOST_WORDS, CardKind, Reply, Terms, answered, said_as
from mediation.room.cards import LATE, SAID, card_at, open_for_cards, put
from mediation.room.commands import numbered
from mediation.room.lines import take_number, text_of, write
from mediation.room.models import Message, Room, RoomCard
from mediation.room.queries import HIDDEN
from mediation.room.quiet import speaks
from mediation.room.rules import LineKind, is_client_id
from mediation.room.settling import answers_for, hold_carried, put_replies, replies_to, settle

FACT: Final = "undisputed_fact"
VERSION: Final = "card-2026-1"


async def answer(room_code: str, seq: int, reply: Reply, *, words: str = "", by: Person, at: datetime) -> RoomCard:
    """Answer a card for the party one is or acts for; another answer later takes the place of the first.

    The same answer again changes nothing. What was answered before stays among the lines and in the table.

    Raises:
        Hidden: there is no such room or card, or ``by`` does not sit there.
        Forbidden: it is not theirs to answer, or the talks are over or held back.
        Unfit: it cannot be answered so, or no words say what is wrong with a fact.
        MovedOn: it is settled, taken back or its time is over.
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
    await hold_carried(room_code, seq)
    room, seat = await numbered(room_code, by=by, at=at)
    card = await card_at(room, seq, seat)
    if words:
        await speaks(room, by=by, at=at, field="words")
    await _take(room, card, reply, words, by=by, at=at)
    await write(room, said_as(reply, words), by=by, at=at, voice=seat.voice, kind=LineKind.REPLY, reply_to=seq)
    if words:
        await look_at(room.case, words, place=f"{room.name}/{room.last_seq}", by=by, at=at)
    return card


async def _take(room: Room, card: RoomCard, reply: Reply, words: str, *, by: Person, at: datetime) -> None:
    await open_for_cards(room)
    parties = await answers_for(room, card, by, at)
    said = await replies_to(card)
    if parties and all(said.get(each.id) is reply for each in parties):
        raise _Again(card)
    if not answered(card.kind, card.state, card.expires_at, at):
        raise MovedOn(LATE if card.expires_at and at >= card.expires_at else SAID)
    _fit(card, reply, words)
    await put_replies(card, parties, reply, by=by, at=at)
    for party in parties:
        await _consent(room, card, party, at, given=reply is Reply.YES)
    await settle(room, card, at)


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
    await hold_carried(room_code, seq)
    room, seat = await numbered(room_code, by=by, at=at)
    card = await card_at(room, seq, seat)
    await speaks(room, by=by, at=at)
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
    return await put(room, seat, client_id, CardKind.PROPOSAL, terms, by=by, at=at, to=seq)


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
