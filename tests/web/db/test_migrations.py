"""The migration history as it stands on the engine under test."""

import sqlite3

import asyncpg

from web.database import config
from web.db import migrate


async def test_a_second_run_changes_nothing_and_nothing_is_pending(database_url: str) -> None:
    await migrate.run(config(database_url))
    assert not await migrate.pending(config(database_url))


async def test_references_are_restrictive(database_url: str) -> None:
    assert await rules(database_url) == {"RESTRICT"}


async def rules(url: str) -> set[str]:
    """Return what the database does to children when a parent goes."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite://")) as db:
            tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            return {row[6] for table in tables for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}
    connection = await asyncpg.connect(url)
    try:
        found = await connection.fetch("SELECT delete_rule FROM information_schema.referential_constraints")
        return {row[0] for row in found}
    finally:
        await connection.close()
