"""What people said afterwards, how often they had to come, and what courts made of agreements."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tortoise.expressions import Subquery

from community.calendar.rules import local_day
from community.people.models import Person
from community.record.reading import all_of, among, many
from mediation.agreement.models import Agreement, Clause
from mediation.agreement.rules import ClauseKind
from mediation.appointment.models import AppointmentPresence
from mediation.appointment.rules import Came, MeetBy
from mediation.case.models import Case
from mediation.confirmation.grounds import Look, bars
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.rules import Course
from mediation.feedback.grievances import Grievance
from mediation.feedback.models import CaseComplaint
from mediation.feedback.rules import Asked
from mediation.report.queries import within
from mediation.report.rules import AGREED
from mediation.report.working import start_of

Span = tuple[datetime, datetime]
SOLVED_FROM = 4
"""Marks of five from which somebody says that it is solved."""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Of each party asked the lowest mark and whether it is solved, None of silence; of each agreed case the visits."""

    marks: list[int | None]
    solved: list[bool | None]
    visits: list[int]


@dataclass(frozen=True, slots=True)
class AtCourts:
    """Agreements a court could confirm, and those taken there; of each decision whether it did; why it did not."""

    eligible: int
    applied: int
    rulings: list[bool]
    refused: list[str]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came after the talks of a time; ``spread``: how often words were carried outside."""

    after: Afterwards
    courts: AtCourts
    spread: int


async def outcomes_of(me: Person, since: date, until: date, *, at: datetime) -> Outcomes:
    """Return what came after the talks, for whoever reads the figures; raises `Hidden` for anybody else."""
    ids, span = Subquery((await within(me, at=at)).values("id")), (start_of(since), start_of(until))
    raised = CaseComplaint.filter(case_id__in=ids, raised_at__gte=span[0], raised_at__lt=span[1])
    spread = await raised.filter(grievance=Grievance.SPREAD).count()
    return Outcomes(await afterwards(ids, span), await at_courts(ids, span), spread)


async def afterwards(ids: Subquery, span: Span) -> Afterwards:
    """Return what the parties of the cases closed in the time said, and how often they had to come."""
    closed = await Case.filter(id__in=ids, closed_at__gte=span[0], closed_at__lt=span[1]).only("id", "outcome")
    marks, solved = await heard([each.id for each in closed])
    agreed = [each.id for each in closed if each.outcome in AGREED]
    return Afterwards(marks, solved, await _visits(agreed))


async def heard(cases: list[int]) -> tuple[list[int | None], list[bool | None]]:
    """Return of each party of these cases the lowest mark and whether it is solved, None of silence."""
    found = await many(_HEARD.format(within=among(1)), all_of(cases)) if cases else []
    marks = [None if solved is None else min(int(each) for each in given) for solved, *given in found]
    return marks, [None if solved is None else int(solved) >= SOLVED_FROM for solved, *_ in found]


_HEARD: Final = f"""SELECT a.solved, {", ".join(f"a.{asked.value}" for asked in Asked)}
FROM party p LEFT JOIN satisfaction_answer a ON a.party_id = p.id
WHERE p.case_id {{within}} AND p.left_at IS NULL ORDER BY p.id"""  # noqa: S608 - columns the program knows


async def _visits(cases: list[int]) -> list[int]:
    """Return how often the party who came most often had to come in person, for each of these cases."""
    rows = AppointmentPresence.filter(
        appointment__case_id__in=cases, appointment__meet_by=MeetBy.ONSITE, came__in=[Came.CAME, Came.LATE]
    )
    came = Counter([(each.appointment.case_id, each.party_id) for each in await rows.select_related("appointment")])
    most: dict[int, int] = dict.fromkeys(cases, 0)
    for (case, _), times in came.items():
        most[case] = max(most[case], times)
    return list(most.values())


async def at_courts(ids: Subquery, span: Span) -> AtCourts:
    """Return what became of the agreements that took effect in the time, and what courts decided in it."""
    eligible = await _eligible(ids, span)
    first, last = local_day(span[0]), local_day(span[1])
    sent = await CourtConfirmation.filter(case_id__in=ids).exclude(filed_at=None)
    ended = [each for each in sent if each.decided_on and first <= each.decided_on < last]
    rows = [each for each in ended if each.stage in {Course.CONFIRMED, Course.DISMISSED, Course.NOT_ACCEPTED}]
    applied = {each.case_id for each in sent} & eligible
    refused = [str(each.refusal) for each in rows if each.refusal]
    return AtCourts(len(eligible), len(applied), [each.stage is Course.CONFIRMED for each in rows], refused)


async def _eligible(ids: Subquery, span: Span) -> set[int]:
    """Return the cases whose agreement took effect in the time and could be confirmed."""
    bound = Agreement.filter(case_id__in=ids, effective_at__gte=span[0], effective_at__lt=span[1])
    found = await bound.select_related("case")
    kinds: dict[int, set[ClauseKind]] = defaultdict(set)
    clauses = Clause.filter(version__agreement_id__in=[each.id for each in found]).select_related("version")
    for each in await clauses:
        kinds[each.version.agreement_id].add(each.kind)
    looks = [
        (each, Look(binds=True, oral=each.rule == "oral", kinds=kinds[each.id], track=each.case.track))
        for each in found
    ]
    return {each.case_id for each, look in looks if not bars(look)}
