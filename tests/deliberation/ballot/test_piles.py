"""The piles that the database makes are what every paper read one by one says, whatever the rule makes of silence."""

import random
import secrets
from dataclasses import replace
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from community.codes import new_code
from community.errors import Unfit
from deliberation.ballot import count, counting, piles
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, Channel, Paper, Vote
from deliberation.ballot.roll import How
from deliberation.ballot.rules import DecisionRule, HeadKey, Participation, Silence
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.body.queries import counted_roll
from deliberation.delivery.models import BallotDelivery
from deliberation.delivery.queries import counted
from tests.deliberation.ballot.play import Town, begin, town_of
from tests.deliberation.stage import AFTER, VOTING, tick
from tests.world import World

ROLLS, DEEDS, SEED = 4, 40, 20260602
OWNERS = {str(unit): frozenset(names) for unit, names in enumerate(("A", "AB", "AB", "C", "", "DEF", "F"))}


async def hand(vote: Vote, voice: str, choice: Choice, *, spoilt: bool = False, ballot_id: int | None = None) -> None:
    """Put a paper straight into the rows, as no command would."""
    await Vote.filter(id=vote.id).update(papers=F("papers") + 1)
    await vote.refresh_from_db()
    await Paper.create(
        ballot_id=ballot_id or vote.ballot_id,
        vote=vote,
        order=vote.papers,
        choice=choice,
        voice=voice,
        channel=Channel.SITE,
        spoilt=spoilt,
        receipt=new_code(12),
        salt=secrets.token_hex(16),
        at=VOTING,
    )


async def serve(town: Town, ballot: Ballot, head_id: int, dice: random.Random) -> None:
    facts: dict[str, Any] = {"community_id": ballot.community_id, "ballot": ballot, "by": town.world.clerk}
    await BallotDelivery.create(
        **facts,
        head_id=head_id,
        how=dice.choice([*How, How.SIGNED, How.REFUSED]),
        sha256=dice.choice(["", "f" * 64]),
        meeting_id=dice.choice([None, 7]),
        warned=dice.random() < 2 / 3,
        batch=secrets.token_hex(8),
        served_at=VOTING,
        at=VOTING,
        struck_at=VOTING if dice.random() < 1 / 5 else None,
    )


def readings(rule: DecisionRule) -> list[DecisionRule]:
    """Return the rule under every meaning of silence, and with spoilt papers outside."""
    ways = frozenset({How.SIGNED, How.LOGIN, How.REFUSED})
    served = replace(rule, participation=Participation.SERVED, served_by=ways, silence=Silence.ABSTAIN)
    return [rule, served, replace(served, silence=Silence.MAJORITY), replace(rule, invalid_participates=False)]


async def one_deed(town: Town, ballot: Ballot, votes: list[Vote], dice: random.Random) -> None:
    vote = dice.choice(votes)
    if (turn := dice.random()) < 1 / 2:
        await serve(town, ballot, vote.head_id, dice)
    elif turn < 11 / 20:
        await Vote.filter(id=vote.id, set_aside_at=None).update(set_aside_at=AFTER)
    else:
        voice = dice.choice([vote.head.key, *vote.head.key.split("+")])
        await hand(vote, voice, dice.choice(list(Choice)), spoilt=dice.random() < 1 / 6)


async def test_piles_are_what_every_paper_says_on_any_roll_under_any_meaning_of_silence(world: World) -> None:
    dice, town = random.Random(SEED), await town_of(world)  # noqa: S311 - a play that can be repeated
    seen = set()
    for _ in range(ROLLS):
        owners = {str(unit): frozenset(dice.sample("ABCDEF", dice.randrange(4))) for unit in range(7)}
        ballot = (await begin(town, owners | {"0": frozenset("A")})).ballot
        votes = await Vote.filter(ballot_id=ballot.id).select_related("head")
        kept = await Ballot.get(id=ballot.id).select_related("body", "roll__body")
        for turn in range(DEEDS):
            await one_deed(town, ballot, votes, dice)
            if turn % 5:
                continue
            roll, served, cast = await counted_roll(kept.roll), await counted(kept), await counting.cast_votes(kept)
            for rule in readings(thaw(kept.rule_json)):
                found = await piles.counted(kept, kept.roll, kept.body, rule)
                assert found == count.tally(roll, served, cast, rule)
                seen |= {name for name in ("yes", "invalid", "silent") if getattr(found, name).heads}
                seen |= {word for word in ("refused", "superseded", "doubts", "silent_as") if getattr(found, word)}
    assert len(seen) == len(("yes", "invalid", "silent", "refused", "superseded", "doubts", "silent_as"))


async def test_the_database_refuses_strangers_and_the_same_head_twice(world: World) -> None:
    town = await town_of(world)
    before, play = await begin(town, OWNERS), await begin(town, OWNERS)
    vote = await Vote.get(ballot_id=play.ballot.id, head_id=play.heads["A+B"]).select_related("head")
    foreign = await RollHead.get(id=before.heads["C"])
    strange = (
        lambda: hand(vote, "somebody", Choice.YES),
        lambda: hand(vote, vote.head.key, Choice.YES, ballot_id=before.ballot.id),
        lambda: Vote.create(ballot=play.ballot, head=foreign),
        lambda: Vote.create(ballot=play.ballot, head=vote.head),
        lambda: serve(town, play.ballot, foreign.id, random.Random(SEED)),  # noqa: S311 - any delivery
    )
    for deed in strange:
        with pytest.raises(IntegrityError):
            async with in_transaction():
                await deed()
    assert await Paper.filter(ballot_id=play.ballot.id).count() == 0


async def test_tellers_confirm_only_what_both_ways_find(world: World) -> None:
    town = await town_of(world)
    play = await begin(town, OWNERS)
    assert await play.vote("C", "C", "yes", "site", 1) == "ok"
    await tick(AFTER)
    vote = Vote.filter(ballot_id=play.ballot.id, head_id=play.heads["C"])
    await vote.update(says="no")
    with pytest.raises(Unfit, match="分堆"):
        await counting.tell(play.ballot.id, by=world.clerk, at=AFTER)
    await vote.update(says="yes")
    assert await counting.tell(play.ballot.id, by=world.clerk, at=AFTER) is None


async def test_what_the_database_cannot_sort_is_counted_paper_by_paper(world: World) -> None:
    play = await begin(await town_of(world), OWNERS)
    rule = replace(thaw(play.ballot.rule_json), head_key=HeadKey.ANY_COMMON_OWNER)
    assert piles.can(play.ballot, thaw(play.ballot.rule_json))
    assert not piles.can(play.ballot, rule)
