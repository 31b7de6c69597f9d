"""When each period of mediation ends, from the table in ``periods.py``; the caller brings calendar and pauses."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from community.calendar.rules import Calendar, Due, add_days, add_months, add_working_days
from mediation.case.periods import RULES
from mediation.case.states import Clock
from mediation.case.terms import Pause, Rule, Unit

COUNTED: Final = {
    Unit.DAY: (add_days, 1),
    Unit.WORKING_DAY: (add_working_days, 1),
    Unit.MONTH: (add_months, 1),
    Unit.YEAR: (add_months, 12),
}
"""How each unit is counted on the calendar, and how many of the counting's own units it holds."""

WARN_BEFORE: Final = (7, 3, 1, 0)
"""Days before the due day on which the owner is reminded; 0 is the due day itself."""

BY_NAME: Final = {(each.id, each.variant): each for each in RULES}


def rule(id_: str, variant: str = "") -> Rule:
    """Return one rule; raise `KeyError` when the table has none of that name."""
    return BY_NAME[id_, variant]


def rules_of(clock: Clock, *, pack: str = "") -> tuple[Rule, ...]:
    """Return the rules that may measure ``clock`` where the rules of region ``pack`` hold beside the common ones."""
    return tuple(each for each in RULES if each.clock is clock and each.pack in {"", pack})


def due_of(
    which: Rule, start: date, calendar: Calendar, pauses: Iterable[Pause] = (), *, extended: bool = False
) -> Due:
    """Return when ``which`` ends if it starts on ``start``, the day of which is not counted.

    Pauses whose reason the rule does not exclude change nothing; one that still lasts is given up to today.
    ``extended`` adds the fixed further amount of the rule.

    Raises:
        ValueError: the rule is counted in minutes, or has no fixed amount to extend it by.
    """
    if which.unit is Unit.MINUTE or (extended and not which.more):
        raise ValueError(which)
    count, times = COUNTED[which.unit]
    skipping = tuple(pause.span for pause in pauses if pause.reason in which.excludes)
    return count(start, (which.amount + which.more * extended) * times, calendar, skipping=skipping)


def due_as_agreed(which: Rule, on: date, to: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return when ``which`` ends that everybody agreed, ``on`` a day, to put off ``to`` another.

    Days of waiting after that agreement are added to it, as they are to the period itself.
    """
    skipping = tuple(pause.span for pause in pauses if pause.reason in which.excludes)
    return add_days(on, (to - on).days, calendar, skipping=skipping)


def named(text: str) -> Rule:
    """Return the rule that a stored period names, e.g. ``D06/month``."""
    id_, _, variant = text.partition("/")
    return rule(id_, variant)


def name_of(which: Rule) -> str:
    """Return how a stored period names ``which``."""
    return f"{which.id}/{which.variant}" if which.variant else which.id


def alarm_of(which: Rule, at: datetime) -> datetime:
    """Return the instant a rule counted in minutes runs out; raise `ValueError` for any other rule."""
    if which.unit is not Unit.MINUTE:
        raise ValueError(which)
    return at + timedelta(minutes=which.amount)


def warnings_of(due: date, *, since: date) -> tuple[date, ...]:
    """Return the days after ``since`` on which the owner is reminded of ``due``, the due day last."""
    days = (due - timedelta(days=before) for before in WARN_BEFORE)
    return tuple(day for day in days if day > since or day == due)
