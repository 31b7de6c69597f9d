"""Locking what was handed in with the key of its case, and opening it again. The bytes never lie in the clear.

Source: trust model "Confidentiality at rest"; 民事证据规定 93 (the original is kept as it came).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from community.codes import new_code
from community.errors import MovedOn
from community.files.intake import chunks, examine, measure
from community.files.rules import WEBP, clean_name, ending
from community.files.storage import Storage
from community.privacy import vault
from community.privacy.sealing import seal, unseal
from mediation.case.keys import key_of
from mediation.case.models import Case
from mediation.evidence.models import Appraisal, Evidence, EvidenceFile, OriginalWish

GONE: Final = "这份证据的钥匙已经销毁，打不开了。"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies locked and belongs to nothing yet."""

    code: str
    name: str
    media_type: str
    size: int
    sha256: str
    key: str
    copy_key: str = ""
    copy_size: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Return where its bytes lie."""
        return (self.key, self.copy_key) if self.copy_key else (self.key,)


async def keep(storage: Storage, case: Case, file: BinaryIO, name: str) -> Kept:
    """Lock one file away, and of a picture a copy drawn anew. No database, so call it before the command.

    Raises:
        Unfit: it is empty, too large, broken, or of a kind that is not taken.
    """
    sha256, media_type, shown = await examine(file, name, sound=True)
    code, key = new_code(), key_of(case)
    at = await storage.put(seal(chunks(file), about=_place(code, "original"), key=key))
    size, _ = measure(file)
    if media_type != WEBP:
        return Kept(code, clean_name(name, media_type), media_type, size, sha256, at)
    try:
        copy = await storage.put(seal(chunks(shown), about=_place(code, "copy"), key=key))
    except BaseException:
        await storage.drop(at)
        raise
    stem = clean_name(name, media_type).removesuffix(".webp")
    return Kept(code, f"{stem}{ending(name)}", media_type, size, sha256, at, copy, measure(shown)[0])


def bytes_of(storage: Storage, case: Case, file: EvidenceFile, *, original: bool) -> AsyncIterator[bytes]:
    """Return the bytes of a file in the clear: as it came, or what is shown of it.

    Raises:
        MovedOn: the key of the case was destroyed.
    """
    copy = file.image and not original
    try:
        key = key_of(case)
    except vault.Tampered as wrong:
        raise MovedOn(GONE) from wrong
    which = "copy" if copy else "original"
    return unseal(storage.get(file.copy_key if copy else file.key), about=_place(file.code, which), key=key)


Locked = Evidence | EvidenceFile | OriginalWish | Appraisal
_NAMES: Final = {
    Evidence: "evidence",
    EvidenceFile: "evidence_file",
    OriginalWish: "evidence_wish",
    Appraisal: "appraisal",
}


def put(case: Case, row: Locked, column: str, text: str) -> None:
    """Put ``text`` into a column of a row, locked with the key of the case; nothing stays nothing."""
    sealed = vault.lock(text, about=_column(row, column), key=key_of(case)) if text else ""
    setattr(row, column, sealed)


def clear(case: Case, row: Locked, column: str) -> str:
    """Return a locked column in the clear; empty when nothing was written, or the key was destroyed."""
    sealed: str = getattr(row, column)
    if not sealed or not case.data_key:
        return ""
    return vault.unlock(sealed, about=_column(row, column), key=key_of(case))


def _column(row: Locked, column: str) -> str:
    return f"{_NAMES[type(row)]}|{row.code}|{column}"


def _place(code: str, which: str) -> str:
    return f"evidence_file|{code}|{which}"
