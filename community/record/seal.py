"""The hash chain over all events, and its verification.

One sequencer seals after commit, so that writers never queue behind each
other. A link is SHA-256 over the previous link and the event's exact stored
values; changing, dropping, adding or reordering a sealed event breaks it at a
row that `verify` names.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from community.record.models import Delivery, Event, Seal
from community.record.transaction import bookkeeping

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: ``events`` sound links, then the first ``bad`` row, if any."""

    events: int
    head: str
    bad: str | None = None


def link(previous: str, event: Event) -> str:
    """Return the hash of ``event`` chained to ``previous``, both in hex."""
    at = event.at.astimezone(UTC).isoformat()
    parts = (previous, event.id, event.kind, event.subject, event.community_id, event.actor_id, event.for_id, at)
    head = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(f"{head}\x1f{event.body}".encode()).hexdigest()


@bookkeeping
async def seal(*, at: datetime, limit: int = 500) -> int:
    """Seal the events that wait, oldest first, and return how many."""
    waiting = await Delivery.filter(consumer="seal", due_at__lte=at).order_by("event_id").limit(limit)
    if not waiting:
        return 0
    events = await Event.in_bulk([each.event_id for each in waiting], "id")
    last = await Seal.all().order_by("-seq").first()
    number, previous = (last.seq, last.hash) if last else (0, GENESIS)
    links = []
    for each in waiting:
        number, digest = number + 1, link(previous, events[each.event_id])
        links.append(Seal(seq=number, event_id=each.event_id, previous=previous, hash=digest))
        previous = digest
    await Seal.bulk_create(links)
    await Delivery.filter(id__in=[each.id for each in waiting]).delete()
    return len(links)


async def verify(*, batch: int = 2000, told: Callable[[int], None] | None = None) -> Verdict:
    """Walk the whole chain and name the first row that does not fit; ``told`` hears how far the walk is."""
    previous, count = GENESIS, 0
    async for sealed, event in _pairs(batch):
        count += 1
        wrong = _fault(sealed, event, count, previous)
        if wrong:
            return Verdict(count - 1, previous, wrong)
        previous = sealed.hash
        if told and count % batch == 0:
            told(count)
    loose = await _unsealed()
    return Verdict(count, previous, f"event {loose}: neither sealed nor waiting for the seal" if loose else None)


def _fault(sealed: Seal, event: Event | None, count: int, previous: str) -> str | None:
    if sealed.seq != count:
        return f"seal {count}: missing (found {sealed.seq})"
    if sealed.previous != previous:
        return f"seal {sealed.seq}: does not follow the one before it"
    if event is None:
        return f"event {sealed.event_id}: deleted after it was sealed"
    if link(previous, event) != sealed.hash:
        return f"event {event.id} ({event.kind}): altered after it was sealed"
    return None


async def _pairs(batch: int) -> AsyncIterator[tuple[Seal, Event | None]]:
    after = 0
    while links := await Seal.filter(seq__gt=after).order_by("seq").limit(batch):
        events = await Event.in_bulk([each.event_id for each in links], "id")
        for each in links:
            yield each, events.get(each.event_id)
        after = links[-1].seq


async def _unsealed() -> int | None:
    """Return an event that somebody slipped in beside the outbox, if there is one."""
    sealed, waiting = await Seal.all().count(), await Delivery.filter(consumer="seal").count()
    if await Event.all().count() == sealed + waiting:
        return None
    known = set(await Seal.all().values_list("event_id", flat=True))
    known |= set(await Delivery.filter(consumer="seal").values_list("event_id", flat=True))
    for number in await Event.all().order_by("id").values_list("id", flat=True):
        if number not in known and await _loose(int(str(number))):
            return int(str(number))
    return None


async def _loose(number: int) -> bool:
    """Look again: it may have been recorded or sealed while we counted. A delivery ends only in its seal."""
    if await Delivery.filter(consumer="seal", event_id=number).exists():
        return False
    return not await Seal.filter(event_id=number).exists()
