"""When an agreement is not kept: found at the visit, led to the lawful ways, talked over anew, or taken up again.

Source: 人民调解法 31 (督促), 32 (争议可以起诉), 33 (司法确认).
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.agreement.models import Agreement, Obligation
from mediation.agreement.queries import held_case
from mediation.agreement.rules import OWED, Duty
from mediation.case.events import Event
from mediation.case.models import Assignment, Case, Consent, Party, Period
from mediation.case.moving import demand, move, permitted
from mediation.case.noting import fitting, note
from mediation.case.queries import parties_of
from mediation.case.states import Clock, Outcome
from mediation.confirmation.window import was_dismissed
from mediation.feedback.models import FollowUpVisit
from mediation.feedback.rules import Suit
from mediation.intake.rules import NOTICE_VERSION


class Ground(StrEnum):
    """Why an agreement in effect is talked over anew."""

    DISMISSED = "dismissed"  # 司法确认被驳回
    DISPUTED = "disputed"  # 对协议内容有争议


@command
async def relapse(code: str, duties: Sequence[str], *, words: str = "", by: Person, at: datetime) -> Case:
    """Note at the follow-up visit that some promise was not kept after all; it is owed again."""
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.RELAPSE, seats=seats, by=by)
    told = fitting(words, "words")
    since = await _owed_again(case, duties, Event.RELAPSE, at)
    await move(case, Event.RELAPSE, seats=seats, by=by, at=at, since=since, duties=len(duties))
    await FollowUpVisit.create(case=case, kept=False, suit=Suit.NONE, danger=False, by=by, at=at)
    await note(case, Event.RELAPSE, told, by=by, at=at)
    return case


@command
async def route_out(code: str, *, told: bool, by: Person, at: datetime) -> Case:
    """Stop urging after the last of three times, once whom it is owed to knows the lawful ways."""
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.ROUTE_OUT, seats=seats, by=by)
    urging = await Period.filter(case_id=case.id, clock=Clock.URGE, ended_at=None).order_by("due")
    tried = not [each for each in urging if not each.rule.endswith("final") or each.due > local_day(at)]
    demand(Event.ROUTE_OUT, "urging_failed", holds=tried, field="told")
    demand(Event.ROUTE_OUT, "routes_told", holds=told, field="told")
    await move(case, Event.ROUTE_OUT, seats=seats, by=by, at=at, outcome=Outcome.BREACH_ROUTED_OUT)
    return case


@command
async def remediate(
    code: str, ground: Ground | None, signed: Sequence[str], *, words: str = "", by: Person, at: datetime
) -> Case:
    """Talk an agreement over anew; every party (``signed``: their codes) has signed that they want to.

    What is still owed under the old agreement stays owed until a new one takes effect.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.REMEDIATE, seats=seats, by=by)
    told, parties = fitting(words, "words"), await parties_of(case)
    true = ground is Ground.DISPUTED or (ground is Ground.DISMISSED and await was_dismissed(case))
    demand(Event.REMEDIATE, "dismissed_or_disputed", holds=true, field="ground")
    demand(Event.REMEDIATE, "all_consent_again", holds={p.code for p in parties} <= set(signed), field="signed")
    for party in parties:
        await _consent(party, at)
    await move(case, Event.REMEDIATE, seats=seats, by=by, at=at, ground=ground)
    await note(case, Event.REMEDIATE, told, by=by, at=at)
    return case


@command
async def reopen(code: str, duties: Sequence[str], *, words: str, by: Person, at: datetime) -> Case:
    """Take a closed case up again because a promise was broken later; who led it leads it again."""
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.REOPEN, seats=seats, by=by)
    in_effect = await Agreement.filter(case_id=case.id).exclude(effective_at=None).exists()
    demand(Event.REOPEN, "agreement_exists", holds=in_effect, field="words")
    told = fitting(words, "words")
    demand(Event.REOPEN, "default_after_close", holds=bool(told), field="words")
    since = await _owed_again(case, duties, Event.REOPEN, at)
    await move(case, Event.REOPEN, seats=seats, by=by, at=at, since=since, duties=len(duties))
    await note(case, Event.REOPEN, told, by=by, at=at)
    await _lead_again(case, at)
    return case


async def _owed_again(case: Case, duties: Sequence[str], event: Event, at: datetime) -> date:
    """Let the chosen promises be owed again and return the day from which they are urged.

    Raises:
        Unfit: none was chosen, or one is not of this case, or was let off or replaced.
    """
    open_ = Obligation.filter(case_id=case.id, code__in=list(duties), state__in=[Duty.DONE, *OWED])
    rows = await open_
    if not rows or len(rows) != len(set(duties)):
        if event is Event.RELAPSE:
            demand(event, "obligation_reopened", holds=False, field="duties")
        raise Unfit("请先选出没有履行的那一项义务。", field="duties")
    again = {"state": Duty.PENDING, "paid_fen": 0, "confirmed_at": None, "confirmed_by_id": None, "proof": ""}
    await Obligation.filter(id__in=[row.id for row in rows]).update(**again)
    return local_day(at)


async def _lead_again(case: Case, at: datetime) -> None:
    last = await Assignment.filter(case_id=case.id, ended_because="closed").order_by("-id").first()
    if last and not await Assignment.filter(case_id=case.id, until=None).exists():
        await Assignment.create(case=case, mediator_id=last.mediator_id, mode=last.mode, since=at)
    await Case.filter(id=case.id).update(closed_at=None)


async def _consent(party: Party, at: datetime) -> None:
    version, method = NOTICE_VERSION, "paper"
    await Consent.create(party=party, act="remediate", given=True, text_version=version, method=method, at=at)
