"""The same home votes twice at once, on the site, on paper and by code: one vote is left, whoever was first."""

from bench.races import apart, furnish, here, race_all
from tests import engines
from tests.world import World

ROUNDS = 39


async def test_one_vote_is_left_of_every_race_between_two_tasks(world: World) -> None:
    found = await race_all(await furnish(world), ROUNDS, here())
    assert found.wrong == []
    assert found.taken[0] == ROUNDS, "the first side votes on the site, where nothing stands in its way"
    assert found.taken[1] > ROUNDS // 2


async def test_and_between_two_processes_where_the_database_has_room_for_two(
    world: World, database: str, engine: engines.Engine
) -> None:
    stage = await furnish(world)
    two = isinstance(engine, engines.Postgres)
    found = await (apart(database, stage, ROUNDS) if two else race_all(stage, ROUNDS, here(), seed=2))
    assert found.wrong == []
    assert min(found.taken) > ROUNDS // 2
