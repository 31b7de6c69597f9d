"""Opening one database after another in the same process."""

from tortoise.backends.base.executor import EXECUTOR_CACHE

from community.people.models import Person
from tests.world import World
from web.database import close_database, open_database


async def test_what_was_learned_of_the_database_before_is_forgotten(world: World) -> None:
    key = ("default", Person._meta.schema, Person._meta.db_table)
    await world.lan.refresh_from_db()
    assert key in EXECUTOR_CACHE
    await close_database()
    await open_database("sqlite://:memory:")
    assert key not in EXECUTOR_CACHE
