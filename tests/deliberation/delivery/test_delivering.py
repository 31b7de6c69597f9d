"""Service: who was reached, how, with what proof, and what it does to the count."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.ballot import counting, extending
from deliberation.ballot.compare import Switch
from deliberation.ballot.models import Ballot
from deliberation.ballot.roll import How
from deliberation.ballot.votes import Choice
from deliberation.delivery import commands, queries
from deliberation.delivery.models import BallotDelivery
from deliberation.delivery.rules import Round
from tests.deliberation.stage import AFTER, VOTING, Settled, counted, empty, scan, settle, tick, vote
from tests.web.deliberation.ballot.examples import (
    GENERAL,
    ROUND,
    heads_of,
    homes,
    open_one,
    read_as,
)
from tests.world import World


async def started(world: World, *switches: Switch) -> tuple[Ballot, list[Settled], list[int]]:
    await empty(world)
    people = await settle(world, 10)
    await homes(world, people, area=100_00)
    ballot = await open_one(world, [each.person for each in people], read_as(GENERAL, *switches))
    return ballot, people, await heads_of(ballot, people)


async def test_a_round_sent_twice_is_written_down_once(world: World) -> None:
    ballot, _, heads = await started(world, Switch.ABSTAIN)
    made = replace(ROUND, heads=tuple(heads[:3]))
    assert await commands.deliver(ballot.id, made, by=world.clerk, at=VOTING) == 3
    assert await commands.deliver(ballot.id, made, by=world.clerk, at=VOTING) == 0
    assert await BallotDelivery.filter(ballot_id=ballot.id).count() == 3
    told = facts_of(await Event.filter(kind="ballot.served").order_by("id").first() or pytest.fail("nothing told"))
    assert (told["heads"], told["how"]) == (heads[:3], "signed")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"heads": ()}, "heads"),
        ({"heads": (987654,)}, "heads"),
        ({"how": How.LOGIN}, "how"),
        ({"served_at": VOTING + timedelta(days=1)}, "served_at"),
        ({"served_at": VOTING - timedelta(days=90)}, "served_at"),
        ({"note": "长" * 201}, "note"),
    ],
)
async def test_what_cannot_be_written_down(world: World, wrong: dict[str, object], field: str) -> None:
    ballot, _, heads = await started(world, Switch.ABSTAIN)
    made: Round = replace(replace(ROUND, heads=tuple(heads[:1])), **wrong)  # type: ignore[arg-type]  # by field
    with pytest.raises(Unfit) as why:
        await commands.deliver(ballot.id, made, by=world.clerk, at=VOTING)
    assert why.value.field == field
    with pytest.raises(Forbidden):
        await commands.deliver(ballot.id, replace(ROUND, heads=tuple(heads[:1])), by=world.lan, at=VOTING)


async def test_from_many_wants_proof_and_a_warning_for_each_head(world: World) -> None:
    ballot, people, heads = await started(world, Switch.MAJORITY)
    await vote(ballot, people[:4], Choice.YES)
    bare = replace(ROUND, heads=(heads[4],), batch="bare-bare")
    silent = replace(ROUND, heads=(heads[5],), batch="no-warning", warned=False)
    good = replace(ROUND, heads=(heads[6],), batch="good-good")
    refused = replace(ROUND, heads=(heads[7],), batch="refused-1", how=How.REFUSED)
    await commands.deliver(ballot.id, bare, by=world.clerk, at=VOTING)
    await commands.deliver(ballot.id, silent, files=[await scan(world.clerk)], by=world.clerk, at=VOTING)
    await commands.deliver(ballot.id, good, files=[await scan(world.clerk)], by=world.clerk, at=VOTING)
    await commands.deliver(ballot.id, refused, by=world.clerk, at=VOTING)
    assert await commands.seen(ballot.id, by=people[8].person, at=VOTING) == 1
    assert await commands.seen(ballot.id, by=people[8].person, at=VOTING) == 0
    whole = (await queries.rounds(ballot))[-1]
    assert (whole.voted, whole.served, whole.failed, whole.waiting) == (4, 2, 1, 4)
    await tick(AFTER)
    found = await counting.count_again(await Ballot.get(id=ballot.id))
    assert (found.tally.silent.heads, found.tally.silent_as) == (2, Choice.YES)
    assert len(found.tally.refused) == 1
    assert [(line.numerator, line.denominator) for line in found.decision.lines][::2] == [(6, 10), (6, 6)]


async def test_an_entry_is_struck_out_with_a_reason_and_stays_readable(world: World) -> None:
    ballot, people, heads = await started(world, Switch.ABSTAIN)
    await commands.deliver(ballot.id, replace(ROUND, heads=(heads[9],)), by=world.clerk, at=VOTING)
    row = await BallotDelivery.get(ballot_id=ballot.id)
    with pytest.raises(Unfit):
        await commands.strike(row.id, "错", by=world.clerk, at=VOTING)
    await commands.strike(row.id, "送错了门，是隔壁。", by=world.clerk, at=VOTING)
    with pytest.raises(MovedOn):
        await commands.strike(row.id, "送错了门，是隔壁。", by=world.clerk, at=VOTING)
    assert await queries.counted(ballot) == []
    assert (await BallotDelivery.get(id=row.id)).struck_why == "送错了门，是隔壁。"
    assert await commands.deliver(ballot.id, replace(ROUND, heads=(heads[9],)), by=world.clerk, at=VOTING) == 1
    await vote(ballot, people[:9], Choice.YES)
    result = await counted(world, ballot)
    assert '"deliveries"' in result.certificate
    with pytest.raises(Unfit):
        await commands.deliver(ballot.id, replace(ROUND, heads=(heads[0],)), by=world.clerk, at=AFTER)


async def test_the_close_is_put_off_once_as_the_notice_said_and_only_while_too_few_took_part(world: World) -> None:
    await empty(world)
    people = await settle(world, 10)
    await homes(world, people, area=100_00)
    ballot = await open_one(world, [each.person for each in people], replace(GENERAL, extend_days=7))
    with pytest.raises(Forbidden):
        await extending.extend(ballot.id, by=people[0].person, at=VOTING)
    await vote(ballot, people[:6], Choice.YES)
    await extending.extend(ballot.id, by=world.clerk, at=VOTING)
    later = await Ballot.get(id=ballot.id)
    assert later.closes_at - ballot.closes_at == timedelta(days=7)
    with pytest.raises(Unfit):
        await extending.extend(ballot.id, by=world.clerk, at=VOTING)
    await tick(AFTER)
    assert (await Ballot.get(id=ballot.id)).state.value == "open"
    await tick(AFTER + timedelta(days=7))
    assert (await Ballot.get(id=ballot.id)).state.value == "counting"


async def test_enough_is_enough_and_no_rule_no_extension(world: World) -> None:
    ballot, _, _ = await started(world)
    with pytest.raises(Unfit, match="没有定延长"):
        await extending.extend(ballot.id, by=world.clerk, at=VOTING)
