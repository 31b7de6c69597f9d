"""Connections kept at hand beside asyncpg's pool: nobody starves, and none that is lost is used again."""

import asyncio

import pytest
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from community.record.reading import rows
from web.db import safe_asyncpg
from web.db.safe_asyncpg import SafeClient

MANY = 60


def client() -> SafeClient:
    found = get_connection("default")
    assert isinstance(found, SafeClient)
    return found


async def ask() -> int:
    return int((await rows("SELECT pg_backend_pid()"))[0][0])


async def test_readings_and_transactions_share_what_there_is_and_cancelled_ones_give_it_back(database: str) -> None:
    async def hold() -> None:
        async with in_transaction():
            await ask()

    async with asyncio.timeout(20):
        crowd = [asyncio.ensure_future(deed()) for _ in range(MANY) for deed in (ask, hold)]
        slow = [asyncio.ensure_future(rows("SELECT pg_sleep(60)")) for _ in range(MANY)]
        await asyncio.sleep(0.2)
        for each in slow:
            each.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        await asyncio.gather(*crowd)
        assert await ask()
    assert len(client()._at_hand) <= client().pool_maxsize


async def test_a_connection_that_was_lost_or_lay_too_long_is_not_used_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await client().take(), await client().take()
    await client().give(one)
    first = await ask()
    assert await ask() == first
    await other.fetch("SELECT pg_terminate_backend($1)", first)
    await asyncio.sleep(0.2)
    second = await ask()
    assert second != first
    await client().mend(other)
    monkeypatch.setattr(safe_asyncpg, "STALE", 0.0)
    assert await ask() != second
