"""Owners' other rules, the pack as data, and what a contradictory or undated rule does."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from deliberation.ballot import packs
from deliberation.ballot.count import Tally, by_hand
from deliberation.ballot.decide import Outcome, decide
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.lot import drawn
from deliberation.ballot.roll import Electorate, How, Scope, interested, people
from deliberation.ballot.rules import Confidence, DecisionRule, Silence, Tie, contradictions
from deliberation.ballot.shares import Basis, Bound, Part, Threshold, Weight
from tests.deliberation.ballot.samples import GENERAL, NO, block, decision, flats, outcome, owners, served, vote

TODAY = date(2026, 5, 1)
BUILDING = replace(owners(flats(9)), scope=Scope.BUILDING)


@pytest.mark.parametrize(("dissent", "expected"), [(3, Outcome.PASSED), (4, Outcome.REJECTED)])
def test_henan_passes_up_to_a_third_of_dissent(dissent: int, expected: Outcome) -> None:
    made = decision(BUILDING, block(0, dissent, NO), packs.rule("henan66"))
    assert made.outcome is expected
    assert made.missing(made.lines[0].stage, Basis.HEADS) == max(0, dissent - 3)


def test_a_shop_in_a_home_needs_every_other_owner_and_harmed_outsider() -> None:
    rule = packs.rule("civ279")
    roll = interested(BUILDING, applicant="u0", outsiders=["对楼"])
    assert outcome(roll, block(1, 9), rule) is Outcome.REJECTED
    assert outcome(roll, [*block(1, 9), vote("对楼")], rule) is Outcome.PASSED
    assert outcome(roll, [*block(1, 9), vote("对楼", NO)], rule) is Outcome.REJECTED


def test_old_regulation_counts_against_everybody() -> None:
    roll = owners(flats(300))
    assert outcome(roll, block(0, 150), packs.rule("pm12.old.general")) is Outcome.NO_QUORUM
    assert outcome(roll, block(0, 151), packs.rule("pm12.old.general")) is Outcome.PASSED
    assert outcome(roll, block(0, 199), packs.rule("pm12.old.major")) is Outcome.REJECTED
    assert outcome(roll, block(0, 200), packs.rule("pm12.old.major")) is Outcome.PASSED


def test_sichuan_counts_who_signed_or_logged_in() -> None:
    roll, rule = owners(flats(300)), packs.rule("sichuan.general")
    assert outcome(roll, block(0, 120), rule, served(120, 200, How.SIGNED)) is Outcome.PASSED
    assert outcome(roll, block(0, 120), rule, served(120, 200, How.POSTED)) is Outcome.NO_QUORUM


def test_attendance_without_a_vote_stays_in_the_base() -> None:
    roll, rule = people(Electorate.ADULTS, [f"u{i}" for i in range(100)]), packs.rule("rc25.assembly.adults")
    made = decision(roll, block(0, 26), rule, served(0, 52, How.ATTENDED))
    assert made.outcome is Outcome.REJECTED
    assert (made.lines[1].numerator, made.lines[1].denominator) == (26, 52)


def test_a_rule_never_counts_another_kind_of_roll() -> None:
    roll = people(Electorate.HOUSEHOLDS, [f"u{i}" for i in range(9)])
    made = decision(roll, block(0, 9), packs.rule("rc25.assembly.adults"))
    assert made.outcome is Outcome.UNDECIDABLE
    assert made.doubts[0].reason is Reason.WRONG_ROLL


def test_a_rule_never_counts_another_scope() -> None:
    assert outcome(replace(BUILDING, scope=Scope.WHOLE), block(0, 9), packs.rule("henan66")) is Outcome.UNDECIDABLE


@pytest.mark.parametrize(
    ("rule", "on", "reason"),
    [
        (replace(GENERAL, effective_from=None), None, Reason.UNDATED),
        (GENERAL, date(2020, 12, 31), Reason.NOT_IN_FORCE),
        (packs.rule("rc18.assembly.adults"), date(2026, 1, 1), Reason.NOT_IN_FORCE),
        (replace(GENERAL, silence=Silence.MAJORITY), TODAY, Reason.CONTRADICTORY),
        (replace(GENERAL, tie=Tie.LOT), TODAY, Reason.NO_SEED),
    ],
)
def test_a_rule_in_doubt_decides_nothing(rule: DecisionRule, on: date | None, reason: Reason) -> None:
    sure = Tally(whole=Weight(3, 3), yes=Weight(3, 3))
    made = decide(sure, rule, on=on)
    assert made.outcome is Outcome.UNDECIDABLE
    assert reason in {doubt.reason for doubt in made.doubts}


def test_a_rule_decides_on_its_first_and_last_day() -> None:
    sure = Tally(whole=Weight(3, 3), yes=Weight(3, 3))
    assert decide(sure, GENERAL, on=date(2021, 1, 1)).outcome is Outcome.PASSED
    assert decide(sure, packs.rule("pm12.old.general"), on=date(2020, 12, 31)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "counted",
    [
        pytest.param(Tally(whole=Weight(3, 300), yes=Weight(4, 300)), id="more heads than the roll"),
        pytest.param(Tally(whole=Weight(3, 300), yes=Weight(3, 301)), id="more area than the roll"),
        pytest.param(Tally(whole=Weight(3, 300), yes=Weight(2, 200), silent=Weight(2, 100)), id="voted and silent"),
        pytest.param(Tally(whole=Weight(3, 300), yes=Weight(3, 300), no=Weight(-1, 0)), id="less than none"),
    ],
)
def test_votes_never_outweigh_the_roll(counted: Tally) -> None:
    made = decide(counted, GENERAL)
    assert made.outcome is Outcome.UNDECIDABLE
    assert made.doubts == (Doubt(Reason.OUTWEIGHS),)


@pytest.mark.parametrize(("whole", "present", "yes", "no"), [(5, 6, 3, 0), (5, 4, 3, 2), (5, 4, -1, 0)])
def test_raised_hands_never_outnumber_those_present(whole: int, present: int, yes: int, no: int) -> None:
    rule = packs.rule("oc.meeting")
    assert decide(by_hand(rule, whole=whole, present=present, yes=yes, no=no), rule).outcome is Outcome.UNDECIDABLE


def test_an_empty_roll_decides_nothing() -> None:
    assert [doubt.reason for doubt in decision(owners(), []).doubts] == [Reason.EMPTY_ROLL]
    assert decide(Tally(whole=Weight()), GENERAL).outcome is Outcome.UNDECIDABLE


def test_a_tie_is_broken_as_the_rule_says() -> None:
    tied = Tally(whole=Weight(4, 400), yes=Weight(2, 200), no=Weight(2, 200))
    uneven = Tally(whole=Weight(4, 400), yes=Weight(2, 150), no=Weight(2, 250))
    revote, lot = replace(GENERAL, tie=Tie.REVOTE), replace(GENERAL, tie=Tie.LOT, lot_seed="开奖号 0417")
    assert decide(tied, GENERAL).outcome is Outcome.REJECTED
    assert decide(tied, revote).outcome is Outcome.REVOTE
    assert decide(uneven, revote).outcome is Outcome.REJECTED
    assert decide(tied, lot) == decide(tied, lot)
    assert decide(tied, lot).by_lot
    seeds = (replace(lot, lot_seed=str(n)) for n in range(20))
    assert {decide(tied, seeded).outcome for seeded in seeds} == {Outcome.PASSED, Outcome.REJECTED}


def test_a_lot_depends_on_the_seed_and_not_on_the_order() -> None:
    names = ["甲", "乙", "丙", "丁"]
    assert drawn("s", names) == drawn("s", reversed(names))
    assert len({drawn(str(n), names) for n in range(50)}) > 10


def test_every_national_rule_is_sound_dated_and_sourced() -> None:
    assert len({rule.id for rule in packs.NATIONAL}) == len(packs.NATIONAL)
    for rule in packs.NATIONAL:
        assert contradictions(rule) == ()
        assert rule.effective_from
        assert rule.confidence is Confidence.READ
        assert all(line.source == rule.source and line.source for line in rule.lines)


def test_a_rule_is_found_by_name_and_day() -> None:
    assert packs.rule("civ278.general", on=TODAY) is GENERAL
    with pytest.raises(LookupError):
        packs.rule("civ278.general", on=date(2020, 12, 31))
    with pytest.raises(LookupError):
        packs.rule("civ278")


TABLE = {
    "id": "x",
    "title": "本小区议事规则",
    "electorate": "owners",
    "source": "议事规则 7 条",
    "effective_from": "2026-03-01",
    "quorum": [{"bases": ["heads", "area"], "count": "taking_part", "of": "all", "at_least": "2/3"}],
    "approve": [{"bases": ["area"], "count": "yes", "of": "taking_part", "over": "1/2", "source": "民法典 278 条"}],
    "confidence": "mem",
    "parking_in_area": False,
    "scopes": ["building"],
}


def test_a_rule_is_read_from_plain_data() -> None:
    rule = packs.rule_from(TABLE)
    assert [(line.basis, line.share) for line in rule.quorum] == [(b, Fraction(2, 3)) for b in Basis]
    assert rule.approve == (
        Threshold(Basis.AREA, Part.YES, Part.TAKING_PART, Bound.OVER, Fraction(1, 2), "民法典 278 条"),
    )
    assert (rule.effective_from, rule.parking_in_area, rule.scopes) == (
        date(2026, 3, 1),
        False,
        frozenset({Scope.BUILDING}),
    )
    assert packs.rule_from(TABLE | {"effective_from": date(2026, 3, 1)}) == rule


LINE = {"bases": ["heads"], "count": "yes", "of": "all"}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"colour": "red"}, id="unknown key"),
        pytest.param({"electorate": "everyone"}, id="unknown word"),
        pytest.param({"effective_from": "spring"}, id="no date"),
        pytest.param({"parking_in_area": "no"}, id="a word for a switch"),
        pytest.param({"scopes": "building"}, id="a word for a list"),
        pytest.param({"approve": [LINE]}, id="no bound"),
        pytest.param({"approve": [LINE | {"over": "1/2", "at_least": "1/2"}]}, id="two bounds"),
        pytest.param({"approve": [LINE | {"over": 0.5}]}, id="a float"),
        pytest.param({"approve": [LINE | {"over": "3/2"}]}, id="more than the whole"),
        pytest.param({"approve": [LINE | {"ovr": "1/2"}]}, id="a misspelt bound"),
        pytest.param({"approve": ["over half"]}, id="no table"),
    ],
)
def test_bad_data_is_no_rule(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        packs.rule_from(TABLE | wrong)


def test_a_missing_key_is_no_rule() -> None:
    with pytest.raises(ValueError, match="title"):
        packs.rule_from({key: value for key, value in TABLE.items() if key != "title"})
