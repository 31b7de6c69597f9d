"""Tortoise engine for PostgreSQL that gives its pooled connection back when BEGIN is cancelled or the server dies."""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final

import asyncpg
from tortoise.backends.asyncpg.client import (  # type: ignore[attr-defined]
    AsyncpgDBClient,
    TransactionWrapper,
    translate_exceptions,
)
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    PoolConnectionWrapper,
    TransactionContextPooled,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

STALE: Final = 240.0  # seconds after which a connection that nobody used is made anew; what is between may forget it


class SafeTransaction(TransactionContextPooled):
    """A transaction that returns its connection to the pool on every path out."""

    client: Any

    async def __aenter__(self) -> Any:
        """Acquire, BEGIN; release again when BEGIN does not come about."""
        await self.ensure_connection()
        parent: SafeClient = self.client._parent  # noqa: SLF001
        self.client._connection = await parent.take()  # noqa: SLF001
        try:
            await self.client.begin()
        except BaseException:
            await asyncio.shield(asyncio.ensure_future(parent.mend(self.client._connection)))  # noqa: SLF001
            raise
        self.client._owner = asyncio.current_task()  # noqa: SLF001
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit or roll back to the end, even if the caller is cancelled meanwhile."""
        get_connections().reset(self.token)
        await asyncio.shield(asyncio.ensure_future(self._end(failed=kind is not None)))

    async def _end(self, *, failed: bool) -> None:
        client, parent = self.client, self.client._parent  # noqa: SLF001
        try:
            async with client._lock:  # noqa: SLF001
                if not client._finalized:  # noqa: SLF001
                    await (client.rollback() if failed else client.commit())
        except BaseException:
            client._finalized = True  # noqa: SLF001
            await parent.mend(client._connection)  # noqa: SLF001
            raise
        client._finalized = True  # noqa: SLF001
        await parent.give(client._connection)  # noqa: SLF001


class SafeWrapper(TransactionWrapper):
    """The connection as seen inside a transaction; useless once that is over."""

    _owner: asyncio.Task[Any] | None = None

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        """Give the connection while the transaction lives."""
        if self._finalized:
            raise TransactionManagementError("transaction is over: a task outlived it (use web.tasks.spawn)")
        return super().acquire_connection()

    @translate_exceptions
    async def read(self, sql: str, values: Sequence[object]) -> list[Any]:
        """Run one short statement of the transaction, of any kind; the connection keeps it prepared."""
        async with self.acquire_connection() as connection:
            found: list[Any] = await connection.fetch(sql, *values)
            return found

    def _in_transaction(self) -> NestedTransactionContext:
        if asyncio.current_task() is not self._owner:
            raise TransactionManagementError("nested transaction opened from another task")
        inner = SafeWrapper(self)
        inner._owner, inner._lock = self._owner, self._lock
        return NestedTransactionContext(inner)


async def _as_it_was(connection: Any) -> None:
    """Reset a connection only when something is left on it: nothing here sets, listens or locks for a session."""
    if connection.is_in_transaction():
        await connection.execute("ROLLBACK")


class Borrowed(PoolConnectionWrapper[Any]):
    """A connection for as long as the block runs."""

    async def __aenter__(self) -> Any:
        """Take one."""
        self.connection = await self.client.take()  # type: ignore[attr-defined]
        return self.connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back, to be looked after when something went wrong."""
        client: Any = self.client
        await (client.give if kind is None else client.mend)(self.connection)


def _lost(connection: Any) -> bool:
    """Return whether nothing can be asked of a connection; the pool takes one that broke out of our hands."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


class SafeClient(AsyncpgDBClient):
    """asyncpg's pool with safe transactions and short readings.

    Taking a connection from asyncpg's pool and giving it back takes longer than a short question, so those at hand are
    kept beside it. Whoever waits for one waits at the pool, and gets the next that is given back.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._at_hand: list[tuple[Any, float]] = []
        self._waiting = 0

    async def create_pool(self, **options: Any) -> Any:
        """Open the pool; giving a connection back costs no question to the server."""
        return await asyncpg.create_pool(None, reset=_as_it_was, **options)

    async def take(self) -> Any:
        """Return a connection of which nobody else asks anything until it is given back."""
        while self._at_hand:
            connection, since = self._at_hand.pop()
            if self._good(connection, since):
                return connection
            await self._drop(connection)
        if self._pool is None:
            await PoolConnectionWrapper[Any](self, self._pool_init_lock).ensure_connection()
        self._waiting += 1
        try:
            return await self._pool.acquire()  # type: ignore[union-attr]
        finally:
            self._waiting -= 1

    async def give(self, connection: Any) -> None:
        """Take back a connection whose last question was answered; the next who waits gets it."""
        if self._pool is None:
            return
        if self._waiting or _lost(connection) or connection.is_in_transaction():
            await self.mend(connection)
            return
        self._at_hand.append((connection, asyncio.get_running_loop().time()))
        if not self._good(*self._at_hand[0]):
            await self._drop(self._at_hand.pop(0)[0])

    async def mend(self, connection: Any) -> None:
        """Take back a connection through the pool, which waits for what was cancelled and forgets one that is lost."""
        if self._pool:
            await self._pool.release(connection)

    def acquire_connection(self) -> Borrowed:
        """Give a connection for a block."""
        return Borrowed(self, self._pool_init_lock)

    @translate_exceptions
    async def read(self, sql: str, values: Sequence[object]) -> list[Any]:
        """Run a bounded, indexed reading; the connection keeps it prepared."""
        connection = await self.take()
        try:
            found: list[Any] = await connection.fetch(sql, *values)
        except BaseException:
            await self.mend(connection)
            raise
        await self.give(connection)
        return found

    @staticmethod
    def _good(connection: Any, since: float) -> bool:
        return not _lost(connection) and asyncio.get_running_loop().time() - since < STALE

    async def _drop(self, connection: Any) -> None:
        if not _lost(connection):
            connection.terminate()
        await self.mend(connection)

    async def _close(self) -> None:
        while self._at_hand:
            await self.mend(self._at_hand.pop()[0])
        await super()._close()

    def _in_transaction(self) -> SafeTransaction:
        return SafeTransaction(SafeWrapper(self), self._pool_init_lock)


client_class = SafeClient
