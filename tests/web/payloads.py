"""Strings that break careless programs: our own, and those of the data set when there is one."""

import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote_from_bytes

T = TypeVar("T")
OWN = Path(__file__).parents[1] / "data" / "attack.json"
FULL = os.environ.get("HEYI_ATTACK") == "full"


def payloads() -> list[str]:
    """Return every string; ``[text, times]`` in our own list stands for a repetition."""
    groups = json.loads(OWN.read_text(encoding="utf-8"))
    own = [one if isinstance(one, str) else one[0] * one[1] for group in groups.values() for one in group]
    return list(dict.fromkeys([*own, *_given()]))


def _given() -> list[str]:
    folder = Path(os.environ.get("HEYI_DATA", "")) / "attack" / "text"
    if "HEYI_DATA" not in os.environ or not folder.is_dir():
        return []
    files = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return [_text(row) for rows in files for row in (rows.items() if isinstance(rows, dict) else rows)]


def _text(row: object) -> str:
    if isinstance(row, dict):
        return str(row["payload"])
    if isinstance(row, tuple):  # a letter and those that look like it
        return "".join(str(like["c"]) for like in row[1])
    return str(row)


def sample(everything: Sequence[T], key: str, most: int) -> list[T]:
    """Return ``most`` of ``everything`` that ``key`` picks, spread over the whole list; all of them in a full run."""
    if most and (FULL or len(everything) <= most):
        return list(everything)
    start, step = zlib.crc32(key.encode()) % len(everything), max(1, len(everything) // max(1, most))
    return [everything[(start + n * step) % len(everything)] for n in range(most)]


def quoted(text: str) -> str:
    """Return ``text`` as a browser with no manners would put it into a body or address, half code points included."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def encoded(values: Sequence[tuple[str, str]]) -> bytes:
    """Return a form body."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in values).encode()
