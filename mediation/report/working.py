"""How the work itself went, for the second page of a report: reaching people, handing on, alarms, mediators."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tortoise.expressions import Subquery

from community.calendar.rules import SHANGHAI
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.agreement.models import Agreement, Obligation
from mediation.agreement.rules import Duty
from mediation.assignment.models import Recusal
from mediation.case.models import Assignment, Case, Invitation, Party, Will
from mediation.feedback.models import CaseComplaint
from mediation.referral.models import Handover
from mediation.referral.rules import Passing
from mediation.report.measures import AT_ONCE, Led, Passed, Ringing
from mediation.report.queries import within
from mediation.report.rules import AGREED
from mediation.risk.models import RiskAlarm, SafetyStep

FIRST_CONTACT: Final = timedelta(hours=24)
"""Our own target from filing to the first time that somebody of the staff reaches out."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the formulas of ``measures`` take, of one time."""

    engaged: list[bool]
    waits: list[timedelta | None]
    at_once: list[timedelta | None]
    agreed: int
    alarms: list[Ringing]
    handovers: list[Passed]
    led: Mapping[str, Led]


async def work_of(me: Person, since: date, until: date, *, at: datetime) -> Work:
    """Return how the work of a time went, for whoever reads its figures; raises `Hidden` for anybody else."""
    mine = await within(me, at=at)
    ids, span = Subquery(mine.values("id")), (start_of(since), start_of(until))
    at_once = await at_once_of(ids, span)
    agreed = await mine.filter(closed_at__gte=span[0], closed_at__lt=span[1], outcome__in=list(AGREED)).count()
    return Work(
        *await _reached(Subquery(mine.filter(filed_at__gte=span[0], filed_at__lt=span[1]).values("id"))),
        at_once,
        agreed,
        await _alarms(ids, span),
        await _handovers(ids, span),
        await _led(await orgs_where(me, Right.CASE_DIRECT, at=at), span),
    )


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


async def _reached(filed: Subquery) -> tuple[list[bool], list[timedelta | None]]:
    """Return of every invited party whether they agreed, and of every filing how long until the first attempt."""
    parties = await Party.filter(case_id__in=filed).select_related("case")
    sent = await Invitation.filter(party__case_id__in=filed).order_by("sent_at")
    first: dict[int, datetime] = {}
    for each in sent:
        first.setdefault(each.party_id, each.sent_at)
    asked = [each.will is Will.CONSENTED for each in parties if each.id in first]
    waits: dict[int, timedelta | None] = {}
    for party in parties:
        wait = first[party.id] - party.case.filed_at if party.id in first else None
        known = waits.get(party.case_id)
        waits[party.case_id] = min(each for each in (wait, known) if each is not None) if wait or known else None
    return asked, list(waits.values())


async def at_once_of(
    ids: Subquery, span: tuple[datetime, datetime], known: Sequence[Obligation] | None = None
) -> list[timedelta | None]:
    """Return of the agreements of the cases closed in the time how long the last promise took.

    ``known`` are all promises of the cases, where somebody has read them already.
    """
    closed = Case.filter(id__in=ids, closed_at__gte=span[0], closed_at__lt=span[1]).values("id")
    effects = await Agreement.filter(case_id__in=Subquery(closed)).exclude(effective_at=None).order_by("seq")
    last = {each.case_id: each.effective_at for each in effects}
    done: dict[int, list[datetime | None]] = defaultdict(list)
    for each in await Obligation.filter(case_id__in=Subquery(closed)) if known is None else known:
        if each.state is not Duty.REPLACED:
            done[each.case_id].append(each.confirmed_at)
    return [_took(effect, done[case]) for case, effect in last.items() if effect]


def _took(effect: datetime, done: list[datetime | None]) -> timedelta | None:
    ends = [each for each in done if each]
    return max(ends) - effect if ends and len(ends) == len(done) else AT_ONCE if not done else None


async def _alarms(ids: Subquery, span: tuple[datetime, datetime]) -> list[Ringing]:
    """Return the alarms raised in the time; one is confirmed when somebody then took a step for people's safety."""
    rows = await RiskAlarm.filter(case_id__in=ids, raised_at__gte=span[0], raised_at__lt=span[1])
    steps: dict[int, datetime] = {}
    for each in await SafetyStep.filter(case_id__in=ids, at__gte=span[0]).order_by("at"):
        steps[each.case_id] = each.at
    return [_ringing(each, steps.get(each.case_id)) for each in rows]


def _ringing(alarm: RiskAlarm, stepped: datetime | None) -> Ringing:
    minutes = int((alarm.acked_at - alarm.raised_at).total_seconds()) // 60 if alarm.acked_at else None
    return Ringing(minutes, bool(stepped and stepped >= alarm.raised_at))


async def _handovers(ids: Subquery, span: tuple[datetime, datetime]) -> list[Passed]:
    rows = Handover.filter(case_id__in=ids, answered_at__gte=span[0], answered_at__lt=span[1])
    answered = await rows.filter(state__in=[Passing.ACCEPTED, Passing.REJECTED]).exclude(sent_at=None)
    return [
        Passed(int((each.answered_at - each.sent_at).total_seconds()) // 3600, each.state is Passing.REJECTED)
        for each in answered
        if each.answered_at and each.sent_at
    ]


async def _led(orgs: list[int], span: tuple[datetime, datetime]) -> dict[str, Led]:
    """Return by mediator what they led; only for who directs them."""
    mine = Assignment.filter(case__org_id__in=orgs, since__gte=span[0], since__lt=span[1])
    rows = await mine.select_related("mediator") if orgs else []
    pleas = await Recusal.filter(assignment_id__in=[each.id for each in rows]) if rows else []
    asked = {each.assignment_id for each in pleas}
    found: dict[str, list[Assignment]] = defaultdict(list)
    for each in rows:
        found[each.mediator.name].append(each)
    said = CaseComplaint.filter(case_id__in=[each.case_id for each in rows]).exclude(about_id=None)
    complained = {(each.case_id, each.about_id) for each in await said} if rows else set()
    return {name: _sum(those, asked, complained) for name, those in found.items()}


def _sum(those: list[Assignment], asked: set[int], complained: set[tuple[int, int | None]]) -> Led:
    gone = {each.case_id for each in those if each.ended_because == "recused"}
    cases, pleas = {each.case_id for each in those}, {each.case_id for each in those if each.id in asked}
    blamed = {each.case_id for each in those if (each.case_id, each.mediator_id) in complained}
    return Led(len(cases), len(pleas), len(gone), len(blamed))
