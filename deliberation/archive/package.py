"""One ZIP whose bytes depend on nothing but its contents, and the verification of one.

Names are sorted, every time stamp is that of the ZIP format's first day, nothing is compressed (compressors
differ between versions), and ``manifest.json`` holds the SHA-256 of every file. The root hash is the SHA-256 of
the manifest's canonical text, so it stands for every byte. Source: APPNOTE.TXT 6.3.10 §4.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

MANIFEST: Final = "manifest.json"
FORMAT: Final = "heyi-archive/1"
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a package: which file, and how."""

    name: str
    how: str  # altered | missing | added | unreadable | manifest


def manifest_of(files: Mapping[str, bytes | Path], about: Mapping[str, object]) -> bytes:
    """Return the manifest as canonical JSON: what it is about, and the SHA-256 of each file."""
    sums = {name: digest(content) for name, content in files.items()}
    return canonical({"format": FORMAT, "about": dict(about), "files": sums})


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value of JSON's own types: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes | Path) -> str:
    """Return the SHA-256 of bytes or of a file, in hexadecimal."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: Path, files: Mapping[str, bytes | Path], about: Mapping[str, object]) -> str:
    """Write the package and return its root hash. Blocks: run it in a thread."""
    manifest = manifest_of(files, about)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, content in sorted({**files, MANIFEST: manifest}.items()):
            _add(package, name, content)
    return digest(manifest)


def _add(package: zipfile.ZipFile, name: str, content: bytes | Path) -> None:
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    with package.open(entry, "w") as out:
        for chunk in _chunks(content):
            out.write(chunk)


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def verify(source: IO[bytes] | Path) -> tuple[str, list[Fault]]:
    """Return the root hash of a package, and every file that is altered, missing or added.

    The root is empty when there is no readable manifest. Whether the root is the one that was recorded
    is for whoever knows the record to say.
    """
    try:
        with zipfile.ZipFile(source) as package:
            return _verify(package)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        return "", [Fault("", "unreadable")]


def _verify(package: zipfile.ZipFile) -> tuple[str, list[Fault]]:
    names = [entry.filename for entry in package.infolist()]
    try:
        manifest = package.read(MANIFEST)
        sums = json.loads(manifest)["files"]
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return "", [Fault(MANIFEST, "manifest")]
    faults = [Fault(name, "missing") for name in sorted(set(sums) - set(names))]
    faults += [Fault(name, "added") for name in sorted(set(names) - set(sums) - {MANIFEST})]
    faults += [Fault(name, "added") for name in sorted({name for name in names if names.count(name) > 1})]
    faults += [Fault(name, "altered") for name in sorted(set(names) & set(sums)) if _sum(package, name) != sums[name]]
    return digest(manifest), faults


def _sum(package: zipfile.ZipFile, name: str) -> str:
    """Return the SHA-256 of one file in a package; nothing when its bytes cannot be read."""
    found = hashlib.sha256()
    try:
        with package.open(name) as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        return ""
    return found.hexdigest()
