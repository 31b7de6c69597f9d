"""What is logged under which purpose, and where a wish to open something stands."""

from datetime import timedelta

import pytest

from mediation.case.access import PHASES, VIEWERS, Grade, Seat, Thing, can_read
from mediation.case.states import State
from mediation.privacy.rules import (
    BY_NAME,
    PARTS,
    PURPOSES,
    SECONDS,
    WAIT,
    Standing,
    can_ask,
    reads_as,
    standing,
)
from tests.world import NOON

SECOND = timedelta(seconds=1)


def test_every_office_that_reads_something_whole_has_a_purpose_and_no_party_is_watched() -> None:
    reads = {
        seat
        for seat in VIEWERS
        for thing in (Thing.IDENTITY, Thing.STATEMENT, Thing.JOINT, Thing.AGREEMENT)
        for state in State
        if can_read(seat, thing, PHASES[state]) is Grade.WHOLE
    }
    unwatched = {Seat.APPLICANT, Seat.RESPONDENT, Seat.AGENT, Seat.HELPER}
    assert reads - set(PURPOSES) <= unwatched
    assert not unwatched & set(PURPOSES)
    assert set(PURPOSES) >= BY_NAME


def test_somebody_with_two_seats_reads_in_the_one_that_opens() -> None:
    assert reads_as([Seat.COLLEAGUE, Seat.MEDIATOR], Thing.STATEMENT, State.MEDIATING) is Seat.MEDIATOR
    assert reads_as([Seat.COLLEAGUE], Thing.STATEMENT, State.MEDIATING) is None
    assert reads_as([Seat.APPLICANT], Thing.STATEMENT, State.MEDIATING) is None


def test_what_can_be_opened_is_what_the_matrix_marks_and_never_what_was_said_alone() -> None:
    asked = {(seat, thing, state) for seat in VIEWERS for state in State for thing in can_ask([seat], state)}
    assert all(can_read(seat, thing, PHASES[state]) is Grade.PERMIT for seat, thing, state in asked)
    assert {thing for _, thing, _ in asked} == set(PARTS)
    assert not {Thing.JOINT, Thing.CAUCUS, Thing.INTERNAL, Thing.PROPOSAL} & set(PARTS)
    assert not SECONDS & {Seat.APPLICANT, Seat.RESPONDENT, Seat.MEDIATOR, Seat.ADMIN}


@pytest.mark.parametrize(
    ("said", "minutes", "after", "expected"),
    [
        ("", 0, timedelta(0), Standing.ASKED),
        ("", 0, WAIT - SECOND, Standing.ASKED),
        ("", 0, WAIT, Standing.LAPSED),
        ("no", 0, timedelta(hours=2), Standing.REFUSED),
        ("yes", 30, timedelta(minutes=30) - SECOND, Standing.OPEN),
        ("yes", 30, timedelta(minutes=30), Standing.OVER),
    ],
)
def test_where_a_wish_stands(said: str, minutes: int, after: timedelta, expected: Standing) -> None:
    decided, until = (NOON if said else None), (NOON + timedelta(minutes=minutes) if minutes else None)
    granted = said == "yes" if said else None
    stands = standing(asked_at=NOON, decided_at=decided, granted=granted, until=until, at=NOON + after)
    assert stands is expected
