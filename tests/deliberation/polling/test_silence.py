"""A home that handed in a sheet is not silent, even when nobody can read it; and what its agent did goes after it."""

import json
from dataclasses import replace

import pytest

from community.errors import Unfit
from community.people.proof import Proof
from community.people.rules import Method
from deliberation.ballot import casting, counting, extending, queries
from deliberation.ballot.frozen import freeze, thaw
from deliberation.ballot.models import Ballot, BallotState, Paper
from deliberation.ballot.votes import Choice
from deliberation.delivery.queries import reached
from deliberation.mandate import commands as mandates
from deliberation.mandate.commands import Lent
from deliberation.polling import entering
from deliberation.polling import queries as polls
from deliberation.polling.entering import Read
from deliberation.polling.rules import Fault, SheetState
from tests.deliberation.polling.box import HOUR, Box, boxed
from tests.deliberation.stage import AFTER, VOTING, counted, tick, vote
from tests.web.deliberation.ballot.examples import serve
from tests.world import World

PROOF = Proof(Method.PASSWORD)


@pytest.fixture
async def box(world: World) -> Box:
    return await boxed(world)


async def test_a_sheet_that_cannot_be_read_is_invalid_and_not_silent(box: Box) -> None:
    await serve(box.ballot, box.heads, box.world.clerk)
    await vote(box.ballot, box.people[:6], Choice.YES)
    found = await box.sheet(7, None)
    assert (found.state, found.fault, bool(found.receipt)) == (SheetState.INVALID, Fault.UNREADABLE, True)
    assert [one.voted for one in await reached(box.ballot) if one.head.id == box.heads[7]] == [True]
    tally = json.loads((await counted(box.world, box.ballot)).tally)
    assert {name: tally[name]["heads"] for name in ("yes", "no", "invalid", "silent")} == {
        "yes": 6,
        "no": 0,
        "invalid": 1,
        "silent": 3,
    }


async def took(box: Box, *, reads: bool) -> int:
    """Return how many have taken part, where papers that cannot be read take part or do not."""
    fresh = await Ballot.get(id=box.ballot.id)
    fresh.rule_json = freeze(replace(thaw(fresh.rule_json), invalid_participates=reads))
    return (await queries.turnout(fresh)).heads


async def test_it_may_be_put_right_until_the_close_and_takes_nothing_back(box: Box) -> None:
    await casting.cast(box.ballot.id, box.heads[0], Choice.NO, by=box.person(0), at=VOTING - HOUR)
    assert not (await box.sheet(0, None)).receipt, "an earlier vote stands"
    await box.sheet(1, None)
    assert [await took(box, reads=reads) for reads in (True, False)] == [2, 1]
    (door,) = [one for one in await polls.doors(box.world.clerk, box.ballot, "1号楼", at=VOTING) if one.unread]
    assert door.head.id == box.heads[1]
    (mine,) = await queries.mine(box.person(1), box.ballot)
    assert (mine.paper and mine.paper.spoilt, mine.held) == (True, False)
    await casting.cast(box.ballot.id, box.heads[1], Choice.YES, by=box.person(1), at=VOTING + HOUR)
    tally = (await counting.count_again(box.ballot)).tally
    assert (tally.yes.heads, tally.no.heads, tally.invalid.heads, tally.superseded) == (1, 1, 0, 1)
    missing = [one.head.id for one in await polls.doors(box.world.clerk, box.ballot, "1号楼", at=VOTING)]
    assert missing == sorted(box.heads[2:])


async def test_an_agent_who_was_faster_than_the_readers_does_not_overtake_the_sheet(box: Box) -> None:
    lent = Lent(head_id=box.heads[2], agent=box.person(9))
    given = await mandates.give(box.ballot.id, lent, PROOF, by=box.person(2), at=VOTING)
    at = VOTING + HOUR / 2
    await mandates.vote(box.ballot.id, {given.code: Choice.YES}, by=box.person(9), at=at)
    assert (await box.sheet(2, Choice.NO)).state is SheetState.CAST
    tally = (await counting.count_again(box.ballot)).tally
    assert (tally.yes.heads, tally.no.heads) == (0, 1)
    with pytest.raises(Unfit, match="本人已经自己投了"):
        await mandates.vote(box.ballot.id, {given.code: Choice.YES}, by=box.person(9), at=VOTING + 2 * HOUR)


async def test_an_agent_may_still_vote_for_a_home_whose_sheet_cannot_be_read(box: Box) -> None:
    lent = Lent(head_id=box.heads[3], agent=box.person(9))
    given = await mandates.give(box.ballot.id, lent, PROOF, by=box.person(3), at=VOTING)
    await box.sheet(3, None)
    await mandates.vote(box.ballot.id, {given.code: Choice.NO}, by=box.person(9), at=VOTING + 2 * HOUR)
    tally = (await counting.count_again(box.ballot)).tally
    assert (tally.no.heads, tally.invalid.heads) == (1, 0)


async def test_the_close_is_not_put_off_while_sheets_lie_unread(box: Box) -> None:
    await Ballot.filter(id=box.ballot.id).update(extend_days=3)
    read = Read(code=box.codes[box.heads[4]], choice=Choice.YES, received_at=VOTING)
    await entering.enter(box.ballot.id, read, "first", by=box.world.clerk, at=VOTING + HOUR)
    with pytest.raises(Unfit, match="没有录完"):
        await extending.extend(box.ballot.id, by=box.world.clerk, at=VOTING + HOUR)
    await entering.enter(box.ballot.id, read, "second", by=box.world.supervisor, at=VOTING + HOUR)
    later = await extending.extend(box.ballot.id, by=box.world.clerk, at=VOTING + 2 * HOUR)
    assert later.closes_at > box.ballot.closes_at


async def test_a_sheet_that_came_in_time_is_entered_after_the_close(box: Box) -> None:
    await tick(AFTER)
    assert (await Ballot.get(id=box.ballot.id)).state is BallotState.COUNTING
    await box.sheet(5, None)
    paper = await Paper.get(ballot_id=box.ballot.id)
    assert (paper.spoilt, paper.words) == (True, "invalid")
