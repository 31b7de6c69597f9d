"""Ranked ballots: worked examples, real elections against their reference, and what must hold for any."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.ballot.ranked import Ranking, condorcet, first_choices, pairwise, ranking, run_off, schulze

DATA = Path(os.environ.get("HEYI_DATA", "")) / "ballots_ranked"
SEED = "2026-05-01 开奖号 0417"
OPTIONS = "abcd"
RANKINGS = st.lists(
    st.builds(lambda order, cut, count: ranking(*order[:cut], count=count), st.permutations(OPTIONS),
              st.integers(1, 4), st.integers(1, 9)),
    min_size=1, max_size=9,
)  # fmt: skip

TENNESSEE = [
    ranking("memphis", "nashville", "chattanooga", "knoxville", count=42),
    ranking("nashville", "chattanooga", "knoxville", "memphis", count=26),
    ranking("chattanooga", "knoxville", "nashville", "memphis", count=15),
    ranking("knoxville", "chattanooga", "nashville", "memphis", count=17),
]


def test_the_example_of_the_textbooks() -> None:
    towns = frozenset({"memphis", "nashville", "chattanooga", "knoxville"})
    assert first_choices(TENNESSEE, towns).most_common(1) == [("memphis", 42)]
    found = run_off(TENNESSEE, towns, seed=SEED)
    assert [each.leaves for each in found.rounds] == ["chattanooga", "nashville", None]
    assert found.winner == "knoxville"
    pairs = pairwise(TENNESSEE, towns)
    assert condorcet(pairs, towns) == "nashville"
    assert schulze(pairs, towns, seed=SEED) == ("nashville", "chattanooga", "knoxville", "memphis")


def test_the_example_of_schulzes_paper() -> None:
    told = {"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8}
    pairs = pairwise([ranking(*order, count=count) for order, count in told.items()], "abcde")
    assert condorcet(pairs, "abcde") is None
    assert schulze(pairs, "abcde", seed=SEED) == tuple("eacbd")


def test_equals_on_a_ballot_count_for_nobody_until_one_of_them_is_left() -> None:
    tied = Ranking((frozenset("ab"), frozenset("c")), 3)
    assert first_choices([tied], frozenset("abc")) == {"a": 0, "b": 0, "c": 0}
    assert first_choices([tied], frozenset("bc")) == {"b": 3, "c": 0}


def test_of_equals_the_one_leaves_that_had_fewer_before() -> None:
    ballots = [ranking("a", count=4), ranking("b", count=3), ranking("c", "b", count=1)]
    found = run_off(ballots, "abc", seed=SEED)
    assert [(each.leaves, each.by_lot) for each in found.rounds] == [("c", False), ("b", False)]
    assert found.winner == "a"


def test_a_full_tie_is_settled_by_the_lot_and_always_in_the_same_way() -> None:
    ballots = [ranking("a", count=2), ranking("b", count=2)]
    found = {run_off(ballots, order, seed=SEED).winner for order in ("ab", "ba")}
    assert len(found) == 1
    assert run_off(ballots, "ab", seed=SEED).rounds[0].by_lot
    assert {run_off(ballots, "ab", seed=f"{n}").winner for n in range(20)} == {"a", "b"}


def test_without_a_vote_nobody_wins() -> None:
    assert run_off([], "ab", seed=SEED).winner is None
    assert run_off([], "", seed=SEED).winner is None


@given(RANKINGS)
def test_the_order_of_the_ballots_changes_nothing(ballots: list[Ranking]) -> None:
    assert run_off(ballots, OPTIONS, seed=SEED) == run_off(ballots[::-1], OPTIONS[::-1], seed=SEED)
    one, other = pairwise(ballots, OPTIONS), pairwise(ballots[::-1], OPTIONS)
    assert schulze(one, OPTIONS, seed=SEED) == schulze(other, OPTIONS[::-1], seed=SEED)


@given(RANKINGS)
def test_schulze_begins_with_who_beats_everybody_and_a_majority_wins_at_once(ballots: list[Ranking]) -> None:
    pairs = pairwise(ballots, OPTIONS)
    best = condorcet(pairs, OPTIONS)
    assert best is None or schulze(pairs, OPTIONS, seed=SEED)[0] == best
    votes = first_choices(ballots, frozenset(OPTIONS))
    option, most = votes.most_common(1)[0]
    if most * 2 > votes.total():
        assert run_off(ballots, OPTIONS, seed=SEED).winner == best == option


@given(RANKINGS)
def test_ranking_the_winner_alone_once_more_never_makes_them_lose_by_schulze(ballots: list[Ranking]) -> None:
    first = schulze(pairwise(ballots, OPTIONS), OPTIONS, seed=SEED)[0]
    more = [*ballots, ranking(first)]
    assert schulze(pairwise(more, OPTIONS), OPTIONS, seed=SEED)[0] == first


def reference() -> Iterator[Any]:
    """Return the real elections with what they are known to end in."""
    if DATA.is_dir():
        for name, known in json.loads((DATA / "REFERENCE.json").read_text()).items():
            if not name.endswith(".cat"):
                yield pytest.param(name, known, id=name)


def read(path: Path) -> tuple[dict[str, str], list[Ranking]]:
    """Return the names and the ballots of a PrefLib file."""
    text = path.read_text(encoding="utf-8")
    names = dict(re.findall(r"^# ALTERNATIVE NAME (\d+): (.*?)\s*$", text, flags=re.MULTILINE))
    found = []
    for count, order in re.findall(r"^(\d+): *(.*)$", text, flags=re.MULTILINE):
        groups = re.findall(r"\{[^}]*\}|[^,{}\s]+", order)
        found.append(Ranking(tuple(frozenset(re.findall(r"\d+", group)) for group in groups), int(count)))
    return names, found


@pytest.mark.parametrize(("name", "known"), list(reference()))
def test_real_elections_end_as_they_are_known_to(name: str, known: dict[str, Any]) -> None:
    names, ballots = read(DATA / name)
    assert sum(each.count for each in ballots) == known["voters"]
    votes = first_choices(ballots, frozenset(names))
    found = run_off(ballots, names, seed=SEED)
    best = condorcet(pairwise(ballots, names), names)
    assert names[max(votes, key=lambda key: votes[key])] == known["plurality"]
    assert found.winner is not None
    assert (names[found.winner], len(found.rounds)) == (known["irv"], known["irv_rounds"])
    assert {names[key]: count for key, count in found.rounds[-1].votes.items()} == known["irv_last"]
    assert (names[best] if best else None) == known["condorcet"]
