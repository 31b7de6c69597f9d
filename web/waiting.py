"""What waits for a person, gathered from the rooms for the first page: each room adds one function."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from community.people.models import Person
from web.deliberation.waiting import waits as deliberation
from web.wait import Wait

WAITS: Final[list[Callable[[Person, datetime], Awaitable[list[Wait]]]]] = [deliberation]


async def waits(person: Person | None, *, at: datetime) -> list[Wait]:
    """Return what waits for a person, the most urgent first."""
    if person is None:
        return []
    found = [wait for gather in WAITS for wait in await gather(person, at)]
    return sorted(found, key=lambda wait: (wait.until is None, wait.until or at))
