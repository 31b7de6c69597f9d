"""The confidentiality matrix, cell by cell where it matters most, and its shape everywhere."""

import pytest

from mediation.case.access import MATRIX, PHASES, Seat, Thing, letter, may_read
from mediation.case.states import State


def test_every_seat_has_a_cell_of_four_phases_for_every_thing() -> None:
    assert set(MATRIX) == {(seat, thing) for seat in Seat for thing in Thing}
    assert {len(cell) for cell in MATRIX.values()} == {4}
    assert set("".join(MATRIX.values())) <= set("FMSP·")
    assert set(PHASES) == set(State)


@pytest.mark.parametrize(
    ("seat", "thing", "state", "expected"),
    [
        (Seat.RESPONDENT, Thing.STATEMENT, State.INVITING, "M"),  # before acceptance: a neutral summary only
        (Seat.RESPONDENT, Thing.STATEMENT, State.MEDIATING, "F"),
        (Seat.HELPER, Thing.STATEMENT, State.REGISTERED, "S"),
        (Seat.HELPER, Thing.STATEMENT, State.ASSIGNING, "·"),  # a helper loses the content at acceptance
        (Seat.INTAKE, Thing.STATEMENT, State.MEDIATING, "·"),
        (Seat.COLLEAGUE, Thing.NAMES, State.MEDIATING, "·"),  # the common leak: another mediator of the committee
        (Seat.FORMER, Thing.STATEMENT, State.MEDIATING, "·"),
        (Seat.PARTY_OFFICE, Thing.INDEX, State.MEDIATING, "M"),
        (Seat.PARTY_OFFICE, Thing.NAMES, State.MEDIATING, "·"),
        (Seat.DIRECTOR, Thing.AGREEMENT, State.PERFORMING, "F"),
        (Seat.MEDIATOR, Thing.IDENTITY, State.REGISTERED, "·"),
    ],
)
def test_cells(seat: Seat, thing: Thing, state: State, expected: str) -> None:
    assert letter([seat], thing, state) == expected


def test_of_several_seats_the_best_counts_and_nobody_reads_nothing() -> None:
    assert letter([Seat.COLLEAGUE, Seat.MEDIATOR], Thing.STATEMENT, State.MEDIATING) == "F"
    assert not may_read([], Thing.INDEX, State.MEDIATING)
