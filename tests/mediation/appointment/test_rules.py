"""The tables of appointments: which deed leads where, which times suit everybody."""

from datetime import timedelta
from itertools import product

import pytest

from mediation.appointment.rules import (
    BEFORE,
    STEPS,
    Deed,
    Fixing,
    Reminder,
    allowed,
    in_order,
    is_link,
    numbers,
    stored,
    suiting,
)
from tests.world import NOON


def test_what_is_over_stays_over() -> None:
    over = (Fixing.CANCELLED, Fixing.HELD)
    assert not [each for each in product(Deed, over) if allowed(*each)]
    assert {deed for deed in Deed if allowed(deed, Fixing.FIXED)} == {Deed.CHANGE, Deed.CANCEL, Deed.ATTEND}
    assert STEPS[Deed.FIX][1] is Fixing.FIXED


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ([], set()),
        ([None], set()),
        ([frozenset({1, 2}), None], set()),
        ([frozenset({1, 2}), frozenset()], set()),
        ([frozenset({1, 2}), frozenset({2, 3}), frozenset({2})], {2}),
        ([frozenset({1, 5})], {1, 5}),
    ],
)
def test_a_time_suits_when_everybody_said_so(answers: list[frozenset[int] | None], fits: set[int]) -> None:
    assert suiting(answers) == fits


def test_an_answer_is_kept_as_it_was_given() -> None:
    assert stored([3, 1, 3]) == "1,3"
    assert numbers(stored([])) == frozenset()
    assert numbers(None) is None


def test_times_are_put_in_order_once_each() -> None:
    later = NOON + timedelta(hours=2)
    assert in_order([later, NOON, later]) == [NOON, later]
    assert BEFORE[Reminder.DAY] > BEFORE[Reminder.HOURS]


@pytest.mark.parametrize(
    "bad", ["javascript:alert(1)", "//meet.example.org", "http://", "https://x/" + "a" * 300, "[["]
)
def test_a_link_must_lead_to_a_page(bad: str) -> None:
    assert not is_link(bad)
