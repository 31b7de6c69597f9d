"""Counting tries per account, per address and over all, exactly, in the database that every process shares."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.errors import TooOften
from community.people.models import Tries
from community.people.rules import LIMITS, Deed, Limit, Scope, neighbourhood
from community.privacy.vault import blind
from community.record.transaction import bookkeeping

STALE: Final = timedelta(days=1)


@bookkeeping
async def attempt(deed: Deed, *, account: str, host: str, at: datetime) -> None:
    """Count one try before it is made, so that many at once count exactly.

    Raises:
        TooOften: one of the limits is reached; this try does not count then.
    """
    for limit, key in _counters(deed, account, host):
        await _take(limit, key, at)


@bookkeeping
async def relent(deed: Deed, *, account: str, host: str) -> None:
    """Forget the tries of an account that then got it right, and give its last one back to the others."""
    for limit, key in _counters(deed, account, host):
        if limit.quiet:
            await Tries.filter(key=key).update(count=0)
        else:
            await Tries.filter(key=key, count__gt=0).update(count=F("count") - 1)


@bookkeeping
async def sweep(*, at: datetime) -> int:
    """Drop counters that no limit looks at any more, and return how many."""
    return await Tries.filter(since__lte=at - STALE).delete()


def _counters(deed: Deed, account: str, host: str) -> Iterator[tuple[Limit, str]]:
    """Yield the counters always in one order, so that two transactions never wait for each other crosswise."""
    whose = {Scope.ACCOUNT: account, Scope.ADDRESS: neighbourhood(host), Scope.ALL: ""}
    for scope, value in whose.items():
        yield LIMITS[deed, scope], blind(value, purpose=f"tries {deed} {scope}")


async def _take(limit: Limit, key: str, at: datetime) -> None:
    await Tries.bulk_create([Tries(key=key, since=at)], ignore_conflicts=True)
    await Tries.filter(key=key, since__lte=at - limit.window).update(count=0, since=at)
    taken = Tries.filter(key=key, count__lt=limit.most)
    if limit.quiet:
        counted = await taken.update(count=F("count") + 1, since=at)
    else:
        counted = await taken.update(count=F("count") + 1)
    if not counted:
        raise _too_often(await Tries.get(key=key), limit, at)


def _too_often(tries: Tries, limit: Limit, at: datetime) -> TooOften:
    seconds = max(1, int((tries.since + limit.window - at) / timedelta(seconds=1)))
    minutes = -(-seconds // 60)
    return TooOften(
        "试的次数太多了，请等 {minutes} 分钟再试。着急的话，请打电话给我们。", minutes=minutes, seconds=seconds
    )
