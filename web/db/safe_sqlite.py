"""Tortoise engine for SQLite that neither freezes nor loses a write when a task is cancelled.

Against the stock engine (tortoise-orm 1.1.9): ``BEGIN IMMEDIATE``; a cancelled
BEGIN gives its lock back; a task that outlived its transaction gets a clear
error instead of writing into somebody else's; reads go to a pool of
``query_only`` connections and never wait for a writer. The module's name holds
"sqlite" because Tortoise picks the schema editor by it.
"""

import asyncio
import contextlib
import itertools
import sqlite3
from collections.abc import AsyncGenerator, Coroutine, Sequence
from types import TracebackType
from typing import Any, Final

import aiosqlite
from tortoise.backends.base.client import ConnectionWrapper, NestedTransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError, TransactionManagementError

from community.record.reading import numbered

Rows = list[Any]
_POINTS: Final = itertools.count()
_SERIALS: Final = itertools.count()


class SafeClient(SqliteClient):
    """One writing connection and a few reading ones on one database file."""

    def __init__(self, file_path: str, readers: int | str = 3, **options: Any) -> None:
        super().__init__(file_path, **options)
        self.pragmas.setdefault("busy_timeout", 10000)
        self.pragmas.setdefault("synchronous", "FULL")
        self._readers = 0 if ":memory:" in file_path else int(readers)
        self._free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        self._reading: list[aiosqlite.Connection] = []
        self._closed = False
        self._inline: sqlite3.Connection | None = None
        self._serial = 0

    async def _open(self, pragmas: dict[str, Any]) -> aiosqlite.Connection:
        # SQLite itself takes one thread at a time (serialized mode); short statements need no thread of their own.
        connection = aiosqlite.connect(self.filename, isolation_level=None, check_same_thread=False)
        # aiosqlite >= 0.22 threads are not daemons: one forgotten connection would keep the process alive.
        connection._thread.daemon = True  # noqa: SLF001
        await connection
        connection._conn.row_factory = sqlite3.Row  # noqa: SLF001
        for name, value in pragmas.items():
            await connection.execute(f"PRAGMA {name}={value}")
        return connection

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 - the base class's signature
        """Open the writer and the readers; called under the client's lock."""
        if self._closed:
            raise OperationalError("database already closed")
        if self._connection:
            return
        writer = await self._open(self.pragmas)
        for _ in range(self._readers):
            reader = await self._open({"busy_timeout": self.pragmas["busy_timeout"], "query_only": "ON"})
            self._reading.append(reader)
            self._free.put_nowait(reader)
        await self._post_connect()
        self._connection = writer

    async def close(self) -> None:
        """Close the readers first: SQLite before 3.51.3 may corrupt a WAL that two connections checkpoint."""
        self._closed = True
        if self._inline:
            self._inline.close()
            self._inline = None
        for reader in self._reading:
            await reader.close()
        self._reading = []
        await super().close()

    @contextlib.asynccontextmanager
    async def _reader(self) -> AsyncGenerator[aiosqlite.Connection]:
        if not self._connection:
            async with self.acquire_connection():
                pass
        connection = await self._free.get()
        try:
            yield connection
        finally:
            self._free.put_nowait(connection)

    def _is_read(self, query: str) -> bool:
        return bool(self._readers) and query.lstrip()[:6].upper() == "SELECT"

    @translate_exceptions
    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Rows]:
        """Run a query; a SELECT outside a transaction goes to a reader."""
        if not self._is_read(query):
            count, written = await super().execute_query(query, values)
            return count, list(written)
        async with self._reader() as connection:
            rows = list(await connection.execute_fetchall(query, values or ()))
            return len(rows), rows

    @translate_exceptions
    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Run a query and return dicts; a SELECT outside a transaction goes to a reader."""
        if not self._is_read(query):
            return list(await super().execute_query_dict(query, values))
        async with self._reader() as connection:
            return [dict(row) for row in await connection.execute_fetchall(query, values or ())]

    async def read(self, sql: str, values: Sequence[object]) -> Rows:
        """Run a bounded, indexed reading inside the event loop; when the file is locked, wait for it elsewhere."""
        if self._readers and not self._closed:
            try:
                return self._beside().execute(numbered(sql), values).fetchall()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
        return list((await self.execute_query(numbered(sql), list(values)))[1])

    def version(self) -> tuple[int, int] | None:
        """Return what changes with every commit, or None when the file does not say. Source: PRAGMA data_version."""
        if not self._readers or self._closed:
            return None
        try:
            told = self._beside().execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:
            return None
        return self._serial, told

    def _beside(self) -> sqlite3.Connection:
        if self._inline is None:
            self._serial = next(_SERIALS)  # what one connection counts says nothing about another's
            self._inline = sqlite3.connect(self.filename, timeout=0, isolation_level=None)
            self._inline.execute("PRAGMA query_only=ON")
        return self._inline

    def _in_transaction(self) -> "SafeTransaction":
        return SafeTransaction(SafeWrapper(self), self._lock)


class SafeTransaction(SqliteTransactionContext):
    """A transaction that gives its lock back whatever happens to the task that opened it."""

    def _finish(self, work: Coroutine[Any, Any, None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)

        def release(done: asyncio.Future[None]) -> None:
            if not done.cancelled():
                done.exception()
            self._trxlock.release()

        task.add_done_callback(release)
        return asyncio.shield(task)

    async def __aenter__(self) -> Any:
        """Take the lock, then BEGIN IMMEDIATE; undo both when cancelled in between."""
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
        except BaseException:
            self._trxlock.release()
            raise
        begin = asyncio.ensure_future(self.connection.begin())
        try:
            await asyncio.shield(begin)
        except BaseException:
            self.connection._finalized = True  # noqa: SLF001
            await self._finish(self._undo(begin))
            raise
        self.connection._owner = asyncio.current_task()  # noqa: SLF001
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def _undo(self, begin: "asyncio.Future[None]") -> None:
        await asyncio.wait([begin])
        await self.connection._connection.rollback()  # noqa: SLF001

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit or roll back to the end, even if the caller is cancelled meanwhile."""
        get_connections().reset(self.token)
        await self._finish(self._end(failed=kind is not None))

    async def _end(self, *, failed: bool) -> None:
        inner = self.connection
        async with inner._lock:  # noqa: SLF001 - wait for a statement a sibling task may still be running
            if inner._finalized:  # noqa: SLF001
                return
            if failed:
                await inner.rollback()
                return
            try:
                await inner.commit()
            except BaseException:
                await inner._connection.rollback()  # noqa: SLF001
                inner._finalized = True  # noqa: SLF001
                raise


class SafeWrapper(SqliteTransactionWrapper):
    """The connection as seen inside a transaction; useless once that is over."""

    _owner: asyncio.Task[Any] | None = None

    async def begin(self) -> None:
        """Take the write lock now: a deferred BEGIN fails at once when another process wrote in between.

        Where nobody else writes that takes no time; only to wait for somebody it goes to the thread.
        """
        parent: Any = self._parent
        patience = parent.pragmas["busy_timeout"]
        try:
            self._run("PRAGMA busy_timeout=0")
            self._run("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self._run(f"PRAGMA busy_timeout={patience}")
            await self._connection.execute("BEGIN IMMEDIATE")
        else:
            self._run(f"PRAGMA busy_timeout={patience}")

    @translate_exceptions
    async def read(self, sql: str, values: Sequence[object]) -> Rows:
        """Run one short statement, of any kind, inside the event loop: only COMMIT waits for a disk."""
        if self._finalized or self._lock.locked():
            async with self.acquire_connection():
                pass  # refuses after the end, waits for a statement a sibling task may still be running
        return list(self._connection._conn.execute(numbered(sql), values))  # noqa: SLF001

    @translate_exceptions
    async def write_all(self, sql: str, values: Sequence[Sequence[object]]) -> int:
        """Run one short statement for each of many rows, inside the event loop; return the number of the last."""
        if self._finalized or self._lock.locked():
            async with self.acquire_connection():
                pass
        connection = self._connection._conn  # noqa: SLF001
        connection.executemany(sql, values)
        return int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])

    @translate_exceptions
    async def execute_insert(self, query: str, values: list[Any]) -> int:
        """Write one row, inside the event loop, and return its number."""
        async with self.acquire_connection() as connection:
            cursor = connection._conn.execute(query, values)  # noqa: SLF001
            return int(cursor.execute("SELECT last_insert_rowid()").fetchone()[0])

    async def savepoint(self) -> None:
        """Begin what can be undone by itself; nothing of it waits for a disk, nor does its end."""
        self._savepoint = f"heyi_{next(_POINTS)}"
        self._run(f"SAVEPOINT {self._savepoint}")

    async def release_savepoint(self) -> None:
        """Keep it."""
        if self._finalized or self._savepoint is None:
            raise TransactionManagementError("no savepoint to keep")
        self._run(f"RELEASE {self._savepoint}")

    def _run(self, sql: str) -> None:
        self._connection._conn.execute(sql)  # noqa: SLF001

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        """Give the connection while the transaction lives."""
        if self._finalized:
            raise TransactionManagementError("transaction is over: a task outlived it (use web.tasks.spawn)")
        return GuardedWrapper(self._lock, self)

    def _in_transaction(self) -> NestedTransactionContext:
        if asyncio.current_task() is not self._owner:
            raise TransactionManagementError("nested transaction opened from another task")
        inner = SafeWrapper(self)
        inner._owner, inner._lock = self._owner, self._lock
        return NestedTransactionContext(inner)


class GuardedWrapper(ConnectionWrapper[Any]):
    """Checks once more, after waiting for the lock, that the transaction still lives."""

    client: Any

    async def __aenter__(self) -> Any:
        """Enter, or refuse when the transaction ended while this task waited."""
        connection = await super().__aenter__()
        if self.client._finalized:  # noqa: SLF001
            self._lock.release()
            raise TransactionManagementError("transaction is over")
        return connection


client_class = SafeClient
