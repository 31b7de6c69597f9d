"""The list read by SQL says what the list read through Tortoise says."""

from datetime import timedelta

import pytest

from community.people.models import Person
from deliberation.matter.models import Matter
from deliberation.matter.queries import Shelf, listed
from deliberation.matter.quick_queries import Listed
from deliberation.matter.quick_queries import listed as quick
from deliberation.matter.states import State
from tests.deliberation.stage import body_of, proposed
from tests.world import NOON, World

SHELVES = [None, *Shelf]


async def several(world: World) -> list[Person | None]:
    """Propose more than a page in every state, hide some, and return who reads."""
    body, _ = await body_of(world)
    for n, state in enumerate([*State] * 3):
        matter = await proposed(body, world.residents[n % 4])
        hidden = NOON if n % 5 == 0 else None
        public = None if state is State.DRAFT else NOON
        due = NOON + timedelta(days=n, microseconds=n) if n % 2 else None
        await Matter.filter(id=matter.id).update(state=state, public_at=public, hidden_at=hidden, due_at=due)
    return [None, world.lan, world.clerk, world.stranger]


def shown(matter: Matter) -> Listed:
    """Return what a list shows of a matter."""
    return Listed(
        matter.id,
        matter.title,
        matter.body.name,
        matter.state,
        matter.seconded,
        matter.threshold,
        matter.due_at,
        bool(matter.hidden_at),
    )


async def test_it_says_the_same_to_everybody_on_every_shelf_and_page(world: World) -> None:
    total = 0
    for person in await several(world):
        for shelf in SHELVES:
            for place in (None, world.community.id, world.community.id + 99):
                for before, newest in ((None, 50), (None, 5), (30, 7), (1, 50)):
                    plain, key = await listed(person, place, shelf=shelf, before=before, newest=newest)
                    rows, next_key = await quick(person, place, shelf=shelf, before=before, newest=newest)
                    assert (rows, next_key) == ([shown(each) for each in plain], key)
                    total += len(rows)
    assert total > 1000


@pytest.mark.parametrize("before", [2**31, 10**30])
async def test_a_page_beyond_every_number_is_the_first(world: World, before: int) -> None:
    await several(world)
    assert await quick(None, None, before=before) == await quick(None, None)
