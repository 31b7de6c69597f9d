"""Who is told of what: each room names, by kind of event, the people to tell and the words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from community.record.models import Event

Teller = Callable[[Event], Awaitable[None]]

TELLERS: Final[Mapping[str, Teller]] = {}


async def tell(event: Event) -> None:
    """Write the notices an event calls for, in the transaction that takes it off the outbox."""
    teller = TELLERS.get(event.kind)
    if teller:
        await teller(event)
