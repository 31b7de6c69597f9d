"""The server under drill: ``heyi serve`` in a process of its own, which is killed without warning."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import free_port

PATIENCE = 60.0  # seconds that a start may take on a busy machine


@dataclass
class Server:
    """Starts, kills and restarts; remembers how long nobody answered."""

    env: Mapping[str, str]
    folder: Path
    command: tuple[str, ...] = ("-m", "web", "serve")
    port: int = field(default_factory=free_port)
    outages: list[float] = field(default_factory=list)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Return the number of its process. Raises ``RuntimeError`` before it was started."""
        if self._process is None:
            raise RuntimeError("not started")
        return self._process.pid

    async def start(self) -> None:
        """Start it and wait until it answers."""
        process = self._process = self._begin()
        deadline = time.monotonic() + PATIENCE
        while not await self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "server.log").read_text(errors="replace")[-3000:])
            await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """Kill it without warning, start it again, and note how long nobody answered."""
        began = time.monotonic()
        self._end(hard=True)
        await self.start()
        self.outages.append(time.monotonic() - began)

    def stop(self) -> None:
        """Stop it politely."""
        self._end(hard=False)

    def _begin(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, *self.command, "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(words, env=self.env, cwd=self.folder, stdout=log, stderr=log)  # noqa: S603

    def _end(self, *, hard: bool) -> None:
        if self._process and self._process.poll() is None:
            (self._process.kill if hard else self._process.terminate)()
            self._process.wait(PATIENCE)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True
