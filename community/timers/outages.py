"""停机 — when the platform was away: the courier beats, a gap between two beats is an outage, and the record keeps it.

What falls due while nobody could reach the site may be put off; who decides so reads this table and nothing else.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.people.roles import everywhere
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from community.rights import Right
from community.timers.models import Beat, Outage

EVERY: Final = timedelta(seconds=20)  # between two beats
GAP: Final = timedelta(minutes=2)  # without a beat: away
APART: Final = timedelta(seconds=5)  # by which both clocks may differ before the platform's was moved by hand
WHY: Final = (4, 300)  # characters
ONE: Final = 1


async def beat(*, at: datetime, real: datetime) -> Outage | None:
    """Say that the platform is at work, and note the outage that ended now, if there was one.

    ``real`` is the machine's clock: where ``at`` went another way, the clock was moved and nobody was away.
    """
    last = await Beat.get_or_none(id=ONE)
    gap = at - last.at if last else timedelta(0)
    if last and gap >= GAP and abs(gap - (real - last.real_at)) <= APART:
        return await _came_back(last.at, at=at, real=real)
    await _set(at, real)
    return None


@bookkeeping
async def _set(at: datetime, real: datetime) -> None:
    if not await Beat.filter(id=ONE).update(at=at, real_at=real):
        await Beat.bulk_create([Beat(id=ONE, at=at, real_at=real)], ignore_conflicts=True)


@command
async def _came_back(since: datetime, *, at: datetime, real: datetime) -> Outage | None:
    """Note the outage; of several couriers that come back together one does."""
    if not await Beat.filter(id=ONE, at=since).update(at=at, real_at=real):
        await record("service.at_work", "service", by=None, at=at)
        return None
    return await _note(since, at, "", at=at)


@command
async def write_down(since: datetime, until: datetime, why: str, *, by: Person | None = None, at: datetime) -> Outage:
    """Write down an outage that the courier could not notice: the network, the name, the power at the gate.

    It moves closes everywhere, so it takes an administrator of the whole site; ``by`` is None at the terminal.

    Raises:
        Forbidden: not such an administrator.
        Unfit: it is still to come, ends before it begins, or no reason is given.
    """
    if by:
        await require_note(by, at=at)
    if not since < until <= at:
        raise Unfit("停机要先开始后结束，而且已经结束。", field="until")
    if not WHY[0] <= len(why.strip()) <= WHY[1]:
        raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    return await _note(since, until, why.strip(), by=by, at=at)


async def may_note(person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` may write an outage down."""
    return await everywhere(person, Right.OUTAGE_NOTE, at=at)


async def require_note(person: Person, *, at: datetime) -> None:
    """Raise `Forbidden` unless ``person`` may write an outage down."""
    if not await may_note(person, at=at):
        raise Forbidden("只有管整个网站的系统管理员能补记停机。请联系运行本站的单位。")


async def _note(since: datetime, until: datetime, why: str, *, by: Person | None = None, at: datetime) -> Outage:
    made = await Outage.create(since=since, until=until, noted_at=at, why=why)
    facts: dict[str, Any] = {"since": since.isoformat(), "until": until.isoformat(), "by_hand": bool(why)}
    await record("service.away", f"outage-{made.id}", by=by, at=at, **facts)
    return made


async def away(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the outages that touch a time, each as it was, merged where they overlap."""
    found = await Outage.filter(until__gt=since, since__lt=until).order_by("since").values_list("since", "until")
    merged: list[tuple[datetime, datetime]] = []
    for one, other in found:
        if merged and one <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], other)
        else:
            merged.append((one, other))
    return merged


async def listed(*, limit: int = 100) -> list[Outage]:
    """Return the outages, the latest first."""
    return await Outage.all().order_by("-since").limit(limit)
