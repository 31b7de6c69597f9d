"""A matter from the first word to its frozen text."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from deliberation.matter import drafting, hosting, queries, screening, seconding
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.states import State
from deliberation.matter.text import Text
from tests.deliberation.stage import TEXT, body_of, declared, finalised, proposed, settle, tick
from tests.world import NOON, World


async def test_a_draft_does_not_exist_for_anybody_but_its_author(world: World) -> None:
    body, _ = await body_of(world)
    matter = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    assert (await queries.find(world.lan, matter.id)).id == matter.id
    for other in (world.qiang, world.clerk, None):
        with pytest.raises(Hidden):
            await queries.find(other, matter.id)
    assert await queries.listed(world.qiang, world.community.id) == ([], None)
    with pytest.raises(Hidden):
        await drafting.submit(matter.id, by=world.qiang, at=NOON)
    with pytest.raises(Forbidden):
        await drafting.draft(body.id, TEXT, by=world.stranger, at=NOON)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (replace(TEXT, title="棚"), "title"),
        (replace(TEXT, title="长" * 61), "title"),
        (replace(TEXT, what=" "), "what"),
        (replace(TEXT, who="谁" * 121), "who"),
        (replace(TEXT, body="字" * 10_001), "body"),
    ],
)
async def test_a_text_that_says_too_little_or_too_much_is_sent_back_with_its_field(
    world: World, text: Text, field: str
) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Unfit) as why:
        await drafting.draft(body.id, text, by=world.lan, at=NOON)
    assert why.value.field == field
    assert await Matter.all().count() == 0


async def test_seconds_are_counted_by_heads_and_lead_to_screening(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    with pytest.raises(Unfit, match="已经附议"):
        await seconding.endorse(matter.id, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await seconding.endorse(matter.id, by=world.stranger, at=NOON)
    with pytest.raises(Forbidden):
        await seconding.endorse(matter.id, by=world.clerk, at=NOON)
    for person, state in ((world.qiang, State.ENDORSING), (world.xiu, State.ENDORSING), (world.zhao, State.SCREENING)):
        assert await seconding.endorse(matter.id, by=person, at=NOON) is state
    await matter.refresh_from_db()
    assert (matter.seconded, matter.threshold) == (4, 4)
    with pytest.raises(MovedOn):
        await seconding.endorse(matter.id, by=world.lan, at=NOON)


async def test_many_seconds_at_once_are_all_counted_and_move_the_matter_once(world: World) -> None:
    people = await settle(world, 20)
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    answers = await asyncio.gather(
        *(seconding.endorse(matter.id, by=each.person, at=NOON) for each in people), return_exceptions=True
    )
    await matter.refresh_from_db()
    assert (matter.state, matter.threshold) == (State.SCREENING, 5)
    assert matter.seconded == await Endorsement.filter(matter_id=matter.id).count() == 5
    assert sum(isinstance(answer, MovedOn) for answer in answers) == 16
    assert await Event.filter(kind="matter.reach").count() == 1


async def test_a_second_holds_for_the_words_it_was_given_to(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    await seconding.endorse(matter.id, by=world.qiang, at=NOON)
    changed = replace(TEXT, cost="二十万元，各家分摊。")
    await drafting.revise(matter.id, changed, by=world.lan, at=NOON)
    await matter.refresh_from_db()
    assert (matter.version, matter.seconded) == (2, 1)  # the author's own words carry the author's second
    await seconding.endorse(matter.id, by=world.qiang, at=NOON)
    await matter.refresh_from_db()
    assert matter.seconded == 2
    with pytest.raises(Unfit, match="没有改动"):
        await drafting.revise(matter.id, changed, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await drafting.revise(matter.id, TEXT, by=world.qiang, at=NOON)


async def test_a_matter_that_finds_too_few_ends_and_may_ask_once_more(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    late = NOON + timedelta(days=31)
    assert await tick(NOON + timedelta(days=30)) == 0
    assert await tick(late) == 1
    assert await tick(late) == 0
    await drafting.reopen(matter.id, by=world.lan, at=late)
    assert await tick(late + timedelta(days=31)) == 1
    with pytest.raises(Unfit):
        await drafting.reopen(matter.id, by=world.lan, at=late + timedelta(days=32))


async def test_a_returned_matter_keeps_its_seconds_while_its_words_stand(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    for person in (world.qiang, world.xiu, world.zhao):
        await seconding.endorse(matter.id, by=person, at=NOON)
    with pytest.raises(Unfit) as why:
        await screening.send_back(matter.id, "  ", by=world.clerk, at=NOON)
    assert why.value.field == "reasons"
    with pytest.raises(Forbidden):
        await screening.send_back(matter.id, "钱从哪里来没有写清楚。", by=world.lan, at=NOON)
    await screening.send_back(matter.id, "钱从哪里来没有写清楚。", by=world.clerk, at=NOON)
    assert await drafting.resubmit(matter.id, by=world.lan, at=NOON) is State.SCREENING
    await screening.send_back(matter.id, "还是没有写清楚。", by=world.clerk, at=NOON)
    await drafting.revise(matter.id, replace(TEXT, cost="公共收益，有账可查。"), by=world.lan, at=NOON)
    assert await drafting.resubmit(matter.id, by=world.lan, at=NOON) is State.ENDORSING


async def test_the_words_are_frozen_only_after_a_session_and_then_for_good(world: World) -> None:
    body, _roll = await body_of(world)
    matter = await proposed(body, world.lan)
    for person in (world.qiang, world.xiu, world.zhao):
        await seconding.endorse(matter.id, by=person, at=NOON)
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await screening.study(matter.id, NOON.date(), "同意。同意。", by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="今天"):
        await screening.study(matter.id, NOON.date() + timedelta(days=1), "同意。同意。", by=world.moderator, at=NOON)
    await screening.study(matter.id, NOON.date(), "不同意，但不拦着。", by=world.moderator, at=NOON)
    with pytest.raises(Unfit, match="议事会"):
        await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    await hosting.discuss(matter.id, NOON.date(), 12, "讨论了价格。", by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="利益关系"):
        await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    await declared(matter.id, world.lan, world.clerk)
    assert await hosting.finalise(matter.id, by=world.clerk, at=NOON) is State.FINALISED
    await matter.refresh_from_db()
    assert matter.final_hash == TEXT.hash
    with pytest.raises(MovedOn):
        await drafting.revise(matter.id, replace(TEXT, body="偷偷改"), by=world.lan, at=NOON)


async def test_an_author_may_take_it_back_before_the_announcement(world: World) -> None:
    body, roll = await body_of(world)
    matter = await finalised(world, body, roll, world.residents)
    with pytest.raises(Forbidden):
        await drafting.withdraw(matter.id, by=world.qiang, at=NOON)
    assert await drafting.withdraw(matter.id, by=world.lan, at=NOON) is State.WITHDRAWN
    with pytest.raises(MovedOn):
        await drafting.withdraw(matter.id, by=world.lan, at=NOON)


async def test_a_withdrawn_draft_never_becomes_public(world: World) -> None:
    body, _ = await body_of(world)
    matter = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    await drafting.withdraw(matter.id, by=world.lan, at=NOON)
    with pytest.raises(Hidden):
        await queries.find(world.qiang, matter.id)


async def test_every_desk_sees_what_waits_for_it_and_nothing_else(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    assert await queries.waiting_for(world.clerk, at=NOON) == []
    for person in (world.qiang, world.xiu, world.zhao):
        await seconding.endorse(matter.id, by=person, at=NOON)
    assert [m.id for m in await queries.waiting_for(world.clerk, at=NOON)] == [matter.id]
    assert await queries.waiting_for(world.moderator, at=NOON) == []
    assert await queries.waiting_for(world.lan, at=NOON) == []
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    assert [m.id for m in await queries.waiting_for(world.moderator, at=NOON)] == [matter.id]


async def test_the_list_goes_on_where_the_page_ended(world: World) -> None:
    body, _ = await body_of(world)
    for n in range(53):
        await proposed(body, world.residents[n % 4])
    page, key = await queries.listed(None, world.community.id)
    rest, end = await queries.listed(None, world.community.id, before=key)
    assert (len(page), len(rest), end) == (50, 3, None)
    assert len({m.id for m in [*page, *rest]}) == 53
    mine, _ = await queries.listed(world.lan, world.community.id, shelf=queries.Shelf.MINE)
    assert {m.author_id for m in mine} == {world.lan.id}
