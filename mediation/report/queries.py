"""The closed sets of a report, read for the director of an organisation: no name, no words, only days and codes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.agreement.models import Obligation
from mediation.case.deadlines import named
from mediation.case.models import Case, Pause, Period, Proceeding
from mediation.case.states import Clock, State
from mediation.case.terms import Force
from mediation.report.rules import Counted, Promise


@dataclass(frozen=True, slots=True)
class Sets:
    """Everything that the formulas count."""

    cases: list[Counted]
    promises: list[Promise]


async def sets_of(me: Person, *, at: datetime) -> Sets:
    """Return the cases that the organisations directed by ``me`` lead, each once, and the promises made in them.

    Raises:
        Hidden: ``me`` directs none.
    """
    orgs = await orgs_where(me, Right.CASE_DIRECT, at=at)
    if not orgs:
        raise Hidden("只有调委会主任看得到。请换一个账号登录。")
    cases = await Case.filter(org_id__in=orgs).exclude(state__in=[State.DRAFT, State.MERGED]).order_by("id")
    ids = [each.id for each in cases]
    began = await _accepted(orgs)
    mediating = Period.filter(case__org_id__in=orgs, clock=Clock.MEDIATE).order_by("id")
    periods = {each.case_id: each for each in await mediating}
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for each in await Pause.filter(case__org_id__in=orgs):
        pauses[each.case_id].append(each)
    counted = [_counted(case, began.get(case.id), periods.get(case.id), pauses[case.id]) for case in cases]
    return Sets(counted, await _promises(set(ids), orgs))


async def _accepted(orgs: list[int]) -> dict[int, date]:
    rows = await Proceeding.filter(org_id__in=orgs, case__org_id__in=orgs).exclude(accepted_on=None).order_by("seq")
    return {each.case_id: each.accepted_on for each in rows if each.accepted_on}


def _counted(case: Case, began: date | None, period: Period | None, pauses: list[Pause]) -> Counted:
    rule = named(period.rule) if period else None
    left = [each for each in pauses if rule and each.reason in rule.excludes]
    out = sum((each.until - each.since).days + 1 for each in left if each.until)
    return Counted(
        kind=case.type_code,
        accepted=began,
        closed=local_day(case.closed_at) if case.closed_at else None,
        outcome=case.outcome,
        ended=local_day(period.ended_at) if period and period.ended_at else None,
        due=period.due if period else None,
        hard=bool(rule and rule.force is Force.HARD),
        paused=out,
    )


async def _promises(ids: set[int], orgs: list[int]) -> list[Promise]:
    rows = await Obligation.filter(case__org_id__in=orgs).exclude(due_on=None).select_related("clause")
    return [
        Promise(each.due_on, local_day(each.confirmed_at) if each.confirmed_at else None, each.clause.amount_fen or 0)
        for each in rows
        if each.due_on and each.case_id in ids
    ]
