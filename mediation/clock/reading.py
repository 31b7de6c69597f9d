"""Why a day is the day it is: every period of a case with its rule, the days left out, and the days it had before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from community.calendar.rules import local_day
from mediation.agreement.models import Obligation
from mediation.agreement.rules import OWED
from mediation.case.deadlines import named
from mediation.case.models import Case, DueChange, Pause, Period
from mediation.case.states import Clock
from mediation.case.terms import Rule


@dataclass(frozen=True, slots=True)
class Told:
    """One period and all that its last day follows from."""

    period: Period
    clock: Clock
    rule: Rule
    left_out: list[Pause]
    counted: list[Pause]
    changes: list[DueChange]

    @property
    def rolled(self) -> bool:
        """Return whether the last day counted is a day off, so that the next working day is the last."""
        return self.period.raw_due != self.period.due


async def told(case: Case) -> list[Told]:
    """Return every period of a case, those that run first and the nearest of them on top."""
    periods = await Period.filter(case_id=case.id).order_by("due", "id")
    pauses = await Pause.filter(case_id=case.id).order_by("since", "id")
    changes: dict[int, list[DueChange]] = defaultdict(list)
    for each in await DueChange.filter(period_id__in=[period.id for period in periods]).order_by("id"):
        changes[each.period_id].append(each)
    rows = [_told(period, pauses, changes[period.id]) for period in periods]
    return sorted(rows, key=lambda row: row.period.ended_at is not None)


def _told(period: Period, pauses: list[Pause], changes: list[DueChange]) -> Told:
    which = named(period.rule)
    within = [each for each in pauses if each.until is None or each.until > period.began_on]
    end = local_day(period.ended_at) if period.ended_at else period.due
    touching = [each for each in within if each.since < end]
    left_out = [each for each in touching if each.reason in which.excludes]
    counted = [each for each in touching if each not in left_out and period.clock == Clock.MEDIATE]
    return Told(period, Clock(period.clock), which, left_out, counted, changes)


async def promised(case: Case) -> list[date]:
    """Return the days on which promises of the agreement that are still open must be kept."""
    rows = await Obligation.filter(case_id=case.id, state__in=OWED).exclude(due_on=None).order_by("due_on")
    return [each.due_on for each in rows if each.due_on]
