"""One file that holds everything but the keys: the SQLite database as it stood at one moment, and the uploads.

The keys are left out on purpose: who steals a backup must not be able to read
what is locked in it. Keep ``secrets.env`` somewhere else.
"""

import hashlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from web.one_writer import holder
from web.settings import Settings

MANIFEST: Final = "manifest.json"
DATABASE: Final = "heyi.db"
FILES: Final = "files"
STEP: Final = 500  # database pages copied between two looks at the progress

Told = Callable[[int, int], None]


class BadBackup(ValueError):
    """It cannot be saved or put back; the sentence says why and what to do."""


def database_file(settings: Settings) -> Path:
    """Return the file of the embedded database, or raise `BadBackup` on another engine."""
    if not settings.sqlite:
        raise BadBackup("PostgreSQL 请用 pg_dump 备份、pg_restore 恢复，并另外复制 files 文件夹和密钥文件。")
    return Path(settings.database_url.removeprefix("sqlite://").split("?")[0])


def save(settings: Settings, target: Path, told: Told) -> int:
    """Write the backup to ``target`` and return its size in bytes; the server may go on working meanwhile.

    Raises:
        BadBackup: there is nothing to save, ``target`` exists, or the copy is not sound.
    """
    source = database_file(settings)
    if not source.exists():
        raise BadBackup(f"没有数据库 {source}，没有可备份的。")
    if target.exists():
        raise BadBackup(f"{target} 已经有了，请换个名字。")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy, packed = Path(folder) / DATABASE, Path(folder) / "backup"
        _copy(source, copy, alone=not holder(settings), told=told)
        _sound(copy)
        _pack(copy, settings.folder / FILES, packed)
        packed.chmod(0o600)
        packed.rename(target)
    return target.stat().st_size


def put_back(settings: Settings, archive: Path) -> int:
    """Unpack a backup into an empty home and return how many uploads it held.

    Raises:
        BadBackup: there is data already, or the archive is not whole.
    """
    goal, files = database_file(settings), settings.folder / FILES
    if goal.exists() or (files.exists() and any(files.iterdir())):
        raise BadBackup(f"{settings.folder} 里已经有数据，不会覆盖。请换一个空的 HEYI_HOME，或先把旧数据移走。")
    settings.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.folder) as name:
        folder = Path(name)
        count = _unpack(archive, folder)
        _sound(folder / DATABASE)
        if (folder / FILES).exists():
            shutil.copytree(folder / FILES, files, dirs_exist_ok=True)
        (folder / DATABASE).rename(goal)
    return count


def _copy(source: Path, copy: Path, *, alone: bool, told: Told) -> None:
    """Copy page by page with SQLite's own backup. Beside a server we only read: a second writer could break the log."""
    address = f"{source.resolve().as_uri()}{'' if alone else '?mode=ro'}"
    with closing(sqlite3.connect(address, uri=True)) as here, closing(sqlite3.connect(copy)) as there:
        here.execute("PRAGMA query_only=ON")
        here.backup(there, pages=STEP, progress=lambda _status, left, total: told(total - left, total), sleep=0.01)
        there.execute("PRAGMA journal_mode=DELETE")


def _sound(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    if answer != "ok" or dangling:
        raise BadBackup(f"数据库检查没有通过：{answer}，{len(dangling)} 处引用落空。请先找出原因。")


def _pack(copy: Path, files: Path, target: Path) -> None:
    found = sorted(path for path in files.rglob("*") if path.is_file() and path.suffix != ".part")
    names = {DATABASE: copy, **{f"{FILES}/{path.relative_to(files)}": path for path in found}}
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        sums = {}
        for name, path in names.items():
            archive.add(path, name)
            sums[name] = _sum(path)
        manifest = copy.with_name(MANIFEST)
        manifest.write_text(json.dumps(sums, indent=1))
        archive.add(manifest, MANIFEST)


def _unpack(archive: Path, folder: Path) -> int:
    try:
        with tarfile.open(archive, "r:gz") as packed:
            take_out(packed, folder)
        sums: dict[str, str] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError, EOFError, tarfile.TarError) as wrong:
        raise BadBackup(f"{archive} 不是完整的备份，打不开。") from wrong
    broken = [name for name, known in sums.items() if not (folder / name).is_file() or _sum(folder / name) != known]
    if DATABASE not in sums or broken:
        raise BadBackup(f"备份不完整：{'、'.join(broken[:5]) or DATABASE} 和清单对不上。")
    return len(sums) - 1


def take_out(packed: tarfile.TarFile, folder: Path) -> None:
    """Write the plain files of an archive below ``folder`` and nowhere else; Python 3.11.2 has no filter for it.

    Raises:
        tarfile.TarError: it holds a link, a device, or a path that leads out of ``folder``.
    """
    for member in packed:
        target = (folder / member.name).resolve()
        source = packed.extractfile(member) if member.isreg() else None
        if source is None or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
