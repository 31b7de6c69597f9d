"""Papers that go to somebody as one parcel: each locked and with its hash, the list of hashes, one ZIP."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mediation.case.keys import Carrier, lock_in

Named = Callable[[int, str], str]
"""Returns what a paper is called in the parcel, from its place and its part."""


class Kept(Protocol):
    """A paper, as it is written or as it is stored."""

    @property
    def part(self) -> str:
        """Which kind of paper it is."""

    @property
    def sha256(self) -> str:
        """Return the hash of what it says."""


@dataclass(frozen=True, slots=True)
class Written:
    """One paper as it goes out."""

    part: str
    text: str

    @property
    def sha256(self) -> str:
        """Return the hash of what it says, in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def locked(self, n: int, about: str, row: Carrier) -> dict[str, Any]:
        """Return the columns in which paper ``n`` is stored, its text locked with the key ``row`` carries."""
        body = lock_in(row, self.text, about=about)
        return {"n": n, "part": self.part, "size": len(self.text.encode()), "sha256": self.sha256, "body": body}


def listed(items: Iterable[Kept], named: Named) -> str:
    """Return the list of hashes as it lies in the parcel: one line a paper."""
    return "".join(f"{each.sha256}  {named(n, each.part)}\n" for n, each in enumerate(items, start=1))


def list_hash(items: Iterable[Kept], named: Named) -> str:
    """Return the hash of that list, which stands in the record."""
    return hashlib.sha256(listed(items, named).encode()).hexdigest()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file, the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def lines(*told: str) -> str:
    """Return sentences as a paper: one line each."""
    return "\n".join(told) + "\n"
