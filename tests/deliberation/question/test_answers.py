"""What papers add up to, kind by kind; real ranked ballots through the same counting."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.ballot import packs
from deliberation.ballot.committee import RESIDENTS_COMMITTEE
from deliberation.ballot.count import tally
from deliberation.ballot.decide import Outcome
from deliberation.ballot.doubts import Reason
from deliberation.ballot.roll import Electorate, Entry, Roll, people
from deliberation.ballot.rules import DecisionRule, Tie
from deliberation.ballot.votes import Vote
from deliberation.question.answers import Answer, Declared, answer
from deliberation.question.asking import options_of
from deliberation.question.marks import Marks, text_of
from deliberation.question.rules import Kind, Method, Option, Question
from deliberation.question.spoken import checked, choice_of, last_words
from tests.deliberation.question.samples import question

DATA = Path(os.environ.get("HEYI_DATA", "")) / "ballots_ranked"
RULE = packs.rule("rc25.assembly.households")
OWNERS = packs.rule("civ278.general")
SEED = "2026-05-01 开奖号 0417"


def vote(head: int, marks: Marks, *, order: int = 1) -> Vote:
    return Vote(head=str(head), choice=choice_of(marks), order=order, marks=text_of(marks))


def run(
    asked: Question,
    papers: Sequence[Mapping[str, int]],
    *,
    roll: Roll | None = None,
    rule: DecisionRule = RULE,
    declared: Mapping[str, Declared] | None = None,
) -> tuple[Outcome, Answer]:
    votes = checked(asked, [vote(head, marks) for head, marks in enumerate(papers)])
    whole = roll or people(rule.electorate, range(len(papers)))
    return answer(asked, tally(whole, [], votes, rule), last_words(whole, votes, rule), rule, declared)


def marked(*keys: int) -> dict[str, int]:
    return {str(key): 1 for key in keys}


def test_a_plan_is_chosen_when_more_than_half_of_those_who_took_part_chose_it() -> None:
    asked = question(Kind.SINGLE)
    outcome, found = run(asked, [marked(2)] * 6 + [marked(1)] * 3 + [{}])
    assert (outcome, found.winners, found.papers) == (Outcome.PASSED, ("2",), 9)
    assert [(one.key, one.weight.heads) for one in found.standings] == [("2", 6), ("1", 3), ("3", 0), ("4", 0)]
    assert [(line.numerator, line.denominator) for line in found.standings[0].lines] == [(6, 10)]
    outcome, found = run(asked, [marked(2)] * 5 + [marked(1)] * 3 + [{}] * 2)
    assert (outcome, found.winners, found.open_seats) == (Outcome.REJECTED, (), 1)


def test_three_seats_take_the_best_of_those_over_half() -> None:
    asked = question(Kind.SEATS, seats=2)
    outcome, found = run(asked, [marked(1, 2)] * 4 + [marked(1, 3)] * 3 + [marked(2, 3)] * 3)
    assert (outcome, found.winners) == (Outcome.PASSED, ("1", "2"))
    assert found.standings[2].key == "3"
    assert found.standings[2].lines[0].met
    outcome, found = run(asked, [marked(1)] * 6 + [marked(2)] * 5)
    assert (outcome, found.winners, found.again, found.open_seats) == (Outcome.REVOTE, ("1",), ("2", "3", "4"), 1)


def test_a_void_sheet_takes_part_and_counts_for_nobody() -> None:
    asked = question(Kind.SEATS, seats=2)
    _, found = run(asked, [marked(1)] * 5 + [marked(1, 2, 3)] * 5)
    line = found.standings[0].lines[0]
    assert (line.numerator, line.denominator, line.met) == (5, 10, False)


def test_a_tie_at_the_last_seat_is_voted_again_or_drawn_as_announced() -> None:
    asked = question(Kind.SEATS, seats=2)
    papers = [marked(1, 2)] * 3 + [marked(1, 3)] * 3
    papers = [*papers, marked(2, 3)]
    outcome, found = run(asked, papers)
    assert (outcome, found.winners, found.again) == (Outcome.REVOTE, ("1",), ("2", "3"))
    lots = {run(asked, papers, rule=replace(RULE, tie=Tie.LOT, lot_seed=f"{n}"))[1].winners for n in range(20)}
    assert lots == {("1", "2"), ("1", "3")}
    assert run(asked, papers, rule=replace(RULE, tie=Tie.LOT, lot_seed=SEED))[1].by_lot


def owners(*areas: int) -> Roll:
    return Roll(Electorate.OWNERS, tuple(Entry(key=n, owners=(n,), registered=area) for n, area in enumerate(areas)))


def test_owners_elect_by_heads_and_by_area() -> None:
    asked = question(Kind.SEATS, seats=1)
    outcome, found = run(asked, [marked(1)] * 3 + [marked(2)], roll=owners(100, 100, 100, 400), rule=OWNERS)
    assert (outcome, found.winners) == (Outcome.REVOTE, ())  # 3 of 4 heads, 300 of 700
    assert [(line.numerator, line.denominator) for line in found.standings[0].lines] == [(3, 4), (300, 700)]


def test_where_heads_and_area_disagree_on_who_is_ahead_nobody_is_preferred() -> None:
    asked = question(Kind.SEATS, seats=2)
    papers = [marked(1, 2), marked(1, 2), marked(1, 3), marked(2, 3), marked(1, 3)]
    areas = (100, 100, 100, 500, 100)
    outcome, found = run(asked, papers, roll=owners(*areas), rule=replace(OWNERS, tie=Tie.LOT, lot_seed=SEED))
    # 1: 4 heads 400 (not over half of 900); 2: 3 heads 700; 3: 3 heads 700
    assert outcome is Outcome.PASSED
    assert set(found.winners) == {"2", "3"}
    asked = question(Kind.SEATS, seats=1)
    papers = [marked(1), marked(1), marked(1), marked(2)]
    assert run(asked, papers, roll=owners(100, 100, 100, 290), rule=OWNERS)[1].winners == ("1",)


def test_an_opinion_has_no_threshold_and_equals_stand_as_the_lot_says() -> None:
    asked = question(Kind.APPROVAL)
    outcome, found = run(asked, [marked(1, 2), marked(2, 3), {}])
    assert (outcome, found.winners, found.papers, found.by_lot) == (Outcome.ANSWERED, ("2",), 2, False)
    tied = [run(asked, [marked(1), marked(2)], rule=replace(RULE, lot_seed=f"{n}"))[1] for n in range(20)]
    assert {each.winners for each in tied} == {("1",), ("2",)}
    assert all(each.by_lot for each in tied)
    assert run(asked, [{}])[0] is Outcome.NO_QUORUM


def test_points_are_added_up_and_their_spread_is_kept() -> None:
    _, found = run(question(Kind.SCORE), [{"1": 5, "2": 3}, {"1": 0, "2": 4, "3": 5}])
    assert [one.points for one in found.standings] == [7, 5, 5, 0]
    assert found.winners == ("2",)
    assert next(one for one in found.standings if one.key == "1").spread == (1, 0, 0, 0, 0, 1)


def test_a_ranking_shows_both_counts_and_the_announced_one_wins() -> None:
    """Tennessee: the run-off takes 丁, comparing in pairs 乙."""
    papers = (
        [{"1": 1, "2": 2, "3": 3, "4": 4}] * 42
        + [{"2": 1, "3": 2, "4": 3, "1": 4}] * 26
        + [{"3": 1, "4": 2, "2": 3, "1": 4}] * 15
        + [{"4": 1, "3": 2, "2": 3, "1": 4}] * 17
    )
    asked = question(Kind.RANKED)
    found = run(asked, papers)[1]
    assert (found.winners, found.order, found.condorcet) == (("4",), ("2", "3", "4", "1"), "2")
    assert [each.leaves for each in found.rounds] == ["3", "2", None]
    assert {(a, b): n for a, b, n in found.pairs}["2", "1"] == 58
    assert run(replace(asked, method=Method.SCHULZE), papers)[1].winners == ("2",)


WOMEN = {
    "1": Declared(woman=False),
    "2": Declared(woman=False),
    "3": Declared(woman=True),
    "4": Declared(woman=False, kin=frozenset({"1"})),
}


@pytest.mark.parametrize(
    ("papers", "declared", "reasons"),
    [
        ([marked(1, 2)] * 3, WOMEN, [Reason.NO_WOMAN]),
        ([marked(1, 3)] * 3, WOMEN, []),
        ([marked(1, 4)] * 3, WOMEN, [Reason.KIN, Reason.NO_WOMAN]),
        ([marked(1, 3)] * 3, {"3": WOMEN["3"]}, [Reason.UNDECLARED]),
        ([marked(1, 2)] * 3, {}, [Reason.UNDECLARED]),
    ],
)
def test_those_elected_are_held_against_who_may_sit_together(
    papers: list[dict[str, int]], declared: dict[str, Declared], reasons: list[Reason]
) -> None:
    asked = replace(question(Kind.SEATS, seats=2), composition=RESIDENTS_COMMITTEE)
    found = run(asked, papers, declared=declared)[1]
    assert [each.reason for each in found.wrong] == reasons
    assert all("1" not in each.which for each in found.wrong)


@given(
    st.sampled_from([Kind.APPROVAL, Kind.SCORE, Kind.RANKED, Kind.SEATS, Kind.SINGLE]),
    st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=9),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_papers_changes_nothing(kind: Kind, orders: list[list[int]], chance: object) -> None:
    asked = question(kind)
    papers = [{str(key): rank for rank, key in enumerate(order, 1)} for order in orders]
    if kind is not Kind.RANKED:
        papers = [marked(order[0]) for order in orders]
    shuffled = list(papers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(asked, papers) == run(asked, shuffled)


LINE = re.compile(r"^(\d+): (.*)$")


def test_who_sits_from_the_round_before_is_looked_at_with_the_elected() -> None:
    asked = replace(question(Kind.SEATS), composition=RESIDENTS_COMMITTEE, sitting=(Option("31", "戊"),))
    papers = [marked(1)] * 6
    known = {"1": Declared(woman=False), "31": Declared(woman=True)}
    assert run(asked, papers, declared=known)[1].wrong == ()
    known["31"] = Declared(woman=True, kin=frozenset({"1"}))
    assert [(each.reason, each.which) for each in run(asked, papers, declared=known)[1].wrong] == [
        (Reason.KIN, ("戊、甲",))
    ]
    wrong = run(asked, papers, declared={"1": Declared(woman=False)})[1].wrong
    assert [(each.reason, each.which) for each in wrong] == [(Reason.UNDECLARED, ("戊",))]


def ballots(text: str, names: Mapping[str, str]) -> Iterator[tuple[dict[str, int], int]]:
    """Read those ballots of a PrefLib file that rank without equals, as papers."""
    for line in text.splitlines():
        if not line.startswith("#") and (found := LINE.match(line)) and "{" not in found[2]:
            yield {key: rank for rank, key in enumerate(found[2].replace(" ", "").split(","), 1)}, int(found[1])


REAL = ("00007-00000020.soi", "00007-00000022.soi", "00002-00000008.soi") if DATA.is_dir() else ()


@pytest.mark.parametrize("name", REAL)
def test_real_elections_count_to_their_reference_as_papers_of_the_room(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    reference = json.loads((DATA / "REFERENCE.json").read_text(encoding="utf-8"))[name]
    names = dict(re.findall(r"^# ALTERNATIVE NAME (\d+): (.*)$", text, re.MULTILINE))
    papers = [marks for marks, count in ballots(text, names) for _ in range(count)]
    asked = Question(kind=Kind.RANKED, options=tuple(Option(key, words) for key, words in names.items()))
    outcome, found = run(asked, papers)
    assert outcome is Outcome.ANSWERED
    assert asked.name(found.winners[0]) == reference["irv"]
    assert (found.condorcet and asked.name(found.condorcet)) == reference["condorcet"]
    assert {asked.name(key): n for key, n in found.rounds[-1].votes.items() if n} == {
        key: n for key, n in reference["irv_last"].items() if n
    }
    assert len(found.rounds) == reference["irv_rounds"]


def test_options_are_written_one_a_line() -> None:
    assert [each.name for each in options_of(" 甲 | 住 1 号楼\n\n乙｜\n")] == ["甲", "乙"]
