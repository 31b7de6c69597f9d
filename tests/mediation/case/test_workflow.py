"""The road as a whole: closed, deterministic, with an owner and a clock at every stop."""

from collections.abc import Iterator

import pytest

from community.errors import MovedOn
from mediation.case.clocks import Clocks
from mediation.case.diagram import mermaid
from mediation.case.events import Event, Target
from mediation.case.states import BEFORE_EFFECT, ENDS, STANDINGS, Actor, Clock, Outcome, State
from mediation.case.workflow import RETURNS, ROWS, STEPS, actors, step, steps_for, steps_from, targets

LEAVING = {Event.WITHDRAW_EARLY, Event.REFUSE, Event.TERMINATE, Event.SIGN_REFUSED}


def reachable(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        new = {to for s in steps_from(todo.pop()) for to in targets(s)} - seen
        seen |= new
        todo += new
    return seen


def walks() -> Iterator[tuple[State, Clocks]]:
    """Every combination of state and clocks that any walk from a draft can produce."""
    seen: set[tuple[State, Clocks, State | None]] = set()
    todo: list[tuple[State, Clocks, State | None]] = [(State.DRAFT, Clocks(), None)]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        at, clocks, came_from = here
        yield at, clocks
        for s in steps_from(at):
            to = s.lands(returning=came_from)
            kept = at if s.event is Event.HANDOVER else came_from if to is State.HANDOVER else None
            todo.append((to, clocks.after(s.row.timing), kept))


WALKS = tuple(walks())


def test_the_road_has_its_size() -> None:
    assert (len(State), len(Event), len(STEPS)) == (19, 46, 70)


def test_every_event_has_exactly_one_row_in_the_order_of_the_road() -> None:
    assert [row.event for row in ROWS] == list(Event)


def test_an_event_means_one_thing_in_each_state() -> None:
    assert len({(s.at, s.event) for s in STEPS}) == len(STEPS)


def test_every_state_is_reached_from_a_draft() -> None:
    assert reachable(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_state_can_reach_an_end(state: State) -> None:
    assert reachable(state) & ENDS


def test_nothing_leaves_an_end_and_everything_else_can_be_left() -> None:
    assert {state for state in State if not steps_from(state)} == ENDS


def test_every_state_that_is_not_an_end_has_an_owner() -> None:
    assert {state for state, standing in STANDINGS.items() if standing.owner is None} == ENDS
    assert set(STANDINGS) == set(State)


def test_every_waiting_state_has_a_clock() -> None:
    assert {state for state, standing in STANDINGS.items() if standing.clock is None} == ENDS | {State.DRAFT}


@pytest.mark.parametrize("state", BEFORE_EFFECT)
def test_a_party_can_leave_from_every_state_before_effect(state: State) -> None:
    ways = [s for s in steps_for(state, Actor.PARTY) if s.event in LEAVING]
    assert ways
    assert all(s.lands() in {State.CLOSED, State.TERMINATED} for s in ways)


def test_before_effect_is_all_that_lies_between_registering_and_an_agreement() -> None:
    over = {State.CLOSED, State.DECLINED, State.REDIRECTED, State.TERMINATED}
    kept = {State.PERFORMING, State.BREACHED, State.FOLLOWUP}
    assert set(State) - {State.DRAFT} - ENDS - over - kept == set(BEFORE_EFFECT)


def test_an_agreement_takes_force_only_by_effect_word_or_cure() -> None:
    into = {s.event for s in STEPS if s.row.to is not Target.SAME and State.PERFORMING in targets(s)}
    assert into == {Event.EFFECT, Event.ORAL_AGREE, Event.CURE}


def test_only_amending_stays_where_it_is_and_only_sending_back_returns() -> None:
    assert {s.event for s in STEPS if s.row.to is Target.SAME} == {Event.AMEND}
    assert {s.event for s in STEPS if s.row.to is Target.RETURN_STATE} == {Event.HANDOVER_REJECT}
    assert step(State.BREACHED, Event.AMEND).lands() is State.BREACHED


def test_a_case_sent_back_stands_where_it_stood() -> None:
    back = step(State.HANDOVER, Event.HANDOVER_REJECT)
    assert [back.lands(returning=state) for state in RETURNS] == list(RETURNS)
    with pytest.raises(ValueError, match="None"):
        back.lands()
    with pytest.raises(ValueError, match="signing"):
        back.lands(returning=State.SIGNING)


@pytest.mark.parametrize(
    ("at", "event", "to"),
    [
        (State.DRAFT, Event.SUBMIT, State.REGISTERED),
        (State.SIGNING, Event.EFFECT, State.PERFORMING),
        (State.SIGNING, Event.EXPIRE, State.TERMINATED),
        (State.INVITING, Event.REFUSE, State.CLOSED),
        (State.CLOSED, Event.REOPEN, State.BREACHED),
    ],
)
def test_a_step_lands(at: State, event: Event, to: State) -> None:
    assert step(at, event).lands() is to


def test_a_step_that_is_gone_says_so() -> None:
    with pytest.raises(MovedOn, match="这件事已经往前走了一步，请刷新后再看。"):
        step(State.ARCHIVED, Event.SUBMIT)
    assert actors(State.ARCHIVED, Event.SUBMIT) == ()


def test_every_step_has_somebody_and_a_helper_never_decides() -> None:
    assert all(s.actors for s in STEPS)
    helped = {s.event for s in STEPS if Actor.HELPER in s.actors}
    assert helped == {Event.SUBMIT, Event.DISCOVER, Event.SUPPLEMENT}
    assert actors(State.INVITING, Event.REFUSE) == (Actor.PARTY,)


def test_every_guard_has_one_sentence_and_no_sentence_serves_two() -> None:
    guards = {guard for row in ROWS for guard in row.guards}
    assert len({g.id for g in guards}) == len({g.refusal for g in guards}) == len(guards)
    assert all(g.refusal.endswith("。") and "！" not in g.refusal for g in guards)
    assert all(row.guards for row in ROWS)


def test_every_outcome_comes_from_some_event() -> None:
    assert {outcome for row in ROWS for outcome in row.outcomes} == set(Outcome)


def test_on_every_walk_the_clock_of_the_state_is_running() -> None:
    missing = {
        (at, standing.clock) for at, c in WALKS if (standing := STANDINGS[at]).clock and standing.clock not in c.running
    }
    assert missing == set()


def test_on_no_walk_does_a_clock_outlive_its_states() -> None:
    keeping = {State.PERFORMING, State.BREACHED}
    home = {
        Clock.SIGN: {State.SIGNING},
        Clock.FIRST_SESSION: {State.MEDIATING},
        Clock.SUSPEND_REVIEW: {State.SUSPENDED},
        Clock.HANDOVER: {State.HANDOVER},
        Clock.URGE: {State.BREACHED},
        Clock.OBLIGATION: keeping,
        Clock.FOLLOWUP: keeping | {State.FOLLOWUP},
        Clock.REVIEW: {State.REGISTERED},
        Clock.INVITE: {State.INVITING},
        Clock.CLOSE: {State.TERMINATED},
        Clock.SUPPLEMENT: {State.SUPPLEMENT},
    }
    assert {(at, clock) for at, c in WALKS for clock in c.running & set(home) if at not in home[clock]} == set()


def test_at_an_end_nothing_waits() -> None:
    assert all(not c.paused and c.running <= {Clock.RETENTION, Clock.JC} for at, c in WALKS if at in ENDS)


def test_the_drawing_shows_every_state_and_every_step() -> None:
    text = mermaid()
    arrows = [line for line in text.splitlines() if "-->" in line]
    assert len(arrows) == len(STEPS) - 1 + len(RETURNS) + 1 + len(ENDS)
    assert "  signing --> performing: 生效" in arrows
    assert "  handover --> inviting: 退回（原处）" in arrows
    assert "  registered: 已登记·待审查" in text
