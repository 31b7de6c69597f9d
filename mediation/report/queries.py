"""The closed sets of a report, read for who directs or oversees: no name, no words, only days, codes and sums."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where, places_where
from community.places.models import Place
from community.rights import Right
from mediation.agreement.models import Obligation
from mediation.agreement.rules import ClauseKind, Duty
from mediation.assignment.models import JointOrg
from mediation.case.deadlines import named
from mediation.case.models import Case, Party, Pause, Period, Proceeding
from mediation.case.states import Clock, State
from mediation.case.terms import Force
from mediation.report.rules import Counted, Promise


@dataclass(frozen=True, slots=True)
class Sets:
    """Everything that the formulas count; ``joined``: days on which one's organisations joined another's case."""

    cases: list[Counted]
    promises: list[Promise]
    joined: list[date]


async def scope(me: Person, *, at: datetime) -> Q:
    """Return which rows, each with its organisation and community, ``me`` reads the figures of.

    Raises:
        Hidden: there are none such.
    """
    orgs = await orgs_where(me, Right.CASE_DIRECT, at=at)
    roots = await Place.filter(id__in=await places_where(me, Right.CASE_INDEX, at=at)).only("path")
    if not orgs and not roots:
        raise Hidden("只有调委会主任、司法所和综治中心这些负责的人看得到。请换一个账号登录。")
    mine = Q(org_id__in=orgs) if orgs else Q(id=0)
    if roots:
        inside = Q(*(Q(path__startswith=each.path) for each in roots), join_type="OR")
        mine |= Q(community_id__in=Subquery(Place.filter(inside).values("id")))
    return mine


def counted_cases(mine: Q) -> QuerySet[Case]:
    """Return the cases of a scope that figures are made of."""
    return Case.filter(mine).exclude(state__in=[State.DRAFT, State.MERGED])


async def within(me: Person, *, at: datetime) -> QuerySet[Case]:
    """Return the cases whose figures ``me`` reads: of the organisations they direct, of the places they oversee.

    Raises:
        Hidden: there are none such.
    """
    return counted_cases(await scope(me, at=at))


async def sets_of(me: Person, *, at: datetime) -> Sets:
    """Return the cases that ``me`` reads the figures of, each once under who leads it, and the promises in them.

    Raises:
        Hidden: ``me`` reads none.
    """
    mine = await within(me, at=at)
    ids = Subquery(mine.values("id"))
    began = await _accepted(ids)
    mediating = Period.filter(case_id__in=ids, clock=Clock.MEDIATE).order_by("id")
    periods = {each.case_id: each for each in await mediating}
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for each in await Pause.filter(case_id__in=ids):
        pauses[each.case_id].append(each)
    owed = await Obligation.filter(case_id__in=ids).select_related("clause")
    money, people = _money(owed), await _people(ids)
    counted = [
        _counted(
            case,
            began.get(case.id),
            periods.get(case.id),
            pauses[case.id],
            fen=money.get(case.id, 0),
            people=people[case.id],
        )
        for case in await mine.order_by("id")
    ]
    return Sets(counted, promised(owed, local_day(at)), await _joined(me, at))


async def _joined(me: Person, at: datetime) -> list[date]:
    """Return when organisations that ``me`` directs or oversees joined a case that another leads (协同)."""
    orgs = await orgs_where(me, Right.CASE_DIRECT, at=at)
    roots = await Place.filter(id__in=await places_where(me, Right.CASE_INDEX, at=at)).only("path")
    mine = Q(org_id__in=orgs) if orgs else Q(id=0)
    for each in roots:
        mine |= Q(org__place__path__startswith=each.path)
    rows = await JointOrg.filter(mine).exclude(joined_at=None).only("joined_at")
    return [local_day(each.joined_at) for each in rows if each.joined_at]


async def _accepted(ids: Subquery) -> dict[int, date]:
    rows = await Proceeding.filter(case_id__in=ids).exclude(accepted_on=None).order_by("seq")
    return {each.case_id: each.accepted_on for each in rows if each.accepted_on}


async def _people(ids: Subquery) -> Counter[int]:
    rows = await Party.filter(case_id__in=ids, left_at=None).values_list("case_id", flat=True)
    return Counter(int(str(each)) for each in rows)


def _money(owed: Iterable[Obligation]) -> Mapping[int, int]:
    """Return by case what is to be paid under the agreements in force; what another agreement replaced is not in it."""
    sums: Counter[int] = Counter()
    for each in owed:
        if each.clause.kind is ClauseKind.PAY and each.state is not Duty.REPLACED:
            sums[each.case_id] += each.clause.amount_fen or 0
    return sums


def _counted(
    case: Case, began: date | None, period: Period | None, pauses: list[Pause], *, fen: int, people: int
) -> Counted:
    rule = named(period.rule) if period else None
    left = [each for each in pauses if rule and each.reason in rule.excludes]
    out = sum((each.until - each.since).days + 1 for each in left if each.until)
    return Counted(
        kind=case.type_code[:2],
        track=case.track,
        channel=case.channel,
        accepted=began,
        closed=local_day(case.closed_at) if case.closed_at else None,
        outcome=case.outcome,
        ended=local_day(period.ended_at) if period and period.ended_at else None,
        due=period.due if period else None,
        hard=bool(rule and rule.force is Force.HARD),
        paused=out,
        fen=fen,
        people=people,
    )


def promised(owed: Iterable[Obligation], today: date) -> list[Promise]:
    """Return the promises whose last day is over, and those kept before it; what may still be kept is not late."""
    return [
        Promise(each.due_on, local_day(each.confirmed_at) if each.confirmed_at else None, each.clause.amount_fen or 0)
        for each in owed
        if each.due_on and (each.confirmed_at or each.due_on < today)
    ]
