"""A real server in a process of its own, on loopback, for tests that need sockets and signals."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.services import free_port, stop

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds that a server may take to answer on a busy machine."""


@dataclass
class Served:
    """A running server: its process, its port, and the file its log goes to."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a ``heyi`` process whose data lies in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEYI_")}
    return {**kept, "PYTHONPATH": str(ROOT), "HEYI_HOME": str(folder), **more}


def heyi(*words: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a ``heyi`` command to its end."""
    command = [sys.executable, "-m", "web", *words]
    return subprocess.run(  # noqa: S603 - our own program
        command, env=env, cwd=env["HEYI_HOME"], capture_output=True, text=True, timeout=180, check=False
    )


@contextlib.contextmanager
def serving(folder: Path, *, application: str = "", env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve ``heyi`` on the data in ``folder``, or another ``application`` factory under the same limits."""
    port, log = free_port(), folder / "server.log"
    words = ["-m", "web", "serve", "--port", str(port)]
    if application:
        words = ["-m", "tests.web.bare", application, str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *words], env=env or environment(folder), cwd=folder, stdout=out, stderr=out
        )
    try:
        _wait(process, port, log)
        yield Served(process, port, log)
    finally:
        stop(process)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-3000:])
