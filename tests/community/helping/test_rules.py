"""The limits, the table of bars and the lot."""

from datetime import UTC, datetime, timedelta

import pytest

from community.errors import Refused, Unfit
from community.helping.rules import BARS, LONGEST, Bar, how_many, refuse, sample, until

AT = datetime(2026, 5, 4, 4, tzinfo=UTC)


@pytest.mark.parametrize("bar", list(Bar))
def test_every_bar_refuses_in_its_own_words(bar: Bar) -> None:
    kind, sentence, field = BARS[bar]
    with pytest.raises(kind) as refused:
        refuse({bar: True})
    assert (refused.value.reason, refused.value.field) == (sentence, field)


def test_nothing_in_the_way_refuses_nothing_and_the_first_of_two_is_said() -> None:
    refuse(dict.fromkeys(Bar, False))
    with pytest.raises(Refused, match=BARS[Bar.SELF][1]):
        refuse(dict.fromkeys(Bar, True))


def test_an_authorisation_ends_with_its_day_and_within_a_week() -> None:
    assert until(AT, 0) == datetime(2026, 5, 4, 16, tzinfo=UTC)
    assert until(AT, LONGEST) - until(AT, 0) == timedelta(days=7)
    for days in (-1, LONGEST + 1):
        with pytest.raises(Unfit):
            until(AT, days)


def test_the_lot_takes_one_in_five_of_each_helper_and_at_least_one_whatever_the_order() -> None:
    done = {1: [f"a{n}" for n in range(12)], 2: ["b"], 3: []}
    taken = sample("seed", done)
    assert [sum(code.startswith(letter) for code in taken) for letter in "ab"] == [3, 1]
    assert taken == sample("seed", {2: ["b"], 1: reversed(done[1])})
    assert sample("seed", {1: done[1]}) != sample("another", {1: done[1]})
    assert how_many(0) == 0
