"""What tellers find, and what co-owners who differ mean for it."""

from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Unfit
from community.people.models import Holding
from community.rights import Role
from deliberation.ballot import announcing, casting, counting, queries
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, Paper
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollVoice
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from deliberation.matter import hosting
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from tests.deliberation.ballot.test_voting import head
from tests.deliberation.stage import AFTER, VOTING, body_of, counted, opened, own, settle, tick
from tests.world import NOON, World


async def test_two_different_tellers_must_find_the_same(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    for person, choice in zip(world.residents, (Choice.YES, Choice.YES, Choice.YES, Choice.NO), strict=True):
        await casting.cast(ballot.id, await head(person, ballot), choice, by=person, at=VOTING)
    with pytest.raises(Unfit, match="还没有到"):
        await counting.tell(ballot.id, by=world.clerk, at=VOTING)
    await tick(AFTER)
    for nobody in (world.lan, world.moderator, world.stranger):
        with pytest.raises(Forbidden):
            await counting.tell(ballot.id, by=nobody, at=AFTER)
    assert await counting.tell(ballot.id, by=world.clerk, at=AFTER) is None
    assert await queries.result_of(ballot) is None
    with pytest.raises(Unfit, match="另一位"):
        await counting.tell(ballot.id, by=world.clerk, at=AFTER)
    result = await counting.tell(ballot.id, by=world.supervisor, at=AFTER)
    assert result is not None
    assert result.outcome is Outcome.PASSED
    with pytest.raises(Unfit, match="已经公布"):
        await counting.tell(ballot.id, by=world.supervisor, at=AFTER)
    fresh = await Ballot.get(id=ballot.id)
    assert (await counting.count_again(fresh)).certificate.seal == result.seal
    matter = await Matter.get(id=ballot.matter_id)
    assert matter.state is State.RESULT_NOTICE
    assert matter.due_at == result.shown_until


async def test_a_count_that_changed_between_the_tellers_is_noticed(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    for person in world.residents:
        await casting.cast(ballot.id, await head(person, ballot), Choice.YES, by=person, at=VOTING)
    await tick(AFTER)
    await counting.tell(ballot.id, by=world.clerk, at=AFTER)
    forged = await Paper.filter(ballot_id=ballot.id).first()
    assert forged is not None
    await Paper.filter(id=forged.id).update(choice=Choice.NO)
    with pytest.raises(Unfit, match="不一样"):
        await counting.tell(ballot.id, by=world.supervisor, at=AFTER)


async def test_an_author_never_counts_their_own_matter(world: World) -> None:
    await Holding.create(person=world.lan, role=Role.SUPERVISOR, place=world.community, since=NOON)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    await tick(AFTER)
    with pytest.raises(Forbidden, match="提议人"):
        await counting.tell(ballot.id, by=world.lan, at=AFTER)
    with pytest.raises(Forbidden, match="提议人"):
        await counting.at_table(ballot.id, world.lan, at=AFTER)


async def test_co_owners_who_differ_are_held_until_they_agree_or_the_tellers_decide(world: World) -> None:
    pair = await settle(world, 2)
    await own(world, pair, area=9000)
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    ballot = await opened(world, body, roll, [*world.residents, pair[0].person])
    both = (await RollVoice.filter(resident_id=pair[0].resident.id, roll_id=roll.id).get()).head_id
    for person in world.residents:
        await casting.cast(ballot.id, await head(person, ballot), Choice.YES, by=person, at=VOTING)
    await casting.cast(ballot.id, both, Choice.YES, by=pair[0].person, at=VOTING)
    await casting.cast(ballot.id, both, Choice.NO, by=pair[1].person, at=VOTING)
    await tick(AFTER)
    with pytest.raises(Unfit, match="不能公布"):
        await counting.tell(ballot.id, by=world.clerk, at=AFTER)
    (torn,) = await queries.held(await Ballot.get(id=ballot.id))
    assert torn.head_id == both
    with pytest.raises(Unfit) as why:
        await counting.set_aside(ballot.id, torn.id, "", by=world.clerk, at=AFTER)
    assert why.value.field == "why"
    await counting.set_aside(ballot.id, torn.id, "共有人当面商量不成，双方签了字。", by=world.clerk, at=AFTER)
    assert await queries.held(await Ballot.get(id=ballot.id)) == []
    await counting.tell(ballot.id, by=world.clerk, at=AFTER)
    result = await counting.tell(ballot.id, by=world.supervisor, at=AFTER)
    found = await counting.count_again(await Ballot.get(id=ballot.id))
    assert result is not None
    assert (result.outcome, found.tally.invalid.heads) == (Outcome.PASSED, 1)


async def test_co_owners_who_agree_are_one_head(world: World) -> None:
    pair = await settle(world, 2)
    await own(world, pair, area=9000)
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    ballot = await opened(world, body, roll, [*world.residents, pair[0].person])
    both = (await RollVoice.filter(resident_id=pair[0].resident.id, roll_id=roll.id).get()).head_id
    await casting.cast(ballot.id, both, Choice.NO, by=pair[0].person, at=VOTING)
    await casting.cast(ballot.id, both, Choice.YES, by=pair[0].person, at=VOTING)
    await casting.cast(ballot.id, both, Choice.YES, by=pair[1].person, at=VOTING)
    await tick(AFTER)
    found = await counting.count_again(await Ballot.get(id=ballot.id))
    assert (found.tally.yes.heads, found.tally.yes.area, found.tally.no.heads) == (1, 9000, 0)


async def test_a_result_stands_after_it_was_shown_and_too_few_may_be_called_again(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    result = await counted(world, ballot)
    assert result.outcome is Outcome.NO_QUORUM
    assert await tick(result.shown_until - timedelta(seconds=1)) == 0
    assert await tick(result.shown_until) == 1
    matter = await Matter.get(id=ballot.matter_id)
    assert matter.state is State.NO_QUORUM
    later = result.shown_until + timedelta(days=1)
    assert await hosting.reconvene(matter.id, by=world.clerk, at=later) is State.FINALISED
    plan = announcing.Plan(
        weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=date(2026, 8, 1), closes_on=date(2026, 8, 2)
    )
    again = await announcing.announce(matter.id, plan, by=world.clerk, at=later)
    assert (again.attempt, again.text_hash) == (2, ballot.text_hash)
