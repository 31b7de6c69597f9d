"""The formulas of the statistics, on closed sets and half-open periods ``[from, to)``. Nothing here does I/O.

A share is exact; where there is nothing to divide by it is None, and a page says so instead of 0 %. What a formula
leaves out is said above it. Source: 司发通〔2010〕239号; the periods and shares are our own definitions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from mediation.case.channels import Channel
from mediation.case.models import Track
from mediation.case.states import Outcome

AGREED: Final = frozenset({Outcome.AGREED_WRITTEN, Outcome.AGREED_ORAL, Outcome.AGREED_PARTIAL})
SMALL: Final = 5
"""In a public table a figure below this is shown as ``<5``, so that nobody is found by counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One case as the statistics see it.

    ``ended``: the day on which its mediating period ended; ``due``: the last day of that period; ``hard``: whether the
    law ends the talks on it; ``paused``: days that it left out; ``fen``: what the agreement in force has to be paid;
    ``people``: parties.
    """

    kind: str
    track: Track = Track.PEOPLE
    channel: Channel = Channel.WEB
    fen: int = 0
    people: int = 0
    accepted: date | None = None
    closed: date | None = None
    outcome: Outcome | None = None
    ended: date | None = None
    due: date | None = None
    hard: bool = False
    paused: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of an agreement: its last day, the day on which it was kept, and the money in fen."""

    due: date
    done: date | None
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def ratio(self) -> Fraction | None:
        """Return the share, or None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def tenths(self) -> int | None:
        """Return tenths of a per cent, half up.

        >>> Share(2, 3).tenths
        667
        """
        return (self.part * 2000 + self.whole) // (2 * self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, median and the ninetieth percentile (nearest rank) of some days; None of nothing."""

    n: int
    mean: Fraction | None
    median: Fraction | None
    p90: int | None


def accepted(cases: Iterable[Counted], since: date, until: date) -> list[Counted]:
    """Return A, the cases accepted in the period (受理数)."""
    return [each for each in cases if each.accepted and since <= each.accepted < until]


def assisted(joined: Iterable[date], since: date, until: date) -> int:
    """Return how many cases of others were joined in the period (协同); they stand beside 受理数, never in it."""
    return sum(since <= day < until for day in joined)


def concluded(cases: Iterable[Counted], since: date, until: date) -> list[Counted]:
    """Return the cases closed in the period that had been accepted (调结数); declined and lapsed ones are not in it."""
    return [each for each in cases if each.closed and since <= each.closed < until and each.accepted]


def success(cases: Sequence[Counted]) -> Share:
    """Return how many of the concluded cases were agreed (调解成功率)."""
    return Share(sum(each.outcome in AGREED for each in cases), len(cases))


def punctual(cases: Iterable[Counted], *, hard: bool) -> Share:
    """Return how many concluded cases with a last day, of the law or soft, ended on or before it (按期办结率)."""
    bound = [each for each in cases if each.due and each.ended and each.hard is hard]
    return Share(sum(_in_time(each) for each in bound), len(bound))


def _in_time(case: Counted) -> bool:
    return bool(case.ended and case.due and case.ended <= case.due)


def lasting(cases: Iterable[Counted], *, net: bool) -> Spread:
    """Return how long the concluded cases took in calendar days (平均办理时长), ``net`` of the days left out."""
    days = [
        (each.closed - each.accepted).days - (each.paused if net else 0)
        for each in cases
        if each.closed and each.accepted
    ]
    return spread(days)


def spread(days: Iterable[int]) -> Spread:
    """Return mean, median and P90.

    >>> spread([1, 2, 3, 4]).median
    Fraction(5, 2)
    """
    row = sorted(days)
    if not row:
        return Spread(0, None, None, None)
    n = len(row)
    return Spread(n, Fraction(sum(row), n), Fraction(row[(n - 1) // 2] + row[n // 2], 2), row[-(-9 * n // 10) - 1])


def kept(promises: Iterable[Promise], since: date, until: date) -> tuple[Share, Share]:
    """Return how many promises due in the period were kept on or before their day (履行率), by number and by fen."""
    due = [each for each in promises if since <= each.due < until]
    good = [each for each in due if each.done and each.done <= each.due]
    return Share(len(good), len(due)), Share(sum(each.fen for each in good), sum(each.fen for each in due))


def by_kind(cases: Sequence[Counted], since: date, until: date) -> list[tuple[str, int, int, int]]:
    """Return by kind of dispute: accepted, concluded, agreed; the kinds in the order of the form."""
    began, ended = accepted(cases, since, until), concluded(cases, since, until)
    kinds = sorted({each.kind for each in [*began, *ended]})
    return [(kind, _of(began, kind), _of(ended, kind), success(_those(ended, kind)).part) for kind in kinds]


def _those(cases: Iterable[Counted], kind: str) -> list[Counted]:
    return [each for each in cases if each.kind == kind]


def _of(cases: Iterable[Counted], kind: str) -> int:
    return len(_those(cases, kind))


def small(figure: int) -> str:
    """Return a figure as a public table may show it.

    >>> small(4), small(5), small(0)
    ('<5', '5', '0')
    """
    return f"<{SMALL}" if 0 < figure < SMALL else str(figure)


def quarter(day: date) -> tuple[date, date]:
    """Return the first day of the quarter that ``day`` is in, and of the next.

    >>> quarter(date(2026, 11, 22))
    (datetime.date(2026, 10, 1), datetime.date(2027, 1, 1))
    """
    first = 3 * ((day.month - 1) // 3) + 1
    following = date(day.year + 1, 1, 1) if first == 10 else date(day.year, first + 3, 1)  # noqa: PLR2004 - October
    return date(day.year, first, 1), following


Formula = Callable[[Sequence[Counted]], Share]
SHARES: Final[tuple[tuple[str, Formula], ...]] = (
    ("success", success),
    ("hard", lambda cases: punctual(cases, hard=True)),
    ("soft", lambda cases: punctual(cases, hard=False)),
)
"""The shares of a report over the concluded cases, in the order in which they are shown."""
