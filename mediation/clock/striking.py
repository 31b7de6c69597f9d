"""A stage of a period comes: its owner is reminded, or what the end of that period means is done, once each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler
from mediation.case.models import Period
from mediation.case.stages import LAST_DAY, over, reached
from mediation.case.states import Clock
from mediation.case.turning import STRIKES, plan
from mediation.clock.calendars import RECOUNT, recount_some
from mediation.clock.endings import run_out, urge


async def strike(subject: str, at: datetime) -> None:
    """Do what the period named ``subject`` calls for at ``at``; nothing when it ended, waits, or was moved on.

    Of several stages that have passed, because nobody looked for days, only the last is spoken of. The stage is
    taken by compare-and-swap, so that each is done once for one last day.
    """
    running = Period.filter(id=int(subject.removeprefix("period-")), ended_at=None, waits_since=None)
    period = await running.select_related("case__org").first()
    if period is None:
        return
    stage = reached(at, clock=Clock(period.clock), began=period.began_on, due=period.due)
    if stage <= period.stage or not await _taken(period, stage):
        return
    period.stage = stage
    await _speak(period, stage, at)


async def _taken(period: Period, stage: int) -> int:
    free = Period.filter(id=period.id, ended_at=None, waits_since=None, stage=period.stage, due=period.due)
    return await free.update(stage=stage)


async def _speak(period: Period, stage: int, at: datetime) -> None:
    if stage == over(Clock(period.clock)):
        await run_out(period, at=at)
        return
    if stage == LAST_DAY and period.clock == Clock.URGE:
        await urge(period, at=at)
    else:
        await remind(period, stage, at=at)
    await plan(period, period.case.community_id)


@command
async def remind(period: Period, stage: int, *, at: datetime) -> None:
    """Remind whoever owes the next move of the last day to come."""
    case = period.case
    facts: dict[str, Any] = {"period": period.id, "clock": period.clock, "stage": stage, "due": period.due}
    await record("case.reminded", case.key, by=None, at=at, community_id=case.community_id, **facts)


TIMERS: Final[Mapping[str, Handler]] = {STRIKES: strike, RECOUNT: recount_some}
