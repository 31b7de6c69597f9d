"""The queue of calls: put in with the event that they tell, taken for a while, then noted as taken or tried again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.hooks.models import Hook, HookCall
from community.hooks.rules import rest
from community.record.models import Event
from community.record.transaction import bookkeeping

LEASE: Final = timedelta(minutes=2)


async def queue(person_ids: Iterable[int], event: Event, body: str) -> None:
    """Put one call a hook of these people into the queue; call it inside the transaction that handles ``event``."""
    hooks = await Hook.filter(person_id__in=list(person_ids), ended_at=None)
    calls = [HookCall(hook=each, event_id=event.id, body=body, due_at=event.at) for each in hooks]
    await HookCall.bulk_create(calls, ignore_conflicts=True)


@bookkeeping
async def claim(*, at: datetime, limit: int) -> list[HookCall]:
    """Take the calls that are due; nobody else gets them until the lease ends, even if this sender dies."""
    due = HookCall.filter(due_at__lte=at).order_by("due_at", "id").limit(limit)
    ids = [each.id for each in await due.select_for_update(skip_locked=True)]
    if not ids:
        return []
    await HookCall.filter(id__in=ids).update(due_at=at + LEASE, tries=F("tries") + 1)
    return await HookCall.filter(id__in=ids).order_by("id").select_related("hook")


@bookkeeping
async def noted(call: HookCall, *, status: int, taken: bool, at: datetime) -> None:
    """Note what became of one attempt: taken, to be tried again, or given up; 0 is no answer at all."""
    again = rest(call.tries)
    held = HookCall.filter(id=call.id, tries=call.tries, done_at=None)
    if taken or call.hook.ended_at:
        await held.update(status=status, done_at=at, due_at=None)
    else:
        await held.update(status=status, due_at=at + again if again else None)
