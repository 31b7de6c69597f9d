"""A case that a court sent, for a program: taken, not taken, ended and given back with the reason the court is told."""

from datetime import date, datetime

from community.tokens.rules import Scope
from mediation.case.access import Thing
from mediation.case.commands import close, terminate
from mediation.case.models import Case, Proceeding, Track
from mediation.case.queries import readable
from mediation.case.states import Outcome, State
from mediation.intake.commands import decline
from mediation.intake.rules import DeclineReason
from mediation.referral.commission import Letter, accept_commission
from mediation.referral.returning import COURT_TRACKS, CourtEnd, told_to_court
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.mediation.case.forms import CloseForm
from web.mediation.case.step_forms import CommissionForm
from web.words import N_


class CommissionOut(Answer):
    """Where a court's case stands: its number and ours, and once it is over the reason that the court is told."""

    case: str
    track: Track
    state: State
    outcome: Outcome | None
    court_number: str
    number: str
    accepted_on: date | None
    returned_on: date | None
    told_to_court: CourtEnd | None
    moved_at: datetime


class DeclineIn(Form):
    """Why a dispute is not taken."""

    reason: DeclineReason


class EndIn(Form):
    """Why the talks ended; of a court's case also because somebody is not to be reached."""

    outcome: Outcome


async def show(ask: Ask) -> CommissionOut:
    """Answer where it stands."""
    return await _shown(ask)


async def accept(ask: Ask) -> CommissionOut:
    """Take it, from the day on which its papers were signed for."""
    await accept_commission(ask.path["code"], Letter(**ask.body.model_dump()), by=ask.person, at=ask.at)
    return await _shown(ask)


async def refuse(ask: Ask) -> CommissionOut:
    """Do not take it, for one of the lawful reasons."""
    await decline(ask.path["code"], ask.body.reason, by=ask.person, at=ask.at)
    return await _shown(ask)


async def end(ask: Ask) -> CommissionOut:
    """End the talks."""
    await terminate(ask.path["code"], ask.body.outcome, by=ask.person, at=ask.at)
    return await _shown(ask)


async def give_back(ask: Ask) -> CommissionOut:
    """Close it, with its papers and the report gone back to the court."""
    await close(ask.path["code"], **ask.body.model_dump(), by=ask.person, at=ask.at)
    return await _shown(ask)


async def _shown(ask: Ask) -> CommissionOut:
    case, _ = await readable(ask.person, ask.path["code"], Thing.INDEX, at=ask.at)
    run = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    return CommissionOut(
        case=case.code,
        track=case.track,
        state=case.state,
        outcome=case.outcome,
        court_number=run.court_number if run else "",
        number=(run.number or "") if run else "",
        accepted_on=run.accepted_on if run else None,
        returned_on=run.returned_on if run else None,
        told_to_court=_told(case),
        moved_at=case.moved_at,
    )


def _told(case: Case) -> CourtEnd | None:
    return told_to_court(case.outcome) if case.outcome and case.track in COURT_TRACKS else None


calls = [
    Call(
        method="GET",
        path="/cases/{code}/commission",
        name="showCommission",
        title=N_("看一件委派委托办到哪一步，退回时告诉法院什么"),
        do=show,
        answer=CommissionOut,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="POST",
        path="/cases/{code}/commission/acceptance",
        name="acceptCommission",
        title=N_("接收法院的委派委托，期限从签收那天算"),
        do=accept,
        answer=CommissionOut,
        body=CommissionForm,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="POST",
        path="/cases/{code}/commission/refusal",
        name="refuseCommission",
        title=N_("不接收，写明是哪一种依法的理由"),
        do=refuse,
        answer=CommissionOut,
        body=DeclineIn,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="POST",
        path="/cases/{code}/commission/ending",
        name="endCommission",
        title=N_("终止调解，写明为什么"),
        do=end,
        answer=CommissionOut,
        body=EndIn,
        scope=Scope.CASES_COURT,
    ),
    Call(
        method="POST",
        path="/cases/{code}/commission/return",
        name="returnCommission",
        title=N_("退回法院并结案：材料退回了，情况写给法院"),
        do=give_back,
        answer=CommissionOut,
        body=CloseForm,
        scope=Scope.CASES_COURT,
    ),
]
