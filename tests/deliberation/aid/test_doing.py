"""Seconding and commenting with help: once per head, on record, and never where the table forbids it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.helping import commands
from community.helping.models import Authorisation, Errand
from community.helping.queries import authorisation, figures, neighbours, proof_of
from community.helping.rules import BARS, MOST_A_DAY, Bar, Deed, Undone
from community.people.models import Holding
from community.places.models import Resident
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from community.timers.models import Timer
from deliberation.aid.doing import carry_out, help_now, help_once
from deliberation.aid.queries import helped_with
from deliberation.aid.undoing import take_back
from deliberation.body.models import RollVoice
from deliberation.debate.models import Comment
from deliberation.debate.quick_queries import said_about
from deliberation.matter import seconding
from deliberation.matter.confirming import retract
from deliberation.matter.models import Endorsement, Matter, Screening
from deliberation.matter.sheet_queries import sheet
from deliberation.matter.support import End
from tests.deliberation.aid.cast import Door, asked, at_the_door, neighbour, proof, worker_of
from tests.world import NOON, World


async def test_a_resident_without_an_account_seconds_with_help_and_it_counts_for_her_head(world: World) -> None:
    door = await at_the_door(world)
    before = door.matter.seconded
    made = await help_now(await asked(door), by=door.worker, at=NOON)
    await door.matter.refresh_from_db()
    given = await Endorsement.get(resident_id=door.granny.id)
    assert (given.person_id, given.aided, given.version) == (None, "grid-worker", 1)
    assert door.matter.seconded == before + 2  # the author's own and hers
    event = await Event.get(kind="help.done")
    facts = facts_of(event)
    assert (event.actor_id, event.for_id, facts["resident"]) == (door.worker.id, None, door.granny.code)
    assert (await Event.filter(kind="matter.endorse").order_by("-id").first()).actor_id == door.worker.id  # type: ignore[union-attr]
    assert await Timer.exists(kind="help.draw")
    assert made.role is Role.GRID_WORKER
    assert [(each.deed, each.role, each.undone) for each in await helped_with(door.matter)] == [
        (Deed.ENDORSE, Role.GRID_WORKER, None)
    ]


async def test_it_is_the_same_second_once_she_has_an_account(world: World) -> None:
    door = await at_the_door(world)
    await help_now(await asked(door), by=door.worker, at=NOON)
    await Resident.filter(id=door.granny.id).update(person_id=world.stranger.id)
    await Holding.create(person=world.stranger, role=Role.RESIDENT, place=world.community, since=NOON)
    mine = (await sheet(world.stranger, door.matter.id)).mine
    assert mine is not None
    assert mine.aided
    with pytest.raises(Unfit, match="已经附议过了"):
        await seconding.endorse(door.matter.id, by=world.stranger, at=NOON)
    await retract(door.matter.id, by=world.stranger, at=NOON)
    await seconding.endorse(door.matter.id, by=world.stranger, at=NOON)
    rows = await Endorsement.filter(matter_id=door.matter.id).exclude(person_id=world.lan.id)
    assert [(row.person_id, row.aided, row.ended) for row in rows] == [(world.stranger.id, "", None)]


async def test_somebody_with_an_account_is_named_in_the_record_and_takes_it_back_in_one_press(world: World) -> None:
    door = await at_the_door(world)
    door.granny = await Resident.get(person_id=world.xiu.id)
    made = await help_now(await asked(door, Deed.ENDORSE, Deed.COMMENT), by=door.worker, at=NOON)
    assert {each.for_id for each in await Event.filter(kind="help.done")} == {world.xiu.id}
    for errand in await Errand.filter(authorisation_id=made.id):
        await take_back(errand.code, by=world.xiu, at=NOON)
        with pytest.raises(MovedOn):
            await take_back(errand.code, by=world.xiu, at=NOON)
        with pytest.raises(Hidden):
            await take_back(errand.code, by=door.worker, at=NOON)
    await door.matter.refresh_from_db()
    assert door.matter.seconded == 1
    assert (await Endorsement.get(person_id=world.xiu.id)).ended is End.REVOKED
    assert (await Comment.get(author_id=world.xiu.id)).hidden_why == "aid"
    assert {each.undone for each in await helped_with(door.matter)} == {Undone.TAKEN_BACK}


async def test_a_comment_is_said_in_the_name_of_the_resident_and_marked(world: World) -> None:
    door = await at_the_door(world)
    await help_now(await asked(door, Deed.COMMENT), by=door.worker, at=NOON)
    (row,), _ = await said_about(door.matter)
    assert (row.author, row.aided, row.official) == ("王奶奶", "grid-worker", False)
    with pytest.raises(Unfit, match="刚刚替本人发过"):
        await help_now(await asked(door, Deed.COMMENT), by=door.worker, at=NOON)


async def test_what_cannot_be_done_whole_leaves_nothing(world: World) -> None:
    door = await at_the_door(world)
    with pytest.raises(Unfit):
        await help_now(await asked(door, Deed.ENDORSE, Deed.COMMENT, words="。"), by=door.worker, at=NOON)
    assert await Authorisation.all().count() == 0
    assert not await Endorsement.exists(resident_id=door.granny.id)


async def test_the_same_form_counts_once_however_often_it_comes(world: World) -> None:
    door = await at_the_door(world)
    given = await asked(door)
    made = [await help_once(given, by=door.worker, at=NOON) for _ in range(2)]
    assert made[0].id == made[1].id
    again = await asked(door, Deed.COMMENT)
    both = await asyncio.gather(*[help_once(again, by=door.worker, at=NOON) for _ in range(3)])
    assert len({each.id for each in both}) == 1
    assert await Comment.filter(resident_id=door.granny.id).count() == 1


async def test_a_helper_and_the_resident_at_once_are_one_head(world: World) -> None:
    door = await at_the_door(world)
    door.granny = await Resident.get(person_id=world.xiu.id)
    tries = (
        help_now(await asked(door), by=door.worker, at=NOON),
        seconding.endorse(door.matter.id, by=world.xiu, at=NOON),
    )
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, BaseException) for each in ended) == 1
    assert await Endorsement.filter(person_id=world.xiu.id).count() == 1
    await door.matter.refresh_from_db()
    assert door.matter.seconded == 2


async def test_two_helpers_at_once_are_one_head(world: World) -> None:
    door = await at_the_door(world)
    other = await worker_of(world, "小李")
    tries = (
        help_now(await asked(door), by=door.worker, at=NOON),
        help_now(await asked(door, helper=other), by=other, at=NOON),
    )
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in ended if isinstance(each, BaseException)] == [Unfit]
    assert await Endorsement.filter(resident_id=door.granny.id).count() == 1


async def test_an_authorisation_runs_out_and_is_taken_back(world: World) -> None:
    door = await at_the_door(world)
    late = await help_once(await asked(door), later=True, by=door.worker, at=NOON)
    errand = await Errand.get(authorisation_id=late.id)
    with pytest.raises(MovedOn, match="过期"):
        await carry_out(errand.code, by=door.worker, at=NOON + timedelta(days=1))
    with pytest.raises(Hidden):
        await carry_out(errand.code, by=world.clerk, at=NOON)
    await commands.withdraw(late.code, by=world.clerk, at=NOON)
    with pytest.raises(MovedOn, match="收回"):
        await carry_out(errand.code, by=door.worker, at=NOON)
    with pytest.raises(MovedOn):
        await commands.withdraw(late.code, by=world.clerk, at=NOON)
    week = await help_once(await asked(door, days=7), later=True, by=door.worker, at=NOON)
    errand = await Errand.get(authorisation_id=week.id)
    await carry_out(errand.code, by=door.worker, at=NOON + timedelta(days=7))
    with pytest.raises(MovedOn):
        await carry_out(errand.code, by=door.worker, at=NOON + timedelta(days=7))


async def _self(door: Door) -> None:
    await Resident.filter(id=door.granny.id).update(person_id=door.worker.id)


async def _author(door: Door) -> None:
    await Matter.filter(id=door.matter.id).update(author_id=door.worker.id)


async def _host(door: Door) -> None:
    await Screening.create(matter=door.matter, accepted=False, by=door.worker, at=NOON)


async def _too_many(door: Door) -> None:
    made = await help_once(await asked(door), later=True, by=door.worker, at=NOON)
    common: dict[str, Any] = {"community_id": made.community_id, "authorisation": made, "deed": Deed.ENDORSE}
    for number in range(MOST_A_DAY):
        await Errand.create(subject=f"matter-{1000 + number}", done_at=NOON, **common)


async def _co_owners(door: Door) -> None:
    head = (await RollVoice.get(resident_id=door.granny.id).select_related("head")).head
    other = await Resident.create(community_id=door.granny.community_id, name="共有人")
    await RollVoice.create(head=head, roll_id=head.roll_id, resident_id=other.id, key="x")


async def _gone(door: Door) -> None:
    await Resident.filter(id=door.granny.id).update(moved_out=NOON.date())


async def _nothing(_door: Door) -> None:
    """Leave everything as it is: the form itself is wanting."""


FORBIDDEN: dict[Bar, tuple[Callable[[Door], Awaitable[None]], dict[str, object]]] = {
    Bar.SELF: (_self, {}),
    Bar.AUTHOR: (_author, {}),
    Bar.HOST: (_host, {}),
    Bar.TOO_MANY: (_too_many, {}),
    Bar.CO_OWNERS: (_co_owners, {}),
    Bar.GONE: (_gone, {}),
    Bar.NOT_READ: (_nothing, {"read_aloud": False}),
    Bar.NO_PROOF: (_nothing, {"proof": ""}),
}
"""What stands in the way: how it comes about, and what the form lacks. The others have tests of their own."""


@pytest.mark.parametrize("bar", list(FORBIDDEN))
async def test_what_nobody_may_do(world: World, bar: Bar) -> None:
    door = await at_the_door(world)
    happens, more = FORBIDDEN[bar]
    await happens(door)
    given = await asked(door, **more)  # type: ignore[arg-type]
    with pytest.raises(BARS[bar][0]) as refused:
        await help_now(given, by=door.worker, at=NOON)
    assert refused.value.reason == BARS[bar][1]
    assert not await Endorsement.exists(resident_id=door.granny.id)


async def test_only_helpers_of_that_place_and_only_people_on_the_roll(world: World) -> None:
    door = await at_the_door(world)
    for person in (world.lan, world.supervisor, world.moderator, world.stranger):
        with pytest.raises(Forbidden):
            await help_now(await asked(door, helper=person), by=person, at=NOON)
        assert await neighbours(person, "王奶奶", at=NOON) == []
    door.granny = await neighbour(world, "新来的", 1)
    with pytest.raises(Forbidden, match="名册"):
        await help_now(await asked(door), by=door.worker, at=NOON)
    assert [row.name for row in await neighbours(door.worker, "302", at=NOON)] == ["阿兰", "王奶奶"]
    await Holding.filter(person_id=door.worker.id).update(until=NOON)
    with pytest.raises(Forbidden):
        await help_now(await asked(door), by=door.worker, at=NOON)


async def test_the_proof_is_for_the_office_the_overseer_and_the_resident_and_looking_is_recorded(
    world: World,
) -> None:
    door = await at_the_door(world)
    door.granny = await Resident.get(person_id=world.xiu.id)
    made = await help_now(await asked(door), by=door.worker, at=NOON)
    for person in (world.clerk, world.supervisor, world.xiu):
        await commands.open_proof(made.code, by=person, at=NOON)
    assert await Event.filter(kind="help.proof_opened").count() == 3
    for person in (door.worker, world.lan, world.moderator):
        with pytest.raises(Hidden):
            await proof_of(person, made.code, at=NOON)
    assert (await authorisation(door.worker, made.code, at=NOON)).id == made.id
    with pytest.raises(Hidden):
        await authorisation(world.lan, made.code, at=NOON)


async def test_somebody_elses_file_is_no_proof(world: World) -> None:
    door = await at_the_door(world)
    with pytest.raises(Unfit):
        await help_now(await asked(door, proof=await proof(world.lan)), by=door.worker, at=NOON)


async def test_small_numbers_are_not_published(world: World) -> None:
    door = await at_the_door(world)
    await help_now(await asked(door), by=door.worker, at=NOON)
    assert set((await figures(world.community.id)).values()) == {None}
