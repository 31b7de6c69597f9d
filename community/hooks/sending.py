"""The queue of calls: put in with the event that they tell, taken for a while, then noted as taken or tried again."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.hooks.models import Hook, HookCall
from community.hooks.rules import rest
from community.record.models import Event
from community.record.transaction import bookkeeping

LEASE: Final = timedelta(minutes=2)


async def queue(person_ids: Iterable[int], event: Event, kind: str, told: Mapping[str, str]) -> None:
    """Put one call a hook of these people into the queue; call it inside the transaction that handles ``event``.

    Args:
        person_ids: whose hooks.
        event: what happened.
        kind: what is told, ``thing.deed``; one event is told once a hook and kind.
        told: numbers, codes and states; nothing of a person.
    """
    hooks = await Hook.filter(person_id__in=list(person_ids), ended_at=None)
    body = body_of(kind, event.at, told)
    calls = [HookCall(hook=each, event_id=event.id, kind=kind, body=body, due_at=event.at) for each in hooks]
    await HookCall.bulk_create(calls, ignore_conflicts=True)


def body_of(kind: str, at: datetime, told: Mapping[str, str]) -> str:
    """Return the JSON text of a call."""
    call = {"type": kind, "timestamp": at.isoformat(), "data": dict(told)}
    return json.dumps(call, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@bookkeeping
async def claim(*, at: datetime, limit: int) -> list[HookCall]:
    """Take the calls that are due; nobody else gets them until the lease ends, even if this sender dies."""
    resting = await Hook.exclude(paused_at=None).values_list("id", flat=True)
    waiting = HookCall.filter(due_at__lte=at)
    due = (waiting.exclude(hook_id__in=list(resting)) if resting else waiting).order_by("due_at", "id").limit(limit)
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
