"""On SQLite one process writes; a second one is refused with a sentence instead of a broken file.

SQLite before 3.51.3 can corrupt the write-ahead log when two connections of
different processes write or checkpoint at once; newer ones may share.
"""

import fcntl
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from web.settings import Settings

SOUND: Final = (3, 51, 3)
"""The first SQLite version in which two processes may write."""


@contextmanager
def one_writer(settings: Settings) -> Iterator[None]:
    """Hold the right to write to the embedded database; other engines need none.

    Raises:
        click.ClickException: another process holds it.
    """
    if not settings.sqlite:
        yield
        return
    path = lock_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if _taken(file) or sqlite3.sqlite_version_info >= SOUND:
            yield
        else:
            raise click.ClickException(_sentence(file))


def lock_path(settings: Settings) -> Path:
    """Return the file whose lock is the right to write."""
    return Path(settings.database_url.removeprefix("sqlite://").split("?")[0] + ".writer")


def holder(settings: Settings) -> str:
    """Return which process is writing, or nothing when none is."""
    path = lock_path(settings)
    if not path.exists():
        return ""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _name(file)
    return ""


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    file.truncate(0)
    file.write(f"{os.getpid()} heyi {' '.join(sys.argv[1:2])}\n")
    file.flush()
    return True


def _name(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "?"


def _sentence(file: IO[str]) -> str:
    return (
        f"另一个进程（{_name(file)}）正在写这个数据库。SQLite {sqlite3.sqlite_version} 同时只能有一个进程写，"
        "两个一起写可能损坏数据。请先停下它再试；要几个进程一起写，请改用 PostgreSQL（设置 HEYI_DATABASE）。"
    )
