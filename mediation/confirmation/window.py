"""The thirty days in which everybody may apply together: when they run, end, and run once more (民事诉讼法 205).

The period itself is one of the case's, begun by the step with which the agreement takes effect.
"""

from datetime import datetime

from community.calendar.queries import calendar_at
from community.calendar.rules import local_day
from mediation.case.deadlines import due_of, rule
from mediation.case.models import Case, Period
from mediation.case.states import Clock
from mediation.case.turning import begin, plan
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.rules import AT_COURT, Course


async def window_of(case: Case) -> Period | None:
    """Return the thirty days that count now, or none where the law gives none."""
    return await Period.filter(case_id=case.id, clock=Clock.JC).order_by("-id").first()


async def stop(case: Case, at: datetime) -> None:
    """Let the days stand still: the application is with the court. Call it inside a command."""
    await Period.filter(case_id=case.id, clock=Clock.JC, ended_at=None).update(ended_at=at)


async def go_on(case: Case, at: datetime) -> None:
    """Let what is left of the days run on: the application left the court unanswered. Call it inside a command."""
    period = await window_of(case)
    if period and period.due >= local_day(at) and period.ended_at:
        await Period.filter(id=period.id).update(ended_at=None)
        await plan(period, case.community_id)


async def anew(case: Case, at: datetime) -> None:
    """Give thirty days from the effect of a changed agreement, where a court dismissed the one before.

    Otherwise the days of the first wording run on. Our reading of 民事诉讼法 206; the local court may have another.
    """
    last = await CourtConfirmation.filter(case_id=case.id).order_by("-id").first()
    if last is None or last.stage is not Course.DISMISSED:
        return
    await stop(case, at)
    which, today = rule("D17"), local_day(at)
    await begin(case, Clock.JC, which, today, due_of(which, today, await calendar_at()))


async def at_court(case: Case) -> CourtConfirmation | None:
    """Return the application that is with a court now."""
    there = CourtConfirmation.filter(case_id=case.id, stage__in=AT_COURT)
    return await there.select_related("court").first()


async def was_dismissed(case: Case) -> bool:
    """Return whether a court dismissed an application about this case."""
    return await CourtConfirmation.filter(case_id=case.id, stage=Course.DISMISSED).exists()
