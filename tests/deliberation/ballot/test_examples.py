"""The worked examples: each figure and each outcome exactly."""

from dataclasses import replace
from fractions import Fraction

import pytest

from deliberation.ballot import packs
from deliberation.ballot.count import by_hand, tally
from deliberation.ballot.decide import Decision, Outcome, Stage, decide
from deliberation.ballot.doubts import Reason
from deliberation.ballot.election import elect
from deliberation.ballot.heads import denominators, head_key
from deliberation.ballot.papers import Box, Candidate, Office
from deliberation.ballot.roll import Entry, How, Kind, Roll
from deliberation.ballot.rules import DecisionRule, Participation, Silence
from deliberation.ballot.shares import Basis, Weight
from deliberation.ballot.votes import Vote
from tests.deliberation.ballot.samples import (
    ABSTAIN,
    GENERAL,
    MAJOR,
    NO,
    block,
    decision,
    figures,
    flats,
    outcome,
    owners,
    served,
    vote,
)

HEADS, AREA = Basis
QUORUM, APPROVE = Stage
ABSTAINING = replace(GENERAL, participation=Participation.SERVED, silence=Silence.ABSTAIN)
FOLLOWING = replace(GENERAL, participation=Participation.SERVED, silence=Silence.MAJORITY)

STREET = owners(flats(300))


@pytest.mark.parametrize(
    ("rule", "part", "yes", "expected"),
    [
        pytest.param(GENERAL, 200, 101, Outcome.PASSED, id="E1 exactly two thirds"),
        pytest.param(GENERAL, 200, 100, Outcome.REJECTED, id="E2 exactly half"),
        pytest.param(MAJOR, 200, 150, Outcome.PASSED, id="E3 exactly three quarters"),
        pytest.param(MAJOR, 200, 149, Outcome.REJECTED, id="E3 one below three quarters"),
        pytest.param(GENERAL, 199, 199, Outcome.NO_QUORUM, id="E4 one short"),
    ],
)
def test_e1_to_e4_stand_on_the_edge(rule: DecisionRule, part: int, yes: int, expected: Outcome) -> None:
    made = decision(STREET, block(0, yes) + block(yes, part, NO), rule)
    assert made.outcome is expected
    assert figures(made, QUORUM, HEADS) == (part, 300)
    assert figures(made, QUORUM, AREA) == (part * 100_00, 300 * 100_00)
    assert figures(made, APPROVE, HEADS) == (yes, part)


def test_e2_and_e4_say_what_is_missing() -> None:
    half = decision(STREET, block(0, 100) + block(100, 200, NO))
    assert half.missing(APPROVE, HEADS) == 1
    assert half.missing(APPROVE, AREA) == 1  # 0.01 m² more would exceed the half
    short = decision(STREET, block(0, 199))
    assert (short.missing(QUORUM, HEADS), short.missing(QUORUM, AREA)) == (1, 100_00)


SHOPS = tuple(Entry(key=f"s{i}", owners=("铺主",), kind=Kind.SHOP, registered=200_00) for i in range(30))
UNSOLD = tuple(Entry(key=f"d{i}", developer="开发商", registered=100_00) for i in range(15))
UNDELIVERED = tuple(Entry(key=f"p{i}", owners=(f"买受人{i}",), developer="开发商", registered=100_00) for i in range(5))
SHARED = (Entry(key="ab", owners=("B", "A"), registered=90_00),)
MIXED = owners(flats(98, area=50_00), SHOPS, UNSOLD, UNDELIVERED, SHARED)
NINETY = block(0, 90)


def test_e5_counts_heads_and_area() -> None:
    assert denominators(MIXED, GENERAL).whole == Weight(101, 12_990_00)


def test_e5a_ninety_small_owners_have_heads_but_no_area() -> None:
    made = decision(MIXED, NINETY)
    assert made.outcome is Outcome.NO_QUORUM
    assert figures(made, QUORUM, AREA) == (4_500_00, 12_990_00)
    assert figures(made, QUORUM, HEADS) == (90, 101)
    assert [line.met for line in made.lines if line.stage is QUORUM] == [True, False]
    assert {line.source for line in made.lines} == {"民法典 278 条 2 款"}
    assert {line.share for line in made.lines} == {Fraction(2, 3), Fraction(1, 2)}


def test_e5b_with_the_shop_owner_it_passes() -> None:
    made = decision(MIXED, [*NINETY, vote("铺主")])
    assert made.outcome is Outcome.PASSED
    assert figures(made, QUORUM, AREA) == (10_500_00, 12_990_00)


def test_e5c_against_the_shop_owner_it_fails_by_area() -> None:
    made = decision(MIXED, [*NINETY, vote("铺主", NO)])
    assert made.outcome is Outcome.REJECTED
    assert figures(made, APPROVE, AREA) == (4_500_00, 10_500_00)
    assert figures(made, APPROVE, HEADS) == (90, 91)
    assert [line.met for line in made.lines if line.stage is APPROVE] == [True, False]


def test_e5d_a_major_matter_passes_against_the_developer() -> None:
    votes = [*NINETY, vote("铺主"), vote(head_key(["A", "B"]), ABSTAIN), vote("开发商", NO)]
    made = decision(MIXED, votes, MAJOR)
    assert made.outcome is Outcome.PASSED
    assert figures(made, APPROVE, AREA) == (10_500_00, 12_590_00)
    assert figures(made, APPROVE, HEADS) == (91, 93)


SPOILT = block(0, 100) + block(100, 160, NO) + block(160, 195, ABSTAIN) + block(195, 205, valid=False)


def test_e6_spoilt_papers_take_part() -> None:
    made = decision(STREET, SPOILT)
    assert made.outcome is Outcome.REJECTED
    assert figures(made, QUORUM, HEADS) == (205, 300)
    assert figures(made, APPROVE, HEADS) == (100, 205)


def test_e6_spoilt_papers_may_not_take_part() -> None:
    made = decision(STREET, SPOILT, replace(GENERAL, invalid_participates=False))
    assert made.outcome is Outcome.NO_QUORUM
    assert figures(made, QUORUM, HEADS) == (195, 300)


def parked() -> Roll:
    """Return 200 flats of 90 m² and 150 stalls of 12.5 m², of which outsiders hold 10."""
    stalls = tuple(
        Entry(key=f"car{i}", owners=(f"u{i}" if i < 140 else f"外来{i}",), kind=Kind.PARKING, registered=12_50)
        for i in range(150)
    )
    return owners(flats(200, area=90_00), stalls)


@pytest.mark.parametrize(
    ("in_area", "in_heads", "quorum", "expected"),
    [
        pytest.param(True, True, (134, 210), Outcome.NO_QUORUM, id="counted"),
        pytest.param(False, False, (134, 200), Outcome.PASSED, id="excluded"),
        pytest.param(True, False, (134, 200), Outcome.PASSED, id="area only"),
    ],
)
def test_e7_parking_flips_the_result(
    *, in_area: bool, in_heads: bool, quorum: tuple[int, int], expected: Outcome
) -> None:
    rule = replace(GENERAL, parking_in_area=in_area, parking_in_heads=in_heads)
    made = decision(parked(), block(0, 134), rule)
    assert made.outcome is expected
    assert figures(made, QUORUM, HEADS) == quorum
    assert figures(made, QUORUM, AREA)[1] == (18_000_00 + 1_875_00 if in_area else 18_000_00)


SPOKE = block(0, 995) + block(995, 1022, NO) + block(1022, 1147, ABSTAIN)
SILENT = served(1147, 2218)


@pytest.mark.parametrize(
    ("rule", "stage", "fraction", "expected"),
    [
        pytest.param(GENERAL, QUORUM, (1147, 2261), Outcome.NO_QUORUM, id="strict"),
        pytest.param(ABSTAINING, APPROVE, (995, 2218), Outcome.REJECTED, id="silence abstains"),
        pytest.param(FOLLOWING, APPROVE, (2066, 2218), Outcome.PASSED, id="silence follows the majority"),
    ],
)
def test_e8_the_same_ballots_have_three_lawful_outcomes(
    rule: DecisionRule, stage: Stage, fraction: tuple[int, int], expected: Outcome
) -> None:
    made = decision(owners(flats(2261)), SPOKE, rule, SILENT)
    assert made.outcome is expected
    assert figures(made, stage, HEADS) == fraction


BIG_AND_SMALL = owners(flats(10), [Entry(key="big", owners=("大业主",), registered=1_000_00)])
SPLIT = [vote("大业主"), vote("u0", NO), vote("u1", NO)]


def test_e9_heads_against_area_names_no_majority() -> None:
    made = decision(BIG_AND_SMALL, SPLIT, FOLLOWING, served(2, 10))
    assert made.outcome is Outcome.UNDECIDABLE
    assert [doubt.reason for doubt in made.doubts] == [Reason.NO_MAJORITY_TO_JOIN]


@pytest.mark.parametrize(
    "votes",
    [
        pytest.param(block(0, 1) + block(1, 2, NO), id="a tie"),
        pytest.param(block(0, 2) + block(2, 3, NO) + block(3, 5, ABSTAIN), id="a plurality is no majority"),
        pytest.param([], id="nobody spoke"),
    ],
)
def test_e9_no_majority_no_answer(votes: list[Vote]) -> None:
    assert outcome(owners(flats(10)), votes, FOLLOWING, served(5, 10)) is Outcome.UNDECIDABLE


def test_e9_does_not_matter_when_nobody_is_silent() -> None:
    assert outcome(BIG_AND_SMALL, SPLIT, FOLLOWING) is Outcome.NO_QUORUM


def test_silence_follows_only_with_proof_and_warning() -> None:
    unwarned = served(70, 100, warned=False)
    assert outcome(owners(flats(100)), block(0, 60), FOLLOWING, unwarned) is Outcome.NO_QUORUM
    assert outcome(owners(flats(100)), block(0, 60), FOLLOWING, served(70, 100)) is Outcome.PASSED


def test_a_silent_majority_may_also_reject() -> None:
    made = decision(owners(flats(100)), block(0, 10) + block(10, 30, NO), FOLLOWING, served(30, 100))
    assert made.outcome is Outcome.REJECTED
    assert figures(made, APPROVE, HEADS) == (10, 100)


def test_a_refused_delivery_is_listed_and_not_served() -> None:
    counted = tally(STREET, served(0, 2, How.REFUSED), block(0, 1), ABSTAINING)
    assert counted.refused == ("u1",)
    assert counted.silent == Weight()


def _meeting(rule: str, *, whole: int, present: int, yes: int) -> Decision:
    found = packs.rule(rule)
    return decide(by_hand(found, whole=whole, present=present, yes=yes), found)


@pytest.mark.parametrize(
    ("rule", "whole", "present", "yes", "expected"),
    [
        pytest.param("rc25.assembly.adults", 2001, 1001, 501, Outcome.PASSED, id="R1"),
        pytest.param("rc25.assembly.adults", 2001, 1001, 500, Outcome.REJECTED, id="R1 one yes fewer"),
        pytest.param("rc25.assembly.adults", 2000, 1000, 1000, Outcome.NO_QUORUM, id="R1 half is not over half"),
        pytest.param("rc25.rep", 60, 40, 21, Outcome.PASSED, id="R2"),
        pytest.param("rc25.rep", 60, 40, 20, Outcome.REJECTED, id="R2 half"),
        pytest.param("rc25.rep", 61, 40, 40, Outcome.NO_QUORUM, id="R2 61 members"),
        pytest.param("rc25.rep", 61, 41, 21, Outcome.PASSED, id="R2 61 members, 41 present"),
        pytest.param("oc.meeting", 7, 4, 3, Outcome.REJECTED, id="R4 three of seven"),
        pytest.param("oc.meeting", 7, 4, 4, Outcome.PASSED, id="R4 four of seven"),
        pytest.param("oc.meeting", 7, 3, 3, Outcome.NO_QUORUM, id="R4 three present"),
        pytest.param("vc25.assembly.households", 300, 200, 101, Outcome.PASSED, id="villagers by household"),
        pytest.param("vc25.assembly.households", 300, 199, 199, Outcome.NO_QUORUM, id="villagers one short"),
        pytest.param("vc25.assembly.adults", 300, 151, 76, Outcome.PASSED, id="villagers by adults"),
        pytest.param("vc.rep", 60, 40, 21, Outcome.PASSED, id="village representatives"),
        pytest.param("vc.group.adults", 60, 39, 39, Outcome.NO_QUORUM, id="village group"),
        pytest.param("rc18.assembly.delegates", 20, 11, 6, Outcome.PASSED, id="the old residents' law"),
    ],
)
def test_r1_r2_r4_meetings(rule: str, whole: int, present: int, yes: int, expected: Outcome) -> None:
    assert _meeting(rule, whole=whole, present=present, yes=yes).outcome is expected


def test_r2_says_that_one_more_must_come() -> None:
    assert _meeting("rc25.rep", whole=61, present=40, yes=40).missing(QUORUM, HEADS) == 1


@pytest.mark.parametrize(
    ("voted", "expected"),
    [pytest.param(40, Outcome.NO_QUORUM, id="R3 two thirds"), pytest.param(41, Outcome.PASSED, id="R3 over")],
)
def test_r3_an_election_by_representatives_needs_more_than_two_thirds(voted: int, expected: Outcome) -> None:
    box = Box(entitled=60, voted=voted, votes={"王": 40})
    rule = packs.rule("rc25.elect.reps")
    assert elect(box, [Office("主任")], [Candidate(key="王", office="主任")], rule).outcome is expected
