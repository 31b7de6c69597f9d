"""Ending a case: terminating the talks, performance, the follow-up visit, closing."""

from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.appointment.offering import call_off_all
from mediation.case.access import PARTIES
from mediation.case.events import Event
from mediation.case.models import Assignment, Case, Proceeding, Side
from mediation.case.moving import demand, move
from mediation.case.noting import fitting, note
from mediation.case.queries import visible_case
from mediation.case.standing import NO_POWER, stands
from mediation.case.states import Outcome
from mediation.feedback.models import FollowUpVisit
from mediation.feedback.rules import Found
from mediation.referral.returning import COURT_TRACKS, told_to_court

NOTHING: Final = Found()
"""A visit at which there was nothing to note."""
ENDINGS: Final = (
    Outcome.FAILED_GAP,
    Outcome.COURT_SEIZED,
    Outcome.ADMIN_MUST_DECIDE,
    Outcome.SELF_SETTLED,
    Outcome.FRAUD_SUSPECTED,
)
"""Why those who work on a case may end the talks; on a court's case also because somebody is not to be reached."""


@command
async def terminate(code: str, outcome: Outcome, *, by: Person, at: datetime) -> Case:
    """End the talks: a party at any time and without a reason, the mediator or director for one (人民调解法 23, 26)."""
    case, seats = await visible_case(by, code, at=at)
    if seats & PARTIES:
        outcome = await _left(case, by, at)
    elif outcome not in ENDINGS and (outcome is not Outcome.UNREACHABLE or case.track not in COURT_TRACKS):
        raise Unfit("请选择终止的原因。", field="outcome")
    await move(case, Event.TERMINATE, seats=seats, by=by, at=at, outcome=outcome)
    await call_off_all(case, by=by, at=at)
    return case


async def _left(case: Case, by: Person, at: datetime) -> Outcome:
    """Return how it is called when this party ends the talks; a representative needs the special power for it."""
    mine = [each for each in await stands(by, case.id, at=at) if each.settles]
    if not mine:
        raise Forbidden(NO_POWER)
    return Outcome.WITHDRAWN_MIDWAY if any(each.side is Side.APPLICANT for each in mine) else Outcome.REFUSED_MIDWAY


@command
async def meet(code: str, *, noticed: bool, attended: bool, by: Person, at: datetime) -> Case:
    """Put a session on record: everybody had a day's notice or waived it, and who came is written down."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.SESSION, "notice_given", holds=noticed, field="noticed")
    demand(Event.SESSION, "attendance_recorded", holds=attended, field="attended")
    await move(case, Event.SESSION, seats=seats, by=by, at=at)
    return case


@command
async def close(code: str, *, served: bool, returned: bool = False, report: str = "", by: Person, at: datetime) -> Case:
    """Close a case whose talks ended, once the notice with the other lawful routes is served (人民调解法 26).

    What a court sent goes back to it: ``returned`` says that its papers did, ``report`` what the court is told of
    why it failed, without any proposal or concession (在线调解规则 18, 21; 特邀调解规定 21).
    """
    case, seats = await visible_case(by, code, at=at)
    if not served:
        raise Unfit("请先把终止通知和其他途径送到各方手里，再结案。", field="served")
    told = fitting(report, "report")
    if case.track in COURT_TRACKS:
        demand(Event.CLOSE, "materials_returned", holds=returned, field="returned")
        if not told:
            raise Unfit("请写明告诉法院的情况：争的是什么，为什么没有谈成。不要写方案和让步。", field="report")
        await Proceeding.filter(case_id=case.id, ended_on=None).update(returned_on=local_day(at))
    await move(case, Event.CLOSE, seats=seats, by=by, at=at, court_end=_court_end(case))
    await note(case, Event.CLOSE, told, by=by, at=at)
    await _end(case, at)
    return case


def _court_end(case: Case) -> str:
    return str(told_to_court(case.outcome)) if case.track in COURT_TRACKS else ""


@command
async def follow_up(code: str, *, visited: bool, asked: bool, found: Found = NOTHING, by: Person, at: datetime) -> Case:
    """Write down the follow-up visit and what it found, and close the case (239号: 回访情况)."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.FOLLOWUP_DONE, "visit_recorded", holds=visited, field="visited")
    demand(Event.FOLLOWUP_DONE, "satisfaction_asked", holds=asked, field="asked")
    told = fitting(found.words, "words")
    if found.danger and not told:
        raise Unfit("有可能再闹起来的，请写一句看到什么、打算怎么办。", field="words")
    await move(case, Event.FOLLOWUP_DONE, seats=seats, by=by, at=at, suit=found.suit)
    await FollowUpVisit.create(case=case, kept=True, suit=found.suit, danger=found.danger, by=by, at=at)
    await note(case, Event.FOLLOWUP_DONE, told, by=by, at=at)
    await _end(case, at)
    return case


async def _end(case: Case, at: datetime) -> None:
    await Case.filter(id=case.id).update(closed_at=at)
    await Assignment.filter(case_id=case.id, until=None).update(until=at, ended_because="closed")
