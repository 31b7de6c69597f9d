"""Commands of one kind that wait at the same time are written by one transaction, each with an answer of its own.

Who comes while a batch is being written waits for the next one. Nobody hears anything before the commit; a caller who
is cancelled loses the answer and nothing else. What a batch refuses is refused to that caller alone, and where it
fails as a whole before its commit, each is written once more by itself, so that only who caused it hears of it.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from tortoise.connection import get_connection

from community.errors import Refused
from community.record import transaction
from community.record.transaction import Unrecorded, inside, recorded, transact

Given = TypeVar("Given")
Kept = TypeVar("Kept")
Answers = Sequence[Kept | Refused]

FLIGHTS: Final = 3  # batches under way at a time where writers do not wait for one another
SHARE: Final = 32  # what such a batch takes at most: while it is written, as many others are made ready
CROWD: Final = 8  # who has to wait beside a batch under way until another sets out: so it is not held up by a slow one


def together(write: Callable[[Sequence[Given]], Awaitable[Answers[Kept]]]) -> Callable[[Given], Awaitable[Kept]]:
    """Make ``write``, which writes many and answers each in their order, a command for one of them.

    It records an event at least for each that it does not refuse, and leaves nothing of those that it refuses.

    Raises:
        Unrecorded: fewer events than rows kept; nothing is.
    """
    queues: WeakKeyDictionary[Any, _Queue[Given, Kept]] = WeakKeyDictionary()

    @wraps(write)
    async def run(given: Given, /) -> Kept:
        if inside():
            return _told((await transact(_body(write, [given])))[0])
        client = get_connection("default")
        if client not in queues:
            alone = client.capabilities.dialect == "sqlite"
            queues[client] = _Queue(write, *((1, transaction.MOST) if alone else (FLIGHTS, SHARE)))
        return await queues[client].put(given)

    return run


def _told(answer: Kept | Refused) -> Kept:
    if isinstance(answer, Refused):
        raise answer
    return answer


def _body(
    write: Callable[[Sequence[Given]], Awaitable[Answers[Kept]]], given: Sequence[Given]
) -> Callable[[], Awaitable[Answers[Kept]]]:
    async def body() -> Answers[Kept]:
        before = recorded()
        answers = await write(given)
        kept = sum(not isinstance(each, Refused) for each in answers)
        if recorded() - before < kept or len(answers) != len(given):
            raise Unrecorded(getattr(write, "__qualname__", ""))
        return answers

    return body


@dataclass(slots=True)
class _Asked(Generic[Given, Kept]):
    given: Given
    answer: asyncio.Future[Kept]

    def tell(self, answer: Kept | BaseException) -> None:
        """Answer whoever asked, unless nobody waits any more."""
        if self.answer.done():
            return
        if isinstance(answer, BaseException):
            self.answer.set_exception(answer)
        else:
            self.answer.set_result(answer)


class _Queue(Generic[Given, Kept]):
    """Who waits, and the few tasks that write for them."""

    def __init__(self, write: Callable[[Sequence[Given]], Awaitable[Answers[Kept]]], flights: int, most: int) -> None:
        self._write = write
        self._waiting: deque[_Asked[Given, Kept]] = deque()
        self._flights = self._idle = flights
        self._most = most

    def put(self, given: Given) -> "asyncio.Future[Kept]":
        """Queue one; cancelling what this returns drops only the answer."""
        loop = asyncio.get_running_loop()
        asked = _Asked[Given, Kept](given, loop.create_future())
        self._waiting.append(asked)
        if self._idle == self._flights or (self._idle and len(self._waiting) >= min(CROWD, self._most)):
            self._idle -= 1
            # A clean context: what is written must not inherit the person or the transaction of whoever came first.
            transaction.keep(loop.create_task(self._run(), context=contextvars.Context()))
        return asked.answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                most = min(len(self._waiting), self._most)
                if batch := [self._waiting.popleft() for _ in range(most)]:
                    await self._batch(batch)
        finally:
            self._idle += 1

    async def _gather(self) -> None:
        """Let those come in who are on their way: they reach the disk together."""
        idle, seen = 0, len(self._waiting)
        while seen < self._most and idle < transaction.TURNS:
            await asyncio.sleep(0)
            idle = idle + 1 if len(self._waiting) == seen else 0
            seen = len(self._waiting)

    async def _batch(self, batch: Sequence[_Asked[Given, Kept]]) -> None:
        written = False

        async def body() -> Answers[Kept]:
            nonlocal written
            written = False
            answers = await _body(self._write, [each.given for each in batch])()
            written = True
            return answers

        try:
            answers = await transact(body, name=getattr(self._write, "__qualname__", ""))
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            await self._failed(batch, error, again=not written)
            return
        for asked, answer in zip(batch, answers, strict=True):
            asked.tell(answer)

    async def _failed(self, batch: Sequence[_Asked[Given, Kept]], error: Exception, *, again: bool) -> None:
        """Write each by itself. After the whole was written it is not known whether the commit came through."""
        if again and len(batch) > 1:
            for each in batch:
                await self._batch([each])
            return
        for each in batch:
            each.tell(error)
