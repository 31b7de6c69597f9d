"""Matters hang together: merged, split, continued, twice the same, and never in a circle."""

import asyncio
from dataclasses import replace

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.body.models import Body
from deliberation.body.rules import Basis, BodyKind
from deliberation.lineage.linking import mark_duplicate, split, take_up
from deliberation.lineage.merging import merge, undo
from deliberation.lineage.models import MatterLink
from deliberation.lineage.queries import links_of
from deliberation.lineage.rules import LinkKind, reaches
from deliberation.matter import drafting, hosting, screening, seconding
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.states import State
from tests.deliberation.stage import TEXT, body_of, declared, proposed, settle, talking
from tests.world import NOON, World

WHY = "两件说的是一回事。"


async def pair(world: World) -> tuple[Body, Matter, Matter]:
    """Two matters that ask for seconds: 阿兰 and 阿秀 second the one, 阿强 and 阿秀 the other."""
    await settle(world, 20)
    body, _ = await body_of(world)
    one, other = await proposed(body, world.lan), await proposed(body, world.qiang)
    for matter in (one, other):
        await seconding.endorse(matter.id, by=world.xiu, at=NOON)
    return body, one, other


async def test_merging_counts_both_once_per_head_and_says_so(world: World) -> None:
    _, one, other = await pair(world)
    with pytest.raises(Forbidden):
        await merge(one.id, other.id, WHY, by=world.lan, at=NOON)
    link = await merge(one.id, other.id, WHY, by=world.clerk, at=NOON)
    await one.refresh_from_db()
    await other.refresh_from_db()
    assert (one.state, one.returning, other.state) == (State.MERGED, State.ENDORSING, State.ENDORSING)
    assert (other.seconded, link.heads) == (3, 1)  # 阿秀 had seconded both
    told = facts_of(await Event.get(kind="matter.take_in"))
    assert (told["taken"], told["seconds"], told["heads"]) == (one.id, 1, 1)
    assert await Event.filter(kind="matter.merge").count() == await Event.filter(kind="link.made").count() == 1
    with pytest.raises(MovedOn):
        await seconding.endorse(one.id, by=world.zhao, at=NOON)


async def test_a_merger_that_reaches_the_threshold_moves_the_other_on(world: World) -> None:
    _, one, other = await pair(world)
    await seconding.endorse(one.id, by=world.zhao, at=NOON)
    await Matter.filter(id=other.id).update(threshold=4)
    await merge(one.id, other.id, WHY, by=world.clerk, at=NOON)
    await other.refresh_from_db()
    assert (other.state, other.seconded) == (State.SCREENING, 4)


async def test_undoing_is_a_deed_of_its_own_and_gives_back_what_was_taken(world: World) -> None:
    _, one, other = await pair(world)
    link = await merge(one.id, other.id, WHY, by=world.clerk, at=NOON)
    with pytest.raises(Unfit) as why:
        await undo(one.id, link.id, "", by=world.clerk, at=NOON)
    assert why.value.field == "why"
    await undo(other.id, link.id, "看错了。其实不同。", by=world.clerk, at=NOON)
    await one.refresh_from_db()
    await other.refresh_from_db()
    assert (one.state, one.seconded, other.seconded) == (State.ENDORSING, 2, 2)
    assert await Endorsement.filter(matter_id=other.id, via_id=one.id).count() == 0
    kept = (await links_of(None, one))[0]
    assert (kept.undone_why, kept.kind) == ("看错了。其实不同。", LinkKind.MERGED_INTO)
    with pytest.raises(Hidden):
        await undo(one.id, link.id, WHY, by=world.clerk, at=NOON)


async def test_what_is_fixed_is_neither_merged_nor_parted(world: World) -> None:
    matter = await talking(world)
    body = await Body.get(id=matter.body_id)
    fresh = await proposed(body, world.qiang)
    link = await merge(fresh.id, matter.id, WHY, by=world.clerk, at=NOON)
    await declared(matter.id, world.lan, world.clerk)
    await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="定稿"):
        await undo(fresh.id, link.id, WHY, by=world.clerk, at=NOON)
    third = await proposed(body, world.xiu)
    with pytest.raises(MovedOn):
        await merge(third.id, matter.id, WHY, by=world.clerk, at=NOON)


async def test_a_circle_is_refused_by_the_command(world: World) -> None:
    _, one, other = await pair(world)
    await mark_duplicate(one.id, other.id, WHY, by=world.clerk, at=NOON)
    for deed in (mark_duplicate, merge):
        with pytest.raises(Unfit, match="绕成一个圈"):
            await deed(other.id, one.id, WHY, by=world.clerk, at=NOON)
        with pytest.raises(Unfit, match="绕成一个圈"):
            await deed(one.id, one.id, WHY, by=world.clerk, at=NOON)
    assert await MatterLink.all().count() == 1


async def test_two_clerks_cannot_close_a_circle_together(world: World) -> None:
    _, one, other = await pair(world)
    done = await asyncio.gather(
        merge(one.id, other.id, WHY, by=world.clerk, at=NOON),
        merge(other.id, one.id, WHY, by=world.clerk, at=NOON),
        return_exceptions=True,
    )
    assert sum(isinstance(each, MatterLink) for each in done) == 1
    assert await MatterLink.all().count() == 1


async def test_a_part_is_split_off_by_its_author_and_looks_for_its_own_seconds(world: World) -> None:
    _, one, _ = await pair(world)
    part = replace(TEXT, title="车棚里再装两盏灯")
    with pytest.raises(Forbidden):
        await split(one.id, part, by=world.qiang, at=NOON)
    new = await split(one.id, part, by=world.lan, at=NOON)
    assert (new.state, new.author_id) == (State.DRAFT, world.lan.id)
    assert await links_of(world.qiang, one) == []  # a draft is its author's alone
    assert len(await links_of(world.lan, one)) == 1
    await drafting.submit(new.id, by=world.lan, at=NOON)
    assert [each.kind for each in await links_of(None, new)] == [LinkKind.SPLIT_FROM]
    await drafting.withdraw(one.id, by=world.lan, at=NOON)
    with pytest.raises(MovedOn):
        await split(one.id, part, by=world.lan, at=NOON)


async def test_what_is_over_may_be_taken_up_again_by_anybody_who_may_propose(world: World) -> None:
    _, one, _ = await pair(world)
    with pytest.raises(Unfit, match="还没有结束"):
        await take_up(one.id, TEXT, by=world.zhao, at=NOON)
    await drafting.withdraw(one.id, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await take_up(one.id, TEXT, by=world.stranger, at=NOON)
    new = await take_up(one.id, TEXT, by=world.zhao, at=NOON)
    assert (await MatterLink.get()).other_id == one.id
    assert new.author_id == world.zhao.id


async def test_matters_of_two_bodies_are_not_linked(world: World) -> None:
    _, one, _ = await pair(world)
    owners, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    elsewhere = await proposed(owners, world.lan)
    with pytest.raises(Unfit, match="同一个会议"):
        await merge(one.id, elsewhere.id, WHY, by=world.clerk, at=NOON)
    with pytest.raises(Hidden):
        await merge(one.id, 999, WHY, by=world.clerk, at=NOON)


def test_a_long_way_round_is_still_a_circle() -> None:
    ways = {n: [n + 1] for n in range(1000)}
    assert reaches(ways, 0, 1000)
    assert not reaches(ways, 1000, 0)
    assert reaches(ways, 5, 5)


async def test_a_merged_matter_is_not_screened(world: World) -> None:
    _, one, other = await pair(world)
    await merge(one.id, other.id, WHY, by=world.clerk, at=NOON)
    with pytest.raises(MovedOn):
        await screening.accept(one.id, by=world.clerk, at=NOON)
