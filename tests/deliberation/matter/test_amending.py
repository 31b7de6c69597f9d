"""New words proposed for one part: taken up, declined, taken back, outdated; and the same thing written twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.matter import amending, drafting, hosting, screening, seconding, wording
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment, Fate, Matter, MatterVersion
from deliberation.matter.paragraphs import carried, parts, put
from deliberation.matter.queries import text_of
from deliberation.matter.states import State
from tests.deliberation.stage import TEXT, body_of, declared, proposed
from tests.world import NOON, World

WHY = "原来的写法说不清楚。"


async def offered(world: World, part: str = "p1", words: str = "第一段，写清楚。") -> tuple[Matter, Amendment]:
    """Propose by 阿兰 and let 阿强 offer new words."""
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    return matter, await amending.amend(matter.id, part, words, WHY, version=1, by=world.qiang, at=NOON)


async def test_taken_up_it_becomes_a_version_and_the_others_follow(world: World) -> None:
    matter, first = await offered(world)
    second = await amending.amend(matter.id, "p2", "第二段，也写清楚。", WHY, by=world.xiu, at=NOON)
    rival = await amending.amend(matter.id, "p1", "第一段不要了吧。", WHY, by=world.zhao, at=NOON)
    await amending.adopt(first.code, Change.WORDS, answer="谢谢。", by=world.lan, at=NOON)
    matter = await Matter.get(id=matter.id)
    text = await text_of(matter)
    assert (matter.version, text.body, text.change) == (2, "第一段，写清楚。\n\n第二段。", Change.WORDS)
    for each in (first, second, rival):
        await each.refresh_from_db()
    assert (first.state, first.became, first.answer) == (Fate.ADOPTED, 2, "谢谢。")
    assert (second.state, second.version, second.part) == (Fate.OPEN, 2, "p2")
    assert (rival.state, rival.became) == (Fate.OUTDATED, 2)
    facts = facts_of(await Event.get(kind="matter.adopt"))
    assert (facts["amendment"], facts["outdated"], facts["change"]) == (first.code, [rival.code], "words")
    with pytest.raises(MovedOn):
        await amending.adopt(first.code, Change.WORDS, by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await amending.decline(rival.code, WHY, by=world.lan, at=NOON)


async def test_a_paragraph_moves_with_its_amendment_when_one_is_put_in_front(world: World) -> None:
    matter, offer = await offered(world, "p2", "第二段，改过。")
    await drafting.revise(matter.id, replace(TEXT, body="开头。\n\n第一段。\n\n第二段。"), by=world.lan, at=NOON)
    await offer.refresh_from_db()
    assert (offer.state, offer.part, offer.version) == (Fate.OPEN, "p3", 2)
    await amending.adopt(offer.code, Change.WORDS, by=world.clerk, at=NOON)
    assert (await MatterVersion.get(matter_id=matter.id, number=3)).body == "开头。\n\n第一段。\n\n第二段，改过。"


async def test_taking_up_what_changes_the_meaning_asks_those_who_seconded(world: World) -> None:
    matter, offer = await offered(world, "cost", "二十万元，各家分摊。")
    await seconding.endorse(matter.id, by=world.xiu, at=NOON)
    await amending.adopt(offer.code, Change.WORDS, by=world.lan, at=NOON)
    found = await Matter.get(id=matter.id)
    assert (found.meaning_since, found.unconfirmed, found.seconded) == (2, 1, 1)


async def test_declined_it_has_a_reason_and_taken_back_it_has_none(world: World) -> None:
    _matter, offer = await offered(world)
    with pytest.raises(Unfit) as why:
        await amending.decline(offer.code, " ", by=world.lan, at=NOON)
    assert why.value.field == "answer"
    for stranger in (world.xiu, world.moderator):
        with pytest.raises(Forbidden):
            await amending.decline(offer.code, WHY, by=stranger, at=NOON)
    await amending.decline(offer.code, WHY, by=world.clerk, at=NOON)
    with pytest.raises(MovedOn):
        await amending.take_back(offer.code, by=world.qiang, at=NOON)
    own = await amending.amend(offer.matter_id, "who", "物业。", WHY, by=world.qiang, at=NOON)
    with pytest.raises(Forbidden):
        await amending.take_back(own.code, by=world.lan, at=NOON)
    await amending.take_back(own.code, by=world.qiang, at=NOON)
    await own.refresh_from_db()
    assert own.state is Fate.TAKEN_BACK
    with pytest.raises(Hidden):
        await amending.take_back("nothing", by=world.qiang, at=NOON)


@pytest.mark.parametrize(
    ("part", "words", "field"),
    [
        ("p9", "没有这一段", "part"),
        ("title", "换一个题目", "part"),
        ("p1", "第一段。", "words"),
        ("what", "", "words"),
        ("what", "长" * 121, "words"),
        ("p1", "长" * 10_001, "words"),
    ],
)
async def test_words_that_do_not_fit_are_sent_back(world: World, part: str, words: str, field: str) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Unfit) as why:
        await amending.amend(matter.id, part, words, WHY, by=world.qiang, at=NOON)
    assert why.value.field == field
    assert await Amendment.all().count() == 0


async def test_nobody_has_more_than_five_waiting_or_the_same_twice(world: World) -> None:
    matter, _ = await offered(world)
    with pytest.raises(Unfit, match="同样的一条"):
        await amending.amend(matter.id, "p1", " 第一段，写清楚。", WHY, by=world.qiang, at=NOON)
    for n in range(4):
        await amending.amend(matter.id, "p1", f"写法 {n}。", WHY, by=world.qiang, at=NOON)
    with pytest.raises(Unfit, match="等着答复"):
        await amending.amend(matter.id, "p2", "再来一条。", WHY, by=world.qiang, at=NOON)
    await amending.amend(matter.id, "p2", "别人的一条。", WHY, by=world.xiu, at=NOON)
    page, more = await wording.amendments(matter)
    assert (page[0].new, len(page), more) == ("别人的一条。", 6, None)


async def test_who_may_not_draft_may_not_amend_and_old_words_are_not_amended(world: World) -> None:
    matter, _ = await offered(world)
    for nobody in (world.stranger, world.clerk):
        with pytest.raises(Forbidden):
            await amending.amend(matter.id, "p2", "新的。", WHY, by=nobody, at=NOON)
    await drafting.revise(matter.id, replace(TEXT, body="第一段。\n\n第二段改了。"), by=world.lan, at=NOON)
    with pytest.raises(MovedOn, match="刚刚改过"):
        await amending.amend(matter.id, "p2", "新的。", WHY, version=1, by=world.xiu, at=NOON)


async def test_words_are_not_fixed_before_every_amendment_is_answered(world: World) -> None:
    matter, offer = await offered(world)
    for person in (world.qiang, world.xiu, world.zhao):
        await seconding.endorse(matter.id, by=person, at=NOON)
    with pytest.raises(MovedOn):
        await amending.decline(offer.code, WHY, by=world.lan, at=NOON)  # it lies at the clerk's desk
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await screening.study(matter.id, NOON.date(), "同意提交议事。", by=world.moderator, at=NOON)
    await hosting.discuss(matter.id, NOON.date(), 12, "大家都来了，谈得很细。", by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="没有答复"):
        await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    await amending.decline(offer.code, WHY, by=world.clerk, at=NOON)
    await declared(matter.id, world.lan, world.clerk)
    assert await hosting.finalise(matter.id, by=world.clerk, at=NOON) is State.FINALISED


def test_a_part_is_put_struck_and_followed() -> None:
    assert list(parts(TEXT)) == ["what", "cost", "who", "p1", "p2"]
    assert put(TEXT, "p1", "").body == "第二段。"
    assert put(TEXT, "cost", "不花钱").cost == "不花钱"
    with pytest.raises(Unfit):
        put(TEXT, "p3", "没有的一段")
    new = replace(TEXT, who="物业。", body="新的。\n\n第二段。")
    assert carried(TEXT, new) == {"what": "what", "cost": "cost", "p2": "p2"}


async def test_the_same_words_twice_in_ten_minutes_are_one_thing(world: World) -> None:
    body, _ = await body_of(world)
    first = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    with pytest.raises(drafting.Twice) as why:
        await drafting.draft(body.id, TEXT, by=world.lan, at=NOON + timedelta(minutes=9))
    assert why.value.matter_id == first.id
    await drafting.draft(body.id, TEXT, by=world.qiang, at=NOON)
    await drafting.draft(body.id, replace(TEXT, title="另外一件事"), by=world.lan, at=NOON)
    await drafting.draft(body.id, TEXT, by=world.lan, at=NOON + timedelta(minutes=11))
    assert await Matter.all().count() == 4


async def test_a_long_text_is_fine_and_one_too_long_is_told_by_how_much(world: World) -> None:
    body, _ = await body_of(world)
    long = await drafting.draft(body.id, replace(TEXT, body="字" * 7_000), by=world.lan, at=NOON)
    assert len((await text_of(long)).body) == 7_000
    with pytest.raises(Unfit) as why:
        await drafting.draft(body.id, replace(TEXT, body="字" * 20_000), by=world.lan, at=NOON)
    assert why.value.facts == {"n": 20_000, "most": 10_000}
