"""Write facts inside a transaction; tell the world about them after it commits."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from community.record.many import added_all
from community.record.models import Delivery, Event
from community.record.reading import given, insert, on_sqlite, rows
from community.record.transaction import after_commit, bookkeeping, noted

log = logging.getLogger(__name__)

CONSUMERS: Final = ("notice", "seal")
PATIENCE: Final = timedelta(hours=1)

Handler = Callable[[Event], Awaitable[None]]


class Actor(Protocol):
    """Whoever did it: anything with a person's ``id``."""

    id: int


async def record(
    kind: str,
    subject: str,
    *,
    by: Actor | None,
    at: datetime,
    community_id: int | None = None,
    on_behalf_of: Actor | None = None,
    **facts: object,
) -> Event:
    """Note that something happened. Call it inside the command that makes it true.

    Args:
        kind: ``thing.deed``, at most 48 characters.
        subject: the key of the thing, for example ``matter-12``.
        by: who did it; ``None`` is the system itself, when a clock ran out.
        at: when, with its zone.
        community_id: the community it belongs to.
        on_behalf_of: the person helped, when ``by`` only lent a hand (代办).
        facts: ids, codes, states and hashes; never content, names or numbers of people.
    """
    who, whom = by.id if by else None, on_behalf_of.id if on_behalf_of else None
    event = await _kept(kind, subject, community_id, who, whom, at, canonical(facts))
    noted(kind, subject)
    after_commit(_wake)
    return event


async def record_all(events: Sequence[Mapping[str, object]]) -> None:
    """Note that much happened at once: events given by their columns, the body `canonical`.

    Call it inside the command that makes it true, for what is written in batches.
    """
    await added_all(Event, events, _TOLD_ALL.format(consumers=_NAMED))
    for each in events:
        noted(str(each["kind"]), str(each["subject"]))
    after_commit(_wake)


_NAMED: Final = " UNION ALL ".join(f"SELECT '{each}' AS consumer" for each in CONSUMERS)
_TOLD_ALL: Final = """INSERT INTO delivery (event_id, consumer, tries, due_at)
SELECT added.id, c.consumer, 0, added.at FROM added CROSS JOIN ({consumers}) c"""
_COLUMNS: Final = ("kind", "subject", "community_id", "actor_id", "for_id", "at", "body")
_TOLD: Final = "INSERT INTO delivery (event_id, consumer, tries, due_at) VALUES ($1, $3, 0, $2), ($1, $4, 0, $2)"
_BOTH: Final = """
WITH noted AS ({event}), told AS (INSERT INTO delivery (event_id, consumer, tries, due_at)
    SELECT id, $8, 0, $6 FROM noted UNION ALL SELECT id, $9, 0, $6 FROM noted)
SELECT id FROM noted
"""


async def _kept(*values: object) -> Event:
    """Write an event, given by its columns, and its deliveries: in one statement where the engine can, else in two."""
    sql = insert(Event, _COLUMNS)
    lite = on_sqlite()
    number = (await rows(sql if lite else _BOTH.format(event=sql), *values, *(() if lite else CONSUMERS)))[0][0]
    event = given(Event, id=number, **dict(zip(_COLUMNS, values, strict=True)))
    if lite:
        await rows(_TOLD, event.id, event.at, *CONSUMERS)
    return event


def canonical(facts: Mapping[str, object]) -> str:
    """Return ``facts`` as the JSON text whose bytes are sealed: keys sorted, no spaces, Chinese kept.

    >>> canonical({"now": "voting", "at": 2})
    '{"at":2,"now":"voting"}'
    """
    return _JSON.encode(facts)


def facts_of(event: Event) -> dict[str, object]:
    """Return the facts of ``event``."""
    loaded: dict[str, object] = json.loads(event.body)
    return loaded


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


async def deliver(handler: Handler, *, consumer: str, at: datetime, limit: int = 100) -> int:
    """Hand the events due to ``consumer`` to ``handler`` and return how many were handled.

    What the handler writes is committed together with the removal of the
    delivery, so each event takes effect exactly once. Handlers therefore write
    rows (a notice to be mailed, say) and leave the network to others. One that
    fails is tried again, each time after a longer pause.
    """
    due = Delivery.filter(consumer=consumer, due_at__lte=at).order_by("due_at", "id").limit(limit)
    return sum([await _hand(pending, handler, at) for pending in await due.select_related("event")])


async def _hand(pending: Delivery, handler: Handler, at: datetime) -> int:
    try:
        return await _once(pending, handler)
    except Exception:
        log.exception("%s failed on event %s", pending.consumer, pending.event_id)
        await _put_off(pending, at)
        return 0


@bookkeeping
async def _once(pending: Delivery, handler: Handler) -> int:
    if not await Delivery.filter(id=pending.id).delete():  # another worker was faster
        return 0
    await handler(pending.event)
    return 1


@bookkeeping
async def _put_off(pending: Delivery, at: datetime) -> None:
    tries = min(pending.tries + 1, 20)
    due_at = at + min(timedelta(seconds=4**tries), PATIENCE)
    await Delivery.filter(id=pending.id).update(tries=tries, due_at=due_at)


_bells: set[asyncio.Event] = set()


def bell() -> asyncio.Event:
    """Return an event that is set whenever something was recorded, so that a courier need not poll fast."""
    fresh = asyncio.Event()
    _bells.add(fresh)
    return fresh


def unhang(old: asyncio.Event) -> None:
    """Forget a bell."""
    _bells.discard(old)


def _wake() -> None:
    for each in _bells:
        each.set()
