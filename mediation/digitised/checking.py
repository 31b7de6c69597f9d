"""Telling what a scanned file is by its content, and counting its pages; packages are unpacked within bounds.

Every picture is decoded once, so that a broken scan is found on the day it is made. Source: OWASP File Upload cheat
sheet; DA/T 31 (whole, legible, in order).
"""

import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from PIL import Image

from community.errors import Unfit
from community.files.intake import measure
from community.files.rules import MEGABYTE, PDF, PIXELS
from mediation.digitised.pdf import pages_in
from mediation.digitised.rules import in_order

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
TIFF: Final = "image/tiff"
ENDINGS: Final = {JPEG: (".jpg", ".jpeg"), PNG: (".png",), TIFF: (".tif", ".tiff"), PDF: (".pdf",)}
ACCEPT: Final = ",".join([*(end for ends in ENDINGS.values() for end in ends), ".zip"])
_STARTS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"%PDF-", PDF),
)
MOST_FILE: Final = 50 * MEGABYTE
MOST_ALL: Final = 200 * MEGABYTE
MOST_FILES: Final = 600
MOST_PAGES: Final = 2000
MOST_NAME: Final = 80
CHUNK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What a scanned file turned out to be."""

    media_type: str
    pages: int
    size: int
    sha256: str


def title_of(name: str) -> str:
    """Return what the list calls a file: its name without folder and ending.

    >>> title_of("扫描/03 调解协议书.pdf")
    '03 调解协议书'
    """
    stem = PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0]
    return "".join(each for each in stem if each.isprintable()).strip()[:MOST_NAME] or "未命名"


def examine(file: BinaryIO, name: str) -> Found:
    """Return what a scan is. Slow: run it in a thread.

    Raises:
        Unfit: it is empty, too large, broken, of a kind that is not taken, or pretends to be another.
    """
    size, sha256 = measure(file)
    if not 0 < size <= MOST_FILE:
        raise Unfit(
            "这个文件是空的，或者超过 {n} MB：{name}。", field="files", name=title_of(name), n=MOST_FILE // MEGABYTE
        )
    file.seek(0)
    media_type = next((kind for start, kind in _STARTS if _begins(file, start)), None)
    if media_type is None:
        raise Unfit("这种文件收不了：{name}。请传 PDF、JPG、PNG 或 TIFF。", field="files", name=title_of(name))
    if not name.lower().endswith(ENDINGS[media_type]):
        raise Unfit("文件名的结尾和内容对不上：{name}。请用扫描软件另存一次再传。", field="files", name=title_of(name))
    file.seek(0)
    pages = pages_in(file.read()) if media_type == PDF else _frames(file, name)
    return Found(media_type, pages, size, sha256)


def _begins(file: BinaryIO, start: bytes) -> bool:
    file.seek(0)
    return file.read(len(start)) == start


def _frames(file: BinaryIO, name: str) -> int:
    """Return how many pages a picture file has, after decoding each."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # size and number are checked here
            return _decoded(file, name)
    except Unfit:
        raise
    except Exception as wrong:  # a decoder may raise anything on a broken file
        raise Unfit("这一页打不开，可能已经损坏：{name}。请重新扫描。", field="files", name=title_of(name)) from wrong


def _decoded(file: BinaryIO, name: str) -> int:
    with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as opened:
        count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        if count > MOST_PAGES:
            raise Unfit("页数太多：{name}。请分成几份再传。", field="files", name=title_of(name))
        for n in range(count):
            if n:
                opened.seek(n)
            if opened.width * opened.height > PIXELS:
                raise Unfit("这一页的尺寸太大：{name}。请用 300 dpi 扫描。", field="files", name=title_of(name))
            opened.load()
        return count


def unpacked(files: list[tuple[str, BinaryIO]], stack: ExitStack) -> list[tuple[str, BinaryIO]]:
    """Return the files of an upload in the order of their names, those of a package among them; ``stack`` closes them.

    Raises:
        Unfit: there are too many, together they are too large, or a package is locked or broken.
    """
    found, left = list[tuple[str, BinaryIO]](), MOST_ALL
    for name, file in files:
        for inside, body in _opened(name, file, left, stack):
            left -= measure(body)[0]
            found.append((inside, body))
            if left < 0 or len(found) > MOST_FILES:
                most = MOST_ALL // MEGABYTE
                raise Unfit(
                    "一卷最多 {n} 个文件，一共 {mb} MB。请分成几卷。",
                    field="files",
                    name=title_of(name),
                    n=MOST_FILES,
                    mb=most,
                )
    return sorted(found, key=lambda each: in_order(each[0]))


def _opened(name: str, file: BinaryIO, left: int, stack: ExitStack) -> Iterator[tuple[str, BinaryIO]]:
    if not _begins(file, b"PK\x03\x04"):
        yield name, file
        return
    try:
        with zipfile.ZipFile(file) as package:
            for entry in package.infolist():
                if not entry.is_dir() and not _ours(entry.filename):
                    yield entry.filename, _entry(package, entry, min(left, MOST_FILE), stack)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError) as wrong:
        raise Unfit("这个压缩包打不开，或者有密码：{name}。请重新打包。", field="files", name=title_of(name)) from wrong


def _ours(name: str) -> bool:
    """Return whether an entry is what a desktop leaves behind, and no scan."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1] in {"Thumbs.db", "desktop.ini"}


def _entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, stack: ExitStack) -> BinaryIO:
    """Return one file of a package, read no further than ``most`` bytes whatever its head says."""
    out = cast("BinaryIO", stack.enter_context(tempfile.SpooledTemporaryFile(4 * MEGABYTE)))  # noqa: SIM115
    with package.open(entry) as body:
        while chunk := body.read(CHUNK):
            out.write(chunk)
            if out.tell() > most:
                raise Unfit("压缩包里的这个文件太大：{name}。请分开传。", field="files", name=title_of(entry.filename))
    return out
