"""Shared fixtures: an empty migrated database, the cast of ``tests/world.py``, the application and a client."""

from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from community.privacy import vault
from community.record.transaction import drain
from tests import engines
from tests.clock import TestClock
from tests.marks import pytest_collection_modifyitems
from tests.scene import EVENING, Scene
from tests.staged import Staged
from tests.world import NOON, World
from web.app import create_app
from web.clock import Clock
from web.database import close_database, open_database
from web.settings import Settings, ring_of

__all__ = ["pytest_collection_modifyitems"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests on asyncio only: the database drivers know no other."""
    return "asyncio"


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Engine]:
    """Give the engine under test, with its migrated template."""
    with engines.engine(tmp_path_factory.mktemp("template")) as chosen:
        yield chosen


@pytest.fixture(scope="session")
def settled(engine: engines.Engine, tmp_path_factory: pytest.TempPathFactory) -> engines.Settled:
    """Give the neighbourhood, built once."""
    return engines.Settled(engine, tmp_path_factory.mktemp("settled"))


@pytest.fixture(scope="session")
def staged(engine: engines.Engine, settled: engines.Settled, tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """Give the neighbourhood in the middle of things, played once."""
    return Staged(engine, settled, tmp_path_factory.mktemp("staged"))


@pytest.fixture
def database_url(engine: engines.Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a migrated database: empty, with a neighbourhood, or with one in the middle of things."""
    url = engine.copy(_like(engine, tmp_path, request), tmp_path)
    yield url
    engine.drop(url)


def _like(engine: engines.Engine, folder: Path, request: pytest.FixtureRequest) -> str:
    wanted = set(request.fixturenames)
    if "played" in wanted:
        staged: Staged = request.getfixturevalue("staged")
        staged.lay_out(folder)
        return staged.url
    if wanted & {"world", "town"}:
        settled: engines.Settled = request.getfixturevalue("settled")
        return settled.url
    return engine.empty


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[str]:
    """Give an open empty database, for tests that need no web."""
    vault.install(ring_of(Settings()))
    await open_database(database_url)
    yield database_url
    await drain()
    await close_database()


@pytest.fixture
def world(database: str, settled: engines.Settled) -> World:
    """Give a small neighbourhood with its cast, for tests that need no web."""
    return settled.world()


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands at `NOON`; ``clock.move(timedelta(days=15))`` moves it."""
    return TestClock(shift=timedelta(0))


@pytest.fixture
async def app(database_url: str, tmp_path: Path, clock: Clock) -> AsyncGenerator[Starlette]:
    """Give the whole application on an empty database; the courier works only when called."""
    settings = Settings(database=database_url, home=str(tmp_path), secret="test")
    made = create_app(settings, clock=clock, courier=False)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
def town(app: Starlette, settled: engines.Settled) -> World:
    """Give the neighbourhood inside the running application."""
    return settled.world()


@pytest.fixture
def played(app: Starlette, staged: Staged) -> Scene:
    """Give the neighbourhood in the middle of things inside the running application, whose clock stands there."""
    app.state.clock.move(EVENING - NOON)
    return staged.scene()


@pytest.fixture
async def client(app: Starlette) -> AsyncGenerator[httpx2.AsyncClient]:
    """Give a client that keeps cookies but does not follow redirects."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as made:
        yield made


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return an instant in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
