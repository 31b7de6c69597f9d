"""What if, which reading, and how far from the gates."""

from dataclasses import replace
from fractions import Fraction

import pytest

from deliberation.ballot import packs
from deliberation.ballot.compare import Switch, compare, differences, readings, what_matters
from deliberation.ballot.count import Tally, tally
from deliberation.ballot.decide import Outcome, decide
from deliberation.ballot.roll import Entry, Kind
from deliberation.ballot.rules import DecisionRule, Participation, Silence, contradictions
from deliberation.ballot.shares import Bound, Weight
from deliberation.ballot.simulate import WhatIf, expect, shortfall, simulate, turnout_by_building
from tests.deliberation.ballot.samples import GENERAL, MAJOR, NO, YES, block, flats, owners, served, vote

AT_LEAST = Bound.AT_LEAST
STREET = owners(flats(300, area=80_00))
ABSTAINING = replace(GENERAL, participation=Participation.SERVED, silence=Silence.ABSTAIN)
FOLLOWING = replace(GENERAL, participation=Participation.SERVED, silence=Silence.MAJORITY)


def test_turnout_is_short_by_so_many_households_and_so_much_area() -> None:
    found = simulate(GENERAL, STREET, WhatIf(yes=Weight(177, 14_160_00)))
    assert found.decision.outcome is Outcome.NO_QUORUM
    assert found.turnout_short == Weight(23, 1_840_00)
    assert found.yes_short == Weight(23, 1_840_00)


@pytest.mark.parametrize(
    ("rule", "yes", "no", "silent", "expected"),
    [
        (GENERAL, 101, 99, 0, Outcome.PASSED),
        (GENERAL, 100, 100, 0, Outcome.REJECTED),
        (GENERAL, 101, 0, 199, Outcome.NO_QUORUM),
        (ABSTAINING, 101, 0, 199, Outcome.REJECTED),
        (FOLLOWING, 101, 0, 199, Outcome.PASSED),
        (FOLLOWING, 50, 50, 200, Outcome.UNDECIDABLE),
    ],
)
def test_an_expected_turnout_is_decided_like_a_real_one(
    rule: DecisionRule, yes: int, no: int, silent: int, expected: Outcome
) -> None:
    assert simulate(rule, STREET, expect(STREET, rule, yes=yes, no=no, silent=silent)).decision.outcome is expected


def test_an_expectation_weighs_the_average_and_stays_whole() -> None:
    roll = owners([Entry(key=n, owners=(n,), registered=area) for n, area in enumerate((100, 100, 101))])
    assert expect(roll, GENERAL, yes=2).yes == Weight(2, 200)
    assert expect(roll, GENERAL, yes=3).yes == Weight(3, 301)
    assert expect(owners(), GENERAL, yes=0).yes == Weight()


def test_further_yes_also_raises_what_it_is_measured_against() -> None:
    counted = tally(STREET, [], block(0, 100) + block(100, 200, NO), GENERAL)
    assert shortfall(GENERAL, counted).yes_short == Weight(1, 1)
    major = shortfall(MAJOR, tally(STREET, [], block(0, 100) + block(100, 200, NO), MAJOR))
    assert major.yes_short == Weight(200, 16_000_00)
    assert decide(Tally(whole=Weight(500, 500), yes=Weight(300, 300), no=Weight(100, 100)), MAJOR).outcome is (
        Outcome.PASSED
    )


def test_no_number_of_yes_outweighs_dissent_against_everybody() -> None:
    henan = packs.rule("henan66")
    counted = Tally(whole=Weight(9, 9), no=Weight(4, 4))
    assert shortfall(henan, counted).yes_short is None


def test_no_number_of_yes_makes_it_unanimous_again() -> None:
    unanimous = replace(GENERAL, approve=tuple(replace(o, share=Fraction(1), bound=AT_LEAST) for o in GENERAL.approve))
    counted = Tally(whole=Weight(9, 9), yes=Weight(8, 8), no=Weight(1, 1))
    assert shortfall(unanimous, counted).yes_short is None
    assert shortfall(unanimous, replace(counted, no=Weight())).yes_short == Weight()


def test_turnout_by_building_never_says_how() -> None:
    roll = owners(
        [Entry(key=f"u{n}", owners=(f"u{n}",), building="1" if n < 4 else "2", registered=50_00) for n in range(6)]
    )
    one, other = (
        turnout_by_building(roll, [], [vote("u0", choice), vote("u5", choice)], GENERAL) for choice in (NO, YES)
    )
    assert one == other == {"1": (Weight(1, 50_00), Weight(4, 200_00)), "2": (Weight(1, 50_00), Weight(2, 100_00))}


def test_readings_are_lawful_variants_and_never_the_rule_itself() -> None:
    for rule in (GENERAL, ABSTAINING, FOLLOWING):
        found = readings(rule)
        assert rule not in found.values()
        assert len(found) == len(Switch) - 1
        assert not any(contradictions(reading) for reading in found.values())


def test_the_switch_that_flips_the_result_is_named() -> None:
    stalls = [Entry(key=f"c{n}", owners=(f"外{n}",), kind=Kind.PARKING, registered=1) for n in range(10)]
    roll = owners(flats(200), stalls)
    assert what_matters(GENERAL, roll, [], block(0, 134)) == (Switch.PARKING_IN_HEADS,)
    assert what_matters(GENERAL, roll, [], block(0, 210 * 2 // 3)) == ()


def test_three_readings_of_silence_three_outcomes() -> None:
    votes, sent = block(0, 130) + block(130, 140, NO), served(140, 280)
    found = compare(GENERAL, ABSTAINING, FOLLOWING, roll=STREET, deliveries=sent, votes=votes)
    assert [made.outcome for made in found.decisions] == [Outcome.NO_QUORUM, Outcome.REJECTED, Outcome.PASSED]
    assert not found.agree
    assert [each.field for each in found.differences[2]] == ["participation", "silence"]
    assert compare(GENERAL, roll=STREET, votes=votes).agree
    assert differences(GENERAL, GENERAL) == ()


def test_nothing_is_not_compared() -> None:
    with pytest.raises(ValueError, match="nothing"):
        compare(roll=STREET)
