"""Thousands of random deeds against a pure model: every answer, every pile and every state must be the same.

``make drill-model`` plays 20,000 steps on either engine.
"""

import random
from collections import Counter

from deliberation.ballot import queries
from deliberation.ballot.votes import Choice
from tests.deliberation.ballot.model import Model
from tests.deliberation.ballot.play import begin, town_of
from tests.deliberation.ballot.steps import Match, play_on
from tests.world import World

SEED, STEPS = 20260601, 320


async def test_the_database_does_as_the_model_says(world: World) -> None:
    done = await play_on(world, random.Random(SEED), STEPS)  # noqa: S311 - a play that can be repeated
    assert done.total() >= STEPS
    assert {kind for deed, kind in done if deed == "close"} >= {"yes_no", "single", "seats", "approval"}
    assert {"vote", "transfer", "lend", "proxy", "read", "third", "close", "tell"} <= {deed for deed, _ in done}


async def test_owners_who_differed_and_then_signed_one_sheet_are_held_no_longer(world: World) -> None:
    town = await town_of(world)
    sole = {str(unit): frozenset(name) for unit, name in enumerate("AABDEF")}
    play = await begin(town, {**sole, "6": frozenset("CD")})
    head = play.heads["C+D"]
    await play.vote("C", "C+D", "yes", "site", 1)
    await play.vote("D", "C+D", "no", "site", 2)
    assert [vote.head_id for vote in await queries.held(play.ballot)] == [head]
    assert await queries.differs(play.ballot.id, head)
    for turn, who in enumerate("xy"):
        await play.read(who, "C+D", "yes", "C+D", 3, sure=False, now=4 + turn)
    assert await queries.held(play.ballot) == []
    assert not await queries.differs(play.ballot.id, head)
    for who in "CD":
        (mine,) = [one for one in await queries.mine(play.person(who), play.ballot) if one.head_id == head]
        assert not mine.held
        assert mine.spoken
        assert mine.spoken.choice is Choice.YES
    page, _ = await queries.named(play.ballot)
    assert [said for vote, said in page if vote.head_id == head] == [{Choice.YES}]


def test_a_model_that_differs_is_noticed() -> None:
    """A comparison that cannot fail proves nothing."""
    match = Match(Model({"A": 1, "B": 1}, closes=9), done=Counter())
    match.model.vote("A", "A", "yes", "site", 1)
    assert match.expected()["piles"]["yes"] == (1, 1)
    match.model.vote("A", "A", "no", "site", 2)
    assert match.expected()["piles"] == {"yes": (0, 0), "no": (1, 1), "abstain": (0, 0), "invalid": (0, 0)}
