"""What anybody may know: what was decided, how it is carried out and judged, and how much was done this year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tortoise.expressions import Subquery

from community.files.models import Upload
from community.people.models import Person
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome.models import Evaluation, Execution, Milestone, Note, Plan, Seat, SeatVoice
from deliberation.outcome.rules import STANDARD, Finding, Spread

PAGE: Final = 30
SHOWN: Final = 200  # words of an evaluation that a page shows


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts since the first of January: proposed, put to a vote, and how the votes went."""

    proposed: int
    voted: int
    passed: int
    running: int
    finished: int = 0
    late: int = 0


async def decided(
    _person: Person | None, community_id: int | None, *, before: int | None = None
) -> tuple[list[Result], int | None]:
    """Return a page of results, newest first, and the key of the next page when there is more."""
    rows = Result.filter(**({"ballot__community_id": community_id} if community_id else {}))
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.select_related("ballot__matter", "ballot__body").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def figures(_person: Person | None, community_id: int | None, *, at: datetime) -> Figures:
    """Return the counts of this year."""
    here = {"community_id": community_id} if community_id else {}
    there = {"ballot__community_id": community_id} if community_id else {}
    inside = {"execution__community_id": community_id} if community_id else {}
    since = datetime(at.year, 1, 1, tzinfo=UTC)
    results = Result.filter(decided_at__gte=since, **there)
    return Figures(
        proposed=await Matter.filter(public_at__gte=since, **here).count(),
        voted=await results.count(),
        passed=await results.filter(outcome=Outcome.PASSED).count(),
        running=await Ballot.filter(state=BallotState.OPEN, **here).count(),
        finished=await Evaluation.filter(closed_at__gte=since, **here).exclude(finding=Finding.DISSATISFIED).count(),
        late=await Milestone.filter(done_at=None, dropped_at=None, **inside).exclude(overdue_at=None).count(),
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """One decision being carried out, for the list of what was promised: its plan, its steps, its last judgement."""

    matter: Matter
    execution: Execution
    plan: Plan
    done: int
    steps: int
    overdue: int
    judged: Evaluation | None


async def promised(_person: Person | None, community_id: int | None, *, newest: int = 20) -> list[Promise]:
    """Return what was promised and what became of it, the last begun first; a bounded number of queries."""
    return (await promised_before(_person, community_id, newest=newest))[0]


async def promised_before(
    _person: Person | None, community_id: int | None, *, before: int | None = None, newest: int = PAGE
) -> tuple[list[Promise], int | None]:
    """Return a page of what was promised, the last begun first, and the key of the next page when there is more."""
    rows = Execution.filter(**({"community_id": community_id} if community_id else {}), matter__hidden_at=None)
    rows = rows.filter(id__lt=before) if before else rows
    more = await rows.select_related("matter").order_by("-id").limit(newest + 1)
    found = more[:newest]
    plans = {(each.execution_id, each.number): each for each in await _plans(found)}
    steps = await Milestone.filter(execution_id__in=[each.id for each in found], dropped_at=None)
    rounds = await Evaluation.filter(matter_id__in=[each.matter_id for each in found]).order_by("round")
    judged = {each.matter_id: each for each in rounds}
    made = [_promise(each, plans[each.id, each.plan], steps, judged.get(each.matter_id)) for each in found]
    return made, found[-1].id if len(more) > newest else None


async def _plans(executions: Sequence[Execution]) -> list[Plan]:
    numbers = [each.id for each in executions]
    return await Plan.filter(execution_id__in=numbers).select_related("org", "lead").order_by("number")


def _promise(execution: Execution, plan: Plan, steps: Sequence[Milestone], judged: Evaluation | None) -> Promise:
    own = [step for step in steps if step.execution_id == execution.id]
    return Promise(
        matter=execution.matter,
        execution=execution,
        plan=plan,
        done=sum(step.done_at is not None for step in own),
        steps=len(own),
        overdue=sum(step.done_at is None and step.overdue_at is not None for step in own),
        judged=judged,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """One round of evaluation as anybody may see it; spread and words are None while too few answered, or open."""

    row: Evaluation
    spread: Spread | None
    words: Sequence[Seat]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that happened to a matter since it was decided."""

    execution: Execution | None
    plans: Sequence[Plan]
    steps: Sequence[Milestone]
    files: dict[str, list[Upload]]
    judged: Sequence[Judged]
    notes: Sequence[Note]

    @property
    def plan(self) -> Plan | None:
        """Return the plan that holds."""
        return self.plans[-1] if self.plans else None

    @property
    def open_steps(self) -> list[Milestone]:
        """Return the steps that are still to be done."""
        return [step for step in self.steps if step.done_at is None and step.dropped_at is None]


async def course(matter: Matter) -> Course:
    """Return what happened since the decision, in six queries however many steps and rounds there were."""
    rows = Plan.filter(execution__matter_id=matter.id).select_related("execution", "org", "lead", "by")
    plans = await rows.order_by("number")
    execution = plans[-1].execution if plans else None
    steps = Milestone.filter(execution_id=execution.id if execution else 0).select_related("done_by")
    found = await steps.order_by("due_on", "id") if execution else []
    wanted = [step.key for step in found if step.files] + ([f"execution-{execution.id}"] if execution else [])
    files: dict[str, list[Upload]] = {}
    for upload in await Upload.filter(about__in=wanted).order_by("id") if wanted else []:
        files.setdefault(upload.about, []).append(upload)
    rounds = await Evaluation.filter(matter_id=matter.id).order_by("round") if execution else []
    return Course(execution, plans, found, files, await judged(rounds), await notes_on(matter))


async def judged(rounds: Sequence[Evaluation]) -> list[Judged]:
    """Return rounds without what would give anybody away: nothing before one closes or below five answers."""
    closed = [each.id for each in rounds if each.closed_at]
    rows = Seat.filter(evaluation_id__in=closed).exclude(score=None).order_by("id") if closed else None
    seats = await rows if rows else []
    return [_judged(each, [seat for seat in seats if seat.evaluation_id == each.id]) for each in rounds]


def _judged(evaluation: Evaluation, seats: Sequence[Seat]) -> Judged:
    if evaluation.closed_at is None or len(seats) < STANDARD.shown_from:
        return Judged(evaluation, None, [])
    said = [seat for seat in seats if seat.words]
    return Judged(evaluation, Spread.of(seat.score or 0 for seat in seats), said[:SHOWN])


async def notes_on(matter: Matter) -> list[Note]:
    """Return the supervision notes on a matter, oldest first."""
    return await Note.filter(matter_id=matter.id).select_related("by", "answered_by").order_by("id")


async def open_evaluation(person: Person | None, matter: Matter) -> tuple[Evaluation | None, Seat | None]:
    """Return the evaluation that runs, and the seat of ``person`` in it, when they were asked."""
    if matter.state is not State.EVALUATING:
        return None, None
    running = await Evaluation.filter(matter_id=matter.id, closed_at=None).order_by("-round").first()
    if running is None or person is None:
        return running, None
    voice = SeatVoice.filter(evaluation_id=running.id, person_id=person.id)
    found = await voice.select_related("seat").first()
    return running, found.seat if found else None


async def to_evaluate(person: Person, *, at: datetime) -> list[Evaluation]:
    """Return the running evaluations in which a seat of ``person`` is still blank, the first to close first."""
    running = Evaluation.filter(closed_at=None, closes_at__gt=at).order_by("closes_at", "id")
    mine = SeatVoice.filter(person_id=person.id, seat__score=None).values("evaluation_id")
    return await running.filter(id__in=Subquery(mine), matter__hidden_at=None).select_related("matter")
