"""Fresh databases for tests: a template, copied for each test, on SQLite or on PostgreSQL.

``HEYI_TEST_ENGINE`` chooses (``sqlite`` by default); the whole suite runs once on each. There are two templates: an
empty migrated one, and one with the neighbourhood of ``tests/world.py``, which is built once and not for each test.
"""

import asyncio
import os
import pickle
import secrets
import shutil
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

import asyncpg
from tortoise.apps import Apps

from community.privacy import vault
from community.record.transaction import drain
from tests.world import World, build
from web.database import close_database, config, open_database
from web.db import migrate
from web.settings import Settings, ring_of

ENGINE = os.environ.get("HEYI_TEST_ENGINE", "sqlite")
T = TypeVar("T")


class Engine(Protocol):
    """Where fresh databases come from."""

    empty: str
    """The address of a migrated database without rows."""

    def copy(self, url: str, folder: Path) -> str:
        """Return the address of a copy; a file lies in ``folder``."""

    def drop(self, url: str) -> None:
        """Throw a copy away."""

    def close(self) -> None:
        """Throw the templates away."""


class Lite:
    """SQLite: copy the template file."""

    def __init__(self, folder: Path) -> None:
        self.empty = f"sqlite://{folder / 'empty.db'}"
        asyncio.run(migrate.run(config(self.empty)))

    def copy(self, url: str, folder: Path) -> str:
        shutil.copy(url.removeprefix("sqlite://"), folder / "heyi.db")
        return f"sqlite://{folder / 'heyi.db'}"

    def drop(self, url: str) -> None:
        """Leave the file to the temporary folder's end."""

    def close(self) -> None:
        """Leave the files to the temporary folder's end."""


class Postgres:
    """PostgreSQL: copy the template database, by one connection that stays open on a loop of its own."""

    def __init__(self, server: str) -> None:
        self.server = server.rsplit("/", 1)[0]
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._turn = asyncio.Lock()
        self._desk = self._do(_connected(f"{self.server}/postgres")).result()
        self._made: list[str] = []
        self._dropping: list[Future[Any]] = []
        self.empty = self._create("TEMPLATE template1")
        apart(migrate.run(config(self.empty)))

    def copy(self, url: str, folder: Path) -> str:  # noqa: ARG002 - a server needs no folder
        # Copying files is half the work of logging each block, for a template as small as ours.
        return self._create(f'TEMPLATE "{_name(url)}" STRATEGY FILE_COPY')

    def drop(self, url: str) -> None:
        """Throw it away meanwhile: the next test need not wait for that."""
        self._dropping.append(self._do(self._run(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')))

    def close(self) -> None:
        for url in self._made:
            self.drop(url)
        for drop in self._dropping:
            with suppress(asyncpg.PostgresError):
                drop.result()
        self._do(self._desk.close()).result()

    def _create(self, like: str) -> str:
        name = f"heyi_{secrets.token_hex(6)}"
        self._do(self._run(f'CREATE DATABASE "{name}" {like}')).result()
        return f"{self.server}/{name}"

    async def _run(self, sql: str) -> None:
        async with self._turn:
            await self._desk.execute(sql)

    def _do(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)


class Settled:
    """The neighbourhood of ``tests/world.py`` in a database to be copied, and its cast."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.url = engine.copy(engine.empty, folder)
        self._cast = apart(self._settle())

    def world(self) -> World:
        """Return the cast, as fresh as after building it."""
        world: World = pickle.loads(self._cast)  # noqa: S301 - our own bytes
        return world

    async def _settle(self) -> bytes:
        vault.install(ring_of(Settings()))
        await open_database(self.url)
        cast = pickle.dumps(await build())
        await drain()
        await close_database()
        return cast


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own, whatever loop runs here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _connected(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url)


def _name(url: str) -> str:
    return url.rsplit("/", 1)[1]


class Filters:
    """Tortoise makes the filters of all models anew whenever a database is opened; for one driver they are the same."""

    def __init__(self) -> None:
        self._make = Apps._build_initial_querysets
        self._made_for: tuple[type, ...] = ()

    def install(self) -> None:
        """Make them again only when the driver or the models are others."""

        def once(apps: Apps) -> None:
            models = tuple(apps.get_models_iterable())
            wanted = (type(models[0]._meta.db), *models)
            if wanted != self._made_for:
                self._make(apps)
                self._made_for = wanted

        Apps._build_initial_querysets = once  # type: ignore[method-assign,assignment]


@contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    """Give the engine that ``HEYI_TEST_ENGINE`` names."""
    Filters().install()
    if ENGINE == "postgres":
        from tests.services import postgres_server  # noqa: PLC0415 - only this engine needs a server

        with postgres_server() as server:
            made = Postgres(server)
            yield made
            made.close()
    else:
        yield Lite(folder)
