"""What the clock does after a decision: marks what is late and writes the note, closes an evaluation."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.calendar.rules import ends_at
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler, set_timer
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.states import State
from deliberation.matter.workflow import Verb
from deliberation.outcome.judging import close, write
from deliberation.outcome.models import Evaluation, Execution, Milestone, Note, Plan
from deliberation.outcome.rules import Source

AGAIN: Final = timedelta(days=1)  # when to look again while a matter is suspended


@command
async def step_late(milestone_id: int, *, at: datetime) -> Note:
    """Mark a step that was not done on its day, and write to whoever carries it out."""
    step = await Milestone.get(id=milestone_id).select_related("execution")
    await Milestone.filter(id=step.id).update(overdue_at=at)
    return await _late(step.execution, Source.STEP, step.title, milestone=step.id, at=at)


@command
async def report_late(execution_id: int, *, at: datetime) -> Note:
    """Note that a plan ran out without a report."""
    return await _late(await Execution.get(id=execution_id), Source.REPORT, "", at=at)


async def _late(execution: Execution, source: Source, title: str, *, at: datetime, **facts: object) -> Note:
    matter = await Matter.get(id=execution.matter_id).select_related("body")
    await Execution.filter(id=execution.id).update(late=F("late") + 1)
    made = await write(matter, source, title, at=at)
    await move(matter, Verb.OVERDUE, by=None, at=at, execution=execution.id, note=made.id, **facts)
    return made


@command
async def note_late(note_id: int, *, at: datetime) -> None:
    """Mark a note that was not answered in time."""
    late = await Note.get(id=note_id)
    await Note.filter(id=late.id).update(overdue_at=at)
    await record(
        "note.overdue",
        late.key,
        by=None,
        at=at,
        community_id=late.community_id,
        matter=late.matter_id,
        office=late.office,
    )


def _number(subject: str) -> int:
    return int(subject.rpartition("-")[2])


async def step_due(subject: str, at: datetime) -> None:
    """Mark the step whose day is over and that is neither done nor dropped."""
    open_one = Milestone.filter(id=_number(subject), done_at=None, dropped_at=None, overdue_at=None)
    step = await open_one.select_related("execution__matter").first()
    if step:
        await _in(
            State.EXECUTING, step.execution.matter, ("milestone.due", subject), at, lambda: step_late(step.id, at=at)
        )


async def report_due(subject: str, at: datetime) -> None:
    """Note that the plan that holds ran out."""
    execution = await Execution.get(id=_number(subject)).select_related("matter")
    plan = await Plan.get(execution_id=execution.id, number=execution.plan)
    if execution.reported_at or ends_at(plan.due_on) > at:
        return
    late = Milestone.filter(execution_id=execution.id, dropped_at=None, done_at=None)
    if not await late.exists():  # an open step has its own mark
        matter = execution.matter
        await _in(State.EXECUTING, matter, ("execution.due", subject), at, lambda: report_late(execution.id, at=at))


async def evaluation_due(subject: str, at: datetime) -> None:
    """Close the evaluation whose time is over."""
    found = await Evaluation.get_or_none(id=_number(subject), closed_at=None).select_related("matter")
    if found and found.closes_at <= at:
        await _in(State.EVALUATING, found.matter, ("evaluation.close", subject), at, lambda: close(found.id, at=at))


async def note_due(subject: str, at: datetime) -> None:
    """Mark the note that waits for its answer."""
    if await Note.exists(id=_number(subject), answered_at=None, overdue_at=None):
        await note_late(_number(subject), at=at)


async def _in(
    state: State, matter: Matter, again: tuple[str, str], at: datetime, deed: Callable[[], Awaitable[object]]
) -> None:
    """Do ``deed`` while the matter stands in ``state``; while it is suspended look ``again`` a day later."""
    if matter.state is state:
        await deed()
    elif matter.state is State.SUSPENDED and matter.returning is state:
        kind, subject = again
        await set_timer(kind, subject, at + AGAIN, key=f"again-{at:%y%m%d%H}", community_id=matter.community_id)


TIMERS: Final[Mapping[str, Handler]] = {
    "milestone.due": step_due,
    "execution.due": report_due,
    "evaluation.close": evaluation_due,
    "note.due": note_due,
}
