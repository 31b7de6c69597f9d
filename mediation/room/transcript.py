"""The joint talk as one paper, for whoever sat in it: every line of their stay, as it can be read now."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from mediation.room.queries import HIDDEN, Entry, Line, lines_after, visible_room
from mediation.room.rules import RoomKind

PAGE: Final = 100
BUNDLE: Final = 500


async def joint_talk(person: Person, case_code: str, room_code: str, *, at: datetime) -> Entry:
    """Return the joint room as ``person`` may see it; what is said alone is never put on paper, and is not here."""
    entry = await visible_room(person, case_code, room_code, at=at)
    if entry.room.kind is not RoomKind.JOINT:
        raise Hidden(HIDDEN)
    return entry


async def some(entry: Entry, *, after: int, limit: int = PAGE) -> list[Line]:
    """Return the next lines after number ``after`` that the entry lets one read, in order."""
    found: list[Line] = []
    for first, last in sorted(entry.spans, key=lambda span: span[0]):
        start, end = max(after, first - 1), last if last is not None else entry.room.last_seq
        count = min(limit - len(found), end - start)
        if count > 0:
            found += [line for line in await lines_after(entry.room, start, limit=count) if line.seq <= end]
    return found


async def whole(entry: Entry) -> AsyncIterator[Line]:
    """Give every line that the entry lets one read, a bundle at a time."""
    after = 0
    while lines := await some(entry, after=after, limit=BUNDLE):
        for line in lines:
            yield line
        after = lines[-1].seq
