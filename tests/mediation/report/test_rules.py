"""The formulas on worked numbers."""

from datetime import date
from fractions import Fraction

import pytest

from mediation.case.states import Outcome
from mediation.report import rules
from mediation.report.rules import Counted, Promise, Share

JAN, APR = date(2026, 1, 1), date(2026, 4, 1)
WRITTEN, GAP = Outcome.AGREED_WRITTEN, Outcome.FAILED_GAP


def case(accepted: date | None, closed: date | None, outcome: Outcome | None = None, **more: object) -> Counted:
    return Counted(kind="02", accepted=accepted, closed=closed, outcome=outcome, **more)  # type: ignore[arg-type]


CASES = [
    case(date(2025, 12, 20), date(2026, 1, 1), WRITTEN, due=date(2026, 1, 20), ended=date(2026, 1, 1)),
    case(date(2026, 1, 1), date(2026, 1, 31), GAP, due=date(2026, 1, 30), ended=date(2026, 1, 31)),
    case(date(2026, 2, 1), date(2026, 2, 11), Outcome.AGREED_ORAL, due=date(2026, 2, 11), ended=date(2026, 2, 11)),
    case(date(2026, 3, 1), date(2026, 4, 1), WRITTEN, due=date(2026, 3, 20), ended=date(2026, 4, 1), hard=True),
    case(date(2026, 3, 31), date(2026, 3, 31), Outcome.AGREED_PARTIAL, hard=True, due=APR, ended=date(2026, 3, 31)),
    case(None, date(2026, 2, 1), Outcome.DECLINED),
    case(None, date(2026, 2, 2), Outcome.LAPSED),
    case(None, date(2026, 2, 3), Outcome.REFUSED_BEFORE_ACCEPTANCE),
]


def test_a_period_has_its_first_day_and_not_its_last() -> None:
    assert len(rules.accepted(CASES, JAN, APR)) == 4
    assert len(rules.concluded(CASES, JAN, APR)) == 4


def test_what_was_never_accepted_is_neither_won_nor_lost() -> None:
    ended = rules.concluded(CASES, JAN, APR)
    assert rules.success(ended) == Share(3, 4)
    assert rules.success(ended).tenths == 750
    assert rules.success([]).ratio is None
    assert rules.success([]).tenths is None


def test_in_time_counts_the_last_day_and_keeps_hard_from_soft() -> None:
    ended = rules.concluded(CASES, JAN, APR)
    assert rules.punctual(ended, hard=False) == Share(2, 3)
    assert rules.punctual(ended, hard=True) == Share(1, 1)
    assert rules.punctual(rules.concluded(CASES, APR, date(2026, 7, 1)), hard=True) == Share(0, 1)


@pytest.mark.parametrize(
    ("days", "mean", "median", "p90"),
    [
        ([7], Fraction(7), Fraction(7), 7),
        ([10, 0], Fraction(5), Fraction(5), 10),
        ([0, 10, 12, 30], Fraction(13), Fraction(11), 30),
        (range(1, 11), Fraction(11, 2), Fraction(11, 2), 9),
        (range(1, 101), Fraction(101, 2), Fraction(101, 2), 90),
    ],
)
def test_days_are_exact(days: list[int], mean: Fraction, median: Fraction, p90: int) -> None:
    told = rules.spread(days)
    assert (told.n, told.mean, told.median, told.p90) == (len(days), mean, median, p90)


def test_nothing_lasted_no_time_at_all() -> None:
    assert rules.spread([]) == rules.Spread(0, None, None, None)


def test_days_of_waiting_are_left_out_of_the_net_time() -> None:
    waited = [case(date(2026, 6, 10), date(2026, 8, 13), WRITTEN, paused=19)]
    assert rules.lasting(waited, net=False).mean == 64
    assert rules.lasting(waited, net=True).mean == 45


def test_a_promise_is_kept_on_its_day_and_not_on_the_next() -> None:
    made = [
        Promise(date(2026, 1, 10), date(2026, 1, 10), 100_000),
        Promise(date(2026, 1, 10), date(2026, 1, 11), 50_000),
        Promise(date(2026, 3, 31), None, 25_000),
        Promise(APR, APR, 1),
    ]
    assert rules.kept(made, JAN, APR) == (Share(1, 3), Share(100_000, 175_000))


def test_by_kind_adds_up_and_small_figures_are_not_told() -> None:
    assert rules.by_kind(CASES, JAN, APR) == [("02", 4, 4, 3)]
    assert [rules.small(each) for each in (0, 1, 4, 5, 12)] == ["0", "<5", "<5", "5", "12"]


@pytest.mark.parametrize(("month", "first", "then"), [(1, 1, 4), (3, 1, 4), (4, 4, 7), (9, 7, 10)])
def test_quarters(month: int, first: int, then: int) -> None:
    assert rules.quarter(date(2026, month, 15)) == (date(2026, first, 1), date(2026, then, 1))
    assert rules.quarter(date(2026, 12, 31)) == (date(2026, 10, 1), date(2027, 1, 1))
