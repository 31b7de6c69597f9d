"""有帮助: once a person, never for oneself, and the count is always the number of rows."""

import random

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from deliberation.debate import queries
from deliberation.debate.commands import comment
from deliberation.debate.marking import mark_helpful, unmark_helpful
from deliberation.debate.models import Comment, Helpful
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from tests.deliberation.stage import body_of, proposed
from tests.world import NOON, World


async def matter_of(world: World) -> Matter:
    body, _ = await body_of(world)
    return await proposed(body, world.lan)


async def test_a_reader_marks_a_comment_once_and_may_take_it_back(world: World) -> None:
    matter = await matter_of(world)
    said = await comment(matter.id, Position.FOR, "早该建了。", by=world.lan, at=NOON)
    assert (await mark_helpful(said.code, by=world.qiang, at=NOON)).helpful == 1
    with pytest.raises(MovedOn):
        await mark_helpful(said.code, by=world.qiang, at=NOON)
    assert (await mark_helpful(said.code, by=world.xiu, at=NOON)).helpful == 2
    assert (await unmark_helpful(said.code, by=world.qiang, at=NOON)).helpful == 1
    with pytest.raises(MovedOn):
        await unmark_helpful(said.code, by=world.qiang, at=NOON)
    await said.refresh_from_db()
    assert said.helpful == await Helpful.filter(comment_id=said.id).count() == 1
    assert await Event.filter(kind="comment.helpful").count() == 2
    assert await Event.filter(kind="comment.not_helpful").count() == 1


async def test_nobody_marks_their_own_or_where_they_have_no_voice_or_what_is_put_away(world: World) -> None:
    matter = await matter_of(world)
    said = await comment(matter.id, Position.FOR, "早该建了。", by=world.lan, at=NOON)
    with pytest.raises(Unfit, match="您自己的"):
        await mark_helpful(said.code, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await mark_helpful(said.code, by=world.stranger, at=NOON)
    await Comment.filter(id=said.id).update(hidden_at=NOON)
    with pytest.raises(Hidden):
        await mark_helpful(said.code, by=world.qiang, at=NOON)
    assert await Helpful.all().count() == 0
    assert (await Comment.get(id=said.id)).helpful == 0


async def test_whatever_is_pressed_the_count_is_the_number_of_rows(world: World) -> None:
    """Two hundred presses in an order drawn by lot; none leaves the count and the rows apart."""
    lot = random.Random(20260504)  # noqa: S311 - the same lot every time
    matter = await matter_of(world)
    said = [await comment(matter.id, Position.FOR, f"第 {n} 条", by=world.lan, at=NOON) for n in range(3)]
    people = [world.lan, world.qiang, world.xiu, world.zhao, world.clerk]
    for _ in range(200):
        press, one, who = lot.choice((mark_helpful, unmark_helpful)), lot.choice(said), lot.choice(people)
        before = await Helpful.filter(comment_id=one.id).count()
        try:
            await press(one.code, by=who, at=NOON)
        except (MovedOn, Unfit):
            assert await Helpful.filter(comment_id=one.id).count() == before
        counted = await Comment.get(id=one.id)
        assert counted.helpful == await Helpful.filter(comment_id=one.id).count()
    marks = await Helpful.all().count()
    helped, back = [await Event.filter(kind=f"comment.{kind}").count() for kind in ("helpful", "not_helpful")]
    assert marks == helped - back


async def test_arguments_stand_side_by_side_the_most_helpful_first_then_the_oldest(world: World) -> None:
    matter = await matter_of(world)
    pro = [await comment(matter.id, Position.FOR, f"好处 {n}", by=world.lan, at=NOON) for n in range(17)]
    con = await comment(matter.id, Position.AGAINST, "太吵。", by=world.xiu, at=NOON)
    await comment(matter.id, Position.MORE, "补一句。", by=world.xiu, at=NOON)
    await comment(matter.id, Position.FOR, "回一句。", answers=con.code, by=world.lan, at=NOON)
    await mark_helpful(pro[9].code, by=world.qiang, at=NOON)
    first, against, more = await queries.arguments(matter)
    assert [each.id for each in first] == [pro[9].id, *(each.id for each in pro[:9]), *(e.id for e in pro[10:15])]
    assert ([each.id for each in against], more) == ([con.id], True)
    rest, none, more = await queries.arguments(matter, page=2)
    assert ([each.id for each in rest], none, more) == ([pro[15].id, pro[16].id], [], False)
    assert await queries.marked(world.qiang, pro) == {pro[9].id}
