"""Taking one step along the road: the right actor, compare-and-swap, the clocks, the record."""

from collections.abc import Iterable
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from mediation.case import workflow
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.states import Actor, Outcome, State
from mediation.case.terms import PauseReason, Rule
from mediation.case.turning import Turn, turn

ACTS: Final = MappingProxyType(
    {
        Seat.APPLICANT: Actor.PARTY,
        Seat.RESPONDENT: Actor.PARTY,
        Seat.GUARDIAN: Actor.PARTY,
        Seat.AGENT: Actor.REP,
        Seat.HELPER: Actor.HELPER,
        Seat.INTAKE: Actor.INTAKE,
        Seat.MEDIATOR: Actor.MEDIATOR,
        Seat.DIRECTOR: Actor.ORGDIR,
        Seat.CENTRE: Actor.CENTER,
        Seat.PARTY_OFFICE: Actor.PARTY_OFF,
        Seat.ARCHIVIST: Actor.ARCHIVIST,
        Seat.RECEIVER: Actor.TARGET_ORGDIR,
    }
)

NOT_YOURS: Final = "这一步不由您来办。请看页面上写的下一步由谁办。"


def acting(seats: Iterable[Seat]) -> frozenset[Actor]:
    """Return what somebody in ``seats`` may act as."""
    return frozenset(ACTS[seat] for seat in seats if seat in ACTS)


def choices(case: Case, seats: Iterable[Seat]) -> list[workflow.Step]:
    """Return the steps that somebody in ``seats`` may take now, in the order of the road."""
    actors = acting(seats)
    return [step for step in workflow.steps_from(case.state) if actors & set(step.actors)]


def demand(event: Event, guard: str, *, holds: bool, field: str | None = None) -> None:
    """Raise `Unfit` with the guard's own sentence unless it holds."""
    if not holds:
        row = next(row for row in workflow.ROWS if row.event is event)
        raise Unfit(next(each.refusal for each in row.guards if each.id == guard), field=field)


def permitted(case: Case, event: Event, *, seats: Iterable[Seat], by: Person | None) -> workflow.Step:
    """Return the step that ``event`` is from here; raises what `move` would before anything is written."""
    step = workflow.step(case.state, event)
    if not (acting(seats) if by else {Actor.SYSTEM}) & set(step.actors):
        raise Forbidden(NOT_YOURS)
    return step


async def move(
    case: Case,
    event: Event,
    *,
    seats: Iterable[Seat],
    by: Person | None,
    at: datetime,
    outcome: Outcome | None = None,
    since: date | None = None,
    waits: PauseReason = PauseReason.HANDOVER,
    measured: Rule | None = None,
    returning: State | None = None,
    **facts: Any,  # noqa: ANN401 - passed on to the record as they are
) -> None:
    """Take ``event``. The update names the state and version it leaves, so of two at once one succeeds.

    ``since`` is the day from which the clocks it starts are counted, where that is not today; ``waits`` says why,
    when it makes clocks wait; ``measured`` is the rule of the clocks it starts, where kind and track do not say which;
    ``returning`` is where the case stood before it was handed over, when it comes back.

    Raises:
        MovedOn: the road has no such step from here, or somebody was faster.
        Forbidden: none of ``seats`` may take it; the system (``by`` is ``None``) may take only its own.
    """
    step = permitted(case, event, seats=seats, by=by)
    now = step.lands(returning=returning)
    swap = Case.filter(id=case.id, state=case.state, version=case.version)
    changes: dict[str, object] = {"state": now, "version": case.version + 1, "moved_at": at}
    if outcome:
        changes["outcome"] = outcome
    if not await swap.update(**changes):
        raise MovedOn("这件事已经往前走了一步，请刷新后再看。")
    await turn(case, Turn(step.row, since=since, waits=waits, measured=measured), at)
    was = case.state
    await record(f"case.{event}", case.key, by=by, at=at, community_id=case.community_id, was=was, now=now, **facts)
    case.update_from_dict(changes)
