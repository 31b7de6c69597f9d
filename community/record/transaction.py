"""The only place where a transaction is opened.

On SQLite command bodies queue for one writer task, which runs those that wait
in one ``BEGIN IMMEDIATE``, each in its savepoint, commits once and only then
answers them all (group commit). On PostgreSQL each body runs in a task and a
transaction of its own, out of reach of its caller's cancellation. A command
called inside a command runs inline as a savepoint: queued it would wait for
itself.
"""

import asyncio
import contextlib
import contextvars
import functools
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

P = ParamSpec("P")
T = TypeVar("T")
Body = Callable[[], Awaitable[T]]

log = logging.getLogger(__name__)

MOST: Final = 64  # bodies that share one commit
TURNS: Final = 3  # turns of the event loop in which nobody comes, after which nobody is waited for
SLOW: Final = 1.0  # seconds a body may hold the only writing connection before it is named in the log


@dataclass(slots=True)
class Work:
    """What one running command has done so far."""

    events: int = 0
    after: list[Callable[[], None]] = field(default_factory=list)
    told: dict[tuple[str, str], None] = field(default_factory=dict)


_work: contextvars.ContextVar[Work | None] = contextvars.ContextVar("work", default=None)


class Unrecorded(RuntimeError):
    """A command ended without recording an event: a mistake in the program, undone before it is told."""


def command(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Make ``function`` one transaction that records at least one event.

    Raises:
        Unrecorded: it wrote nothing into the record.
    """

    @functools.wraps(function)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        async def body() -> T:
            before = _present().events
            result = await function(*args, **kwargs)
            if _present().events == before:
                raise Unrecorded(function.__qualname__)
            return result

        return await transact(body, name=function.__qualname__)

    return run


def bookkeeping(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Make ``function`` one transaction that changes nothing anybody must account for: counters, leases, read marks."""

    @functools.wraps(function)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await transact(functools.partial(function, *args, **kwargs), name=function.__qualname__)

    return run


Follower = Callable[[Iterable[tuple[str, str]]], Awaitable[None]]
_followers: list[Follower] = []


def follow_with(followers: Iterable[Follower]) -> None:
    """Let these write what must change in the same commit; the composition of the program calls this once.

    Each is called at the end of a transaction, inside it, with the kind and subject of every event it recorded.
    One that fails undoes the transaction.
    """
    _followers[:] = followers


def noted(kind: str, subject: str) -> None:
    """Count one recorded event for the running command."""
    work = _present()
    work.events += 1
    work.told[kind, subject] = None


def after_commit(do: Callable[[], None]) -> None:
    """Call ``do`` once the running transaction is on disk; it may only hint, since a crash forgets it."""
    _present().after.append(do)


def recorded() -> int:
    """Return how many events the running transaction has recorded so far."""
    return _present().events


def inside() -> bool:
    """Return whether a transaction is running here."""
    return _work.get() is not None


async def transact(body: Body[T], *, name: str = "") -> T:
    """Run ``body`` in a transaction and return its result once that is committed."""
    if inside():
        return await _inline(body)
    client = get_connection("default")
    if client.capabilities.dialect != "sqlite":
        return await _shielded(_followed(body))
    return cast("T", await _writer(client).put(_followed(body), name))


def _followed(body: Body[T]) -> Body[T]:
    async def whole() -> T:
        result = await body()
        told = tuple(_present().told)
        for follow in _followers if told else ():
            await follow(told)
        return result

    return whole


async def drain() -> None:
    """Wait until every transaction under way has ended; for shutdown."""
    while busy := [task for task in _live if not task.done()]:
        await asyncio.wait(busy)
    for writer in list(_writers.values()):
        await writer.stop()


def _present() -> Work:
    work = _work.get()
    if work is None:
        raise RuntimeError("this belongs inside a command")
    return work


async def _inline(body: Body[T]) -> T:
    work = _present()
    events, after = work.events, len(work.after)
    try:
        async with in_transaction():
            return await body()
    except BaseException:
        work.events = events
        del work.after[after:]
        raise


_live: set[asyncio.Task[Any]] = set()


async def _shielded(body: Body[T]) -> T:
    async def own() -> T:
        work = Work()
        _work.set(work)
        async with in_transaction():
            result = await body()
        _tell(work)
        return result

    return await asyncio.shield(keep(asyncio.ensure_future(own())))


def keep(task: asyncio.Task[T]) -> asyncio.Task[T]:
    """Hold on to a task that writes, so that shutdown waits for it."""
    _live.add(task)
    task.add_done_callback(_live.discard)
    return task


def _tell(work: Work) -> None:
    for do in work.after:
        try:
            do()
        except Exception:
            log.exception("a hint after commit failed")


@dataclass(slots=True)
class _Job:
    body: Body[Any]
    name: str
    answer: asyncio.Future[Any]
    work: Work = field(default_factory=Work)
    result: Any = None
    error: BaseException | None = None


class Writer:
    """The one task that writes to a SQLite database, sharing commits among the bodies that wait."""

    def __init__(self) -> None:
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        # A clean context: the writer must not inherit the transaction or person of whoever came first.
        self._task = asyncio.get_running_loop().create_task(self._run(), context=contextvars.Context())

    async def put(self, body: Body[Any], name: str) -> object:
        """Queue ``body`` and wait for its committed result; cancelling the caller drops only the answer."""
        job = _Job(body, name, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        return await job.answer

    async def stop(self) -> None:
        """Finish what waits, then end the task."""
        await self._jobs.join()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        while True:
            jobs = [await self._jobs.get()]
            await self._gather(jobs)
            await self._together(jobs)
            for job in jobs:
                self._answer(job)
                self._jobs.task_done()

    async def _gather(self, jobs: list[_Job]) -> None:
        """Take what waits too, and what comes in while the loop goes round: it reaches the disk with them."""
        idle = 0
        while len(jobs) < MOST and idle < TURNS:
            if self._jobs.empty():
                idle += 1
                await asyncio.sleep(0)
            else:
                idle = 0
                jobs.append(self._jobs.get_nowait())

    async def _together(self, jobs: list[_Job]) -> None:
        try:
            async with in_transaction():
                for job in jobs:
                    await self._one(job)
        except Exception as error:  # noqa: BLE001 - a failed commit fails them all, each caller hears why
            for job in jobs:
                job.error = job.error or error

    async def _one(self, job: _Job) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        token = _work.set(job.work)
        try:
            async with in_transaction():
                job.result = await job.body()
        except Exception as error:  # noqa: BLE001 - handed to the caller below
            job.error = error
        finally:
            _work.reset(token)
        if (took := loop.time() - started) > SLOW:
            log.warning("%s held the writing connection for %.1f s", job.name, took)

    @staticmethod
    def _answer(job: _Job) -> None:
        if job.error is None:
            _tell(job.work)
        if job.answer.done():
            return
        if job.error is None:
            job.answer.set_result(job.result)
        else:
            job.answer.set_exception(job.error)


_writers: "WeakKeyDictionary[Any, Writer]" = WeakKeyDictionary()


def _writer(client: object) -> Writer:
    writer = _writers.get(client)
    if writer is None:
        writer = _writers[client] = Writer()
    return writer
