"""Building both packages outside any transaction: read, write pages, pack in a thread, store."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from community.files.models import Upload
from community.files.storage import Storage
from deliberation.archive.dossier import Dossier, Reader
from deliberation.archive.gathering import gather
from deliberation.archive.package import CHUNK, canonical, pack
from deliberation.matter.models import Matter

Pages = Callable[[Dossier], Mapping[str, bytes]]
"""Turns a file into pages that can be printed, by the name they have in the package."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One package in the storage: its root hash, its key, how many bytes and files it has."""

    root: str
    key: str
    size: int
    files: int


@dataclass(frozen=True, slots=True)
class Built:
    """Both packages, and how many events the record held about the matter when they were made."""

    public: Packed
    full: Packed
    events: int


async def build(matter: Matter, storage: Storage, pages: Pages) -> Built:
    """Build and store both packages; whoever does not use them drops their keys."""
    public = await gather(matter, Reader.ANYBODY)
    full = await gather(matter, Reader.KEEPER)
    return Built(await _packed(public, storage, pages), await _packed(full, storage, pages), full.events)


async def build_public(matter: Matter, storage: Storage, pages: Pages) -> Packed:
    """Build and store the package without names once more, as the matter may be read now."""
    return await _packed(await gather(matter, Reader.ANYBODY), storage, pages)


async def drop(built: Built, storage: Storage) -> None:
    """Forget packages that were not used."""
    await storage.drop(built.public.key)
    await storage.drop(built.full.key)


async def _packed(found: Dossier, storage: Storage, pages: Pages) -> Packed:
    with tempfile.TemporaryDirectory(prefix="heyi-archive-") as folder:
        uploads = {name: await _fetch(each, storage, Path(folder)) for name, each in sorted(found.uploads.items())}
        texts = {f"data/{name}.json": canonical(data) for name, data in found.sections.items()}
        files: dict[str, bytes | Path] = {**texts, **pages(found), **uploads}
        about = {"matter": found.matter.id, "reader": found.reader.value}
        target = Path(folder) / "package.zip"
        root = await asyncio.to_thread(pack, target, files, about)
        key = await storage.put(_read(target))
        return Packed(root, key, target.stat().st_size, len(files))


async def _fetch(upload: Upload, storage: Storage, folder: Path) -> Path:
    """Copy an upload beside the package, a chunk at a time."""
    target = folder / upload.code
    with target.open("wb") as file:
        async for chunk in storage.get(upload.key):
            await asyncio.to_thread(file.write, chunk)
    return target


async def _read(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
