"""Ending a case: terminating the talks, performance, the follow-up visit, closing."""

from datetime import datetime

from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Assignment, Case
from mediation.case.moving import demand, move
from mediation.case.queries import visible_case
from mediation.case.states import Outcome


@command
async def terminate(code: str, outcome: Outcome, *, by: Person, at: datetime) -> Case:
    """End the talks: a party at any time and without a reason, the mediator or director for one (人民调解法 23, 26)."""
    case, seats = await visible_case(by, code, at=at)
    if seats & {Seat.APPLICANT, Seat.RESPONDENT}:
        outcome = Outcome.WITHDRAWN_MIDWAY if Seat.APPLICANT in seats else Outcome.REFUSED_MIDWAY
    elif outcome not in (Outcome.FAILED_GAP, Outcome.COURT_SEIZED, Outcome.ADMIN_MUST_DECIDE, Outcome.SELF_SETTLED):
        raise Unfit("请选择终止的原因。", field="outcome")
    await move(case, Event.TERMINATE, seats=seats, by=by, at=at, outcome=outcome)
    return case


@command
async def meet(code: str, *, noticed: bool, attended: bool, by: Person, at: datetime) -> Case:
    """Put a session on record: everybody had a day's notice or waived it, and who came is written down."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.SESSION, "notice_given", holds=noticed, field="noticed")
    demand(Event.SESSION, "attendance_recorded", holds=attended, field="attended")
    await move(case, Event.SESSION, seats=seats, by=by, at=at)
    return case


@command
async def close(code: str, *, served: bool, by: Person, at: datetime) -> Case:
    """Close a case whose talks ended, once the notice with the other lawful routes is served (人民调解法 26)."""
    case, seats = await visible_case(by, code, at=at)
    if not served:
        raise Unfit("请先把终止通知和其他途径送到各方手里，再结案。", field="served")
    await move(case, Event.CLOSE, seats=seats, by=by, at=at)
    await _end(case, at)
    return case


@command
async def follow_up(code: str, *, visited: bool, asked: bool, by: Person, at: datetime) -> Case:
    """Write down the follow-up visit and close the case."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.FOLLOWUP_DONE, "visit_recorded", holds=visited, field="visited")
    demand(Event.FOLLOWUP_DONE, "satisfaction_asked", holds=asked, field="asked")
    await move(case, Event.FOLLOWUP_DONE, seats=seats, by=by, at=at)
    await _end(case, at)
    return case


async def _end(case: Case, at: datetime) -> None:
    await Case.filter(id=case.id).update(closed_at=at)
    await Assignment.filter(case_id=case.id, until=None).update(until=at, ended_because="closed")
