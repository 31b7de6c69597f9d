"""What lint says about a pack, and what a certificate proves."""

from dataclasses import replace
from datetime import date

import pytest

from deliberation.ballot import packs
from deliberation.ballot.certify import canonical, certify, verify
from deliberation.ballot.count import tally
from deliberation.ballot.decide import decide
from deliberation.ballot.lint import Complaint, lint
from deliberation.ballot.rules import Confidence, DecisionRule, Participation, Silence, Tie
from deliberation.ballot.shares import Bound
from tests.deliberation.ballot.samples import GENERAL, MAJOR, NO, block, flats, owners, vote

TODAY = date(2026, 5, 1)


def complaints(rule: DecisionRule, on: date = TODAY) -> set[Complaint]:
    return {finding.complaint for finding in lint([rule], on)}


@pytest.mark.parametrize("name", ["civ278.general", "civ278.major", "civ279", "oc.meeting", "rc25.rep", "vc.rep"])
def test_rules_in_force_are_clean(name: str) -> None:
    assert complaints(packs.rule(name)) == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "pm12.old.general",
            {Complaint.EXPIRED, Complaint.AUDIT_ONLY, Complaint.BEFORE_CODE, Complaint.BELOW_CODE},
        ),
        ("henan66", {Complaint.BEFORE_CODE, Complaint.BELOW_CODE}),
        ("rc18.assembly.adults", {Complaint.EXPIRED}),
    ],
)
def test_old_rules_are_warned_of(name: str, expected: set[Complaint]) -> None:
    assert complaints(packs.rule(name)) == expected


def test_old_rules_were_right_in_their_time() -> None:
    assert complaints(packs.rule("pm12.old.major"), date(2019, 5, 1)) == {Complaint.AUDIT_ONLY}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (replace(GENERAL, effective_from=None), Complaint.UNDATED),
        (replace(GENERAL, effective_from=date(2027, 1, 1)), Complaint.NOT_YET),
        (replace(GENERAL, confidence=Confidence.MEMORY), Complaint.HARD_BUT_UNSURE),
        (replace(GENERAL, confidence=Confidence.SECOND_HAND), Complaint.HARD_BUT_UNSURE),
        (replace(GENERAL, confidence=Confidence.MEMORY, changeable=True), Complaint.UNSURE),
        (replace(GENERAL, tie=Tie.LOT), Complaint.NO_SEED),
        (
            replace(GENERAL, participation=Participation.SERVED, silence=Silence.MAJORITY),
            Complaint.FOLLOWS_MAJORITY,
        ),
        (replace(GENERAL, quorum=GENERAL.quorum[:1]), Complaint.BELOW_CODE),
        (
            replace(GENERAL, approve=tuple(replace(line, bound=Bound.AT_LEAST) for line in GENERAL.approve)),
            Complaint.BELOW_CODE,
        ),
    ],
)
def test_one_flaw_one_complaint(rule: DecisionRule, expected: Complaint) -> None:
    assert complaints(rule) == {expected}


@pytest.mark.parametrize(
    "rule",
    [
        replace(GENERAL, silence=Silence.ABSTAIN),
        replace(GENERAL, participation=Participation.SERVED),
        replace(GENERAL, approve=()),
        replace(packs.rule("rc25.rep"), approve=GENERAL.approve),
        replace(GENERAL, quorum=GENERAL.quorum + GENERAL.approve),
        replace(GENERAL, effective_to=date(2020, 1, 1)),
        replace(GENERAL, approve=(replace(GENERAL.approve[0], bound=Bound.AT_MOST), *GENERAL.approve)),
    ],
)
def test_contradictions_are_named(rule: DecisionRule) -> None:
    found = [finding for finding in lint([rule], TODAY) if finding.complaint is Complaint.CONTRADICTORY]
    assert found
    assert all(finding.detail in str(finding) for finding in found)


def test_two_versions_may_follow_but_not_overlap() -> None:
    old = replace(GENERAL, effective_to=date(2025, 12, 31))
    new = replace(GENERAL, effective_from=date(2026, 1, 1))
    assert Complaint.OVERLAP not in {finding.complaint for finding in lint([old, new], TODAY)}
    assert Complaint.OVERLAP in {finding.complaint for finding in lint([old, GENERAL], TODAY)}
    one_day = replace(GENERAL, effective_from=date(2025, 12, 31))
    assert Complaint.OVERLAP in {finding.complaint for finding in lint([old, one_day], TODAY)}
    assert packs.rule(GENERAL.id, on=date(2025, 6, 1), among=[old, new]) is old
    with pytest.raises(LookupError, match="2 rules"):
        packs.rule(GENERAL.id, among=[old, new])


STREET = owners(flats(3))


def sealed(rule: DecisionRule = GENERAL, *, last: str = "u2") -> object:
    votes = [*block(0, 2, NO), vote(last)]
    counted = tally(STREET, [], votes, rule)
    return certify(rule=rule, roll=STREET, deliveries=[], votes=votes, tally=counted, decision=decide(counted, rule))


def test_a_certificate_changes_with_every_input() -> None:
    assert sealed() == sealed()
    assert sealed() != sealed(MAJOR)
    assert sealed() != sealed(last="u1")


def test_a_certificate_tells_when_it_was_touched() -> None:
    votes = block(0, 3)
    counted = tally(STREET, [], votes, GENERAL)
    made = certify(
        rule=GENERAL, roll=STREET, deliveries=[], votes=votes, tally=counted, decision=decide(counted, GENERAL)
    )
    assert verify(made)
    assert not verify(replace(made, votes=made.roll))


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical({"share": 0.5})
