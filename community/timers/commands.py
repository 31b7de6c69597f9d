"""Setting timers, cancelling them, and firing what is due."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from community.record.transaction import bookkeeping, inside
from community.timers.models import Timer

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=1)
"""How long a poller may be about what it took; if it dies, others go on after that."""
PATIENCE: Final = timedelta(hours=1)

Handler = Callable[[str, datetime], Awaitable[object]]


async def set_timer(
    kind: str, subject: str, due_at: datetime, *, key: str | None = None, community_id: int | None = None
) -> None:
    """Let ``kind`` fall due for ``subject`` at ``due_at``; call it inside a command.

    The same timer set twice fires once. With a ``key`` a second call moves the one that has not fired yet.

    Args:
        kind: names the handler, for example ``ballot.close``; at most 48 characters.
        subject: the key of the thing, for example ``ballot-3``.
        due_at: when.
        key: what tells apart several timers of one kind; the instant unless told.
        community_id: the community it belongs to.
    """
    _within()
    mark = key or due_at.astimezone(UTC).isoformat(timespec="seconds")
    if await Timer.filter(kind=kind, subject=subject, mark=mark, fired_at=None).update(due_at=due_at, try_at=due_at):
        return
    timer = Timer(kind=kind, subject=subject, mark=mark, due_at=due_at, try_at=due_at, community_id=community_id)
    await Timer.bulk_create([timer], ignore_conflicts=True)


async def cancel_timers(kind: str, subject: str, *, key: str | None = None) -> int:
    """Cancel what has not fired yet and return how many that were; call it inside a command."""
    _within()
    waiting = Timer.filter(kind=kind, subject=subject, fired_at=None)
    return await (waiting.filter(mark=key) if key else waiting).delete()


async def fire_due(handlers: Mapping[str, Handler], at: datetime, *, limit: int = 50) -> int:
    """Hand what is due at ``at`` to the handler of its kind and return how many fired.

    A handler gets the subject and ``at``, and does its work by commands. That it
    fired is committed together with what the handler did, so of several pollers
    one does it, once. One that fails is tried again after a growing pause.
    """
    if not await _waiting(at).exists():
        return 0
    return sum([await _try(timer, handlers, at) for timer in await _claim(at, limit)])


def _waiting(at: datetime) -> QuerySet[Timer]:
    return Timer.filter(fired_at=None, try_at__lte=at)


@bookkeeping
async def _claim(at: datetime, limit: int) -> list[Timer]:
    """Take some of what is due out of reach of other pollers, for as long as `LEASE`, and return it in order."""
    due = _waiting(at).order_by("try_at", "id").limit(limit)
    if get_connection("default").capabilities.dialect != "sqlite":
        due = due.select_for_update(skip_locked=True)
    mine, until = await due, at + LEASE
    await Timer.filter(id__in=[timer.id for timer in mine]).update(try_at=until)
    for timer in mine:
        timer.try_at = until
    return mine


async def _try(timer: Timer, handlers: Mapping[str, Handler], at: datetime) -> int:
    try:
        return await _fire(timer, handlers[timer.kind], at)
    except Exception:
        log.exception("timer %s failed for %s", timer.kind, timer.subject)
        await _put_off(timer, at)
        return 0


@bookkeeping
async def _fire(timer: Timer, handler: Handler, at: datetime) -> int:
    if not await Timer.filter(id=timer.id, fired_at=None, try_at=timer.try_at).update(fired_at=at):
        return 0  # it was cancelled or moved, or another poller took it because this one was too slow
    await handler(timer.subject, at)
    return 1


@bookkeeping
async def _put_off(timer: Timer, at: datetime) -> None:
    later = at + min(timedelta(seconds=4 ** min(timer.tries + 1, 10)), PATIENCE)
    await Timer.filter(id=timer.id, fired_at=None).update(tries=timer.tries + 1, try_at=later)


def _within() -> None:
    if not inside():
        raise RuntimeError("set and cancel timers inside the command they belong to")
