"""Who sees how much of a piece, by the tables alone."""

import pytest

from mediation.case.access import Phase, Seat, Thing, can_read
from mediation.case.states import State
from mediation.evidence.rules import (
    BROUGHT,
    COURSE,
    NEXT,
    OPEN,
    Appraised,
    Deed,
    Sharing,
    Sight,
    all_of,
    has_original,
    may_open,
    sight,
)

STANDS = {
    Phase.BEFORE: State.INVITING,
    Phase.TALKS: State.MEDIATING,
    Phase.EFFECT: State.PERFORMING,
    Phase.ARCHIVED: State.ARCHIVED,
}


def seen(sharing: Sharing, seat: Seat, state: State, *, own: bool = False, ever: bool = False) -> Sight:
    return sight(sharing, {seat}, state, own=own, ever_shared=ever or sharing is Sharing.SHARED)


@pytest.mark.parametrize("phase", list(Phase))
def test_everybody_sees_what_the_matrix_gives_them(phase: Phase) -> None:
    state = STANDS[phase]
    for seat in Seat:
        shared = can_read(seat, Thing.SHARED, phase) == "F"
        private = can_read(seat, Thing.PRIVATE, phase)
        assert (seen(Sharing.SHARED, seat, state) is Sight.WHOLE) is shared, seat
        assert (seen(Sharing.PRIVATE, seat, state) is Sight.WHOLE) is (private == "F"), seat
        assert (seen(Sharing.PRIVATE, seat, state, own=True) is Sight.WHOLE) is (private in "FS"), seat
        assert may_open({seat}, state) is (shared or private in "FS"), seat


def test_what_was_withdrawn_leaves_a_stone_to_whoever_could_see_it() -> None:
    state = State.MEDIATING
    assert seen(Sharing.WITHDRAWN, Seat.APPLICANT, state, own=True) is Sight.WHOLE
    for seat in (Seat.MEDIATOR, Seat.CO):
        assert seen(Sharing.WITHDRAWN, seat, state) is Sight.STONE
    assert seen(Sharing.WITHDRAWN, Seat.RESPONDENT, state, ever=True) is Sight.STONE
    assert seen(Sharing.WITHDRAWN, Seat.RESPONDENT, state) is Sight.NOTHING
    assert seen(Sharing.WITHDRAWN, Seat.DIRECTOR, state, ever=True) is Sight.NOTHING


def test_the_original_is_for_its_own_side_and_whoever_mediates() -> None:
    state = State.MEDIATING
    assert has_original({Seat.APPLICANT}, state, Sight.WHOLE, own=True)
    assert has_original({Seat.MEDIATOR}, state, Sight.WHOLE, own=False)
    assert not has_original({Seat.MEDIATOR}, state, Sight.STONE, own=False)
    for seat in (Seat.RESPONDENT, Seat.RECORDER, Seat.COURT, Seat.RECEIVER):
        assert not has_original({seat}, state, Sight.WHOLE, own=False), seat


def test_nothing_shared_becomes_private_and_nothing_withdrawn_comes_back() -> None:
    assert Sharing.PRIVATE not in NEXT.values()
    assert not [each for each, _ in NEXT if each is Sharing.WITHDRAWN]
    assert (Sharing.SHARED, Deed.SHARE) not in NEXT
    assert OPEN[Deed.WITHDRAW] < OPEN[Deed.SHARE] == BROUGHT
    assert State.SIGNING not in OPEN[Deed.WITHDRAW]


def test_an_appraisal_needs_every_yes_and_ends() -> None:
    assert all_of([]) is Appraised.ASKED
    assert all_of([True, True, None]) is Appraised.ASKED
    assert all_of([None, False]) is Appraised.REFUSED
    assert set(COURSE) == set(Appraised)
    reached, todo = {Appraised.ASKED}, [Appraised.ASKED]
    while todo:
        new = COURSE[todo.pop()] - reached
        reached |= new
        todo += new
    assert reached == set(Appraised)
