"""What was agreed and what was not: every dissent is answered before the words are frozen."""

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.rights import Role
from deliberation.debate import opinions, queries
from deliberation.debate.commands import comment
from deliberation.debate.models import Opinion
from deliberation.debate.rules import Accord, Position
from deliberation.matter import hosting
from deliberation.matter.models import Matter, Sitting
from deliberation.matter.states import State
from tests.deliberation.stage import body_of, declared, deliberating
from tests.world import NOON, World

REPLY = "物业答应晚上十点以后不施工，写进方案第三条。"


async def at_the_table(world: World) -> Matter:
    body, _ = await body_of(world)
    return await deliberating(world, body, world.lan)


async def open_count(matter: Matter) -> tuple[int, int]:
    """Return the count kept on the matter and the number of rows it stands for."""
    rows = await Opinion.filter(matter_id=matter.id, kind=Accord.DISSENT, answered_at=None).count()
    return (await Matter.get(id=matter.id)).open_dissents, rows


async def test_minutes_are_taken_down_line_by_line(world: World) -> None:
    matter = await at_the_table(world)
    await hosting.discuss(
        matter.id,
        NOON.date(),
        12,
        "逐条看了方案，问了花钱和时间。",
        consensus="1. 先试一年\n2. 装喷淋",
        dissent="— 离二号楼太近\n\n— 夜里会吵",
        by=world.clerk,
        at=NOON,
    )
    every = await queries.opinions(matter)
    assert [(each.kind.value, each.words) for each in every] == [
        ("consensus", "先试一年"),
        ("consensus", "装喷淋"),
        ("dissent", "离二号楼太近"),
        ("dissent", "夜里会吵"),
    ]
    assert await open_count(matter) == (2, 2)


async def test_nothing_is_frozen_before_every_dissent_has_its_answer(world: World) -> None:
    matter = await at_the_table(world)
    minutes = "逐条看了方案，问了花钱和时间。"
    await hosting.discuss(matter.id, NOON.date(), 12, minutes, dissent="夜里会吵", by=world.clerk, at=NOON)
    said = await comment(matter.id, Position.AGAINST, "离二号楼太近。", by=world.xiu, at=NOON)
    listed = await opinions.note(matter.id, Accord.DISSENT, "", comment=said.code, by=world.clerk, at=NOON)
    assert (listed.words, await open_count(matter)) == ("离二号楼太近。", (2, 2))
    for left in (2, 1):
        with pytest.raises(Unfit, match="还有") as why:
            await hosting.finalise(matter.id, by=world.clerk, at=NOON)
        assert why.value.facts["n"] == left
        waiting = await Opinion.filter(matter_id=matter.id, answered_at=None).first()
        assert waiting
        await opinions.answer(waiting.code, REPLY, by=world.clerk, at=NOON)
    assert await open_count(matter) == (0, 0)
    await declared(matter.id, (await Person.get(id=matter.author_id)), world.clerk)
    assert await hosting.finalise(matter.id, by=world.clerk, at=NOON) is State.FINALISED
    with pytest.raises(MovedOn):
        await opinions.note(matter.id, Accord.DISSENT, "来晚了一步。", by=world.clerk, at=NOON)


async def test_an_answer_is_given_once_by_an_office_and_to_a_dissent_alone(world: World) -> None:
    matter = await at_the_table(world)
    dissent = await opinions.note(matter.id, Accord.DISSENT, "花钱太多。", by=world.clerk, at=NOON)
    agreed = await opinions.note(matter.id, Accord.CONSENSUS, "先试一年。", by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await opinions.answer(dissent.code, REPLY, by=world.lan, at=NOON)
    with pytest.raises(Unfit, match="共识"):
        await opinions.answer(agreed.code, REPLY, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="写清楚答复"):
        await opinions.answer(dissent.code, " 好 ", by=world.clerk, at=NOON)
    await Holding.create(person=world.stranger, role=Role.PROPERTY, place=world.community, since=NOON)
    await opinions.answer(dissent.code, REPLY, by=world.stranger, at=NOON)
    with pytest.raises(MovedOn):
        await opinions.answer(dissent.code, "再答一次。", by=world.clerk, at=NOON)
    kept = await Opinion.get(id=dissent.id)
    assert (kept.answer, await open_count(matter)) == (REPLY, (0, 0))
    assert await Event.filter(kind="matter.answer_dissent").count() == 1


async def test_only_the_host_takes_down_and_a_comment_once(world: World) -> None:
    matter = await at_the_table(world)
    said = await comment(matter.id, Position.AGAINST, "离二号楼太近。", by=world.xiu, at=NOON)
    with pytest.raises(Forbidden):
        await opinions.note(matter.id, Accord.DISSENT, "", comment=said.code, by=world.xiu, at=NOON)
    with pytest.raises(Unfit):
        await opinions.note(matter.id, Accord.DISSENT, "短", by=world.clerk, at=NOON)
    await opinions.note(matter.id, Accord.DISSENT, "", comment=said.code, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="登记过了"):
        await opinions.note(matter.id, Accord.DISSENT, "", comment=said.code, by=world.clerk, at=NOON)
    assert await open_count(matter) == (1, 1)
    assert await Sitting.all().count() == 0
