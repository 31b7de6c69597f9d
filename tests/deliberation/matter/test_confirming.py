"""Seconds after the meaning changed: confirmed, taken back, or lapsed by the clock; never lost without a record."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from community.errors import Forbidden, MovedOn, Refused, Unfit
from community.people.models import Person
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.body.models import Body
from deliberation.matter import confirming, drafting, hosting, screening, seconding
from deliberation.matter.meaning import Change
from deliberation.matter.models import Endorsement, Matter, MatterVersion
from deliberation.matter.states import State
from deliberation.matter.support import Stand, confirm_by, hours_to_confirm, stand
from tests.deliberation.stage import TEXT, body_of, declared, proposed, settle, tick
from tests.world import NOON, World

DEARER = replace(TEXT, cost="二十万元，各家分摊。")
WORDED = replace(TEXT, body="第一段，说清楚。\n\n第二段。")
HOUR = timedelta(hours=1)


async def seconded(world: World, *people: Person) -> Matter:
    """Propose by 阿兰 and let ``people`` second it."""
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    for person in people:
        await seconding.endorse(matter.id, by=person, at=NOON)
    return await Matter.get(id=matter.id)


async def test_new_words_with_the_old_meaning_keep_every_second(world: World) -> None:
    matter = await seconded(world, world.qiang)
    await drafting.revise(matter.id, WORDED, by=world.lan, at=NOON)
    matter = await Matter.get(id=matter.id)
    assert (matter.version, matter.seconded, matter.unconfirmed, matter.confirm_by) == (2, 2, 0, None)
    version = await MatterVersion.get(matter_id=matter.id, number=2)
    assert (version.change, version.signs) == (Change.WORDS, "")


async def test_a_new_meaning_asks_again_and_only_those_who_confirm_count(world: World) -> None:
    matter = await seconded(world, world.qiang, world.xiu)
    await drafting.revise(matter.id, DEARER, by=world.lan, at=NOON)
    matter = await Matter.get(id=matter.id)
    assert (matter.seconded, matter.unconfirmed, matter.confirm_by) == (1, 2, NOON + 24 * HOUR)
    assert (await MatterVersion.get(matter_id=matter.id, number=2)).signs == "cost"
    await confirming.confirm(matter.id, version=2, by=world.qiang, at=NOON + HOUR)
    with pytest.raises(Unfit):
        await confirming.confirm(matter.id, version=2, by=world.qiang, at=NOON + HOUR)
    await confirming.retract(matter.id, by=world.xiu, at=NOON + HOUR)
    matter = await Matter.get(id=matter.id)
    assert (matter.seconded, matter.unconfirmed, matter.confirm_by) == (2, 0, None)
    with pytest.raises(Forbidden):
        await confirming.confirm(matter.id, by=world.zhao, at=NOON)
    kinds = {event.kind: facts_of(event) for event in await Event.filter(subject=f"matter-{matter.id}")}
    assert kinds["matter.revise"]["asked"] == 2
    assert {"matter.confirm", "matter.retract"} <= set(kinds)


async def test_the_threshold_is_reached_by_those_who_count_alone(world: World) -> None:
    matter = await seconded(world, world.qiang, world.xiu)
    await drafting.revise(matter.id, DEARER, by=world.lan, at=NOON)
    assert await seconding.endorse(matter.id, by=world.zhao, at=NOON) is State.ENDORSING
    assert await confirming.confirm(matter.id, by=world.qiang, at=NOON) is State.ENDORSING
    assert await confirming.confirm(matter.id, by=world.xiu, at=NOON) is State.SCREENING


async def test_whoever_does_not_answer_lapses_by_the_clock_and_the_record_names_it(world: World) -> None:
    matter = await seconded(world, world.qiang, world.xiu)
    await drafting.revise(matter.id, DEARER, by=world.lan, at=NOON)
    await confirming.confirm(matter.id, by=world.xiu, at=NOON)
    await tick(NOON + 23 * HOUR)
    assert await Endorsement.filter(matter_id=matter.id).exclude(ended=None).count() == 0
    await tick(NOON + 25 * HOUR)
    gone = await Endorsement.get(matter_id=matter.id, person_id=world.qiang.id)
    event = await Event.get(kind="matter.unconfirmed")
    assert (gone.ended, facts_of(event)["endorsements"]) == ("lapsed", [gone.id])
    with pytest.raises(Unfit):
        await confirming.confirm(matter.id, by=world.qiang, at=NOON + 25 * HOUR)
    await seconding.endorse(matter.id, by=world.qiang, at=NOON + 26 * HOUR)
    assert (await Matter.get(id=matter.id)).seconded == 3


async def test_a_second_of_words_that_have_changed_is_refused(world: World) -> None:
    matter = await seconded(world)
    await drafting.revise(matter.id, WORDED, by=world.lan, at=NOON)
    with pytest.raises(MovedOn, match="刚刚改过"):
        await seconding.endorse(matter.id, version=1, by=world.qiang, at=NOON)
    await seconding.endorse(matter.id, version=2, by=world.qiang, at=NOON)
    await drafting.revise(matter.id, DEARER, by=world.lan, at=NOON)
    with pytest.raises(MovedOn, match="刚刚改过"):
        await confirming.confirm(matter.id, version=2, by=world.qiang, at=NOON)


async def test_a_second_may_be_taken_back_while_seconds_are_asked_for_and_not_after(world: World) -> None:
    matter = await seconded(world, world.qiang)
    await confirming.retract(matter.id, by=world.qiang, at=NOON)
    assert (await Matter.get(id=matter.id)).seconded == 1
    with pytest.raises(Unfit):
        await confirming.retract(matter.id, by=world.qiang, at=NOON)
    for person in (world.qiang, world.xiu, world.zhao):
        await seconding.endorse(matter.id, by=person, at=NOON)
    with pytest.raises(Unfit, match="附议已经结束"):
        await confirming.retract(matter.id, by=world.qiang, at=NOON)


async def test_the_end_of_the_period_leaves_time_to_confirm_or_the_change_is_refused(world: World) -> None:
    matter = await seconded(world, world.qiang)
    assert matter.due_at
    with pytest.raises(Unfit, match="剩下的时间不够"):
        await drafting.revise(matter.id, DEARER, by=world.lan, at=matter.due_at - 20 * HOUR)
    await drafting.revise(matter.id, WORDED, by=world.lan, at=matter.due_at - 20 * HOUR)
    assert (await Matter.get(id=matter.id)).version == 2


async def test_words_are_not_fixed_while_somebody_may_still_confirm(world: World) -> None:
    matter = await seconded(world, world.qiang, world.xiu, world.zhao)
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await screening.study(matter.id, NOON.date(), "同意提交议事。", by=world.moderator, at=NOON)
    await hosting.discuss(matter.id, NOON.date(), 12, "大家都来了，谈得很细。", by=world.clerk, at=NOON)
    await drafting.revise(matter.id, DEARER, declared=Change.MEANING, by=world.clerk, at=NOON)
    assert (await Matter.get(id=matter.id)).unconfirmed == 4
    with pytest.raises(Unfit, match="没有确认"):
        await hosting.finalise(matter.id, by=world.clerk, at=NOON)
    await confirming.confirm(matter.id, by=world.lan, at=NOON)
    await tick(NOON + 80 * HOUR)
    await declared(matter.id, world.lan, world.clerk)
    assert await hosting.finalise(matter.id, by=world.clerk, at=NOON + 80 * HOUR) is State.FINALISED
    assert (await Matter.get(id=matter.id)).seconded == 1


async def test_a_body_may_choose_the_hours(world: World) -> None:
    matter = await seconded(world, world.qiang)
    await Body.filter(id=matter.body_id).update(confirm_hours=72)
    await drafting.revise(matter.id, DEARER, by=world.lan, at=NOON)
    assert (await Matter.get(id=matter.id)).confirm_by == NOON + 72 * HOUR


def test_the_time_to_confirm_is_between_one_and_three_days() -> None:
    assert {hours_to_confirm(n, chosen) for n in range(1, 3000, 7) for chosen in range(0, 200, 5)} <= set(range(24, 73))
    assert confirm_by(NOON, 48, NOON + 30 * HOUR) == NOON + 30 * HOUR
    assert confirm_by(NOON, 48, NOON + 23 * HOUR) is None
    assert confirm_by(NOON, 48, None) == NOON + 48 * HOUR


# No sequence of deeds loses a second without a record

ENDED = {"matter.retract": Stand.RETRACTED, "matter.unconfirmed": Stand.LAPSED}


async def _deed(chance: random.Random, world: World, matter_id: int, people: list[Person], at: datetime) -> None:
    who, number = chance.choice(people), chance.randrange(1000)
    deeds = (
        lambda: seconding.endorse(matter_id, by=who, at=at),
        lambda: seconding.endorse(matter_id, by=who, at=at),
        lambda: confirming.confirm(matter_id, by=who, at=at),
        lambda: confirming.retract(matter_id, by=who, at=at),
        lambda: drafting.revise(
            matter_id, replace(TEXT, body=f"第一段{'好' * (number % 5)}。\n\n第二段。"), by=world.lan, at=at
        ),
        lambda: drafting.revise(matter_id, replace(TEXT, cost=f"{number} 元。"), by=world.lan, at=at),
        lambda: tick(at),
    )
    await chance.choice(deeds)()


async def _told(matter_id: int) -> dict[int, Stand]:
    """Return what the record alone says of each person's second."""
    numbers = {each.id: each.person_id for each in await Endorsement.filter(matter_id=matter_id)}
    known: dict[int, Stand] = {}
    for event in await Event.filter(subject=f"matter-{matter_id}").order_by("id"):
        facts, actor = facts_of(event), event.actor_id or 0
        if event.kind in ("matter.endorse", "matter.confirm"):
            known[actor] = Stand.COUNTS
        elif event.kind == "matter.retract":
            known[actor] = Stand.RETRACTED
        elif event.kind == "matter.unconfirmed":
            known |= {numbers[number]: Stand.LAPSED for number in list(facts["endorsements"])}  # type: ignore[call-overload]
        elif event.kind == "matter.revise" and facts["change"] == "meaning":
            asked = {who for who, was in known.items() if was is Stand.COUNTS and who != actor}
            known |= dict.fromkeys(asked, Stand.ASKED)
    return known


@pytest.mark.parametrize("seed", range(8))
async def test_the_record_alone_tells_what_became_of_every_second(world: World, seed: int) -> None:
    people = [each.person for each in await settle(world, 120)][:12]
    body, _ = await body_of(world)
    await Body.filter(id=body.id).update(seconds_percent=20, seconds_least=1)  # so that it is never enough
    matter, chance, at = await proposed(body, world.lan), random.Random(seed), NOON  # noqa: S311 - fixed examples
    for _ in range(45):
        at += timedelta(hours=chance.randrange(1, 14))
        try:
            await _deed(chance, world, matter.id, [*people, world.lan], at)
        except Refused:
            continue
    matter = await Matter.get(id=matter.id)
    rows = await Endorsement.filter(matter_id=matter.id)
    stands = {each.person_id: stand(each.version, each.ended, matter.meaning_since) for each in rows}
    assert stands == await _told(matter.id)
    assert matter.seconded == sum(one is Stand.COUNTS for one in stands.values())
    assert matter.unconfirmed == sum(one is Stand.ASKED for one in stands.values())
    assert bool(matter.confirm_by) == bool(matter.unconfirmed)
