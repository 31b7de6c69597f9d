"""The table of deeds, the notice, the quorum and the count: rules alone, no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calendar.rules import full_days_between
from community.errors import MovedOn
from deliberation.ballot import packs
from deliberation.ballot.decide import Outcome, Stage
from deliberation.ballot.shares import Weight
from deliberation.body.rules import Basis, BodyKind
from deliberation.meeting.deciding import Piles, by_heads, decided, quorum
from deliberation.meeting.rules import FORMS, Form, earliest, preset, rule_of
from deliberation.meeting.workflow import BY_DEED, ROWS, Actor, Deed, MeetingState, deeds_at, step

TODAY = date(2026, 5, 4)
REP, ADULTS = packs.rule("rc25.rep", on=TODAY), packs.rule("rc25.assembly.adults", on=TODAY)
COMMITTEE, OWNERS = packs.rule("oc.meeting", on=TODAY), packs.rule("civ278.general", on=TODAY)


def test_every_deed_has_one_row_and_somebody_who_may() -> None:
    assert [row.deed for row in ROWS] == list(Deed)
    assert all(row.actors and row.sources for row in ROWS)


def test_every_state_is_reached_and_two_are_left_by_nobody() -> None:
    reached = {row.target for row in ROWS} - {None}
    assert reached | {MeetingState.PLANNED} == set(MeetingState)
    left = {source for row in ROWS if row.target for source in row.sources}
    assert set(MeetingState) - left == {MeetingState.MINUTED, MeetingState.CANCELLED}


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("state", list(MeetingState))
def test_a_deed_is_possible_exactly_where_the_table_says(state: MeetingState, deed: Deed) -> None:
    row = BY_DEED[deed]
    if state in row.sources:
        assert step(state, deed) is (row.target or state)
        assert deed in deeds_at(state, frozenset(row.actors))
    else:
        with pytest.raises(MovedOn):
            step(state, deed)


def test_nobody_without_an_office_may_do_more_than_answer_vote_ask_and_sign() -> None:
    invited = frozenset({Actor.INVITED})
    assert {deed for state in MeetingState for deed in deeds_at(state, invited)} == {
        Deed.ANSWER,
        Deed.ASK,
        Deed.VOTE,
        Deed.SIGN,
    }


@pytest.mark.parametrize(
    ("form", "kind", "days", "firm", "proxies", "live"),
    [
        (Form.ASSEMBLY, BodyKind.RESIDENTS_ASSEMBLY, 10, True, False, False),
        (Form.ASSEMBLY, BodyKind.DELEGATES_ASSEMBLY, 10, True, False, False),
        (Form.ASSEMBLY, BodyKind.OWNERS_ASSEMBLY, 15, True, True, False),
        (Form.COMMITTEE, BodyKind.OWNERS_ASSEMBLY, 7, False, False, False),
        (Form.COUNCIL, BodyKind.RESIDENTS_ASSEMBLY, 3, False, False, True),
        (Form.HEARING, BodyKind.OWNERS_ASSEMBLY, 7, False, False, True),
    ],
)
def test_a_form_brings_its_defaults(
    form: Form, kind: BodyKind, days: int, *, firm: bool, proxies: bool, live: bool
) -> None:
    rules = preset(form, kind)
    assert (rules.notice_days, rules.firm, rules.proxies, rules.live) == (days, firm, proxies, live)
    assert rules.source


@given(st.sampled_from([*Form]), st.sampled_from([*BodyKind]), st.integers(0, 400))
def test_the_first_day_has_the_full_notice_and_the_day_before_has_not(form: Form, kind: BodyKind, shift: int) -> None:
    called, rules = TODAY + timedelta(days=shift), preset(form, kind)
    first = earliest(rules, called)
    assert full_days_between(called, first) == rules.notice_days
    assert full_days_between(called, first - timedelta(days=1)) < rules.notice_days


def test_only_assemblies_and_committees_decide() -> None:
    assert rule_of(Form.COMMITTEE, BodyKind.OWNERS_ASSEMBLY, None) == "oc.meeting"
    assert rule_of(Form.ASSEMBLY, BodyKind.DELEGATES_ASSEMBLY, Basis.DELEGATES) == "rc25.rep"
    for form in set(FORMS) - {Form.COMMITTEE}:
        assert rule_of(form, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS) is None


@pytest.mark.parametrize(
    ("rule", "expected", "present", "enough", "missing"),
    [
        (ADULTS, 2001, 1001, True, 0),
        (ADULTS, 2000, 1000, False, 1),
        (REP, 60, 40, True, 0),
        (REP, 61, 40, False, 1),
        (COMMITTEE, 7, 4, True, 0),
        (COMMITTEE, 7, 3, False, 1),
    ],
)
def test_the_quorum_is_exact(rule, expected: int, present: int, *, enough: bool, missing: int) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    (line,) = quorum(rule, Weight(expected), Weight(present))
    assert (line.met, line.missing, line.numerator, line.denominator) == (enough, missing, present, expected)
    assert line.source


@pytest.mark.parametrize(
    ("rule", "expected", "present", "yes", "outcome"),
    [
        (ADULTS, 2001, 1001, 501, Outcome.PASSED),
        (ADULTS, 2001, 1001, 500, Outcome.REJECTED),
        (ADULTS, 2000, 1000, 1000, Outcome.NO_QUORUM),
        (REP, 60, 40, 21, Outcome.PASSED),
        (REP, 60, 40, 20, Outcome.REJECTED),
        (COMMITTEE, 7, 4, 3, Outcome.REJECTED),
        (COMMITTEE, 7, 4, 4, Outcome.PASSED),
        (ADULTS, 10, 6, 7, Outcome.UNDECIDABLE),
    ],
)
def test_who_shows_nothing_abstains(rule, expected: int, present: int, yes: int, outcome: Outcome) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    found = decided(rule, Weight(expected), Weight(present), Piles(yes=Weight(yes)), on=TODAY)
    assert found.outcome is outcome


def test_owners_who_press_nothing_take_no_part() -> None:
    room = Weight(70, 7000)
    found = decided(OWNERS, Weight(100, 10000), room, Piles(yes=Weight(60, 6000)), on=TODAY)
    assert found.outcome is Outcome.NO_QUORUM
    assert not by_heads(OWNERS)
    assert len(quorum(OWNERS, Weight(100, 10000), room)) == 2


@given(st.integers(1, 300), st.data())
def test_one_more_yes_never_turns_a_question_down(expected: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(1, expected))
    yes = data.draw(st.integers(0, present - 1))
    less, more = [
        decided(ADULTS, Weight(expected), Weight(present), Piles(yes=Weight(n)), on=TODAY) for n in (yes, yes + 1)
    ]
    assert not (less.outcome is Outcome.PASSED and more.outcome is not Outcome.PASSED)
    assert [line.met for line in less.lines if line.stage is Stage.QUORUM] == [
        line.met for line in more.lines if line.stage is Stage.QUORUM
    ]
