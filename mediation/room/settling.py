"""Who answers a card, and where it stands when they have. Plain functions, to be called inside a command.

A proposal that was put to each side alone stands open to each until all of them have accepted: what one side said
is read in its own room, by that side and whoever mediates.
"""

from collections.abc import Iterable
from datetime import datetime

from community.errors import Forbidden
from community.people.models import Person
from mediation.case.models import Party
from mediation.case.standing import NO_POWER, stands
from mediation.room.card_rules import STANDING, CardKind, CardState, Reply, said_as, settled
from mediation.room.lines import hold, take_number, write
from mediation.room.models import CardReply, Room, RoomCard
from mediation.room.rules import LineKind


async def hold_carried(room_code: str, seq: int) -> None:
    """Hold every room to which the proposal of a line was carried, always in one order, so that none waits for another.

    Call it before any number is taken in one of them.
    """
    mark = await RoomCard.filter(message__room__code=room_code, message__seq=seq).exclude(carried="").first()
    if mark:
        beside = Room.filter(messages__card__carried=mark.carried).distinct()
        for room in await beside.order_by("id"):
            await hold(room)


async def asked_in(room: Room) -> list[Party]:
    """Return the parties whom a card of this room asks."""
    found = Party.filter(case_id=room.case_id, left_at=None, will="consented").order_by("id")
    return await (found.filter(id=room.party_id) if room.party_id else found)


async def answers_for(room: Room, card: RoomCard, by: Person, at: datetime) -> list[Party]:
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


async def replies_to(card: RoomCard) -> dict[int, Reply]:
    """Return the answers that hold, by party."""
    return {each.party_id: each.reply for each in await CardReply.filter(card_id=card.id, replaced_at=None)}


async def put_replies(card: RoomCard, parties: Iterable[Party], reply: Reply, *, by: Person, at: datetime) -> None:
    """Write down an answer; the one before is kept, as what was answered then."""
    for party in parties:
        await CardReply.filter(card_id=card.id, party_id=party.id, replaced_at=None).update(replaced_at=at)
        await CardReply.create(card=card, party=party, reply=reply, by=by, at=at)


async def settle(room: Room, card: RoomCard, at: datetime) -> None:
    """Write down where a card stands."""
    state = await _state(room, card)
    if state is CardState.AGREED and card.carried:
        beside = await _beside(card)
        if not all([await _accepted(each) for each in beside]):
            state = CardState.OPEN
        else:
            for each in beside:
                await _say_both(each, at)
    card.state, card.settled_at = state, at if state is CardState.AGREED else None
    await card.save(update_fields=["state", "settled_at"])


async def _state(room: Room, card: RoomCard) -> CardState:
    return settled(card.kind, [each.id for each in await asked_in(room)], await replies_to(card))


async def _beside(card: RoomCard) -> list[RoomCard]:
    found = RoomCard.filter(carried=card.carried).exclude(id=card.id)
    return await found.order_by("message__room_id").select_related("message__room")


async def _accepted(card: RoomCard) -> bool:
    return card.state in STANDING and await _state(card.message.room, card) is CardState.AGREED


async def _say_both(card: RoomCard, at: datetime) -> None:
    """Settle the card of another side, and say there that everybody accepted."""
    await RoomCard.filter(id=card.id).update(state=CardState.AGREED, settled_at=at)
    room, said = card.message.room, said_as(Reply.BOTH)
    await take_number(room)
    await write(room, said, by=None, at=at, kind=LineKind.REPLY, reply_to=card.message.seq)
