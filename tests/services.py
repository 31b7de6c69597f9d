"""Real servers for the tests, on loopback, thrown away afterwards: PostgreSQL, Redis and an SMTP server.

``postgres_server()`` and ``redis_server()`` yield the address given by
``HEYI_TEST_POSTGRES`` or ``HEYI_TEST_REDIS``, and start a server of their own
when there is none. ``python -m tests.services COMMAND…`` runs a command with
both started once, so that all its workers share them. Everything here is
synchronous and may be called from a fixture with or without a running loop.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.postbox import Failure, Postbox, smtp_server

__all__ = ["Failure", "Missing", "Postbox", "fresh_database", "postgres_server", "redis_server", "smtp_server"]

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds that a server may take to answer, and to stop."""


class Missing(RuntimeError):
    """A program that the tests need is not on this machine."""


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def program(*names: str) -> str:
    """Return the path of the first of ``names`` on PATH or among Debian's PostgreSQL versions, newest first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, versions)])
    for name in names:
        if found := shutil.which(name, path=folders):
            return found
    raise Missing(f"{' or '.join(names)} is not installed; scripts/system.sh installs it")


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a server; raises ``RuntimeError`` with the end of its log when it stops or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)


@contextlib.contextmanager
def running(command: list[str], folder: Path, ready: Callable[[], bool], *, user: str | None = None) -> Iterator[int]:
    """Run a server until the end of the block and yield its pid; it also ends when the tests are killed."""
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            [*leash(user), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait_until(ready, process, log)
        yield process.pid
    finally:
        stop(process)


def leash(user: str | None) -> list[str]:
    """Return the words that bind a server to our life and, when asked, to another user."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ["runuser", "-u", user, "--"] if user else []
    become = ["--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups"] if user else []
    return [setpriv, "--pdeathsig", "INT", *become]


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server by its pid: politely, then firmly."""
    for request in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(request)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)


# PostgreSQL


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server on which databases may be created."""
    if given := os.environ.get("HEYI_TEST_POSTGRES"):
        yield given
        return
    with postgres_program() as (url, server), running(server.command, server.folder, server.ready, user=server.user):
        yield url


@dataclass(frozen=True)
class Program:
    """A server that is set up but does not run: how to start it, where, when it answers, and as whom it runs."""

    command: list[str]
    folder: Path
    ready: Callable[[], bool]
    user: str | None = None


@contextlib.contextmanager
def postgres_program() -> Iterator[tuple[str, Program]]:
    """Set up a PostgreSQL server of one's own; yield its address, and what starts it."""
    user = _database_user()
    with _folder("heyi-postgres-", user) as folder:
        data = folder / "data"
        _initdb(data, user)
        port = free_port()
        command = [program("postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]
        settings = ["max_connections=200", "shared_buffers=128MB"]
        words = [word for setting in settings for word in ("-c", setting)]
        made = Program([*command, *words], folder, lambda: _postgres_ready(data), user)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres", made


def _database_user() -> str | None:
    """Return whom to run PostgreSQL as; it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _initdb(data: Path, user: str | None) -> None:
    command = [program("initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    made = subprocess.run(  # noqa: S603 - our own programs
        [*leash(user), *command, "--locale=C.UTF-8", "--no-sync"],
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


def _postgres_ready(data: Path) -> bool:
    """Read PostgreSQL's own lock file, whose last line says whether it takes connections."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError, PermissionError):
        return False


@contextlib.contextmanager
def _folder(prefix: str, user: str | None) -> Iterator[Path]:
    """Yield a folder of the user's own, at a short path, as a socket needs it, and in memory where there is room."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=os.environ.get("HEYI_TEST_TMP") or _roomy()))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _roomy() -> str:
    """Return where many databases are made and dropped fast: in memory if a gigabyte is free there, else /tmp."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if roomy else "/tmp"  # noqa: S108


@contextlib.contextmanager
def fresh_database(server: str, *, template: str = "template0") -> Iterator[str]:
    """Yield the address of a new database on ``server``: empty, or a copy of ``template``; drop it afterwards.

    Nobody may be connected to the template while it is copied.
    """
    name = f"heyi_{uuid.uuid4().hex[:16]}"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(server: str, statement: str) -> None:
    async def work() -> None:
        connection = await asyncpg.connect(server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    _run(work())


def _run(work: Coroutine[object, object, T]) -> T:
    """Run ``work`` on a loop in a thread of its own, so that a caller's loop does not matter."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


# Redis


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """Yield the address of a Redis server that keeps nothing."""
    if given := os.environ.get("HEYI_TEST_REDIS"):
        yield given
        return
    with redis_program() as (url, server), running(server.command, server.folder, server.ready):
        yield url


@contextlib.contextmanager
def redis_program() -> Iterator[tuple[str, Program]]:
    """Set up a Redis server of one's own that keeps nothing; yield its address, and what starts it."""
    with _folder("heyi-redis-", None) as folder:
        port = free_port()
        command = [program("redis-server", "valkey-server"), "--port", str(port), "--bind", "127.0.0.1"]
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        made = Program([*command, *quiet], folder, lambda: _redis_ready(port))
        yield f"redis://127.0.0.1:{port}/0", made


def _redis_ready(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def main(command: list[str]) -> int:
    """Run ``command`` with both servers up and named in its environment; return its exit code."""
    with postgres_server() as postgres, redis_server() as redis:
        env = {**os.environ, "HEYI_TEST_POSTGRES": postgres, "HEYI_TEST_REDIS": redis}
        return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 - what the caller typed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
