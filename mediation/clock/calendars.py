"""Counting again when another year of holidays is announced: every running period, some at a time."""

from datetime import datetime
from typing import Any, Final

from community.calendar.queries import calendar_at
from community.calendar.rules import Calendar, local_day
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import set_timer
from mediation.case.models import Period
from mediation.case.turning import pauses_of, recount

RECOUNT: Final = "case.recount"
"""Timer: the running periods after the one it names are counted again."""

BATCH: Final = 100


async def count_all_again(at: datetime) -> None:
    """Have every running period counted again; call it inside a command or a teller."""
    await set_timer(RECOUNT, "period-0", at)


async def recount_some(subject: str, at: datetime) -> None:
    """Count the next periods again, and set a timer for those after them."""
    after = int(subject.removeprefix("period-"))
    running = Period.filter(id__gt=after, ended_at=None, waits_since=None, due__gte=local_day(at))
    periods = await running.order_by("id").limit(BATCH).select_related("case")
    calendar = await calendar_at()
    for period in periods:
        await _again(period, calendar, at)
    if len(periods) == BATCH:
        await set_timer(RECOUNT, periods[-1].key, at)


async def _again(period: Period, calendar: Calendar, at: datetime) -> None:
    was, case = period.due, period.case
    if await recount(period, case, calendar, await pauses_of(case), because="calendar", at=at):
        await _note(period, str(was), at)


@command
async def _note(period: Period, was: str, at: datetime) -> None:
    case = period.case
    facts: dict[str, Any] = {"period": period.id, "clock": period.clock, "was_due": was, "due": period.due}
    await record("case.due-moved", case.key, by=None, at=at, community_id=case.community_id, **facts)
