"""Style, script and pictures: each named with the beginning of its checksum, so that browsers may keep it for ever."""

import hashlib
import time
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_WEB: Final = Path(__file__).parent
PREFIX: Final = "/static"
FRESH: Final = 1.0  # seconds
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_FIRST: Final = "no-cache"


def folder() -> Path:
    """Return where static files lie: beside the packages in a checkout, inside ``web`` when installed."""
    beside, within = _WEB.parent / "static", _WEB / "static"
    return within if within.is_dir() else beside


def mark(path: str) -> str:
    """Return the first eight characters of a file's SHA-256, or nothing when there is no such file."""
    file = folder() / path
    try:
        changed = file.stat().st_mtime_ns
    except (OSError, ValueError):
        return ""
    return _mark(file, changed)


@lru_cache(maxsize=512)
def _mark(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.is_file() else ""


_addresses: dict[str, tuple[float, str]] = {}


def address_of(path: str) -> str:
    """Return the address of the static file ``path`` with its mark, looked up once a second at most."""
    now = time.monotonic()
    since, found = _addresses.get(path, (-FRESH, ""))
    if now - since >= FRESH:
        found = marked(f"{PREFIX}/{quote(path)}", path)
        _addresses[path] = (now, found)
    return found


def marked(address: str, path: str) -> str:
    """Return ``address`` of the static file ``path`` with its mark."""
    found = mark(path)
    return f"{address}?v={found}" if found else address


class Static(StaticFiles):
    """Static files; one asked for by its present mark need never be asked for again."""

    def __init__(self) -> None:
        super().__init__(directory=folder())

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file and how long it may be kept."""
        response = await super().get_response(path, scope)
        asked = scope["query_string"].decode("latin-1")
        response.headers["Cache-Control"] = FOR_EVER if asked and asked == f"v={mark(path)}" else ASK_FIRST
        return response
