"""What anybody may know."""

from datetime import timedelta

from deliberation.ballot.decide import Outcome
from deliberation.ballot.votes import Choice
from deliberation.outcome.queries import Figures, decided, figures
from tests.deliberation.stage import AFTER, body_of, counted, opened, proposed, settle, vote
from tests.world import World


async def test_the_figures_count_what_happened_this_year(world: World) -> None:
    people = await settle(world, 6)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    assert await figures(None, world.community.id, at=AFTER) == Figures(1, 0, 0, 1)
    await vote(ballot, people, Choice.YES)
    result = await counted(world, ballot)
    await proposed(body, world.lan)
    assert await figures(None, world.community.id, at=AFTER) == Figures(2, 1, 1, 0)
    assert await figures(None, 999, at=AFTER) == Figures(0, 0, 0, 0)
    assert await figures(None, None, at=AFTER + timedelta(days=300)) == Figures(0, 0, 0, 0)
    assert [(each.id, each.outcome) for each in (await decided(None, world.community.id))[0]] == [
        (result.id, Outcome.PASSED)
    ]
