"""Where the bytes lie: two methods, so that a city can keep them elsewhere than on a disk."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from community.codes import new_code

CHUNK: Final = 256 * 1024


class Storage(Protocol):
    """Keeps bytes under a key that it makes up."""

    async def put(self, chunks: AsyncIterator[bytes]) -> str:
        """Keep what comes and return its key; keep nothing when the source fails."""

    def get(self, key: str) -> AsyncIterator[bytes]:
        """Give back what is under ``key``. Raises ``FileNotFoundError``."""

    async def drop(self, key: str) -> None:
        """Forget what is under ``key``, if there is anything."""


@dataclass(frozen=True, slots=True)
class Disk:
    """Files in a folder, spread over subfolders by the first letters of their key."""

    folder: Path

    async def put(self, chunks: AsyncIterator[bytes]) -> str:
        """Write beside, then move into place, so that half a file is never seen."""
        key = new_code(26)
        path = self._path(key)
        part = path.with_suffix(".part")
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        file = await asyncio.to_thread(part.open, "xb")
        try:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(file.close)
            await asyncio.to_thread(part.rename, path)
        finally:
            file.close()
            await asyncio.to_thread(part.unlink, missing_ok=True)
        return key

    async def get(self, key: str) -> AsyncIterator[bytes]:
        """Read in chunks."""
        file = await asyncio.to_thread(self._path(key).open, "rb")
        try:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                yield chunk
        finally:
            file.close()

    async def drop(self, key: str) -> None:
        """Delete the file."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise FileNotFoundError(key)
        return self.folder / key[:2] / key
