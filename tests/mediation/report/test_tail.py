"""The lower part of the quarterly form on worked numbers."""

from datetime import date, timedelta
from enum import Enum

from mediation.feedback.rules import Suit
from mediation.report import tail
from mediation.report.rules import Promise
from mediation.report.tail import After, Facts, Row
from mediation.risk.rules import Prevented

JAN, APR = date(2026, 1, 1), date(2026, 4, 1)
FACTS = Facts(
    visits=[(Suit.NONE, False), (Suit.UPHELD, False), (Suit.REVOKED, True)],
    promises=[
        Promise(date(2026, 2, 1), date(2026, 2, 1), 600),
        Promise(date(2026, 2, 2), date(2026, 2, 9), 300),
        Promise(APR, None, 999),
    ],
    spans=[timedelta(hours=1), timedelta(days=9)],
    agreed=2,
    marks=[5, 2, None, 4],
    applied=2,
    rulings=[True, False],
    harms=[(Prevented.PETITION, 40), (Prevented.PETITION, 3)],
    sweeps=[(30, 2, 1), (20, 0, 0)],
)


def lines() -> dict[Enum, Row]:
    return {row.of: row for group in tail.groups(FACTS, JAN, APR) for row in group}


def test_every_figure_of_the_lower_part_is_counted() -> None:
    told = {of: row.n for of, row in lines().items() if row.n}
    assert told == {
        After.KEPT: 1,
        After.LATE: 1,
        After.DUE: 2,
        After.PLEASED: 2,
        After.NOT_PLEASED: 1,
        After.SILENT: 1,
        After.ASKED: 4,
        After.CONFIRMED: 1,
        After.REFUSED: 1,
        After.DECIDED: 2,
        After.SWEEPS: 2,
        After.HOMES: 50,
        After.FOUND: 2,
        After.SETTLED: 1,
        After.VISITED: 3,
        After.DANGER: 1,
        Suit.UPHELD: 1,
        Suit.REVOKED: 1,
        After.AT_ONCE: 1,
        After.APPLIED: 2,
        Prevented.PETITION: 2,
    }
    assert (lines()[After.DUE].fen, lines()[Prevented.PETITION].people) == (900, 43)
    assert set(lines()) >= {*After, *Prevented, *tail.TRIED}


def test_a_sum_is_the_sum_of_what_stands_above_it() -> None:
    for group in tail.groups(FACTS, JAN, APR):
        if len(group) > 1:
            assert sum(row.n for row in group[:-1]) == group[-1].n


def test_the_public_copy_gives_no_small_figure_back() -> None:
    group = (Row(After.KEPT, 3, None, 300), Row(After.LATE, 7, None, 700), Row(After.DUE, 10, None, 1000))
    cells = [told for _, told in tail.public(group)]
    assert cells == [["<5", "", "—"], ["—", "", "—"], ["10", "", "1000"]]
    assert tail.public((Row(Prevented.CRIME, 2, 9),)) == [(Prevented.CRIME, ["<5", "—", ""])]
    assert tail.public((Row(Prevented.CRIME, 6, 9),)) == [(Prevented.CRIME, ["6", "9", ""])]
    assert tail.public((Row(Prevented.CRIME, 0, 0),)) == [(Prevented.CRIME, ["0", "0", ""])]
