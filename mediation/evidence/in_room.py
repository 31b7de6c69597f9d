"""Bringing something from where people talk: alone with the mediator it stays private, at the table all see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.models import Party
from mediation.evidence.commands import HEALTH, NOT_NOW, SEEN, Brought, hold, note, put_down
from mediation.evidence.keeping import Kept
from mediation.evidence.models import Evidence
from mediation.evidence.queries import desk_of
from mediation.risk.queries import held_back
from mediation.room.commands import CLOSED, HELD, numbered
from mediation.room.lines import write
from mediation.room.models import Room
from mediation.room.queries import talked_in
from mediation.room.quiet import speaks
from mediation.room.rules import OF_PARTIES, LineKind, RoomKind

ONLY_PARTIES: Final = "在这里加证据的，是当事人和替他办事的人。调解员请到证据页加。"


@command
async def bring_here(
    room_code: str,
    told: Brought,
    files: Sequence[Kept],
    *,
    sure: bool = False,
    by: Person,
    at: datetime,
) -> Evidence:
    """Bring a piece and put a line about it into the room: the line holds its number and code, no word of it.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: ``by`` speaks for no party, or the talk is over or held back.
        Unfit: as `bring`; in the joint room also when nobody said they know that the others will see it, or ``by`` was
            asked to say nothing there for a while.
    """
    for found in await Room.filter(code=room_code).only("id", "case_id"):
        await hold(found.case_id)  # before the room, as everything else takes them
    room, seat = await numbered(room_code, by=by, at=at)
    if seat.voice not in OF_PARTIES or room.kind not in (RoomKind.JOINT, RoomKind.CAUCUS):
        raise Forbidden(ONLY_PARTIES)
    if not talked_in(room):
        raise Forbidden(CLOSED)
    together = room.kind is RoomKind.JOINT
    if together and await held_back(room.case):
        raise Forbidden(HELD)
    await speaks(room, by=by, at=at, field="title")  # a title is read by all: evidence, too, can talk
    if together and not sure:
        raise Unfit(HEALTH if told.medical else SEEN, field="sure")
    item = await _put_down(room, told, files, shown=together, by=by, at=at)
    about = f"{item.n} {item.code}"
    await write(room, about, by=by, at=at, voice=seat.voice, kind=LineKind.EVIDENCE)
    sums = [each.sha256 for each in files]
    await note(room.case, "brought", item, by=by, at=at, files=sums, room=room.id)
    return item


async def _put_down(
    room: Room, told: Brought, files: Sequence[Kept], *, shown: bool, by: Person, at: datetime
) -> Evidence:
    desk = await desk_of(by, room.case.code, at=at)
    if not desk.brings:
        raise Forbidden(NOT_NOW)
    own = await Party.filter(id__in=desk.stands_for).order_by("side", "ordinal")
    party = next((each for each in own if each.id == room.party_id), own[0])
    return await put_down(desk.case, told, files, party=party, shown=shown, by=by, at=at)
