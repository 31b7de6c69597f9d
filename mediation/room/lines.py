"""Putting a numbered line into a room, inside a command. The room's row is the queue: its lock orders the numbers."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from tortoise.expressions import F

from community.people.models import Person
from community.privacy import vault
from community.record.hints import hint
from community.record.outbox import record
from community.record.reading import columns, made, rows
from mediation.room.models import Message, Room
from mediation.room.rules import LineKind, Voice

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def fresh_key(code: str) -> str:
    """Return a new data key for the room ``code``, wrapped."""
    return vault.wrap(vault.new_key(), about=f"room|{code}|key")


def text_of(room: Room, message: Message) -> str:
    """Return what a line says; raises `vault.Tampered` when it was altered or moved."""
    return vault.unlock(message.body, about=_place(room, message.seq), key=key_of(room))


def texts_of(room: Room, messages: Sequence[Message]) -> dict[int, str]:
    """Return what lines of a room say, by number; raises `vault.Tampered` when one was altered or moved."""
    key = vault.ready(key_of(room)) if messages else None
    return {each.seq: vault.unlock(each.body, about=_place(room, each.seq), key=key) for each in messages}


async def next_in(room_code: str) -> Room | None:
    """Return the room under its next number, its row held until the transaction ends, if there is such a room."""
    found = await rows(_NEXT.format(room=columns(Room, "room")), room_code)
    return made(Room, tuple(found[0])) if found else None


_NEXT: Final = "UPDATE room SET last_seq = last_seq + 1 WHERE code = $1 RETURNING {room}"


async def take_number(room: Room) -> None:
    """Advance the room to its next number and hold its row until the transaction ends."""
    await Room.filter(id=room.id).update(last_seq=F("last_seq") + 1)
    await room.refresh_from_db()


async def hold(room: Room) -> None:
    """Hold the room's row until the transaction ends, so that no line is added meanwhile."""
    await Room.filter(id=room.id).update(last_seq=F("last_seq"))
    await room.refresh_from_db()


async def write(
    room: Room,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    voice: Voice | None = None,
    kind: LineKind = LineKind.TEXT,
    client_id: str | None = None,
    reply_to: int | None = None,
    lang: str | None = None,
    facts: Mapping[str, Any] = NOTHING,
) -> Message:
    """Store ``text`` under the number just taken; the record learns a hash of the ciphertext, and ``facts`` besides."""
    body = vault.lock(text, about=_place(room, room.last_seq), key=key_of(room))
    message = await Message.create(
        room=room,
        seq=room.last_seq,
        author=by,
        voice=voice,
        kind=kind,
        body=body,
        client_id=client_id,
        sent_at=at,
        reply_to=reply_to,
        lang=lang or None,
    )
    digest = hashlib.sha256(body.encode()).hexdigest()
    deed = "room.message" if kind is LineKind.TEXT else f"room.{kind}"
    about: dict[str, Any] = {"case": room.case_id, "room": room.id, "seq": message.seq, "sha256": digest, **facts}
    await record(deed, room.name, by=by, at=at, community_id=room.community_id, **about)
    hint(room.name)
    return message


async def announce(room: Room, sentence: str, *, by: Person | None, at: datetime) -> Message:
    """Say in a room what happened; ``sentence`` is a message id and names nobody. Call it inside a command."""
    await take_number(room)
    return await write(room, sentence, by=by, at=at, kind=LineKind.SYSTEM)


def _place(room: Room, seq: int) -> str:
    return f"message|{room.code}|{seq}"


def key_of(room: Room) -> bytes:
    """Return the data key of a room; raises `vault.Tampered` when it was destroyed."""
    return vault.unwrap(room.key, about=f"room|{room.code}|key")
