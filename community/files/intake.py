"""Taking a file in: measure it, tell what it is, redraw pictures, keep it. The bytes never lie in memory whole."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final

from community.errors import Unfit
from community.files.picture import redraw
from community.files.rules import CSV, ENDINGS, IMAGE, MEGABYTE, MOST, PACKAGES, SOUND, TEXT, WEBP, ZIP, ending, kind_of
from community.files.storage import CHUNK, Storage

# Two at a time: a picture takes 160 MB while it is open.
_HANDS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="intake")
NOT_TAKEN: Final = "这种文件收不了。可以传照片（JPG、PNG）、PDF、Word、Excel 或文本文件。"
_BINARY: Final = bytes(set(range(32)) - set(b"\t\n\r\f"))


@dataclass(frozen=True, slots=True)
class Taken:
    """What was kept, before anybody knows whose it is."""

    key: str
    media_type: str
    size: int
    sha256: str
    given_sha256: str


async def take(storage: Storage, file: BinaryIO, name: str, *, sound: bool = False) -> Taken:
    """Keep one file and return what it turned out to be. No database, so call it before the command.

    A voice is taken only with ``sound``.

    Raises:
        Unfit: it is empty, too large, broken, or of a kind that is not taken.
    """
    given, media_type, final = await examine(file, name, sound=sound)
    size, sha256 = await asyncio.get_running_loop().run_in_executor(_HANDS, measure, final)
    key = await storage.put(chunks(final))
    return Taken(key, media_type, size, sha256, given)


async def examine(file: BinaryIO, name: str, *, sound: bool = False) -> tuple[str, str, BinaryIO]:
    """Return the checksum of ``file`` as given, what it is, and what may be shown of it: a picture drawn anew.

    Raises:
        Unfit: it is empty, too large, broken, or of a kind that is not taken.
    """
    run = partial(_examine, sound=sound)
    return await asyncio.get_running_loop().run_in_executor(_HANDS, run, file, name)


def _examine(file: BinaryIO, name: str, *, sound: bool) -> tuple[str, str, BinaryIO]:
    """Return the checksum of ``file`` as given, what it is, and what to keep of it."""
    size, given = measure(file)
    if size > MOST:
        raise Unfit("这个文件超过 {n} MB，太大了。照片请压小一些，文件请分开传。", field="file", n=MOST // MEGABYTE)
    if not size:
        raise Unfit("这个文件是空的，请重新选一个。", field="file")
    media_type = tell(file, name)
    if media_type in SOUND and not sound:
        raise Unfit(NOT_TAKEN, field="file")
    file.seek(0)
    return (given, WEBP, io.BytesIO(redraw(file))) if media_type == IMAGE else (given, media_type, file)


def measure(file: BinaryIO) -> tuple[int, str]:
    """Return how many bytes ``file`` has and their SHA-256."""
    size, checksum = 0, hashlib.sha256()
    for chunk in _read(file):
        size += len(chunk)
        checksum.update(chunk)
    return size, checksum.hexdigest()


def _read(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


async def chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    """Read ``file`` from its beginning, in chunks."""
    file.seek(0)
    while chunk := await asyncio.to_thread(file.read, CHUNK):
        yield chunk


def tell(file: BinaryIO, name: str) -> str:
    """Return what ``file`` is, by its content; the ending of its name has to agree.

    Raises:
        Unfit: it is of a kind that is not taken, or pretends to be another.
    """
    kind = kind_of(next(_read(file), b""))
    if kind == ZIP:
        kind = _package(file)
    elif kind is None:
        kind = _text(file, name)
    if kind is None:
        raise Unfit(NOT_TAKEN, field="file")
    if ending(name) not in ENDINGS[kind]:
        raise Unfit("文件名的结尾和内容对不上。请用原来的软件另存一次再传。", field="file")
    return kind


def _package(file: BinaryIO) -> str | None:
    """Return which office package it is; one with macros, a lock or a broken directory is none."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(e.flag_bits & 1 for e in entries):
        return None
    found = [kind for name, kind in PACKAGES.items() if name in names and "[Content_Types].xml" in names]
    return found[0] if len(found) == 1 else None


def _text(file: BinaryIO, name: str) -> str | None:
    """Return plain text or CSV when that is what the name says and no binary byte is in it."""
    kind = {".txt": TEXT, ".csv": CSV}.get(ending(name))
    binary = kind and any(len(chunk) != len(chunk.translate(None, _BINARY)) for chunk in _read(file))
    return None if binary else kind
