"""What totals give away, against trying every way of voting."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.ballot import leak
from deliberation.ballot.leak import Cast, Detail, exposed, guard, rounded

AREAS = st.sampled_from([5012, 7034, 8912, 9001, 9034, 12_000])
VOTES = st.lists(st.builds(Cast, AREAS, st.sampled_from(["yes", "no", "abstain"])), min_size=1, max_size=7)


def by_trying(votes: list[Cast], grain: int) -> frozenset[int]:
    """Return whose vote is the same in every way of voting that gives the same published totals."""
    choices = sorted({vote.choice for vote in votes})

    def totals(said: tuple[str, ...]) -> list[tuple[int, int]]:
        found = []
        for choice in choices:
            areas = [vote.area for vote, each in zip(votes, said, strict=True) if each == choice]
            found.append((len(areas), rounded(sum(areas), grain)))
        return found

    aim = totals(tuple(vote.choice for vote in votes))
    ways = [said for said in product(choices, repeat=len(votes)) if totals(said) == aim]
    return frozenset(n for n in range(len(votes)) if len({said[n] for said in ways}) == 1)


@settings(max_examples=200, deadline=None)
@given(VOTES, st.sampled_from([1, 100, 1000, 3000]))
def test_small_votes_are_judged_as_by_trying_every_way(votes: list[Cast], grain: int) -> None:
    assert exposed(votes, grain=grain) == by_trying(votes, grain)


@pytest.mark.parametrize("seed", range(4))
def test_sixteen_units_are_judged_as_by_trying_every_way(seed: int) -> None:
    areas = [5000 + (n * n * 37 + seed * 911) % 9000 for n in range(16)]
    votes = [Cast(area, "yes" if (area + seed) % 3 else "no") for area in areas]
    assert exposed(votes) == by_trying(votes, 1)


def test_a_unanimous_vote_exposes_everybody() -> None:
    assert guard([Cast(9000, "yes")] * 50).detail is Detail.OUTCOME


def test_a_unanimous_type_is_exposed_though_all_flats_of_it_are_alike() -> None:
    # The 6,100 m² of one side can only be the large flats: 1·100 + 1·61 is no other sum of the same heads.
    votes = [Cast(10_000, "yes")] * 3 + [Cast(6100, "no")] * 3
    assert exposed(votes) == frozenset(range(6))


def test_mixed_types_hide_each_other() -> None:
    votes = [Cast(9000, "yes"), Cast(9000, "no")] * 10
    assert guard(votes) == leak.Verdict(Detail.EXACT, 1, 0)


def test_whole_square_metres_may_do_what_exact_ones_do_not() -> None:
    votes = [Cast(9000 + n, "yes" if n % 2 else "no") for n in range(12)]
    votes = [Cast(vote.area + 7 * n * n, vote.choice) for n, vote in enumerate(votes)]
    assert guard(votes).detail is not Detail.OUTCOME
    assert not exposed(votes, grain=guard(votes).grain)


def test_fewer_than_ten_are_told_the_outcome_alone() -> None:
    assert guard([Cast(9000, "yes"), Cast(9000, "no")] * 4).detail is Detail.OUTCOME


def test_what_cannot_be_shown_to_be_safe_counts_as_exposed(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = [Cast(5000 + n * n * 101, "yes" if n % 3 else "no") for n in range(12)]
    fewest = len(exposed(votes))
    monkeypatch.setattr(leak, "STATES", 1)
    assert len(exposed(votes)) >= fewest
    assert exposed(votes) == frozenset(range(12)) - _swapped(votes)


def _swapped(votes: list[Cast]) -> frozenset[int]:
    """Return who is safe because two votes of one side weigh as much as two of the other."""
    yes = [n for n, vote in enumerate(votes) if vote.choice == "yes"]
    no = [n for n, vote in enumerate(votes) if vote.choice == "no"]
    return frozenset(
        n
        for a, b in product(yes, yes)
        for c, d in product(no, no)
        if a < b and c < d and votes[a].area + votes[b].area == votes[c].area + votes[d].area
        for n in (a, b, c, d)
    )


def test_a_large_neighbourhood_of_unequal_flats_is_safe_and_quick() -> None:
    votes = [Cast(5000 + (n * 7919) % 9000, ("yes", "yes", "no", "abstain")[n % 4]) for n in range(400)]
    assert guard(votes).detail is Detail.EXACT
