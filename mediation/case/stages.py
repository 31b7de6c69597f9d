"""When a period is spoken of: so many days before its last day, on that day, and when that day is over. No I/O."""

from datetime import date, datetime, time, timedelta
from typing import Final

from community.calendar.rules import SHANGHAI, ends_at
from mediation.case.deadlines import WARN_BEFORE
from mediation.case.states import Clock

OVER: Final = len(WARN_BEFORE) + 1
"""How many stages are behind a period whose last day is over."""
LAST_DAY: Final = len(WARN_BEFORE)
"""How many are behind it once its last day has been announced."""
MORNING: Final = time(8)
"""When reminders go out, Beijing time."""
UNWARNED: Final = frozenset({Clock.URGE})
"""Clocks whose last day is itself what happens: nothing is announced before it."""


def moment_of(stage: int, due: date) -> datetime:
    """Return the instant at which stage number ``stage`` (1 to `OVER`) of a period due on ``due`` comes."""
    if stage == OVER:
        return ends_at(due)
    return datetime.combine(due - timedelta(days=WARN_BEFORE[stage - 1]), MORNING, SHANGHAI)


def counts(stage: int, *, clock: Clock, began: date, due: date) -> bool:
    """Return whether a period has this stage: no reminder comes on the day it began, or before."""
    if stage >= LAST_DAY:
        return True
    return clock not in UNWARNED and due - timedelta(days=WARN_BEFORE[stage - 1]) > began


def reached(at: datetime, *, clock: Clock, began: date, due: date) -> int:
    """Return the highest stage that has come by ``at``, 0 when none has."""
    known = (each for each in range(OVER, 0, -1) if counts(each, clock=clock, began=began, due=due))
    return next((each for each in known if moment_of(each, due) <= at), 0)


def following(stage: int, *, clock: Clock, began: date, due: date) -> int:
    """Return the next stage after ``stage``, or 0 when there is none."""
    later = range(stage + 1, OVER + 1)
    return next((each for each in later if counts(each, clock=clock, began=began, due=due)), 0)
