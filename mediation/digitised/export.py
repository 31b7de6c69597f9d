"""Handing a copy out in the form of our own exports: the scans as they came, a list of hashes, what an archive asks.

The same program confirms it (``heyi verify dossier``), from the file alone.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from community.errors import MovedOn
from community.files.storage import Storage
from mediation.archive.export import BODY, FORM, LIST, as_json, as_xml
from mediation.archive.reading import TERMS
from mediation.archive.rules import Retention
from mediation.digitised.checking import ENDINGS
from mediation.digitised.keeping import bytes_of, name_of, words_in
from mediation.digitised.models import PaperDossier, PaperScan
from mediation.digitised.rules import CopyStage

MARK: Final = "传统载体档案数字化副本"
"""What a copy says it is, wherever it is shown (DA/T 31)."""
SPOOL: Final = 4 * 1024 * 1024
CHUNK: Final = 256 * 1024


def parties_of(dossier: PaperDossier) -> str:
    """Return whose dispute it was, as the cover has it."""
    return "、".join(words_in(dossier, "parties").splitlines())


def title_of(dossier: PaperDossier) -> str:
    """Return what a copy is called in the archive: its parties and that it is a dispute."""
    return f"{parties_of(dossier)}纠纷"


def metadata(dossier: PaperDossier, scans: list[PaperScan], kind: str) -> dict[str, Any]:
    """Return what an archive asks about a copy; ``kind`` in words. Its scanner and comparer have to be fetched."""
    return {
        "form": FORM,
        "number": dossier.number,
        "title": title_of(dossier),
        "org": dossier.org.name,
        "case": dossier.code,
        "kind": kind,
        "medium": MARK,
        "scanned_by": dossier.scanned_by.name,
        "scanned_at": dossier.scanned_at.isoformat(),
        "scanned_how": dossier.how,
        "compared_by": dossier.compared_by.name if dossier.compared_by else "",
        "compared_at": dossier.compared_at.isoformat() if dossier.compared_at else "",
        "from": dossier.began_on.isoformat(),
        "to": dossier.closed_on.isoformat(),
        "retention": TERMS[Retention(dossier.retention)],
        "kept_until": dossier.kept_until.isoformat() if dossier.kept_until else "",
        "original_at": dossier.lies,
        "pages": dossier.pages,
        "statement": words_in(dossier, "words"),
        "changed": [],
        "chain": {"before": dossier.before, "manifest": dossier.manifest, "link": dossier.link},
        "papers": [_paper(dossier, each) for each in scans],
    }


def _paper(dossier: PaperDossier, scan: PaperScan) -> dict[str, Any]:
    return {
        "row": scan.row,
        "leaf": f"scan-{scan.row:03d}",
        "title": name_of(dossier, scan),
        "n": scan.pages,
        "first": scan.begins,
        "sha256": scan.sha256,
        "file": file_of(scan),
    }


def file_of(scan: PaperScan) -> str:
    """Return the name of a scan in the export; what it is called stands in the list.

    >>> file_of(PaperScan(row=3, media_type="image/tiff"))
    'papers/003.tif'
    """
    return f"papers/{scan.row:03d}{ENDINGS[scan.media_type][0]}"


def require_whole(dossier: PaperDossier) -> None:
    """Raise `MovedOn` unless a copy was compared and is still there."""
    if dossier.stage not in (CopyStage.COMPARED, CopyStage.LEAVING):
        raise MovedOn("这一卷还没有和原件比对，或者已经不在了，不能导出。")


async def packed(
    dossier: PaperDossier, scans: list[PaperScan], pdf: bytes, kind: str, storage: Storage
) -> tuple[IO[bytes], str]:
    """Return the export as an open file, and the hash of its list. The scans pass through piece by piece.

    Call `require_whole` before.
    """
    told = metadata(dossier, scans, kind)
    files = {BODY: pdf, "metadata.json": as_json(told), "metadata.xml": as_xml(told)}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    hashes |= {file_of(each): each.sha256 for each in scans}
    listed = as_json({"form": FORM, "number": told["number"], "chain": told["chain"], "files": hashes})
    out = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the answer reads it and closes it
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {LIST: listed, **files}.items():
            package.writestr(zipfile.ZipInfo(name), content)
        for each in scans:
            with package.open(zipfile.ZipInfo(file_of(each)), "w") as inside:
                async for chunk in bytes_of(storage, dossier, each):
                    inside.write(chunk)
    return out, hashlib.sha256(listed).hexdigest()


def read_on(file: IO[bytes]) -> Iterator[bytes]:
    """Yield an open file from its beginning, and close it."""
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
