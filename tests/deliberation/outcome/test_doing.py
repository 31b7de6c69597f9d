"""Carrying out what was decided: a plan, its steps with proof, marks for what is late, a report."""

from dataclasses import replace
from datetime import date

import pytest

from community.calendar.rules import ends_at
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from deliberation.matter.models import Matter
from deliberation.matter.states import Actor, State
from deliberation.outcome import doing, lane, queries, watching
from deliberation.outcome.models import Evaluation, Execution, Milestone, Note, Plan
from deliberation.outcome.rules import Source, Step
from tests.deliberation.outcome.stage import BEGIN, DAY, all_done, effective, executing, outline, picture
from tests.deliberation.stage import tick
from tests.world import World


async def test_a_plan_names_a_unit_a_leader_money_and_days(world: World) -> None:
    matter, _ = await effective(world)
    good = outline(world)
    wrong = (
        (replace(good, org_id=999), "org"),
        (replace(good, lead_id=world.lan.id), "lead"),
        (replace(good, budget=-1), "budget"),
        (replace(good, due_on=date(2026, 6, 1)), "due_on"),
        (replace(good, steps=()), "steps"),
        (replace(good, steps=[Step("拆", date(2026, 7, 1))]), "steps"),
        (replace(good, steps=[Step("拆掉旧车棚", date(2026, 8, 1))]), "steps"),
    )
    for bad, field in wrong:
        with pytest.raises(Unfit) as why:
            await doing.carry_out(matter.id, bad, by=world.clerk, at=BEGIN)
        assert why.value.field == field
    with pytest.raises(Forbidden):
        await doing.carry_out(matter.id, good, by=world.lan, at=BEGIN)
    assert await Plan.all().count() == 0
    await doing.carry_out(matter.id, good, by=world.clerk, at=BEGIN)
    with pytest.raises(MovedOn):
        await doing.carry_out(matter.id, good, by=world.clerk, at=BEGIN)
    await matter.refresh_from_db()
    assert (matter.state, matter.due_at) == (State.EXECUTING, ends_at(good.due_on))
    told = await Event.filter(kind="matter.carry_out").count()
    assert (told, await Plan.all().count(), await Milestone.all().count()) == (1, 1, 2)


async def test_a_step_is_done_once_and_with_proof(world: World) -> None:
    matter, execution, _ = await executing(world)
    step = await Milestone.filter(execution_id=execution.id).order_by("id").first()
    assert step
    proof = await picture(world.clerk, BEGIN)
    with pytest.raises(Unfit, match="证明"):
        await doing.progress(step.id, "拆完了，清运走了。", [], by=world.clerk, at=BEGIN)
    with pytest.raises(Unfit):
        await doing.progress(step.id, "拆完了，清运走了。", [proof], spent=-1, by=world.clerk, at=BEGIN)
    with pytest.raises(Unfit):
        await doing.progress(step.id, "完", [proof], by=world.clerk, at=BEGIN)
    with pytest.raises(Forbidden):
        await doing.progress(step.id, "拆完了，清运走了。", [proof], by=world.lan, at=BEGIN)
    await doing.progress(step.id, "拆完了，清运走了。", [proof], spent=120_050, by=world.clerk, at=BEGIN)
    with pytest.raises(MovedOn):
        await doing.progress(step.id, "又拆了一遍。", [await picture(world.clerk, BEGIN)], by=world.clerk, at=BEGIN)
    await execution.refresh_from_db()
    assert execution.spent == 120_050
    shown = await queries.course(matter)
    assert [len(shown.files.get(each.key, [])) for each in shown.steps] == [1, 0]
    with pytest.raises(Unfit, match="还有"):
        await doing.report(matter.id, "全部办完了。", by=world.clerk, at=BEGIN)


async def test_what_is_late_is_marked_by_the_clock_and_written_to_the_executor(world: World) -> None:
    matter, execution, _ = await executing(world)
    await tick(ends_at(date(2026, 7, 10)))
    note = await Note.get()
    assert (note.source, note.office, note.words, note.by_id) == (Source.STEP, Actor.EXECUTOR, "拆掉旧车棚", None)
    await execution.refresh_from_db()
    assert execution.late == 1
    assert await Event.filter(kind="matter.overdue", subject=f"matter-{matter.id}").count() == 1
    await tick(note.due_at)
    await note.refresh_from_db()
    assert note.overdue_at == note.due_at
    seen = await lane.lane(world.supervisor, at=note.due_at)
    assert [each.id for each in seen.silent] == [note.id]
    assert [each.title for each in seen.steps] == ["拆掉旧车棚"]
    assert [each.id for each in await lane.addressed_to(world.clerk, at=note.due_at)] == [note.id]
    assert await lane.addressed_to(world.lan, at=note.due_at) == []


async def test_a_plan_that_ran_out_without_a_report_is_noted_once(world: World) -> None:
    _, execution, _ = await executing(world)
    await all_done(world, execution, BEGIN)
    await tick(ends_at(date(2026, 7, 31)))
    await tick(ends_at(date(2026, 8, 31)))
    assert [note.source for note in await Note.all().order_by("id")] == [Source.REPORT]


async def test_a_changed_plan_is_a_new_version_with_its_reason(world: World) -> None:
    matter, execution, _ = await executing(world)
    later = outline(world, ("拆掉旧车棚", date(2026, 7, 25)), why="下雨停工十天。")
    with pytest.raises(Unfit) as why:
        await doing.replan(matter.id, replace(later, why=""), by=world.clerk, at=BEGIN + DAY)
    assert why.value.field == "why"
    plan = await doing.replan(matter.id, later, by=world.clerk, at=BEGIN + DAY)
    assert (plan.number, await Plan.all().count()) == (2, 2)
    await tick(ends_at(date(2026, 7, 10)))
    assert await Note.all().count() == 0, "the old step was dropped and is late no more"
    shown = await queries.course(matter)
    assert [(each.title, each.plan) for each in shown.open_steps] == [("拆掉旧车棚", 2)]
    dropped = await Milestone.filter(plan=1).first()
    assert dropped
    with pytest.raises(Hidden):
        await doing.progress(
            dropped.id, "办完了。", [await picture(world.clerk, BEGIN)], by=world.clerk, at=BEGIN + DAY
        )
    assert (await Execution.get(id=execution.id)).plan == 2


async def test_a_report_asks_those_who_seconded_or_voted(world: World) -> None:
    matter, execution, people = await executing(world)
    await all_done(world, execution, BEGIN + DAY)
    evaluation = await doing.report(matter.id, "六十个充电位都能用了。", by=world.clerk, at=BEGIN + 2 * DAY)
    await matter.refresh_from_db()
    assert (matter.state, matter.due_at) == (State.EVALUATING, evaluation.closes_at)
    assert evaluation.asked == len(people)
    assert (await Evaluation.get()).asked == len(people)


async def test_while_suspended_nothing_is_late_and_afterwards_it_is(world: World) -> None:
    matter, _, _ = await executing(world)
    stopped = Matter.filter(id=matter.id)
    await stopped.update(state=State.SUSPENDED, returning=State.EXECUTING)
    due = ends_at(date(2026, 7, 10))
    await tick(due)
    assert await Note.all().count() == 0
    await stopped.update(state=State.EXECUTING, returning=None)
    await tick(due + DAY)
    assert await Note.all().count() == 1


async def test_a_note_is_answered_by_the_office_it_was_written_to(world: World) -> None:
    matter, _, _ = await executing(world)
    with pytest.raises(Forbidden):
        await watching.note(matter.id, Actor.EXECUTOR, "请公开报价。", days=5, by=world.clerk, at=BEGIN)
    for office, words, days in (
        (Actor.SYSTEM, "请公开报价。", 5),
        (Actor.CLERK, "请", 5),
        (Actor.CLERK, "请公开。", 0),
    ):
        with pytest.raises(Unfit):
            await watching.note(matter.id, office, words, days=days, by=world.supervisor, at=BEGIN)
    note = await watching.note(matter.id, Actor.EXECUTOR, "请公开报价。", days=5, by=world.supervisor, at=BEGIN)
    with pytest.raises(Unfit, match="不用督办"):
        await watching.press(note.id, by=world.supervisor, at=BEGIN)
    with pytest.raises(Forbidden):
        await watching.answer(note.id, "三家报价贴在公告栏。", by=world.supervisor, at=BEGIN)
    assert (await watching.press(note.id, by=world.supervisor, at=note.due_at)).pressed == 1
    await watching.answer(note.id, "三家报价贴在公告栏。", by=world.clerk, at=note.due_at)
    with pytest.raises(MovedOn):
        await watching.answer(note.id, "再说一遍。", by=world.clerk, at=note.due_at)
    kinds = [event.kind for event in await Event.filter(subject=note.key).order_by("id")]
    assert kinds == ["note.written", "note.pressed", "note.answered"]
