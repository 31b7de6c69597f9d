"""Fresh databases for tests: a migrated template, copied for each test, on SQLite or on PostgreSQL.

``HEYI_TEST_ENGINE`` chooses (``sqlite`` by default); the whole suite runs once on each.
"""

import asyncio
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import asyncpg

from web.database import config
from web.db import migrate

ENGINE = os.environ.get("HEYI_TEST_ENGINE", "sqlite")


class Engine(Protocol):
    """Where fresh databases come from."""

    def fresh(self, folder: Path) -> str: ...

    def drop(self, url: str) -> None: ...


class Lite:
    """SQLite: copy the template file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        asyncio.run(migrate.run(config(f"sqlite://{self.template}")))

    def fresh(self, folder: Path) -> str:
        shutil.copy(self.template, folder / "heyi.db")
        return f"sqlite://{folder / 'heyi.db'}"

    def drop(self, url: str) -> None:
        """Leave the file to the temporary folder's end."""


class Postgres:
    """PostgreSQL: copy the template database."""

    def __init__(self, server: str) -> None:
        self.server = server.rsplit("/", 1)[0]
        self.template = f"heyi_{secrets.token_hex(6)}"
        asyncio.run(self._run(f'CREATE DATABASE "{self.template}"'))
        asyncio.run(migrate.run(config(f"{self.server}/{self.template}")))

    def fresh(self, folder: Path) -> str:  # noqa: ARG002 - a server needs no folder
        name = f"heyi_{secrets.token_hex(6)}"
        _apart(self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"'))
        return f"{self.server}/{name}"

    def drop(self, url: str) -> None:
        _apart(self._run(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)'))

    async def _run(self, sql: str) -> None:
        connection = await asyncpg.connect(f"{self.server}/postgres")
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


def _apart(work: object) -> None:
    """Run a coroutine in a thread of its own, whatever loop runs here."""
    thread = threading.Thread(target=asyncio.run, args=(work,))
    thread.start()
    thread.join()


@contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    """Give the engine that ``HEYI_TEST_ENGINE`` names."""
    if ENGINE == "postgres":
        from tests.services import postgres_server  # noqa: PLC0415 - only this engine needs a server

        with postgres_server() as server:
            made = Postgres(server)
            yield made
            made.drop(f"{made.server}/{made.template}")
    else:
        yield Lite(folder)
