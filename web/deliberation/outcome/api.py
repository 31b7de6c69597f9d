"""How decisions are carried out and judged, as open data: without names, and with the page's five-answer rule."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from community.places.models import Place, PlaceKind
from community.tokens.rules import Scope
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.outcome.judging import evaluate
from deliberation.outcome.models import Evaluation, Execution, Milestone, Note, Plan
from deliberation.outcome.queries import Course, Judged, Promise, course, promised_before
from deliberation.outcome.rules import Finding, Source
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.deliberation.outcome.forms import EvaluationForm
from web.words import N_


class PromiseOut(Answer):
    """One decision being carried out; money is in fen. ``late`` is how often something was not done in time."""

    matter: int
    title: str
    state: State
    unit: str
    budget: int
    spent: int
    due_on: date
    steps: int
    done: int
    overdue: int
    late: int
    started_at: datetime
    reported_at: datetime | None
    finding: Finding | None
    url: str


class PromisePage(Page[PromiseOut]):
    """A page of what was promised, the last begun first."""


class PlanOut(Answer):
    """One version of the plan; ``why`` it was changed, money in fen."""

    number: int
    unit: str
    budget: int
    due_on: date
    why: str
    at: datetime


class StepOut(Answer):
    """One step with its evidence (``files`` are addresses); ``dropped_at`` when a later plan left it out."""

    id: int
    plan: int
    title: str
    due_on: date
    overdue_at: datetime | None
    dropped_at: datetime | None
    done_at: datetime | None
    note: str
    spent: int
    files: list[str]


class ExecutionOut(Answer):
    """A matter being carried out; the last plan holds."""

    started_at: datetime
    spent: int
    late: int
    reported_at: datetime | None
    report: str
    files: list[str]
    plans: list[PlanOut]
    steps: list[StepOut]


class WordsOut(Answer):
    """What one answer said; null while hidden, ``hidden`` is the code of the reason."""

    words: str | None
    hidden: str


class RoundOut(Answer):
    """One round of evaluation. ``spread`` (answers with 1 to 5 points) and ``words`` only once five have answered."""

    round: int
    asked: int
    answered: int
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    finding: Finding | None
    share_num: int
    share_den: int
    from_score: int
    spread: list[int] | None
    words: list[WordsOut]


class NoteOut(Answer):
    """A supervision note to an office. ``words`` are empty when the clock wrote it: ``source`` says why."""

    id: int
    office: Actor
    source: Source
    words: str
    at: datetime
    due_at: datetime
    overdue_at: datetime | None
    pressed: int
    answer: str
    answered_at: datetime | None


class OutcomeOut(Answer):
    """What became of a decision."""

    matter: int
    state: State
    execution: ExecutionOut | None
    evaluations: list[RoundOut]
    notes: list[NoteOut]


class WantedOutcomes(Paging):
    """Whose outcomes."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))


async def list_outcomes(ask: Ask) -> PromisePage:
    """Answer with a page of what was promised."""
    asked: WantedOutcomes = ask.query
    number = None
    if asked.community:
        place = await Place.get_or_none(code=asked.community, kind=PlaceKind.COMMUNITY)
        if place is None:
            return PromisePage(items=[])
        number = place.id
    rows, more = await promised_before(None, number, before=key_of(asked.cursor))
    return PromisePage(items=[_promise(each) for each in rows], next=cursor_of(more))


async def show_outcome(ask: Ask) -> OutcomeOut:
    """Answer with everything that happened to a public matter since it was decided."""
    matter = await find(None, ask.path["id"])
    found = await course(matter)
    return OutcomeOut(
        matter=matter.id,
        state=matter.state,
        execution=_execution(found, found.execution) if found.execution else None,
        evaluations=[_round(each) for each in found.judged],
        notes=[_note(each) for each in found.notes],
    )


def _promise(one: Promise) -> PromiseOut:
    matter, execution = one.matter, one.execution
    return PromiseOut(
        **{name: getattr(execution, name) for name in ("spent", "late", "started_at", "reported_at")},
        **{name: getattr(one.plan, name) for name in ("budget", "due_on")},
        **{name: getattr(one, name) for name in ("steps", "done", "overdue")},
        matter=matter.id,
        title=matter.title,
        state=matter.state,
        unit=one.plan.org.name,
        finding=one.judged.finding if one.judged else None,
        url=f"/matters/{matter.id}/outcome",
    )


def _execution(found: Course, row: Execution) -> ExecutionOut:
    return ExecutionOut(
        **{name: getattr(row, name) for name in ("started_at", "spent", "late", "reported_at", "report")},
        files=_files(found, f"execution-{row.id}"),
        plans=[_plan(each) for each in found.plans],
        steps=[_step(each, _files(found, each.key)) for each in found.steps],
    )


def _files(found: Course, about: str) -> list[str]:
    return [f"/files/{each.code}" for each in found.files.get(about, [])]


def _plan(row: Plan) -> PlanOut:
    return PlanOut(**{name: getattr(row, name) for name in PlanOut.model_fields if name != "unit"}, unit=row.org.name)


def _step(row: Milestone, files: Sequence[str]) -> StepOut:
    plain = {name: getattr(row, name) for name in StepOut.model_fields if name != "files"}
    return StepOut(**plain, files=list(files))


def _round(one: Judged) -> RoundOut:
    row: Evaluation = one.row
    plain = {name: getattr(row, name) for name in RoundOut.model_fields if name not in ("spread", "words")}
    said = [
        WordsOut(words=None if seat.hidden_at else seat.words, hidden=seat.hidden_why if seat.hidden_at else "")
        for seat in one.words
    ]
    return RoundOut(**plain, spread=list(one.spread.counts) if one.spread else None, words=said)


def _note(row: Note) -> NoteOut:
    return NoteOut(**{name: getattr(row, name) for name in NoteOut.model_fields})


class Counted(Answer):
    """For how many heads of the roll one's answer counts."""

    heads: int


async def judge(ask: Ask) -> Counted:
    """Say how good it is; the last answer counts."""
    given: EvaluationForm = ask.body
    return Counted(heads=await evaluate(ask.path["id"], given.score, given.words, by=ask.person, at=ask.at))


calls = [
    Call(
        method="POST",
        path="/matters/{id:int}/evaluations",
        name="judgeMatter",
        title=N_("评一评办得好不好，1 到 5 分"),
        do=judge,
        answer=Counted,
        scope=Scope.MATTERS_JUDGE,
        body=EvaluationForm,
        status=201,
    ),
    Call(
        method="GET",
        path="/outcomes",
        name="listOutcomes",
        title=N_("列出正在落实和已经落实的决定，新的在前"),
        do=list_outcomes,
        answer=PromisePage,
        query=WantedOutcomes,
    ),
    Call(
        method="GET",
        path="/matters/{id:int}/outcome",
        name="showOutcome",
        title=N_("看一件事办得怎么样：计划、步骤、评议、监督意见"),
        do=show_outcome,
        answer=OutcomeOut,
    ),
]
