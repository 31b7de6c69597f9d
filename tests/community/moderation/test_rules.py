"""Reasons and moves as tables: nothing missing, nothing that leads nowhere."""

from datetime import UTC, datetime

import pytest

from community.calendar.known import known
from community.moderation.rules import (
    HIDDEN,
    LIVE,
    MOVES,
    PENDING,
    REPORTABLE,
    TERMS,
    Reason,
    State,
    answer_by,
    appeal_until,
    first_state,
)


def test_every_reason_has_its_terms_and_criticism_is_none() -> None:
    assert set(TERMS) == set(Reason)
    assert [reason.value for reason in Reason] == [f"M{n}" for n in range(1, 10)]
    assert [reason for reason in Reason if not TERMS[reason].hides] == [Reason.OFF_TOPIC]
    assert [reason for reason in Reason if TERMS[reason].document] == [Reason.AUTHORITY]
    assert Reason.AUTHORITY not in REPORTABLE


def test_every_state_is_reached_and_whatever_waits_has_a_clock_that_ends_it() -> None:
    begun = {first_state(reason, protected=protected) for reason in Reason for protected in (True, False)}
    assert begun | set(MOVES.values()) == set(State)
    for state in PENDING:
        assert MOVES[state, "lapse"] not in LIVE
    assert MOVES[State.APPEALED, "expire"] not in LIVE
    assert {state for state, _ in MOVES} <= LIVE


@pytest.mark.parametrize("reason", list(Reason))
def test_what_many_stand_behind_is_never_hidden_for_good_by_one(reason: Reason) -> None:
    assert first_state(reason, protected=True) in PENDING
    assert first_state(reason, protected=False) is State.STANDING
    assert (first_state(reason, protected=True) in HIDDEN) == TERMS[reason].urgent


def test_periods_end_with_the_day_in_beijing() -> None:
    noon = datetime(2026, 4, 30, 4, tzinfo=UTC)
    assert appeal_until(noon) == datetime(2026, 10, 30, 16, tzinfo=UTC)
    # 1–5 May are the holiday, Saturday the 9th is worked: 6, 7, 8, 9, 11
    assert answer_by(noon, known()) == datetime(2026, 5, 11, 16, tzinfo=UTC)
