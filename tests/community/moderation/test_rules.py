"""Reasons and moves as tables: nothing missing, nothing that leads nowhere, no clock that nobody watches."""

from datetime import UTC, date, datetime

import pytest

from community.calendar.known import known
from community.moderation.clauses import CLAUSES, LETTERS
from community.moderation.figures import month_of
from community.moderation.offices import Desk, together, under
from community.moderation.rules import (
    REPORTABLE,
    TERMS,
    WORDS,
    Measure,
    Reason,
    answer_by,
    appeal_until,
    concealed,
    last_day,
    review_until,
)
from community.moderation.states import DISPUTED, IN_EFFECT, LIVE, MOVES, PENDING, State, first_state
from community.rights import Role


def test_every_reason_has_its_terms_and_criticism_is_none() -> None:
    assert set(TERMS) == set(CLAUSES) == set(LETTERS) == set(Reason)
    assert [reason.value for reason in Reason] == [*(f"M{n}" for n in range(1, 10)), "R1"]
    assert [reason for reason in Reason if TERMS[reason].measures == {Measure.MOVE}] == [Reason.OFF_TOPIC]
    assert [reason for reason in Reason if Measure.MOVE in TERMS[reason].measures] == [Reason.OFF_TOPIC]
    assert [reason for reason in Reason if TERMS[reason].document] == [Reason.AUTHORITY]
    assert [reason for reason in Reason if TERMS[reason].link] == [Reason.FALSE]
    assert [reason for reason in Reason if TERMS[reason].batch] == [Reason.SPAM]
    assert Reason.AUTHORITY not in REPORTABLE
    assert Reason.GROUNDLESS not in REPORTABLE
    assert all(0 < len(letter) <= WORDS for letter in LETTERS.values())


def test_every_state_is_reached_and_whatever_waits_has_a_clock_that_ends_it() -> None:
    begun = {first_state(reason, protected=protected) for reason in Reason for protected in (True, False)}
    assert begun | set(MOVES.values()) == set(State)
    for state in PENDING:
        assert MOVES[state, "lapse"] not in LIVE
    for state in DISPUTED:
        assert MOVES[state, "expire"] not in LIVE
    assert {state for state, _ in MOVES} == set(LIVE)


def test_whatever_lasts_can_be_ended_when_its_longest_time_is_over() -> None:
    settled = IN_EFFECT - PENDING
    assert {state for state in settled if (state, "serve") in MOVES} == settled


@pytest.mark.parametrize("reason", list(Reason))
def test_what_many_stand_behind_is_never_hidden_for_good_by_one(reason: Reason) -> None:
    assert first_state(reason, protected=True) in PENDING
    assert first_state(reason, protected=False) is State.STANDING
    assert (first_state(reason, protected=True) in IN_EFFECT) == TERMS[reason].urgent


def test_periods_end_with_the_day_in_beijing() -> None:
    noon = datetime(2026, 4, 30, 4, tzinfo=UTC)
    assert appeal_until(noon) == datetime(2026, 10, 30, 16, tzinfo=UTC)
    assert review_until(noon) == datetime(2026, 5, 10, 16, tzinfo=UTC)
    assert last_day(Reason.GROUNDLESS, noon) == datetime(2026, 5, 30, 16, tzinfo=UTC)
    assert last_day(Reason.PRIVACY, noon) is None
    # 1–5 May are the holiday, Saturday the 9th is worked: 6, 7, 8, 9, 11
    assert answer_by(noon, known()) == datetime(2026, 5, 11, 16, tzinfo=UTC)
    assert answer_by(noon, known(), level=2) == datetime(2026, 5, 18, 16, tzinfo=UTC)


@pytest.mark.parametrize(("text", "words"), [("找302的老许", ["302", "老许"]), ("aaa", ["a", "aa"]), ("好", [""])])
def test_masking_covers_and_changes_nothing_else(text: str, words: list[str]) -> None:
    covered = concealed(text, words)
    assert len(covered) == len(text)
    assert all(shown in (was, "＊") for shown, was in zip(covered, text, strict=True))
    assert not any(word and word in covered for word in words)


def test_who_works_together_and_who_under_whom() -> None:
    street, here = Desk(Role.MODERATOR, (1,)), Desk(Role.MODERATOR, (1, 2))
    clerk, office, branch = Desk(Role.CLERK, (1, 2)), Desk(None, (7,)), Desk(None, (7, 8))
    assert together([here, branch], [branch])
    assert not together([here], [street, clerk])
    assert under([here], [street])
    assert under([branch], [clerk, office])
    assert not under([street], [here])
    assert not under([clerk], [street])


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-05", date(2026, 5, 1)), ("2026-13", None), ("2026-5", None), ("5月", None), ("2026-051", None)],
)
def test_a_month_is_named_in_one_way(text: str, first: date | None) -> None:
    assert month_of(text) == first
