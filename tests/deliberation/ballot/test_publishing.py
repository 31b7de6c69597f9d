"""How finely counts are told."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from deliberation.ballot.leak import Cast, Detail
from deliberation.ballot.publishing import (
    REST,
    Cell,
    Took,
    choices_by_building,
    coarse,
    turnout_by_building,
    verdict,
)
from deliberation.ballot.shares import Weight
from deliberation.body.rules import Effect

CHOICES = st.lists(st.sampled_from(("yes", "no", "abstain")), max_size=25)


def test_what_binds_is_told_to_the_vote_and_what_does_not_only_where_nobody_is_exposed() -> None:
    few = [Cast(8937, "yes"), Cast(12050, "no")]
    assert verdict(Effect.BINDING, few).detail is Detail.EXACT
    assert verdict(Effect.ADVISORY, few).detail is Detail.OUTCOME
    many = [Cast(9000, "yes") for _ in range(12)] + [Cast(9000, "no") for _ in range(12)]
    assert verdict(Effect.ADVISORY, many).detail is Detail.EXACT


def test_piles_are_coarsened() -> None:
    piles = {"yes": Weight(12, 12_349)}
    assert coarse(piles, Detail.EXACT, 1) == piles
    assert coarse(piles, Detail.ROUNDED, 100) == {"yes": Weight(12, 12_300)}
    assert coarse(piles, Detail.OUTCOME, 0) == {}


def test_small_buildings_are_merged_and_one_more_when_they_could_be_had_by_subtraction() -> None:
    took = [Took("1", 5, 20), Took("2", 4, 12), Took("3", 1, 6)]
    assert turnout_by_building(took) == [Took("1", 5, 20), Took(REST, 5, 18)]
    assert turnout_by_building([*took, Took("4", 0, 5)]) == [Took("1", 5, 20), Took("2", 4, 12), Took(REST, 1, 11)]
    assert turnout_by_building(took[2:]) == []


def test_a_unanimous_building_is_shown_only_with_others() -> None:
    mixed = ["yes"] * 6 + ["no"] * 6
    cells = choices_by_building({"1": ["yes"] * 12, "2": mixed, "3": mixed})
    assert cells == [Cell("2", 6, 6, 0), Cell(REST, 18, 6, 0)]


@given(st.dictionaries(st.sampled_from("12345"), CHOICES))
def test_no_cell_is_small_or_unanimous_and_nothing_is_lost(cast: Mapping[str, Sequence[str]]) -> None:
    cells = choices_by_building(cast)
    assert all(sum((c.yes, c.no, c.abstain)) >= 10 and (c.yes, c.no, c.abstain).count(0) < 2 for c in cells)
    if cells:
        assert sum(c.yes + c.no + c.abstain for c in cells) == sum(map(len, cast.values()))


@given(st.dictionaries(st.sampled_from("12345"), st.integers(0, 30)))
def test_no_turnout_is_of_few(eligible: Mapping[str, int]) -> None:
    rows = turnout_by_building([Took(name, n // 2, n) for name, n in eligible.items()])
    assert all(row.eligible >= 10 for row in rows)
