"""What a dossier must hold and how long it is kept."""

from datetime import date

import pytest

from mediation.archive.rules import (
    Leaf,
    Retention,
    Sheet,
    chained,
    kept_until,
    manifest_hash,
    missing,
    required,
    shorter,
    suggested,
)
from mediation.case.states import Outcome, State


@pytest.mark.parametrize(
    ("state", "outcome", "wanted"),
    [
        (State.DECLINED, Outcome.DECLINED, {Leaf.APPLICATION, Leaf.ENDING}),
        (State.REDIRECTED, Outcome.REDIRECTED, {Leaf.APPLICATION, Leaf.ENDING}),
        (State.CLOSED, Outcome.UNREACHABLE, {Leaf.APPLICATION, Leaf.ENDING}),
        (State.CLOSED, Outcome.FAILED_GAP, {Leaf.APPLICATION, Leaf.CONSENTS, Leaf.ACCEPTANCE, Leaf.ENDING}),
    ],
)
def test_how_it_ended_says_what_must_be_in_it(state: State, outcome: Outcome, wanted: set[Leaf]) -> None:
    assert set(required(state, outcome)) == wanted


def test_an_agreement_needs_its_record_words_hands_and_visit() -> None:
    written, oral = (required(State.CLOSED, each) for each in (Outcome.AGREED_WRITTEN, Outcome.AGREED_ORAL))
    assert set(written) - set(oral) == {Leaf.SIGNATURES}
    assert {Leaf.SESSIONS, Leaf.AGREEMENT, Leaf.PERFORMANCE, Leaf.VISIT} <= set(oral)
    assert missing(State.CLOSED, Outcome.AGREED_ORAL, set(oral) - {Leaf.VISIT}) == (Leaf.VISIT,)


@pytest.mark.parametrize(
    ("kind", "parties", "minors", "term"),
    [
        ("02", 2, False, Retention.TEN),
        ("02", 2, True, Retention.THIRTY),
        ("14", 40, False, Retention.THIRTY),
        ("06", 2, False, Retention.THIRTY),
        ("03", 2, True, Retention.FOREVER),
    ],
)
def test_how_long_to_keep_it(kind: str, parties: int, minors: bool, term: Retention) -> None:  # noqa: FBT001
    assert suggested(kind, parties=parties, minors=minors) is term


def test_what_a_court_had_in_hand_is_kept_as_long_as_what_concerns_a_child() -> None:
    assert suggested("02", parties=2, minors=False, at_court=True) is Retention.THIRTY
    assert suggested("03", parties=2, minors=False, at_court=True) is Retention.FOREVER


def test_terms_run_to_the_end_of_a_year_and_only_a_shorter_one_needs_a_reason() -> None:
    assert kept_until(Retention.TEN, date(2026, 9, 12)) == date(2036, 12, 31)
    assert kept_until(Retention.FOREVER, date(2026, 9, 12)) is None
    assert shorter(Retention.TEN, Retention.THIRTY)
    assert not shorter(Retention.FOREVER, Retention.THIRTY)


def test_every_part_of_a_link_counts() -> None:
    sheets = [Sheet(Leaf.APPLICATION, 1, "a"), Sheet(Leaf.COURSE, 9, "b")]
    one = manifest_hash("HY1", sheets)
    assert one != manifest_hash("HY1", sheets[:1]) != manifest_hash("HY2", sheets[:1])
    assert len({chained("", "1", one), chained("x", "1", one), chained("", "2", one)}) == 3
