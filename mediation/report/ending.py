"""What came after the talks of a time, read for the lower part of the quarterly form: no name and no words."""

from datetime import date, datetime

from tortoise.expressions import Subquery

from community.calendar.rules import local_day
from community.people.models import Person
from mediation.agreement.models import Obligation
from mediation.case.models import Case
from mediation.feedback.models import FollowUpVisit
from mediation.intake.models import Sweep
from mediation.report.outcomes import at_courts, heard
from mediation.report.queries import counted_cases, promised, scope
from mediation.report.rules import AGREED
from mediation.report.tail import Facts
from mediation.report.working import at_once_of, start_of
from mediation.risk.models import PreventedHarm
from mediation.risk.rules import Claimed, Prevented


async def facts_of(me: Person, since: date, until: date, *, at: datetime) -> Facts:
    """Return what the lower part is counted from, for whoever reads the figures; raises `Hidden` for anybody else."""
    mine, span = await scope(me, at=at), (start_of(since), start_of(until))
    ids = Subquery(counted_cases(mine).values("id"))
    closed = await Case.filter(id__in=ids, closed_at__gte=span[0], closed_at__lt=span[1]).only("id", "outcome")
    cases = [each.id for each in closed]
    visits = FollowUpVisit.filter(case_id__in=ids, at__gte=span[0], at__lt=span[1])
    courts, owed = await at_courts(ids, span), await Obligation.filter(case_id__in=ids).select_related("clause")
    walks = Sweep.filter(mine, struck_at=None, on__gte=since, on__lt=until)
    return Facts(
        visits=[(each.suit, each.danger) for each in await visits.only("suit", "danger")],
        promises=promised(owed, local_day(at)),
        spans=await at_once_of(ids, span, owed),
        agreed=sum(each.outcome in AGREED for each in closed),
        marks=(await heard(cases))[0],
        applied=courts.applied,
        rulings=courts.rulings,
        harms=await _harms(cases),
        sweeps=[(each.homes, each.found, each.settled) for each in await walks],
    )


async def _harms(cases: list[int]) -> list[tuple[Prevented, int]]:
    """Return what two people confirmed of these cases."""
    rows = PreventedHarm.filter(case_id__in=cases, state=Claimed.CONFIRMED)
    return [(each.harm, each.people) for each in await rows.only("harm", "people")]
