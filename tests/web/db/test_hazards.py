"""Faults that froze or falsified the stock engines: a cancelled BEGIN, a cancelled body, a storm of both."""

import asyncio

import pytest
from tortoise.exceptions import TransactionManagementError
from tortoise.transactions import in_transaction

from community.places.models import Place, PlaceKind


async def grid(name: str) -> Place:
    return await Place.create(kind=PlaceKind.GRID, name=name, code=name)


async def hold(name: str, seconds: float = 0) -> None:
    async with in_transaction():
        await grid(name)
        await asyncio.sleep(seconds)


async def test_a_transaction_cancelled_while_it_opens_gives_back_what_it_took(database: str) -> None:
    for n in range(30):
        task = asyncio.ensure_future(hold(f"a{n}"))
        for _ in range(n % 5 + 1):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await asyncio.wait_for(hold("still alive"), 5)
    assert await Place.filter(code="still alive").exists()


async def test_a_cancelled_body_is_rolled_back_whole(database: str) -> None:
    task = asyncio.ensure_future(hold("half", 5))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await Place.all().count() == 0


async def test_siblings_of_a_failed_child_cannot_write_after_the_rollback(database: str) -> None:
    async def late(n: int) -> None:
        await asyncio.sleep(0.02 * n)
        await grid(f"late{n}")

    async def fail() -> None:
        await asyncio.sleep(0.01)
        raise ValueError("child")

    with pytest.raises(ValueError, match="child"):
        async with in_transaction():
            await asyncio.gather(late(1), late(2), late(3), fail())
    await asyncio.sleep(0.1)
    assert await Place.all().count() == 0


async def test_a_leaked_task_may_not_open_a_transaction_in_one_that_is_not_its_own(database: str) -> None:
    async with in_transaction():
        leaked = asyncio.ensure_future(hold("leaked"))
        with pytest.raises(TransactionManagementError):
            await leaked
    assert await Place.all().count() == 0


async def test_fifty_read_modify_write_transactions_lose_none(database: str) -> None:
    place = await grid("counter")

    async def add() -> None:
        async with in_transaction():
            row = await Place.select_for_update().get(id=place.id)
            row.pinyin = str(int(row.pinyin or 0) + 1)
            await row.save(update_fields=["pinyin"])

    await asyncio.gather(*(add() for _ in range(50)))
    assert (await Place.get(id=place.id)).pinyin == "50"
