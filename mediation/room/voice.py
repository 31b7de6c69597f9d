"""语音 — saying something aloud: a short recording, locked with the key of its room, heard by whoever reads the room.

The line holds where the recording lies, what it is and how long it plays; with the room's key it is gone. Nobody makes
words of it by machine, and it gets into a record only as a statement that somebody typed and everybody confirmed.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from community.codes import new_code
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.files.intake import chunks, tell
from community.files.rules import SOUND
from community.files.sound import seconds
from community.files.storage import Storage
from community.people.models import Person
from community.privacy.sealing import seal, unseal
from community.record.transaction import command
from mediation.risk.queries import held_back
from mediation.room.commands import CLOSED, HELD, numbered
from mediation.room.lines import key_of, text_of, write
from mediation.room.models import Message, Room
from mediation.room.queries import HIDDEN, Entry, talked_in
from mediation.room.quiet import speaks
from mediation.room.rules import LineKind, LineState, RoomKind, is_client_id

MOST_SECONDS: Final = 120
MOST_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording that lies locked: its name, where, what it is, how long in seconds, how large in bytes."""

    code: str
    key: str
    media_type: str
    seconds: int
    size: int


async def keep(storage: Storage, room: Room, file: BinaryIO, name: str) -> Spoken:
    """Lock a recording away with the key of ``room``. No database, so call it before the command.

    Raises:
        Unfit: it is no recording, too large or too long, or does not say how long it plays.
    """
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unfit("这段语音太大了，最多 {n} MB。请分几段说。", field="file", n=MOST_BYTES // 1024**2)
    kind = tell(BytesIO(data), name) if data else ""
    if kind not in SOUND:
        raise Unfit("这不是语音文件。可以传 M4A、MP3、AMR 或 OGG 录音。", field="file")
    length = seconds(data, kind)
    if length is None:
        raise Unfit("看不出这段语音有多长，请用手机的录音机重新录一段。", field="file")
    if length > MOST_SECONDS:
        raise Unfit("这段语音有 {n} 秒，最多 {most} 秒，请分几段说。", field="file", n=length, most=MOST_SECONDS)
    code = new_code()
    at = await storage.put(seal(chunks(BytesIO(data)), about=_place(room, code), key=key_of(room)))
    return Spoken(code, at, kind, length, len(data))


@command
async def say_aloud(room_code: str, client_id: str, spoken: Spoken, *, by: Person, at: datetime) -> Message:
    """Put a recording into a room.

    Raises:
        Hidden: there is no such room, or ``by`` does not sit in it.
        Forbidden: the talks are over, or held back while somebody may be in danger.
        Unfit: they were asked to say nothing for a while.
        MovedOn: it is there already.
    """
    room, seat = await numbered(room_code, by=by, at=at)
    if not is_client_id(client_id) or await Message.exists(author_id=by.id, client_id=client_id):
        raise MovedOn("这段语音已经发出去了。")
    if not talked_in(room):
        raise Forbidden(CLOSED)
    if room.kind is RoomKind.JOINT and await held_back(room.case):
        raise Forbidden(HELD)
    await speaks(room, by=by, at=at, field="file")
    text = json.dumps(asdict(spoken))
    return await write(room, text, by=by, at=at, voice=seat.voice, kind=LineKind.VOICE, client_id=client_id)


async def heard(entry: Entry, seq: int) -> Spoken:
    """Return a recording that the entry lets one hear, or raise `Hidden`; a covered or recalled one is not there."""
    reads = any(first <= seq and (last is None or seq <= last) for first, last in entry.spans)
    rows = Message.filter(room_id=entry.room.id, seq=seq, kind=LineKind.VOICE, state=LineState.LIVE)
    line = await rows.first() if reads else None
    if line is None:
        raise Hidden(HIDDEN)
    return spoken_of(text_of(entry.room, line))


def spoken_of(text: str) -> Spoken:
    """Return the recording that a line is about."""
    return Spoken(**json.loads(text))


def bytes_of(storage: Storage, room: Room, spoken: Spoken) -> AsyncIterator[bytes]:
    """Return a recording in the clear."""
    return unseal(storage.get(spoken.key), about=_place(room, spoken.code), key=key_of(room))


def _place(room: Room, code: str) -> str:
    return f"voice|{room.code}|{code}"
