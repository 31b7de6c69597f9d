"""Who does what to a record, and where nothing is done any more."""

import pytest

from mediation.case.access import MATRIX, PHASES, Grade, Phase, Seat, Thing
from mediation.case.states import State
from mediation.minutes.rules import MOVES, WRITERS, Deed, RecordStage, allowed, lacking, opens, visible


def test_nothing_leads_out_of_a_sealed_or_dropped_record() -> None:
    assert not [deed for deed, move in MOVES.items() if move.stages & {RecordStage.SEALED, RecordStage.DROPPED}]
    assert set(MOVES) == set(Deed)
    assert {move.to for move in MOVES.values() if move.to} == {
        RecordStage.ROUND,
        RecordStage.SEALED,
        RecordStage.DROPPED,
    }


@pytest.mark.parametrize("seat", list(Seat))
def test_a_deed_is_only_for_its_seats_and_only_where_the_matrix_lets_them_read(seat: Seat) -> None:
    for deed, move in MOVES.items():
        for stage in RecordStage:
            for state in (State.INVITING, State.MEDIATING, State.PERFORMING, State.ARCHIVED):
                may = allowed(deed, stage, [seat], state)
                assert not may or (seat in move.seats and stage in move.stages)
                assert not may or PHASES[state] in (Phase.TALKS, Phase.EFFECT)
                assert not may or visible(stage, [seat], state)


def test_only_who_keeps_records_begins_one_and_only_while_it_is_talked_over() -> None:
    able = {seat for seat in Seat for state in State if opens([seat], state)}
    assert able == WRITERS
    assert {PHASES[state] for state in State if opens([Seat.MEDIATOR], state)} == {Phase.TALKS}


def test_a_sealed_record_is_read_as_the_matrix_has_it_and_an_open_one_by_nobody_else() -> None:
    for seat in set(Seat) - {Seat.CO, Seat.GUARDIAN}:
        for state in (State.MEDIATING, State.PERFORMING, State.ARCHIVED):
            grade = MATRIX[seat, Thing.MINUTES][PHASES[state]]
            assert visible(RecordStage.SEALED, [seat], state) is (grade is Grade.WHOLE)
            assert not visible(RecordStage.OPEN, [seat], state) or seat in WRITERS
    assert visible(RecordStage.ROUND, [Seat.RESPONDENT], State.MEDIATING)
    assert not visible(RecordStage.ROUND, [Seat.ARCHIVIST], State.ARCHIVED)
    assert not visible(RecordStage.DROPPED, [Seat.APPLICANT], State.MEDIATING)


def test_whoever_refused_owes_nothing_and_everybody_else_owes_every_entry() -> None:
    assert lacking([1, 2, 3], {"A1": [1], "R1": []}, ["R1"]) == {"A1": 2}
    assert lacking([], {"A1": []}, []) == {}
