"""Both ways of counting, by hand, against real elections, and against a slow count that does nothing clever."""

import json
import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.errors import Unfit
from deliberation.budget.equal_shares import Completion, Utility, equal_shares
from deliberation.budget.greedy import greedy
from deliberation.budget.pabulib import format_sheet, parse
from deliberation.budget.rules import Ballot, Kind, Project, Round, Why, breaches, gathered

DATA = Path(os.environ.get("HEYI_DATA", "")) / "pabulib"
KEYS = "abcde"
ROUNDS = st.builds(
    lambda budget, costs, ballots: Round(
        budget, tuple(Project(key, cost) for key, cost in zip(KEYS, costs, strict=True)), gathered(ballots)
    ),
    st.integers(1, 200),
    st.lists(st.integers(1, 120), min_size=5, max_size=5),
    st.lists(st.sets(st.sampled_from(KEYS), min_size=1).map(lambda keys: dict.fromkeys(keys, 1)), max_size=12),
)


def made(budget: int, costs: Mapping[str, int], *ballots: tuple[str, int]) -> Round:
    """Return a round of approval ballots, each the letters of its projects and how many said so."""
    projects = tuple(Project(key, cost) for key, cost in costs.items())
    return Round(budget, projects, tuple(Ballot(dict.fromkeys(keys, 1), count) for keys, count in ballots))


BLOCS = made(100, {"a": 40, "b": 40, "c": 20, "d": 30}, ("ab", 60), ("d", 30), ("c", 10))
"""Sixty want a and b, thirty want d, ten want c; there is money for two and a bit."""


def test_greedy_gives_the_majority_what_it_wants_and_shares_give_each_bloc_its_part() -> None:
    assert [project.key for project in greedy(BLOCS).won] == ["a", "b", "c"]
    shares = equal_shares(BLOCS, completion=Completion.NONE)
    assert {project.key for project in shares.won} == {"a", "d"}
    why = {step.project.key: (step.why, step.left) for step in shares.steps}
    assert why["b"] == (Why.SUPPORTERS_SHORT, Fraction(20))
    filled = equal_shares(BLOCS, completion=Completion.GREEDY)
    assert {step.project.key: step.why for step in filled.steps}["c"] is Why.FILLED
    assert filled.method == "equal_shares/cost/greedy"


def test_every_project_has_a_reason() -> None:
    round_ = made(50, {"a": 60, "b": 50, "c": 10, "d": 1}, ("ab", 3), ("c", 1))
    assert {step.project.key: step.why for step in greedy(round_).steps} == {
        "a": Why.TOO_DEAR,
        "b": Why.WON,
        "c": Why.NO_MONEY,
        "d": Why.NO_SUPPORT,
    }
    assert {step.why for step in equal_shares(round_).steps if step.project.key == "a"} == {Why.TOO_DEAR}


def test_nobody_voted_and_nothing_is_chosen() -> None:
    empty = made(100, {"a": 10})
    assert greedy(empty).won == equal_shares(empty).won == ()


def test_points_say_how_much_somebody_has_from_a_project() -> None:
    projects = (Project("a", 50), Project("b", 50))
    ballots = (Ballot({"a": 5, "b": 1}, 2), Ballot({"b": 2}, 1))
    points = Round(90, projects, ballots, Kind.POINTS)
    assert [each.key for each in equal_shares(points, utility=Utility.POINTS, completion=Completion.NONE).won] == ["a"]


def test_adding_to_every_share_spends_more_and_never_too_much() -> None:
    more = equal_shares(BLOCS, completion=Completion.ADD_ONE)
    assert equal_shares(BLOCS, completion=Completion.NONE).spent <= more.spent <= BLOCS.budget


def test_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    equal_shares(BLOCS, watch=lambda done, whole: seen.append((done, whole)))
    assert seen == [(1, 4), (2, 4)]


@given(ROUNDS, st.sampled_from(Completion), st.sampled_from([Utility.COST, Utility.COUNT]))
@settings(deadline=None)
def test_no_count_spends_more_than_there_is_or_leaves_a_project_out(
    round_: Round, completion: Completion, utility: Utility
) -> None:
    for counted in (greedy(round_), equal_shares(round_, utility=utility, completion=completion)):
        assert counted.spent <= round_.budget
        assert sorted(step.project.key for step in counted.steps) == list(KEYS)
        assert all(round_.votes()[project.key] for project in counted.won)


def slowly(round_: Round, utility: Utility) -> set[str]:
    """Count equal shares voter by voter, looking at every project every time."""
    voters = [ballot.points for ballot in round_.ballots for _ in range(ballot.count)]
    left = [Fraction(round_.budget, len(voters))] * len(voters) if voters else []
    open_, won = {project.key: project for project in round_.projects}, set[str]()
    while True:
        best = None
        for place, project in enumerate(sorted(open_.values(), key=lambda p: (-round_.scores()[p.key], p.cost))):
            fans = sorted((left[n], n) for n, points in enumerate(voters) if project.key in points)
            due, cap = Fraction(project.cost), None
            for rank, (purse, _) in enumerate(fans):
                if purse * (len(fans) - rank) >= due:
                    cap = due / (len(fans) - rank)
                    break
                due -= purse
            if cap is not None:
                price = cap / (project.cost if utility is Utility.COST else 1)
                best = min(best or (price, place, project, cap), (price, place, project, cap), key=lambda x: x[:2])
        if best is None:
            return won
        _, _, project, cap = best
        left = [purse - min(purse, cap) if project.key in points else purse
                for purse, points in zip(left, voters, strict=True)]  # fmt: skip
        won.add(open_.pop(project.key).key)


@given(ROUNDS, st.sampled_from([Utility.COST, Utility.COUNT]))
@settings(deadline=None)
def test_the_quick_count_finds_what_the_slow_one_finds(round_: Round, utility: Utility) -> None:
    quick = equal_shares(round_, utility=utility, completion=Completion.NONE)
    assert {project.key for project in quick.won} == slowly(round_, utility)


@pytest.mark.parametrize(
    ("ballot", "kind", "words"),
    [
        ({}, Kind.APPROVAL, "至少选一个"),
        ({"x": 1}, Kind.APPROVAL, "不在这一轮"),
        ({"a": 1, "b": 1, "c": 1}, Kind.APPROVAL, "最多选"),
        ({"a": 2, "b": 1}, Kind.POINTS, "分"),
        ({"a": 1, "b": 1}, Kind.KNAPSACK, "超过了总额"),
        ({"a": 1, "b": 1}, Kind.APPROVAL, ""),
        ({"a": -1}, Kind.POINTS, "至少选一个"),
    ],
)
def test_a_ballot_that_breaks_a_rule_is_told_which(ballot: dict[str, int], kind: Kind, words: str) -> None:
    said = breaches(ballot, {"a": 60, "b": 50, "c": 10}, kind=kind, budget=100, most=2)
    assert words in said
    assert bool(said) is bool(words)


def reference() -> Iterator[Any]:
    """Return the real rounds with their reference."""
    if DATA.is_dir():
        for name, known in json.loads((DATA / "REFERENCE.json").read_text()).items():
            yield pytest.param(name, known, id=name)


@pytest.mark.parametrize(("name", "known"), list(reference()))
def test_real_rounds_count_as_they_are_known_to(name: str, known: dict[str, Any]) -> None:
    sheet = parse((DATA / name).read_text(encoding="utf-8"))
    assert (sheet.round.voters, len(sheet.round.projects)) == (known["voters"], known["projects"])
    assert {key: sheet.round.votes()[key] for key in sheet.told} == dict(sheet.told)
    won = {project.key for project in greedy(sheet.round).won}
    assert won == set(known["greedy"])
    assert (sheet.funded is not None and won == set(sheet.funded)) is known["eq"]
    for utility, key in ((Utility.COST, "mes_cost"), (Utility.COUNT, "mes_cardinality")):
        if key in (known.get("pabutools") or {}):
            found = equal_shares(sheet.round, utility=utility, completion=Completion.NONE)
            assert {project.key for project in found.won} == set(known["pabutools"][key])
    again = parse(format_sheet(sheet.round, meta=sheet.meta))
    assert again.round.votes() == sheet.round.votes()
    assert again.round.scores() == sheet.round.scores()


GOOD = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;甲
b;50;乙
VOTES
voter_id;vote
1;a,b
2;a
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("PROJECTS\n", "", "PROJECTS"),
        ("budget;100", "budget;many", "不是整数"),
        ("vote_type;approval", "vote_type;telepathy", "telepathy"),
        ("a;60", "a;6.5", "6.5"),
        ("b;50", "a;50", "编号一样"),
        ("2;a", "2;z", "z"),
        ("project_id;cost", "project;cost", "project_id"),
        ("2;a\n", "", ""),
    ],
)
def test_a_file_that_is_wrong_is_told_where(old: str, new: str, words: str) -> None:
    assert parse(GOOD).round.votes() == {"a": 2, "b": 1}
    text = GOOD.replace(old, new)
    if not words:
        assert parse(text).round.voters == 1
        return
    with pytest.raises(Unfit) as why:
        parse(text)
    assert words in why.value.reason.format(**why.value.facts)


def test_a_file_of_points_and_of_ranks_is_read() -> None:
    points = GOOD.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
    points = points.replace("1;a,b", "1;a,b;1,3").replace("2;a", "2;a;2")
    assert parse(points).round.scores() == {"a": 3, "b": 3}
    with pytest.raises(Unfit):
        parse(points.replace("1,3", "1"))
    ranks = parse(GOOD.replace("approval", "ordinal\nmax_length;3")).round
    assert ranks.scores() == {"a": 6, "b": 2}
