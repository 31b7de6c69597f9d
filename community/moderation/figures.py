"""What moderation did in a period, counted from the decisions themselves; nobody writes these figures by hand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median_high
from typing import TypeVar

from community.calendar.rules import ends_at
from community.moderation.models import Appeal, Hiding, Report
from community.moderation.rules import Measure, Reason, Source, Verdict
from community.moderation.states import State

T = TypeVar("T", Measure, Reason, Source)


@dataclass(frozen=True, slots=True)
class Summary:
    """A period in figures.

    Attributes:
        hidings: decisions of every measure; ``groundless`` reports and lifted ones included.
        kept: reported things that were left alone.
        wait: median from a report to its decision. ``notice``: median from taking effect to telling the author.
        second: second appeals among ``appeals``. ``on_time``: appeals answered before their clock, of ``ripe`` ones.
        restored: taken back after an appeal or because nobody answered it; ``reversed_share``: of ``ripe`` appeals.
        by_clock: ended by a clock. ``lapsed``, ``expired``, ``served``: of these, by which.
        undone: taken back by the moderator within ten minutes.
    """

    hidings: int
    kept: int
    by_measure: tuple[tuple[Measure, int], ...]
    by_reason: tuple[tuple[Reason, int], ...]
    by_source: tuple[tuple[Source, int], ...]
    batches: int
    appeals: int
    second: int
    ripe: int
    on_time: int
    restored: int
    reversed_share: Fraction | None
    by_clock: int
    lapsed: int
    expired: int
    served: int
    undone: int
    wait: timedelta | None
    notice: timedelta | None


def month_of(text: str) -> date | None:
    """Return the first day of the month ``text`` names (``2026-05``), or None when it names none."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-05") else None
    except ValueError:
        return None


def next_month(first: date) -> date:
    """Return the first day of the month after.

    >>> next_month(date(2026, 12, 1)).isoformat()
    '2027-01-01'
    """
    return (first + timedelta(days=31)).replace(day=1)


async def monthly(first: date, *, community_id: int | None = None) -> Summary:
    """Return the figures of the month that begins on ``first``, in Beijing time."""
    since, until = (ends_at(day - timedelta(days=1)) for day in (first, next_month(first)))
    return await summary(since, until, community_id=community_id)


async def summary(since: datetime, until: datetime, *, community_id: int | None = None) -> Summary:
    """Return what was decided in ``[since, until)`` and what became of that, as far as it is known by now."""
    where = {} if community_id is None else {"community_id": community_id}
    hidings = await Hiding.filter(at__gte=since, at__lt=until, **where)
    closed = await Report.filter(closed_at__gte=since, closed_at__lt=until, **where)
    appeals = await Appeal.filter(hiding_id__in=[each.id for each in hidings])
    return summed(hidings, closed, appeals)


def summed(hidings: Sequence[Hiding], closed: Iterable[Report], appeals: Sequence[Appeal]) -> Summary:
    """Return the figures of these decisions, closed reports and appeals."""
    done, states = list(closed), Counter(each.state for each in hidings)
    expired = {each.id for each in hidings if each.state is State.EXPIRED}
    missed = [each for each in appeals if each.hiding_id in expired and not each.answered_at]
    answered = [each for each in appeals if each.answered_at]
    restored = states[State.REVERSED] + states[State.EXPIRED]
    ripe = len(answered) + len(missed)
    return Summary(
        hidings=len(hidings),
        kept=len({report.subject for report in done if report.verdict is Verdict.KEEP}),
        by_measure=_counted(Measure, [each.measure for each in hidings]),
        by_reason=_counted(Reason, [each.reason for each in hidings]),
        by_source=_counted(Source, [each.source for each in hidings]),
        batches=len({each.batch for each in hidings if each.batch}),
        appeals=len(appeals),
        second=sum(each.level > 1 for each in appeals),
        ripe=ripe,
        on_time=sum(each.answered_at < each.due_at for each in answered if each.answered_at),
        restored=restored,
        reversed_share=Fraction(restored, ripe) if ripe else None,
        by_clock=states[State.LAPSED] + states[State.EXPIRED] + states[State.SERVED],
        lapsed=states[State.LAPSED],
        expired=states[State.EXPIRED],
        served=states[State.SERVED],
        undone=states[State.UNDONE],
        wait=_median(report.closed_at - report.at for report in done if report.closed_at),
        notice=_median(each.told_at - each.effective_at for each in hidings if each.told_at and each.effective_at),
    )


def _median(waits: Iterable[timedelta]) -> timedelta | None:
    found = list(waits)
    return median_high(found) if found else None


def _counted(kinds: Iterable[T], found: Iterable[T]) -> tuple[tuple[T, int], ...]:
    counts = Counter(found)
    return tuple((kind, counts[kind]) for kind in kinds if counts[kind])
