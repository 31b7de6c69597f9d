"""Questions of one kind that are asked at the same moment go to PostgreSQL as one.

A question over the wire costs the program as much as all else that a short request does. SQLite is asked inside the
event loop, where there is nothing to share; so is whoever asks inside a transaction, and whoever asks alone.
"""

import asyncio
import contextvars
import re
from collections import deque
from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from tortoise.connection import get_connection

from community.record.reading import on_sqlite, rows
from community.record.transaction import inside

Rows = Sequence[Sequence[Any]]
MOST: Final = 32  # questions that go together: while they are answered, as many others are worked on
FLIGHTS: Final = 3  # batches under way at a time
CROWD: Final = 8  # who has to wait beside a batch under way until another sets out
_MANY: Final = """SELECT q.n, r.* FROM unnest({lists}) WITH ORDINALITY q({names}, n)
CROSS JOIN LATERAL ({sql}) r ORDER BY q.n"""


async def asked(sql: str, kinds: tuple[str, ...], *values: object) -> Rows:
    """Return the rows of a bounded query, as `reading.rows`; ``kinds`` are the types of its values in PostgreSQL.

    What it reads was committed after it was asked or before, never only known from a question asked earlier.
    """
    if on_sqlite() or inside():
        return await rows(sql, *values)
    client = get_connection("default")
    counters = _counters.setdefault(client, {})
    if sql not in counters:
        counters[sql] = _Counter(sql, kinds)
    return await counters[sql].ask(values)


class _Counter:
    """Who waits to ask one question, and the few tasks that ask for them."""

    def __init__(self, sql: str, kinds: tuple[str, ...]) -> None:
        self._sql, self._many = sql, many(sql, kinds)
        self._waiting: deque[tuple[tuple[object, ...], asyncio.Future[Rows]]] = deque()
        self._idle = FLIGHTS
        self._tasks = set[asyncio.Task[None]]()

    def ask(self, values: tuple[object, ...]) -> "asyncio.Future[Rows]":
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Rows] = loop.create_future()
        self._waiting.append((values, answer))
        if self._idle == FLIGHTS or (self._idle and len(self._waiting) >= CROWD):
            self._idle -= 1
            task = loop.create_task(self._run(), context=contextvars.Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._batch([self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))])
        finally:
            self._idle += 1

    async def _batch(self, batch: Sequence[tuple[tuple[object, ...], asyncio.Future[Rows]]]) -> None:
        try:
            if len(batch) == 1:
                found: list[Rows] = [await rows(self._sql, *batch[0][0])]
            else:
                found = _sorted(
                    await rows(self._many, *map(list, zip(*(values for values, _ in batch), strict=True))), len(batch)
                )
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            await self._failed(batch, error)
            return
        for (_, answer), each in zip(batch, found, strict=True):
            if not answer.done():
                answer.set_result(each)

    async def _failed(self, batch: Sequence[tuple[tuple[object, ...], asyncio.Future[Rows]]], error: Exception) -> None:
        """Ask for each alone, so that only whose value was wrong hears of it."""
        if len(batch) > 1:
            for each in batch:
                await self._batch([each])
        elif not (answer := batch[0][1]).done():
            answer.set_exception(error)


_counters: "WeakKeyDictionary[Any, dict[str, _Counter]]" = WeakKeyDictionary()


def _sorted(found: Rows, count: int) -> list[Rows]:
    """Deal the rows out to those who asked, by the number in front."""
    piles: list[list[Sequence[Any]]] = [[] for _ in range(count)]
    for row in found:
        values = tuple(row)
        piles[values[0] - 1].append(values[1:])
    return list(piles)


@cache
def many(sql: str, kinds: tuple[str, ...]) -> str:
    """Return the SQL that asks ``sql`` for each of many; its values come as lists.

    >>> print(many("SELECT name FROM person WHERE id = $1", ("int",)))
    SELECT q.n, r.* FROM unnest($1::int[]) WITH ORDINALITY q(v1, n)
    CROSS JOIN LATERAL (SELECT name FROM person WHERE id = q.v1) r ORDER BY q.n
    """
    places = range(1, len(kinds) + 1)
    return _MANY.format(
        lists=", ".join(f"${n}::{kind}[]" for n, kind in zip(places, kinds, strict=True)),
        names=", ".join(f"v{n}" for n in places),
        sql=re.sub(r"\$(\d+)", r"q.v\1", sql),
    )
