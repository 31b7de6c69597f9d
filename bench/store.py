"""What the bare server keeps and reads, by each engine's own driver and nothing between."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import asyncpg

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS bare_vote ({id}, head INT, choice TEXT, receipt TEXT UNIQUE)",
    "CREATE TABLE IF NOT EXISTS bare_said ({id}, words TEXT)",
)
VOTE: Final = "INSERT INTO bare_vote (head, choice, receipt) VALUES ($1, $2, $3)"
SAY: Final = "INSERT INTO bare_said (words) VALUES ($1) RETURNING id"


class Store(Protocol):
    """Reads rows and keeps a vote or a message, each on disk when it answers."""

    async def open(self) -> None:
        """Connect and make the tables."""

    async def rows(self, sql: str, *values: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""

    async def vote(self, head: int, choice: str, receipt: str) -> None:
        """Keep a paper."""

    async def say(self, words: str) -> int:
        """Keep a message and return its number."""

    async def close(self) -> None:
        """Disconnect."""


class Lite:
    """SQLite: a copy of the app's file for reading, a file of its own for writing; in autocommit mode."""

    def __init__(self, folder: Path) -> None:
        self.reads = sqlite3.connect(f"file:{folder / 'bare.db'}?mode=ro", uri=True)
        self.writes = sqlite3.connect(folder / "bare-writes.db", isolation_level=None)

    async def open(self) -> None:
        """Make the tables."""
        for line in ("journal_mode=WAL", "synchronous=FULL"):
            self.writes.execute(f"PRAGMA {line}")
        for table in TABLES:
            self.writes.execute(table.format(id="id INTEGER PRIMARY KEY"))

    async def rows(self, sql: str, *values: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""
        return self.reads.execute(sql.replace("$", "?"), values).fetchall()

    async def vote(self, head: int, choice: str, receipt: str) -> None:
        """Keep a paper."""
        self.writes.execute(VOTE.replace("$", "?"), (head, choice, receipt))

    async def say(self, words: str) -> int:
        """Keep a message and return its number."""
        return int(self.writes.execute(SAY.replace("$", "?"), (words,)).fetchall()[0][0])

    async def close(self) -> None:
        """Disconnect."""
        self.reads.close()
        self.writes.close()


async def _as_it_was(_connection: object) -> None:
    """Leave nothing to undo: each statement was a transaction of its own."""


class Postgres:
    """PostgreSQL by asyncpg, each statement prepared once for each connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pool: Any = None

    async def open(self) -> None:
        """Connect and make the tables."""
        self.pool = await asyncpg.create_pool(self.url, reset=_as_it_was)
        for table in TABLES:
            await self.pool.execute(table.format(id="id BIGSERIAL PRIMARY KEY"))

    async def rows(self, sql: str, *values: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""
        found: Sequence[Sequence[Any]] = await self.pool.fetch(sql, *values)
        return found

    async def vote(self, head: int, choice: str, receipt: str) -> None:
        """Keep a paper."""
        await self.pool.execute(VOTE, head, choice, receipt)

    async def say(self, words: str) -> int:
        """Keep a message and return its number."""
        return int(await self.pool.fetchval(SAY, words))

    async def close(self) -> None:
        """Disconnect."""
        await self.pool.close()


def store(url: str, folder: Path) -> Store:
    """Return the store of an engine, named by the app's database."""
    return Lite(folder) if url.startswith("sqlite") else Postgres(url)
