"""The road as a whole: closed, deterministic, with an owner at every stop."""

import pytest

from community.errors import MovedOn
from deliberation.matter.states import (
    BEFORE_VOTE,
    EDITABLE,
    ENDS,
    JOINABLE,
    RESUMABLE,
    RIGHTS,
    STANDINGS,
    Actor,
    Clock,
    State,
)
from deliberation.matter.workflow import ROWS, STEPS, Target, Verb, step, steps_for, targets

ASIDE = {Verb.SUSPEND, Verb.ORDER_CORRECTION, Verb.MERGE}  # comes back to where it was, or begins again
OWNERS = {Verb.ACCEPT_OWNERS, Verb.REINSTATE_OWNERS}
BY_CLOCK = {Verb.OPEN, Verb.CLOSE, Verb.EXPIRE, Verb.TAKE_EFFECT, Verb.FAIL, Verb.LAPSE}


def reachable(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        new = {to for s in STEPS if s.at is here for to in targets(s)} - seen
        seen |= new
        todo += new
    return seen


def test_every_deed_has_one_row() -> None:
    assert sorted(row.verb for row in ROWS) == sorted(Verb)


def test_a_deed_means_one_thing_in_each_state() -> None:
    assert len({(s.at, s.verb) for s in STEPS}) == len(STEPS)


def test_every_state_is_reached_from_a_draft() -> None:
    assert reachable(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_state_can_reach_an_end(state: State) -> None:
    assert reachable(state) & ENDS


def test_nothing_leaves_an_end_and_everything_else_can_be_left() -> None:
    assert {state for state in State if not any(s.at is state for s in STEPS)} == ENDS


def test_every_stop_says_who_owes_the_next_move() -> None:
    assert set(STANDINGS) == set(State)
    assert {state for state, standing in STANDINGS.items() if standing.owner is None} == ENDS
    for state, standing in STANDINGS.items():
        assert state in ENDS or any(standing.owner in s.row.actors for s in STEPS if s.at is state), state


def test_what_the_clock_ends_has_a_clock() -> None:
    assert {s.at for s in STEPS if s.verb in BY_CLOCK} <= {at for at, st in STANDINGS.items() if st.clock}
    assert {st.clock for st in STANDINGS.values()} - {None} == set(Clock)


def test_every_actor_is_known_by_a_right_the_matter_or_the_clock() -> None:
    assert set(Actor) - set(RIGHTS) == {Actor.AUTHOR, Actor.SYSTEM}


def test_nothing_is_voted_on_without_study_discussion_frozen_text_and_notice() -> None:
    """Take any of the four stops away and the ballot is out of reach."""
    for gate in (State.PARTY_STUDY, State.DELIBERATING, State.FINALISED, State.NOTICED):
        seen, todo = {State.DRAFT}, [State.DRAFT]
        while todo:
            here = todo.pop()
            aside = ASIDE | OWNERS if gate is State.PARTY_STUDY else ASIDE
            ways = [s for s in STEPS if s.at is here and s.verb not in aside]
            new = {to for s in ways for to in targets(s)} - seen - {gate}
            seen |= new
            todo += new
        assert State.VOTING not in seen, gate


def test_the_words_may_change_only_where_they_are_not_yet_fixed() -> None:
    assert {s.at for s in STEPS if s.verb is Verb.REVISE} == set(EDITABLE)
    assert State.FINALISED not in EDITABLE


def test_the_author_may_take_it_back_until_it_is_announced() -> None:
    assert {s.at for s in STEPS if s.verb is Verb.WITHDRAW} == set(BEFORE_VOTE)


def test_only_resuming_goes_back_and_it_goes_where_it_was() -> None:
    assert {row.verb for row in ROWS if row.target is Target.RETURN_STATE} == {Verb.RESUME, Verb.SEPARATE}
    apart = step(State.MERGED, Verb.SEPARATE)
    assert [apart.lands(returning=state) for state in JOINABLE] == list(JOINABLE)
    with pytest.raises(ValueError, match="voting"):
        apart.lands(returning=State.VOTING)
    back = step(State.SUSPENDED, Verb.RESUME)
    assert [back.lands(returning=state) for state in RESUMABLE] == list(RESUMABLE)
    with pytest.raises(ValueError, match="None"):
        back.lands()


def test_a_step_that_is_not_on_the_road_says_so() -> None:
    with pytest.raises(MovedOn):
        step(State.DRAFT, Verb.FINALISE)
    others = steps_for(State.VOTING, frozenset({Actor.AUTHOR, Actor.RESIDENT, Actor.CLERK}))
    assert {each.verb for each in others} == {Verb.WHISTLE, Verb.ASK_ANSWER, Verb.EXTEND}
