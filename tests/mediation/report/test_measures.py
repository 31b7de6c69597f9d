"""The formulas beside the closed cases, and the form, on worked numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mediation.case.channels import Channel
from mediation.case.models import Track
from mediation.case.states import Outcome
from mediation.report import form, measures
from mediation.report.form import Band, Line, Source
from mediation.report.measures import Led, Passed, Ringing
from mediation.report.rules import Counted, Share
from mediation.risk.rules import Prevented
from tests.world import NOON

JAN, APR, DAY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 2, 1)
HOUR = timedelta(hours=1)
ONE = Counted(kind="02", accepted=DAY, closed=DAY, outcome=Outcome.AGREED_WRITTEN, fen=220_000, people=2)


@pytest.mark.parametrize(
    ("share", "part", "whole"),
    [
        (measures.engaged([True, False, True]), 2, 3),
        (measures.at_once([24 * HOUR, 25 * HOUR, None], 4), 1, 4),
        (measures.late(Share(3, 10)), 7, 10),
        (measures.filed(8, 3), 3, 8),
        (measures.confirmed([True, True, False]), 2, 3),
        (measures.responded([HOUR, None, 25 * HOUR], 24 * HOUR), 1, 3),
        (measures.answered([True, None, None]), 1, 3),
        (measures.solved([True, None, False]), 1, 2),
        (measures.pleased([5, 4, 3, None]), 2, 3),
        (measures.precise([Ringing(1, confirmed=True), Ringing(None, confirmed=False)]), 1, 2),
        (measures.bounced([Passed(1, bounced=True), Passed(2, bounced=False), Passed(9, bounced=False)]), 1, 3),
        (measures.one_visit([0, 1, 2]), 2, 3),
    ],
)
def test_shares_tell_part_and_whole(share: Share, part: int, whole: int) -> None:
    assert (share.part, share.whole) == (part, whole)


def test_times_are_ranks_of_what_was_answered() -> None:
    alarms = [Ringing(each, confirmed=True) for each in (1, 2, 3, 40)] + [Ringing(None, confirmed=True)]
    assert (measures.waited(alarms, 50), measures.waited(alarms, 95), measures.waited([], 50)) == (2, 40, None)
    passed = [Passed(each, bounced=False) for each in (5, 30)] + [Passed(900, bounced=True)]
    assert (measures.taken(passed, 50), measures.taken(passed, 90)) == (5, 30)


def test_what_was_prevented_is_counted_in_cases_and_people() -> None:
    told = measures.prevented([(Prevented.CRIME, 3), (Prevented.CRIME, 1), (Prevented.SUICIDE, 1)])
    assert told[Prevented.CRIME] == (2, 4)
    assert told[Prevented.FIGHT] == (0, 0)
    assert measures.reasons(["b", "a", "b"]) == [("b", 2), ("a", 1)]


def test_an_incident_was_missed_when_nobody_was_warned_before() -> None:
    assert measures.missed([(NOON, None), (NOON, NOON - HOUR), (NOON, NOON + HOUR)]) == 2


def test_nobody_is_rated_on_a_few_cases() -> None:
    assert measures.rates(Led(9, 9, 9)) is None
    assert measures.rates(Led(10, 2, 1)) == (Share(2, 10), Share(1, 10), Share(0, 10))


@pytest.mark.parametrize(
    ("channel", "source"),
    [
        (Channel.WEB, Source.APPLIED),
        (Channel.GRID, Source.FOUND),
        (Channel.COURT, Source.SENT),
        (Channel.HOTLINE, Source.SENT),
        (Channel.IMPORT, Source.IMPORTED),
    ],
)
def test_every_way_in_has_its_line(channel: Channel, source: Source) -> None:
    assert form.source(channel) is source


@pytest.mark.parametrize("by", list(form.DIMENSIONS))
def test_every_dimension_adds_up_to_its_total(by: str) -> None:
    cases = [ONE, replace(ONE, kind="04", track=Track.ADMIN, channel=Channel.GRID, fen=20_000_000), replace(ONE, fen=0)]
    *rows, total = form.lines(cases, JAN, APR, by)
    for name in ("concluded", "agreed", "fen", "people"):
        assert sum(getattr(each, name) for each in rows) == getattr(total, name)
    assert (total.accepted, total.fen, total.people) == (3, 20_220_000, 6)


def test_a_small_figure_cannot_be_had_back() -> None:
    rows = [
        Line(Band.NONE, 3, 3, 3, 90, 6),
        Line(Band.TO_10K, 9, 9, 9, 700, 18),
        Line(Band.ABOVE, 20, 20, 19, 5_000, 40),
    ]
    rows.append(Line(None, 32, 32, 31, 5_790, 64))
    told = form.public(rows)
    assert [cells[0] for _, cells in told] == ["<5", "—", "20", "32"]
    assert [cells[3] for _, cells in told] == ["—", "—", "5000", "5790"]
    two = form.public([rows[0], replace(rows[0], of=Band.ABOVE), Line(None, 6, 6, 6, 180, 12)])
    assert [cells[0] for _, cells in two] == ["<5", "<5", "6"]
    alone = form.public([rows[0], replace(rows[0], of=None)])
    assert [cells[0] for _, cells in alone] == ["<5", "<5"]
    zero = form.public(
        [Line(Band.NONE, 0, 2, 0, 0, 4), Line(Band.ABOVE, 7, 7, 7, 800, 14), Line(None, 7, 9, 7, 800, 18)]
    )
    assert [cells[1] for _, cells in zero] == ["<5", "—", "9"]
    assert [cells[4] for _, cells in zero] == ["—", "—", "18"]
