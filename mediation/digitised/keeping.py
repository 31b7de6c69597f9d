"""Locking scans away with the key of their copy, and opening them; the bytes never lie in the clear on the disk."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image

from community.codes import new_code
from community.errors import MovedOn, Unfit
from community.files.intake import chunks, measure
from community.files.picture import redraw
from community.files.storage import Storage
from community.privacy import vault
from community.privacy.sealing import seal, unseal
from mediation.case.keys import lock_in, opened_in
from mediation.digitised.checking import MOST_PAGES, TIFF, Found, examine, title_of, unpacked
from mediation.digitised.models import PaperDossier, PaperScan

GONE: Final = "这一卷的钥匙已经销毁，打不开了。"


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan that lies locked and belongs to nothing yet."""

    code: str
    title: str
    found: Found
    key: str


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """All scans of a copy that is being brought, with the code and the wrapped key it will have.

    ``source`` is the hash of the package they came in, if it was one.
    """

    code: str
    data_key: str
    scans: list[KeptScan]
    source: str


@asynccontextmanager
async def kept(storage: Storage, files: list[tuple[str, BinaryIO]]) -> AsyncIterator[KeptCopy]:
    """Lock an upload away for as long as what is done with it succeeds. No database, so call it before the command.

    Raises:
        Unfit: a file of it cannot be taken.
    """
    code, key = new_code(), vault.new_key()
    scans = list[KeptScan]()
    try:
        with ExitStack() as stack:
            for name, file in await asyncio.to_thread(unpacked, files, stack):
                found = await asyncio.to_thread(examine, file, name)
                scans.append(await _kept(storage, key, found, file, name))
        _right(sum(each.found.pages for each in scans))
        source = measure(files[0][1])[1] if len(files) == 1 else ""
        yield KeptCopy(code, vault.wrap(key, about=_key(code)), scans, source)
    except BaseException:
        for each in scans:
            await storage.drop(each.key)
        raise


def _right(pages: int) -> None:
    if not 0 < pages <= MOST_PAGES:
        raise Unfit("一卷要有 1 到 {n} 页。请检查选的文件。", field="files", n=MOST_PAGES)


async def _kept(storage: Storage, key: bytes, found: Found, file: BinaryIO, name: str) -> KeptScan:
    code = new_code()
    at = await storage.put(seal(chunks(file), about=_place(code), key=key))
    return KeptScan(code, title_of(name), found, at)


def bytes_of(storage: Storage, dossier: PaperDossier, scan: PaperScan) -> AsyncIterator[bytes]:
    """Return the bytes of a scan as it came.

    Raises:
        MovedOn: the copy was destroyed.
    """
    if not dossier.data_key:
        raise MovedOn(GONE)
    key = vault.unwrap(dossier.data_key, about=_key(dossier.code))
    return unseal(storage.get(scan.key), about=_place(scan.code), key=key)


def drawn(content: bytes, media_type: str, n: int) -> bytes:
    """Return page ``n`` (from 1) of a scanned picture, drawn anew for a screen. Slow: run it in a thread.

    Raises:
        Unfit: there is no such page.
    """
    if media_type != TIFF:
        return redraw(io.BytesIO(content))
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=("TIFF",)) as opened:
            opened.seek(n - 1)
            opened.convert("RGB").save(out, "PNG")
    except EOFError as wrong:
        raise Unfit("没有这一页。", field="page") from wrong
    return redraw(out)


def mark_of(name: str) -> str:
    """Return the keyed hash by which a party is found."""
    return vault.blind("".join(name.split()), purpose="paper dossier party")


def put_words(dossier: PaperDossier, column: str, text: str) -> str:
    """Return ``text`` locked for a column of a copy."""
    return lock_in(dossier, text, about=f"paper_dossier|{dossier.code}|{column}")


def words_in(dossier: PaperDossier, column: str) -> str:
    """Return a locked column of a copy in the clear; empty when nothing was written, or the key was destroyed."""
    sealed: str = getattr(dossier, column)
    return opened_in(dossier, sealed, about=f"paper_dossier|{dossier.code}|{column}") if dossier.data_key else ""


def put_name(dossier: PaperDossier, code: str, title: str) -> str:
    """Return the name of a scan, locked."""
    return lock_in(dossier, title, about=f"paper_scan|{code}|name")


def name_of(dossier: PaperDossier, scan: PaperScan) -> str:
    """Return what the list calls a scan; empty when the key was destroyed."""
    return opened_in(dossier, scan.name, about=f"paper_scan|{scan.code}|name") if dossier.data_key else ""


def _key(code: str) -> str:
    return f"paper_dossier|{code}|key"


def _place(code: str) -> str:
    return f"paper_scan|{code}|original"
