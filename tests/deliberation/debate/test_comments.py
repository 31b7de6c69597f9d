"""What people say about a matter."""

import pytest

from community.errors import Forbidden, Hidden, Unfit
from deliberation.debate.commands import comment
from deliberation.debate.models import Comment
from deliberation.debate.queries import how_many, threads
from deliberation.debate.rules import Position
from deliberation.matter import drafting
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.world import NOON, World


async def test_answers_to_answers_join_the_thread_they_belong_to(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    first = await comment(matter.id, Position.FOR, "支持，早该建了。", by=world.qiang, at=NOON)
    answer = await comment(matter.id, Position.AGAINST, "太吵。", answers=first.code, by=world.xiu, at=NOON)
    deep = await comment(matter.id, Position.MORE, "晚上十点停。", answers=answer.code, by=world.clerk, at=NOON)
    (thread,), key = await threads(matter)
    assert key is None
    assert [each.id for each in thread.answers] == [answer.id, deep.id]
    assert (thread.head.official, deep.official) == (False, True)
    assert await how_many(matter) == 3


@pytest.mark.parametrize("words", ["", " 好", "长" * 301])
async def test_too_little_or_too_much_is_sent_back(world: World, words: str) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Unfit) as why:
        await comment(matter.id, Position.FOR, words, by=world.qiang, at=NOON)
    assert why.value.field == "words"
    assert await Comment.all().count() == 0


async def test_nobody_speaks_where_they_have_no_voice(world: World) -> None:
    body, _ = await body_of(world)
    draft = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    with pytest.raises(Hidden):
        await comment(draft.id, Position.FOR, "我看到了吗", by=world.qiang, at=NOON)
    with pytest.raises(Unfit, match="还没有开始"):
        await comment(draft.id, Position.FOR, "自言自语", by=world.lan, at=NOON)
    matter = await proposed(body, world.lan)
    with pytest.raises(Forbidden):
        await comment(matter.id, Position.FOR, "路过说一句", by=world.stranger, at=NOON)
    elsewhere = await comment(matter.id, Position.FOR, "第一件事", by=world.qiang, at=NOON)
    other = await proposed(body, world.xiu)
    with pytest.raises(Hidden):
        await comment(other.id, Position.FOR, "答错了地方", answers=elsewhere.code, by=world.qiang, at=NOON)


async def test_threads_go_on_where_the_page_ended(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    for n in range(33):
        await comment(matter.id, Position.MORE, f"第 {n} 条", by=world.qiang, at=NOON)
    page, key = await threads(matter)
    rest, end = await threads(matter, before=key)
    assert (len(page), len(rest), end) == (30, 3, None)
