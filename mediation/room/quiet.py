"""Who was asked to say nothing in a room for a while, and the refusal they read when they speak before it is over."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from mediation.room.models import Room, RoomQuiet
from mediation.room.rules import Quiet, minutes_left

WAIT: Final = "调解员请您先停一停，再过 {n} 分钟可以接着说。着急的话，请到和调解员单独谈的那一间说。"


@dataclass(frozen=True, slots=True)
class Hush:
    """What a line says of it: who, why, until when."""

    name: str
    why: Quiet | None = None
    until: datetime | None = None


async def quiets(room: Room, *, at: datetime) -> list[RoomQuiet]:
    """Return who may not speak in a room now, with the person; the caller has checked for whom."""
    if room.quiet_until is None or room.quiet_until <= at:
        return []
    running = RoomQuiet.filter(room_id=room.id, until__gt=at, ended_at=None)
    return await running.order_by("id").select_related("person")


async def speaks(room: Room, *, by: Person, at: datetime, field: str = "text") -> None:
    """Raise `Unfit` beside ``field``, so that what was written is kept, while ``by`` was asked to say nothing here."""
    own = [each for each in await quiets(room, at=at) if each.person_id == by.id]
    if own:
        raise Unfit(WAIT, field=field, n=minutes_left(own[-1].until, at))


def hushed(name: str, why: Quiet | None = None, until: datetime | None = None) -> str:
    """Return what a line says of it as it is locked."""
    told = {"name": name, "why": why.value if why else "", "until": until.isoformat() if until else ""}
    return json.dumps(told, ensure_ascii=False)


def hush_of(text: str) -> Hush:
    """Return what a line says of it.

    >>> hush_of(hushed("阿强")).name
    '阿强'
    """
    told = json.loads(text)
    why, until = told["why"], told["until"]
    return Hush(told["name"], Quiet(why) if why else None, datetime.fromisoformat(until) if until else None)
