"""The whole road of a case as one table, read by guards, buttons, diagrams and tests alike."""

from dataclasses import dataclass
from typing import Final

from community.errors import MovedOn
from mediation.case.events import Event, Row, Target
from mediation.case.keeping import KEEPING
from mediation.case.opening import OPENING
from mediation.case.states import Actor, State
from mediation.case.talking import TALKING

ROWS: Final[tuple[Row, ...]] = OPENING + TALKING + KEEPING
"""The forty-six events in the order of the road."""


@dataclass(frozen=True, slots=True)
class Step:
    """One pair of state and event: what ``row`` means when the case stands ``at`` this state."""

    at: State
    row: Row

    @property
    def event(self) -> Event:
        """Return the event that makes this step."""
        return self.row.event

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Return who may take this step."""
        return self.row.actors

    def lands(self, *, returning: State | None = None) -> State:
        """Return where the case stands afterwards; ``returning`` is the state saved when it was handed over.

        Raises:
            ValueError: the step goes back to where the case came from, and nobody said where that was.
        """
        if self.row.to is Target.SAME:
            return self.at
        if self.row.to is not Target.RETURN_STATE:
            return State(self.row.to)
        if returning not in RETURNS:
            raise ValueError(returning)
        return returning


RETURNS: Final[tuple[State, ...]] = next(row.sources for row in ROWS if row.event is Event.HANDOVER)
"""Where a case may come back to when the receiver sends it back."""

STEPS: Final[tuple[Step, ...]] = tuple(Step(at, row) for at in State for row in ROWS if at in row.sources)
"""Every pair of state and event that exists."""

FROM: Final = {at: tuple(step for step in STEPS if step.at is at) for at in State}


def steps_from(at: State) -> tuple[Step, ...]:
    """Return the steps that leave ``at``, in the order of the road."""
    return FROM[at]


def steps_for(at: State, actor: Actor) -> tuple[Step, ...]:
    """Return the steps ``actor`` may take from ``at``: the buttons this person sees."""
    return tuple(step for step in FROM[at] if actor in step.actors)


def step(at: State, event: Event) -> Step:
    """Return the step ``event`` makes from ``at``, or raise `MovedOn` when there is none."""
    for candidate in FROM[at]:
        if candidate.event is event:
            return candidate
    raise MovedOn("这件事已经往前走了一步，请刷新后再看。")


def actors(at: State, event: Event) -> tuple[Actor, ...]:
    """Return who may fire ``event`` at ``at``; nobody when the road has no such step."""
    return next((candidate.actors for candidate in FROM[at] if candidate.event is event), ())


def targets(candidate: Step) -> tuple[State, ...]:
    """Return every state ``candidate`` can land in."""
    if candidate.row.to is Target.RETURN_STATE:
        return RETURNS
    return (candidate.lands(),)
