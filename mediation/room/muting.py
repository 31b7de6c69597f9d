"""请人先停一停 — the mediator asks somebody to say nothing in the joint talk for a while; everybody sees that and why.

Nobody is cut off from the mediation by it: they read on, answer cards, bring evidence, talk alone with the mediator
and may end it. Source: 人民调解法 23 (parties speak freely), 24 (they keep order and respect the other side).
"""

from datetime import datetime, timedelta
from typing import Final

from tortoise.queryset import QuerySet

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.room.commands import CLOSED, numbered
from mediation.room.lines import write
from mediation.room.models import Message, Room, RoomQuiet
from mediation.room.queries import HIDDEN, talked_in
from mediation.room.quiet import hushed
from mediation.room.rules import OF_PARTIES, QUIET_MINUTES, LineKind, Quiet, RoomKind, Voice
from mediation.room.sitting import Seat, seats

ONLY_MEDIATOR: Final = "只有调解员可以请人先停一停。"
ONLY_TOGETHER: Final = "单独谈话里不用请人停一停，这里只有您和这一方。"


@command
async def mute(room_code: str, person_code: str, minutes: int, why: Quiet, *, by: Person, at: datetime) -> Message:
    """Ask somebody to say nothing in the joint talk for so many ``minutes``, and say so there.

    Raises:
        Hidden: there is no such room, ``by`` does not sit in it, or nobody of that code speaks there for a party.
        Forbidden: ``by`` does not mediate, it is a one-sided talk, or the talks are over.
        Unfit: the time is none of those that may be chosen.
        MovedOn: they were asked before, and the time runs.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    _may(room, seat)
    if minutes not in QUIET_MINUTES:
        raise Unfit("请选停多久，最多 {n} 分钟。", field="minutes", n=QUIET_MINUTES[-1])
    person = await _speaker(room, person_code, at)
    if await _running(room, person, at).exists():
        raise MovedOn("已经请这一位先停一停了，时间还没有到。")
    until = at + timedelta(minutes=minutes)
    await RoomQuiet.create(room=room, person=person, by=by, why=why, since=at, until=until)
    await Room.filter(id=room.id).update(quiet_until=max(until, room.quiet_until or until))
    facts = {"person": person.id, "why": why.value, "until": until.isoformat()}
    said = hushed(person.name, why, until)
    return await write(room, said, by=by, at=at, voice=seat.voice, kind=LineKind.MUTE, facts=facts)


@command
async def unmute(room_code: str, person_code: str, *, by: Person, at: datetime) -> Message:
    """Let somebody speak again before the time is over, and say so there.

    Raises:
        Hidden: there is no such room, ``by`` does not sit in it, or nobody of that code speaks there for a party.
        Forbidden: ``by`` does not mediate, or the talks are over.
        MovedOn: they may speak: the time is over, or was ended before.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    _may(room, seat)
    person = await _speaker(room, person_code, at)
    if not await _running(room, person, at).update(ended_at=at):
        raise MovedOn("这一位现在就可以说话。")
    said, facts = hushed(person.name), {"person": person.id}
    return await write(room, said, by=by, at=at, voice=seat.voice, kind=LineKind.UNMUTE, facts=facts)


def _running(room: Room, person: Person, at: datetime) -> QuerySet[RoomQuiet]:
    return RoomQuiet.filter(room_id=room.id, person_id=person.id, until__gt=at, ended_at=None)


async def _speaker(room: Room, person_code: str, at: datetime) -> Person:
    """Return somebody who speaks for a party in the room."""
    person = await Person.get_or_none(code=person_code)
    seat = (await seats([room.id], at=at, person=person)).get((room.id, person.id)) if person else None
    if person is None or seat is None or seat.voice not in OF_PARTIES:
        raise Hidden(HIDDEN)
    return person


def _may(room: Room, seat: Seat) -> None:
    if seat.voice is not Voice.MEDIATOR:
        raise Forbidden(ONLY_MEDIATOR)
    if room.kind is not RoomKind.JOINT:
        raise Forbidden(ONLY_TOGETHER)
    if not talked_in(room):
        raise Forbidden(CLOSED)
