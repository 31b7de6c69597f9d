"""Changing what one has said: visible, readable back to the first word, and told to nobody by mail."""

from datetime import timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.notice.models import Mail, Notice
from deliberation.debate import queries
from deliberation.debate.commands import comment
from deliberation.debate.models import Comment, Wording
from deliberation.debate.rewording import reword
from deliberation.debate.rules import EDITS, SAME, Position
from deliberation.matter import drafting
from tests.deliberation.stage import body_of, proposed
from tests.world import NOON, World

LATER = NOON + timedelta(days=2)


async def said_by_lan(world: World) -> Comment:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    return await comment(matter.id, Position.FOR, "支持，早该建了。", by=world.lan, at=NOON)


async def test_every_earlier_wording_can_be_read(world: World) -> None:
    said = await said_by_lan(world)
    await reword(said.code, "支持，但要装喷淋。", by=world.lan, at=LATER)
    await reword(said.code, "支持，要装喷淋和断电保护。", by=world.lan, at=LATER + timedelta(hours=1))
    said = await Comment.get(id=said.id)
    assert (said.words, said.edits) == ("支持，要装喷淋和断电保护。", 2)
    assert [(each.words, each.at) for each in await queries.wordings(said)] == [
        ("支持，但要装喷淋。", LATER),
        ("支持，早该建了。", NOON),
    ]
    assert await Notice.all().count() == await Mail.all().count() == 0


async def test_only_the_author_changes_it_and_only_into_something_else(world: World) -> None:
    said = await said_by_lan(world)
    with pytest.raises(Forbidden):
        await reword(said.code, "我反对。", by=world.qiang, at=NOON)
    for words in ("支持，早该建了。", "好", "长" * 301):
        with pytest.raises(Unfit) as why:
            await reword(said.code, words, by=world.lan, at=NOON)
        assert why.value.field == "words"
    await Comment.filter(id=said.id).update(edits=EDITS)
    with pytest.raises(Unfit, match="请另写一条"):
        await reword(said.code, "又想改。", by=world.lan, at=NOON)
    assert await Wording.all().count() == 0


async def test_nothing_is_changed_once_the_discussion_is_over(world: World) -> None:
    said = await said_by_lan(world)
    await drafting.withdraw(said.matter_id, by=world.lan, at=NOON)
    with pytest.raises(Unfit, match="已经结束"):
        await reword(said.code, "改一个字。", by=world.lan, at=NOON)


async def test_of_two_changes_at_once_one_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await said_by_lan(world)
    stale = await queries.said(world.lan, said.matter_id, said.code)
    await reword(said.code, "第一次改。", by=world.lan, at=LATER)

    async def readable(*_: object) -> object:
        return stale[1], stale[0]

    monkeypatch.setattr("deliberation.debate.rewording.readable", readable)
    with pytest.raises(MovedOn):
        await reword(said.code, "另一页上改的。", by=world.lan, at=LATER)
    assert (await Comment.get(id=said.id)).words == "第一次改。"


async def test_the_same_words_twice_in_ten_minutes_are_one_comment(world: World) -> None:
    said = await said_by_lan(world)
    with pytest.raises(Unfit, match="刚刚发过") as why:
        await comment(said.matter_id, Position.FOR, said.words, by=world.lan, at=NOON + SAME - timedelta(seconds=1))
    assert why.value.field == "words"
    await comment(said.matter_id, Position.FOR, said.words, by=world.qiang, at=NOON)
    await comment(said.matter_id, Position.MORE, said.words, answers=said.code, by=world.lan, at=NOON)
    await comment(said.matter_id, Position.FOR, said.words, by=world.lan, at=NOON + SAME)
    assert await Comment.all().count() == 4
    assert (await Comment.get(id=said.id)).answered == 1
