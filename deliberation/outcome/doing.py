"""办事 — a plan with a unit, a leader, money and days; each step done with its proof; every change a new version."""

from collections.abc import Sequence
from datetime import date, datetime

from tortoise.expressions import F

from community.calendar.rules import ends_at, local_day
from community.errors import Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import people_with
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from deliberation.matter.models import Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import MOVED_ON, Verb
from deliberation.outcome.judging import ask
from deliberation.outcome.models import Evaluation, Execution, Milestone, Plan
from deliberation.outcome.rules import FILES, MOST, TITLE, WORDS, Outline, check_outline, length


@command
async def carry_out(matter_id: int, outline: Outline, *, by: Person, at: datetime) -> Execution:
    """Begin to carry out what was decided: who, for how much, until when, in which steps.

    Raises:
        Unfit: the plan says too little, or names a unit or a leader that does not act here.
    """
    matter = await _executed(matter_id, by, at)
    check_outline(outline, local_day(at), fresh=True)
    execution, _ = await Execution.get_or_create(
        matter_id=matter.id, defaults={"community_id": matter.community_id, "started_at": at, "plan": 0}
    )
    plan = await _plan(matter, execution, outline, by, at)
    facts = {"execution": execution.id, "plan": plan.number, "org": plan.org_id, "budget": plan.budget}
    await move(matter, Verb.CARRY_OUT, by=by, at=at, set_due_at=ends_at(plan.due_on), **facts)
    return execution


@command
async def replan(matter_id: int, outline: Outline, *, by: Person, at: datetime) -> Plan:
    """Change the plan: what was done stays done, the rest is dropped for the steps given now. Says why."""
    matter = await _executed(matter_id, by, at)
    length(outline.why, WORDS, "why")
    execution = await _running(matter)
    done = await Milestone.exists(execution_id=execution.id, dropped_at=None, done_at__isnull=False)
    judged = await Evaluation.exists(matter_id=matter.id)
    check_outline(outline, local_day(at), fresh=judged or not done)
    plan = await _plan(matter, execution, outline, by, at)
    facts = {"execution": execution.id, "plan": plan.number, "org": plan.org_id, "budget": plan.budget}
    await move(matter, Verb.REPLAN, by=by, at=at, set_due_at=ends_at(plan.due_on), **facts)
    return plan


@command
async def progress(
    milestone_id: int, note: str, files: Sequence[str], *, spent: int = 0, by: Person, at: datetime
) -> Milestone:
    """Report one step as done: what was done, for how many fen, and the proof (codes of uploads of ``by``).

    Raises:
        Unfit: too little is said, or there is no proof.
    """
    milestone = await Milestone.get_or_none(id=milestone_id, dropped_at=None).select_related("execution")
    if milestone is None:
        raise Hidden("没有这一步。可能计划改过了。")
    matter = await _executed(milestone.execution.matter_id, by, at)
    length(note, WORDS, "note")
    if not 0 <= spent <= MOST:
        raise Unfit("请填花了多少钱，写成元，可以是 0。", field="spent")
    if not 1 <= len(files) <= FILES:
        raise Unfit("请传至少一张照片或者一份文件作证明，最多 {n} 个。", field="file", n=FILES)
    undone = Milestone.filter(id=milestone.id, done_at=None, dropped_at=None)
    kept = {"done_at": at, "note": note, "spent": spent, "files": len(files), "done_by_id": by.id}
    if not await undone.update(**kept):
        raise MovedOn(MOVED_ON)
    await attach(files, milestone.key, by=by, at=at)
    await Execution.filter(id=milestone.execution_id).update(spent=F("spent") + spent)
    late = local_day(at) > milestone.due_on
    await move(matter, Verb.PROGRESS, by=by, at=at, milestone=milestone.id, late=late, spent=spent)
    return await Milestone.get(id=milestone.id)


@command
async def report(matter_id: int, words: str, files: Sequence[str] = (), *, by: Person, at: datetime) -> Evaluation:
    """Report the whole as done, and ask those who wanted it whether it is good.

    Raises:
        Unfit: a step is not done, or nothing was done since the last evaluation.
    """
    matter = await _executed(matter_id, by, at)
    length(words, WORDS, "words")
    execution = await _running(matter)
    await _all_done(matter, execution)
    if files:
        await attach(files, f"execution-{execution.id}", by=by, at=at)
    await Execution.filter(id=execution.id).update(reported_at=at, report=words)
    evaluation = await ask(matter, at=at)
    facts = {"execution": execution.id, "evaluation": evaluation.id, "asked": evaluation.asked}
    await move(matter, Verb.REPORT, by=by, at=at, set_due_at=evaluation.closes_at, **facts)
    return evaluation


async def leaders(matter: Matter, *, at: datetime) -> list[Person]:
    """Return who may lead the carrying out of a matter: those whose office it is where it is decided."""
    numbers = await people_with(Right.MATTER_EXECUTE, place_id=matter.body.place_id, at=at)
    return await Person.filter(id__in=numbers, closed_at=None).order_by("id")


async def _executed(matter_id: int, by: Person, at: datetime) -> Matter:
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.EXECUTOR, by=by, at=at)
    return matter


async def _running(matter: Matter) -> Execution:
    execution = await Execution.get_or_none(matter_id=matter.id)
    if execution is None or matter.state is not State.EXECUTING:
        raise MovedOn(MOVED_ON)
    return execution


async def _all_done(matter: Matter, execution: Execution) -> None:
    open_steps = Milestone.filter(execution_id=execution.id, dropped_at=None, done_at=None)
    if left := await open_steps.count():
        raise Unfit("还有 {n} 步没有办完。办完一步报一步，都办完了再报告。", n=left)
    judged = await Evaluation.filter(matter_id=matter.id).order_by("-round").first()
    plan = await Plan.get(execution_id=execution.id, number=execution.plan)
    if judged and plan.at < (judged.closed_at or plan.at):
        raise Unfit("上次评议不满意。请先调整计划，写清楚怎么改，办完再报告。")


async def _plan(matter: Matter, execution: Execution, outline: Outline, by: Person, at: datetime) -> Plan:
    await _check_unit(matter, outline, at)
    number = execution.plan + 1
    if not await Execution.filter(id=execution.id, plan=execution.plan).update(plan=number, reported_at=None):
        raise MovedOn(MOVED_ON)
    plan = await Plan.create(
        execution=execution,
        number=number,
        org_id=outline.org_id,
        lead_id=outline.lead_id,
        budget=outline.budget,
        due_on=outline.due_on,
        why=outline.why,
        by=by,
        at=at,
    )
    await Milestone.filter(execution_id=execution.id, done_at=None, dropped_at=None).update(dropped_at=at)
    for step in sorted(outline.steps, key=lambda each: each.due_on):
        await _step(execution, number, step.title.strip(), step.due_on)
    await set_timer(
        "execution.due",
        f"execution-{execution.id}",
        ends_at(plan.due_on),
        key=f"plan-{number}",
        community_id=execution.community_id,
    )
    return plan


async def _step(execution: Execution, plan: int, title: str, due_on: date) -> None:
    length(title, TITLE, "steps")
    made = await Milestone.create(execution=execution, plan=plan, title=title, due_on=due_on)
    await set_timer("milestone.due", made.key, ends_at(due_on), community_id=execution.community_id)


async def _check_unit(matter: Matter, outline: Outline, at: datetime) -> None:
    org = await Org.get_or_none(id=outline.org_id).select_related("place")
    around = await Matter.get(id=matter.id).select_related("body__place")
    if org is None or org.place_id not in around.body.place.ancestors:
        raise Unfit("请选一个在这里办事的单位。", field="org")
    if outline.lead_id not in {person.id for person in await leaders(matter, at=at)}:
        raise Unfit("请选一位负责人。", field="lead")
