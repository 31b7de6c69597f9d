"""The shape of a teller: called with an event, inside the transaction that takes it off the outbox."""

from collections.abc import Awaitable, Callable

from community.record.models import Event

Teller = Callable[[Event], Awaitable[None]]
