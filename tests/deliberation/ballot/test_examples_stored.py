"""The worked examples again, this time from rows: generated rolls, votes through commands, the stored result."""

import json

import pytest

from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from deliberation.ballot.announcing import Plan
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Result
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from tests.deliberation.stage import CLOSES, OPENS, Settled, body_of, counted, empty, opened, own, settle, vote
from tests.world import World

MAJOR = Plan(weight=Weight.MAJOR, effect=Effect.BINDING, opens_on=OPENS, closes_on=CLOSES)
GENERAL = Plan(weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=OPENS, closes_on=CLOSES)

OWNERS = (BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)


def lines(result: Result) -> list[tuple[int, int]]:
    return [(line["numerator"], line["denominator"]) for line in json.loads(result.decision)["lines"]]


async def run(
    world: World, people: list[Settled], plan: Plan, split: tuple[int, int, int], kind: tuple[BodyKind, Basis] = OWNERS
) -> Result:
    """Let the first vote yes, the next no, the next abstain, and count."""
    body, roll = await body_of(world, *kind)
    ballot = await opened(world, body, roll, [each.person for each in people], plan)
    yes, no, abstain = split
    await vote(ballot, people[:yes], Choice.YES)
    await vote(ballot, people[yes : yes + no], Choice.NO)
    await vote(ballot, people[yes + no : yes + no + abstain], Choice.ABSTAIN)
    result = await counted(world, ballot)
    published = await Event.get(kind="matter.publish")
    assert facts_of(published)["seal"] == result.seal
    return result


@pytest.mark.parametrize(
    ("plan", "split", "outcome", "heads"),
    [
        (GENERAL, (101, 99, 0), Outcome.PASSED, [(200, 300), (101, 200)]),  # E1
        (GENERAL, (100, 100, 0), Outcome.REJECTED, [(200, 300), (100, 200)]),  # E2
        (MAJOR, (150, 50, 0), Outcome.PASSED, [(200, 300), (150, 200)]),  # E3
        (GENERAL, (199, 0, 0), Outcome.NO_QUORUM, [(199, 300), (199, 199)]),  # E4
        (GENERAL, (100, 60, 45), Outcome.REJECTED, [(205, 300), (100, 205)]),  # E6, by abstentions
    ],
)
async def test_three_hundred_equal_homes(
    world: World, plan: Plan, split: tuple[int, int, int], outcome: Outcome, heads: list[tuple[int, int]]
) -> None:
    await empty(world)
    people = await settle(world, 300)
    for number, each in enumerate(people):
        await own(world, [each], area=10_000, prefix=f"h{number}-")
    result = await run(world, people, plan, split)
    assert result.outcome is outcome
    assert [pair for pair in lines(result) if pair[1] < 10_000] == heads
    assert [(n // 10_000, d // 10_000) for n, d in lines(result) if d >= 10_000] == heads


@pytest.mark.parametrize(
    ("small", "shops", "outcome"),
    [(90, None, Outcome.NO_QUORUM), (90, Choice.YES, Outcome.PASSED), (90, Choice.NO, Outcome.REJECTED)],
)
async def test_one_big_owner_weighs_by_area_and_is_one_head(
    world: World, small: int, shops: Choice | None, outcome: Outcome
) -> None:
    """E5a, b, c."""
    await empty(world)
    people = await settle(world, 101)
    for number, each in enumerate(people[:98]):
        await own(world, [each], area=5000, prefix=f"h{number}-")
    await own(world, [people[98]], area=20000, count=30, prefix="s")
    await own(world, area=10000, count=15, developer=True, prefix="d")
    await own(world, [people[0]], area=10000, count=5, delivered=False, prefix="u")
    await own(world, people[99:101], area=9000, prefix="c")
    body, roll = await body_of(world, *OWNERS)
    ballot = await opened(world, body, roll, [each.person for each in people], GENERAL)
    await vote(ballot, people[:small], Choice.YES)
    if shops:
        await vote(ballot, [people[98]], shops)
    result = await counted(world, ballot)
    assert result.outcome is outcome
    assert lines(result)[0][1] == 101
    assert lines(result)[1] == ((4500_00 if shops is None else 10500_00), 12990_00)


@pytest.mark.parametrize(
    ("adults", "split", "outcome"),
    [(2001, (501, 500, 0), Outcome.PASSED), (2000, (501, 499, 0), Outcome.NO_QUORUM)],
)
async def test_a_residents_assembly_needs_more_than_half(
    world: World, adults: int, split: tuple[int, int, int], outcome: Outcome
) -> None:
    """R1, and one adult fewer."""
    await empty(world)
    people = await settle(world, adults)
    result = await run(world, people, GENERAL, split, (BodyKind.RESIDENTS_ASSEMBLY, Basis.RESIDENTS))
    assert result.outcome is outcome
    assert lines(result)[0] == (sum(split), adults)


@pytest.mark.parametrize(
    ("members", "split", "outcome"),
    [
        (60, (21, 19, 0), Outcome.PASSED),
        (60, (20, 19, 1), Outcome.REJECTED),
        (61, (40, 0, 0), Outcome.NO_QUORUM),
        (61, (41, 0, 0), Outcome.PASSED),
    ],
)
async def test_a_delegates_assembly_needs_two_thirds_of_its_members(
    world: World, members: int, split: tuple[int, int, int], outcome: Outcome
) -> None:
    """R2."""
    people = await settle(world, members, roles=(Role.DELEGATE,))
    result = await run(world, people, GENERAL, split, (BodyKind.DELEGATES_ASSEMBLY, Basis.DELEGATES))
    assert result.outcome is outcome
    assert lines(result) == [(sum(split), members), (split[0], sum(split))]
