"""When a period is spoken of: so many days before its last day, on that day, and when that day is over. No I/O."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from community.calendar.rules import SHANGHAI, ends_at
from mediation.case.deadlines import WARN_BEFORE
from mediation.case.states import Clock

LAST_DAY: Final = len(WARN_BEFORE)
"""How many are behind it once its last day has been announced."""
MORNING: Final = time(8)
"""When reminders go out, Beijing time."""
UNWARNED: Final = frozenset({Clock.URGE})
"""Clocks whose last day is itself what happens: nothing is announced before it."""


AFTER: Final[Mapping[Clock, tuple[int, ...]]] = MappingProxyType({Clock.JC: (0, 10, 20, 25, 28)})
"""Clocks that are spoken of so many days after they began: a right that lapses is told of at once, and again."""


def over(clock: Clock) -> int:
    """Return the number of the stage at which a period of this clock is over."""
    return len(AFTER.get(clock, WARN_BEFORE)) + 1


def day_of(stage: int, *, clock: Clock, began: date, due: date) -> date:
    """Return the day of a stage before the end."""
    if clock in AFTER:
        return began + timedelta(days=AFTER[clock][stage - 1])
    return due - timedelta(days=WARN_BEFORE[stage - 1])


def moment_of(stage: int, *, clock: Clock, began: date, due: date) -> datetime:
    """Return the instant at which stage number ``stage`` (1 to `over`) of a period due on ``due`` comes."""
    if stage == over(clock):
        return ends_at(due)
    return datetime.combine(day_of(stage, clock=clock, began=began, due=due), MORNING, SHANGHAI)


def counts(stage: int, *, clock: Clock, began: date, due: date) -> bool:
    """Return whether a period has this stage: no reminder of its end comes on the day it began, or before."""
    if stage >= LAST_DAY or clock in AFTER:
        return True
    return clock not in UNWARNED and day_of(stage, clock=clock, began=began, due=due) > began


def reached(at: datetime, *, clock: Clock, began: date, due: date) -> int:
    """Return the highest stage that has come by ``at``, 0 when none has."""
    known = (each for each in range(over(clock), 0, -1) if counts(each, clock=clock, began=began, due=due))
    return next((each for each in known if moment_of(each, clock=clock, began=began, due=due) <= at), 0)


def following(stage: int, *, clock: Clock, began: date, due: date) -> int:
    """Return the next stage after ``stage``, or 0 when there is none."""
    later = range(stage + 1, over(clock) + 1)
    return next((each for each in later if counts(each, clock=clock, began=began, due=due)), 0)
