"""Elections to several seats, and who may sit together."""

from dataclasses import replace
from datetime import date

import pytest

from deliberation.ballot import packs
from deliberation.ballot.committee import RESIDENTS_COMMITTEE
from deliberation.ballot.decide import Outcome
from deliberation.ballot.doubts import Reason
from deliberation.ballot.election import Result, elect
from deliberation.ballot.papers import Box, Candidate, Office, Paper, open_box
from deliberation.ballot.roll import Electorate, people
from deliberation.ballot.rules import Tie

FIRST, RERUN = packs.rule("rc25.elect.voters"), packs.rule("rc25.rerun.voters")
MEMBER = Office("委员", seats=2)
NAMES = "甲乙丙丁"
STANDING = [Candidate(key=name, office="委员", woman=name == "乙") for name in NAMES]
VOTERS = people(Electorate.VOTERS, range(10))


def run(votes: dict[str, int], *, voted: int = 80, entitled: int = 100, rule: object = FIRST, **more: object) -> Result:
    box = Box(entitled=entitled, voted=voted, votes=votes, issued=more.pop("issued", None))  # type: ignore[arg-type]
    return elect(box, [MEMBER], STANDING, rule, **more)  # type: ignore[arg-type]


def elected(result: Result) -> list[str]:
    return [winner.key for office in result.offices for winner in office.elected]


def again(result: Result) -> list[str]:
    return [candidate.key for office in result.offices for candidate in office.again]


def test_the_top_of_those_over_half_are_elected() -> None:
    result = run({"甲": 60, "乙": 50, "丙": 45})
    assert result.outcome is Outcome.PASSED
    assert elected(result) == ["甲", "乙"]
    (line,) = result.candidates["丙"]
    assert (line.numerator, line.denominator, line.met) == (45, 80, True)


def test_half_of_those_who_voted_is_not_enough() -> None:
    result = run({"甲": 60, "乙": 40, "丙": 20})
    assert result.outcome is Outcome.REVOTE
    assert elected(result) == ["甲"]
    assert again(result) == ["乙", "丙", "丁"]
    assert result.offices[0].open_seats == 1
    assert result.candidates["乙"][0].missing == 1


def test_a_tie_at_the_cut_is_voted_again() -> None:
    result = run({"甲": 60, "乙": 50, "丙": 50})
    assert result.outcome is Outcome.REVOTE
    assert elected(result) == ["甲"]
    assert again(result) == ["乙", "丙"]


def test_a_tie_above_the_cut_is_no_tie() -> None:
    assert elected(run({"甲": 60, "乙": 60, "丙": 50})) == ["甲", "乙"]


def test_a_tie_may_be_drawn_from_a_published_seed() -> None:
    lot = replace(FIRST, tie=Tie.LOT, lot_seed="开奖号 0417")
    result = run({"甲": 60, "乙": 50, "丙": 50}, rule=lot)
    assert result.outcome is Outcome.PASSED
    assert elected(result) in (["甲", "乙"], ["甲", "丙"])
    assert run({"甲": 60, "乙": 50, "丙": 50}, rule=lot) == result


def test_a_re_run_asks_a_third_of_the_papers() -> None:
    assert run({"甲": 28, "乙": 27}, voted=81, rule=RERUN).outcome is Outcome.PASSED
    short = run({"甲": 28, "乙": 26}, voted=81, rule=RERUN)
    assert (short.outcome, elected(short)) == (Outcome.REVOTE, ["甲"])


def test_half_of_the_voters_is_no_turnout() -> None:
    result = run({"甲": 50, "乙": 50}, voted=50)
    assert result.outcome is Outcome.NO_QUORUM
    assert result.offices == ()
    assert result.turnout[0].missing == 1


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        ({"voted": 80, "issued": 79}, Reason.TOO_MANY_PAPERS),
        ({"voted": 101}, Reason.OUTWEIGHS),
        ({"voted": 59}, Reason.OUTWEIGHS),
        ({"voted": 0, "entitled": 0}, Reason.EMPTY_ROLL),
        ({"on": date(2025, 12, 31)}, Reason.NOT_IN_FORCE),
    ],
)
def test_a_box_that_cannot_be_right_elects_nobody(box: dict[str, object], reason: Reason) -> None:
    result = run({"甲": 60, "乙": 50}, **box)  # type: ignore[arg-type]
    assert result.outcome is Outcome.UNDECIDABLE
    assert reason in {doubt.reason for doubt in result.doubts}
    assert elected(result) == []


def test_a_committee_without_a_woman_needs_a_decision() -> None:
    result = run({"甲": 60, "丙": 50}, composition=RESIDENTS_COMMITTEE)
    assert result.outcome is Outcome.UNDECIDABLE
    assert [doubt.reason for doubt in result.doubts] == [Reason.NO_WOMAN]
    assert elected(result) == ["甲", "丙"]


def test_a_woman_already_on_the_committee_is_enough() -> None:
    sitting = [Candidate(key="戊", office="主任", woman=True)]
    assert run({"甲": 60, "丙": 50}, composition=RESIDENTS_COMMITTEE, sitting=sitting).outcome is Outcome.PASSED


def test_a_seat_still_open_may_yet_go_to_a_woman() -> None:
    assert run({"甲": 60}, composition=RESIDENTS_COMMITTEE).outcome is Outcome.REVOTE


def test_close_relatives_do_not_sit_together() -> None:
    family = [replace(c, kin=frozenset("甲")) if c.key == "乙" else c for c in STANDING]
    box = Box(entitled=100, voted=80, votes={"甲": 60, "乙": 50})
    result = elect(box, [MEMBER], family, FIRST, composition=RESIDENTS_COMMITTEE)
    assert result.outcome is Outcome.UNDECIDABLE
    assert [(doubt.reason, doubt.which) for doubt in result.doubts] == [(Reason.KIN, ("乙、甲",))]


def test_one_person_holds_one_office() -> None:
    both = [Candidate(key=f"甲{office}", office=office, person="甲") for office in ("主任", "副主任")]
    box = Box(entitled=10, voted=8, votes={"甲主任": 6, "甲副主任": 5})
    result = elect(box, [Office("主任"), Office("副主任")], both, FIRST)
    assert result.outcome is Outcome.UNDECIDABLE
    assert [(doubt.reason, doubt.which) for doubt in result.doubts] == [(Reason.TWO_OFFICES, ("甲",))]


def paper(voter: int, marks: str, order: int = 1, *, valid: bool = True) -> Paper:
    return Paper(voter=str(voter), marks=tuple(marks), order=order, valid=valid)


def opened(*papers: Paper, rule: object = FIRST) -> Box:
    return open_box(VOTERS, papers, [MEMBER], STANDING, rule)  # type: ignore[arg-type]


def test_papers_are_counted_and_the_last_one_counts() -> None:
    box = opened(paper(1, "甲乙"), paper(2, "甲"), paper(3, "丙", 1), paper(3, "乙", 2))
    assert (box.entitled, box.voted, dict(box.votes)) == (10, 3, {"甲": 2, "乙": 2})
    assert box == opened(paper(3, "乙", 2), paper(3, "丙", 1), paper(2, "甲"), paper(1, "甲乙"))


@pytest.mark.parametrize(
    "spoilt",
    [paper(9, "甲乙丙"), paper(9, "甲甲"), paper(9, "甲陌"), paper(9, "甲", valid=False)],
    ids=["more marks than seats", "the same twice", "nobody known", "found invalid"],
)
def test_a_spoilt_paper_voted_but_counts_for_nobody(spoilt: Paper) -> None:
    box = opened(paper(1, "甲"), spoilt)
    assert (box.voted, dict(box.votes)) == (2, {"甲": 1})


def test_spoilt_papers_may_not_take_part() -> None:
    box = opened(paper(1, "甲"), paper(9, "甲甲"), rule=replace(FIRST, invalid_participates=False))
    assert box.voted == 1


@pytest.mark.parametrize(
    ("papers", "reason"),
    [([paper(77, "甲")], Reason.STRANGER), ([paper(1, "甲"), paper(1, "乙")], Reason.HELD)],
)
def test_papers_that_cannot_be_counted_are_doubts(papers: list[Paper], reason: Reason) -> None:
    box = opened(*papers)
    assert [doubt.reason for doubt in box.doubts] == [reason]
    assert elect(box, [MEMBER], STANDING, FIRST).outcome is Outcome.UNDECIDABLE
