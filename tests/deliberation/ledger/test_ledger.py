"""The ledger of papers: put in after commit, signed, proved, told apart from a ledger that was changed."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Hidden, Unfit
from community.privacy.signing import is_signed, public_key
from community.record.models import Event
from deliberation.ballot import casting, merkle, queries
from deliberation.ballot.merkle import grown, leaf_hash, root, top
from deliberation.ballot.models import Ballot, Paper
from deliberation.ballot.votes import Choice
from deliberation.ledger import commands as ledger
from deliberation.ledger import queries as ledgers
from deliberation.ledger.models import BallotLog, Checkpoint, LogLeaf, PaperWaiting
from deliberation.ledger.rules import PROMISE, pseudonym
from tests.deliberation.stage import AFTER, VOTING, body_of, opened, settle, tick, vote
from tests.world import World


@given(st.integers(0, 70))
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_tree_built_at_once(size: int) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    peaks: list[bytes] = []
    for n, leaf in enumerate(leaves):
        peaks = grown(peaks, n, leaf)
    assert top(peaks) == root(leaves)


def test_a_pseudonym_is_of_one_ballot_and_joins_like_the_key() -> None:
    assert pseudonym("a", "7") != pseudonym("b", "7")
    assert pseudonym("a", "7+12").split("+") == sorted([pseudonym("a", "7"), pseudonym("a", "12")])
    assert pseudonym("a", "developer") == "developer"


async def running(world: World, count: int = 5) -> Ballot:
    people = await settle(world, count)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    return ballot


async def test_the_opening_signs_an_empty_ledger_that_binds_rule_and_roll(world: World) -> None:
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    last, log = await ledgers.latest(ballot.id), await ledgers.log_of(ballot.id)
    assert last
    told = ledgers.told(log, last)
    assert (last.size, last.root, log.rule_hash) == (0, root([]).hex(), ballot.rule_hash)
    assert is_signed(str(told["text"]), last.signature, public_key())
    assert not is_signed(str(told["text"]).replace("\n0\n", "\n1\n"), last.signature, public_key())


async def test_papers_wait_and_are_put_in_once_and_signed_within_the_promise(world: World) -> None:
    ballot = await running(world)
    assert await PaperWaiting.all().count() == 5
    assert await ledger.sequence(at=VOTING, limit=3) == 4  # three leaves and a checkpoint
    assert await ledger.sequence(at=VOTING) == 2
    assert await ledgers.leaves(ballot.id) == await ledgers.leaves(ballot.id, limit=3)
    soon = VOTING + ledger.REST
    assert soon + timedelta(seconds=5) < VOTING + PROMISE
    assert await ledger.sequence(at=soon) == 1
    assert await ledger.sequence(at=soon) == 0
    assert len(await ledgers.leaves(ballot.id)) == await LogLeaf.all().count() == 5
    assert await PaperWaiting.all().count() == 0


async def test_two_couriers_put_every_paper_in_once(world: World) -> None:
    ballot = await running(world, 8)
    await asyncio.gather(*[ledger.sequence(at=VOTING, limit=3) for _ in range(4)])
    await ledger.sequence(at=VOTING)
    numbers = await LogLeaf.filter(ballot_id=ballot.id).order_by("number").values_list("number", flat=True)
    assert [int(str(each)) for each in numbers] == list(range(8))


async def test_the_close_puts_in_what_waits_and_signs_it(world: World) -> None:
    ballot = await running(world)
    await tick(AFTER)
    last = await ledgers.latest(ballot.id)
    assert last
    assert (last.size, await PaperWaiting.all().count()) == (5, 0)
    assert await ledgers.begins_with(ballot.id, 5, last.root)


async def test_a_voter_gets_a_promise_and_then_a_proof(world: World) -> None:
    ballot = await running(world)
    paper = await Paper.all().select_related("vote__head").first()
    assert paper
    promised = await ledgers.promised(paper)
    assert promised
    text = f"heyi/promise\nballot-{ballot.id}\n{promised.leaf}\n{promised.by}\n"
    assert is_signed(text, promised.signature, promised.key)
    assert await ledgers.proof_of(paper) is None
    await ledger.sequence(at=VOTING)
    proof = await ledgers.proof_of(paper)
    assert proof
    assert (proof.leaf, proof.sound) == (promised.leaf, True)
    with pytest.raises(Hidden):
        await ledgers.inclusion(ballot.id, "00" * 32)


async def test_consistency_is_proved_between_signed_sizes_only(world: World) -> None:
    ballot = await running(world)
    await ledger.sequence(at=VOTING, limit=3)
    await tick(AFTER)
    first, last = await Checkpoint.get(size=3), await ledgers.latest(ballot.id)
    assert last
    path = [bytes.fromhex(each) for each in await ledgers.consistency(ballot.id, 3, 5)]
    assert merkle.extends(3, bytes.fromhex(first.root), 5, bytes.fromhex(last.root), path)
    assert await ledgers.consistency(ballot.id, 0, 5) == []
    for wrong in ((4, 3), (3, 6)):
        with pytest.raises(Unfit):
            await ledgers.consistency(ballot.id, *wrong)


async def test_a_changed_leaf_is_noticed(world: World) -> None:
    ballot = await running(world)
    await tick(AFTER)
    last = await ledgers.latest(ballot.id)
    assert last
    await LogLeaf.filter(number=2).update(hash="00" * 32)
    assert not await ledgers.begins_with(ballot.id, last.size, last.root)


async def test_no_event_tells_the_salt_or_the_mask(world: World) -> None:
    ballot = await running(world)
    mine = (await queries.mine(world.lan, ballot))[0]
    await casting.cast(ballot.id, mine.head_id, Choice.NO, by=world.lan, at=VOTING)
    secrets = [paper.salt for paper in await Paper.all()] + [(await BallotLog.get()).mask]
    assert len(set(secrets)) == 7
    assert not [event for event in await Event.all() for secret in secrets if secret in event.body]
