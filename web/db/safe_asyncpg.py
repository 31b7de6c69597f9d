"""Tortoise engine for PostgreSQL that gives its pooled connection back when BEGIN is cancelled or the server dies."""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import (  # type: ignore[attr-defined]
    AsyncpgDBClient,
    TransactionWrapper,
    translate_exceptions,
)
from tortoise.backends.base.client import ConnectionWrapper, NestedTransactionContext, TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError


class SafeTransaction(TransactionContextPooled):
    """A transaction that returns its connection to the pool on every path out."""

    client: Any

    async def __aenter__(self) -> Any:
        """Acquire, BEGIN; release again when BEGIN does not come about."""
        await self.ensure_connection()
        pool = self.client._parent._pool  # noqa: SLF001
        self.client._connection = await pool.acquire()  # noqa: SLF001
        try:
            await self.client.begin()
        except BaseException:
            await asyncio.shield(asyncio.ensure_future(pool.release(self.client._connection)))  # noqa: SLF001
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
        client, pool = self.client, self.client._parent._pool  # noqa: SLF001
        try:
            async with client._lock:  # noqa: SLF001
                if not client._finalized:  # noqa: SLF001
                    await (client.rollback() if failed else client.commit())
        finally:
            client._finalized = True  # noqa: SLF001
            if pool:
                await pool.release(client._connection)  # noqa: SLF001


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


class SafeClient(AsyncpgDBClient):
    """asyncpg's pool with safe transactions and short readings."""

    async def create_pool(self, **options: Any) -> Any:
        """Open the pool; giving a connection back costs no question to the server."""
        return await asyncpg.create_pool(None, reset=_as_it_was, **options)

    async def read(self, sql: str, values: Sequence[object]) -> list[Any]:
        """Run a bounded, indexed reading; the connection keeps it prepared."""
        async with self.acquire_connection() as connection:
            found: list[Any] = await connection.fetch(sql, *values)
            return found

    def _in_transaction(self) -> SafeTransaction:
        return SafeTransaction(SafeWrapper(self), self._pool_init_lock)


client_class = SafeClient
