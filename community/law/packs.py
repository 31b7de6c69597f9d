"""The packs that come with the program, read once, and packs read from a file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from community.law.rules import NATION, Pack, Statute, Table, pack_from

FOLDER: Final = Path(__file__).parent / "packs"


def read_pack(path: Path) -> Pack:
    """Read one file.

    Raises:
        ValueError: it is no TOML, or no pack; the sentence names the file.
    """
    data = path.read_bytes()
    try:
        return pack_from(tomllib.loads(data.decode()), sha256=hashlib.sha256(data).hexdigest())
    except (ValueError, UnicodeDecodeError) as problem:
        raise ValueError(f"{path.name}: {problem}") from problem


@cache
def shipped() -> tuple[Pack, ...]:
    """Return the packs that come with the program, by name."""
    return tuple(read_pack(path) for path in sorted(FOLDER.glob("*.toml")))


def statutes() -> dict[str, Statute]:
    """Return every statute by its id."""
    return {statute.id: statute for pack in shipped() for statute in pack.statutes}


def tables() -> tuple[Table, ...]:
    """Return every rule as its table, where it holds filled in from its pack."""
    return tuple({"jurisdiction": pack.jurisdiction, **rule} for pack in shipped() for rule in pack.rules)


def conducts() -> tuple[Table, ...]:
    """Return how votes are held, a table for each set of rules."""
    return tuple(conduct for pack in shipped() for conduct in pack.conducts)


def holds_in(jurisdiction: str, place: str) -> bool:
    """Return whether what holds in a jurisdiction holds in a place: the nation's everywhere, a province's inside it.

    >>> holds_in("CN", "CN-51"), holds_in("CN-51", "CN-5101"), holds_in("CN-51", "CN-41")
    (True, True, False)
    """
    return jurisdiction == NATION or place.startswith(jurisdiction)
