"""PostgreSQL and Redis of one's own that may be killed: started again, and how long nobody answered."""

import asyncio
import subprocess
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tests.services import Program, leash

PATIENCE = 60.0  # seconds that a start may take, crash recovery included


@dataclass
class Killable:
    """Starts, kills and restarts a program; ``answers`` says whether it does its work again."""

    name: str
    program: Program
    answers: Callable[[], Awaitable[bool]]
    outages: list[float] = field(default_factory=list)
    _process: "subprocess.Popen[bytes] | None" = None

    async def start(self) -> None:
        """Start it until it answers; one whose orphans still hold its memory is started again."""
        deadline = time.monotonic() + PATIENCE
        while not await self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError((self.program.folder / "server.log").read_text(errors="replace")[-3000:])
            if self._process is None or self._process.poll() is not None:
                self._process = self._begin()
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """Kill it without warning, start it again, and note how long nobody answered."""
        began = time.monotonic()
        self.stop()
        await self.start()
        self.outages.append(time.monotonic() - began)

    def stop(self) -> None:
        """Kill it."""
        if self._process:
            self._process.kill()
            self._process.wait(PATIENCE)

    def _begin(self) -> "subprocess.Popen[bytes]":
        words = [*leash(self.program.user), *self.program.command]
        with (self.program.folder / "server.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own programs
                words, cwd=self.program.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )


def postgres(url: str, program: Program) -> Killable:
    """Return a PostgreSQL server; it answers when a query does."""

    async def answers() -> bool:
        with suppress(OSError, asyncpg.PostgresError, TimeoutError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(url, timeout=2)
            await connection.fetchval("SELECT 1")
            await connection.close()
            return True
        return False

    return Killable("postgres", program, answers)


def redis(url: str, program: Program) -> Killable:
    """Return a Redis server."""

    async def answers() -> bool:
        with suppress(RedisError, OSError):
            async with Redis.from_url(url) as line:
                return bool(await line.ping())
        return False

    return Killable("redis", program, answers)
