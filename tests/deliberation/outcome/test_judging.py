"""Whether it is good: one answer a head, exact counts, nothing shown that gives somebody away."""

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.record.models import Event
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome import doing, judging, queries
from deliberation.outcome.models import Evaluation, Note, Seat
from deliberation.outcome.rules import STANDARD, Finding, Source, Spread
from tests.deliberation.outcome.stage import BEGIN, DAY, all_done, executing, outline
from tests.deliberation.stage import Settled, tick
from tests.world import World

ASKED = BEGIN + 2 * DAY


async def asked(world: World, count: int = 6) -> tuple[Matter, list[Settled], Evaluation]:
    matter, execution, people = await executing(world, count)
    await all_done(world, execution, BEGIN + DAY)
    evaluation = await doing.report(matter.id, "六十个充电位都能用了。", by=world.clerk, at=ASKED)
    return matter, people, evaluation


async def judge(matter: Matter, people: list[Settled], scores: list[int], at: datetime = ASKED) -> None:
    for each, score in zip(people, scores, strict=False):
        await judging.evaluate(matter.id, score, f"给 {score} 分。", by=each.person, at=at)


@given(st.lists(st.integers(1, 5), max_size=60))
def test_the_finding_is_exact(scores: list[int]) -> None:
    spread = Spread.of(scores)
    good = sum(score >= STANDARD.from_score for score in scores)
    assert (spread.answers, spread.satisfied()) == (len(scores), good)
    assert spread.average == (Fraction(sum(scores), len(scores)) if scores else None)
    enough = bool(scores) and Fraction(good, len(scores)) >= STANDARD.share
    few = len(scores) < STANDARD.fewest
    assert spread.finding() is (Finding.TOO_FEW if few else Finding.SATISFIED if enough else Finding.DISSATISFIED)


@given(st.lists(st.integers(1, 5), min_size=3, max_size=40), st.integers(0, 39))
def test_a_better_score_never_makes_it_worse(scores: list[int], at: int) -> None:
    better = [5 if n == at % len(scores) else score for n, score in enumerate(scores)]
    assert Spread.of(scores).finding() is Finding.DISSATISFIED or Spread.of(better).finding() is Finding.SATISFIED


async def test_only_those_who_took_part_are_asked_and_the_last_answer_counts(world: World) -> None:
    matter, people, evaluation = await asked(world)
    with pytest.raises(Forbidden):
        await judging.evaluate(matter.id, 5, by=world.lan, at=ASKED)
    for score, words in ((0, ""), (6, ""), (5, "好" * 501)):
        with pytest.raises(Unfit):
            await judging.evaluate(matter.id, score, words, by=people[0].person, at=ASKED)
    await judging.evaluate(matter.id, 2, by=people[0].person, at=ASKED)
    await judging.evaluate(matter.id, 5, by=people[0].person, at=ASKED + DAY)
    await evaluation.refresh_from_db()
    assert (evaluation.answered, [seat.score for seat in await Seat.exclude(score=None)]) == (1, [5])
    with pytest.raises(Unfit, match="已经结束"):
        await judging.evaluate(matter.id, 5, by=people[1].person, at=evaluation.closes_at)


async def test_satisfied_ends_it_and_everybody_may_see_how(world: World) -> None:
    matter, people, evaluation = await asked(world)
    await judge(matter, people, [5, 4, 4, 3, 5, 1])
    [before] = await queries.judged([await Evaluation.get()])
    assert (before.spread, before.words) == (None, []), "nothing before it closes"
    await tick(evaluation.closes_at)
    assert (await Matter.get(id=matter.id)).state is State.CLOSED
    [after] = await queries.judged([await Evaluation.get()])
    assert after.spread == Spread((1, 0, 1, 2, 2))
    assert len(after.words) == 6
    assert await Event.filter(kind="matter.satisfy").count() == 1


async def test_few_answers_are_not_shown_and_fewer_decide_nothing(world: World) -> None:
    matter, people, evaluation = await asked(world)
    await judge(matter, people, [1, 1])
    await tick(evaluation.closes_at)
    closed = await Evaluation.get()
    assert (closed.finding, (await Matter.get(id=matter.id)).state) == (Finding.TOO_FEW, State.CLOSED)
    assert (await queries.judged([closed]))[0].spread is None


async def test_dissatisfied_sends_it_back_for_a_better_plan(world: World) -> None:
    matter, people, evaluation = await asked(world)
    await judge(matter, people, [1, 2, 3, 4, 4, 5])
    await tick(evaluation.closes_at)
    assert (await Matter.get(id=matter.id)).state is State.EXECUTING
    assert (await Note.get()).source is Source.REWORK
    late = evaluation.closes_at + DAY
    with pytest.raises(Unfit, match="调整计划"):
        await doing.report(matter.id, "其实都好了。", by=world.clerk, at=late)
    better = outline(world, ("补上喷淋", local_day(late)), why="评议不满意，补上喷淋。")
    await doing.replan(matter.id, better, by=world.clerk, at=late)
    execution = (await queries.course(matter)).execution
    assert execution
    await all_done(world, execution, late)
    again = await doing.report(matter.id, "喷淋补上了。", by=world.clerk, at=late)
    assert again.round == 2
    await judge(matter, people, [5] * 6, at=late)
    await tick(again.closes_at)
    assert (await Matter.get(id=matter.id)).state is State.CLOSED
