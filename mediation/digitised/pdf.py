"""How many pages a PDF has, and whether it carries anything but pages: read from its bytes, opened by nobody.

Object streams are unpacked up to a bound, so that a small file cannot grow without end. Names are read with their
escapes undone (ISO 32000-2, 7.3.5), so that none hides.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from community.errors import Unfit

MOST_UNPACKED: Final = 64 * 1024 * 1024  # bytes of all object streams of a file
_STREAM: Final = re.compile(rb"stream\r?\n")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGES: Final = re.compile(rb"/Type\s*/Pages\b")
_COUNT: Final = re.compile(rb"/Count\s+(\d{1,6})\b")
_LIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
_LOCKED: Final = re.compile(rb"/Encrypt\b")
BROKEN: Final = "这个 PDF 读不出页数，可能已经损坏。请重新扫描，或者另存一次再传。"


def pages_in(content: bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        Unfit: it is locked, carries a program or another file, is broken, or unpacks to too much.
    """
    most = 0
    for part in _parts(content):
        text = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _LOCKED.search(text):
            raise Unfit("这个 PDF 有密码。请去掉密码再传。", field="files")
        if _LIVE.search(text):
            raise Unfit("这个 PDF 里有程序、表单或者别的文件，收不了。请打印成普通 PDF 再传。", field="files")
        most = max([most, *_counts(text)])
    if not most:
        raise Unfit(BROKEN, field="files")
    return most


def _counts(text: bytes) -> Iterator[int]:
    """Yield what the nodes of the page tree count; the root counts all."""
    for found in _PAGES.finditer(text):
        near = text[max(0, text.rfind(b"obj", 0, found.start())) : _end(text, found.end())]
        yield from (int(each) for each in _COUNT.findall(near))


def _end(text: bytes, start: int) -> int:
    at = text.find(b"endobj", start)
    return at if at >= 0 else len(text)


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield what is written outside of streams, then what the object streams hold."""
    left, at, outside, packed = MOST_UNPACKED, 0, list[bytes](), list[bytes]()
    while found := _STREAM.search(content, at):
        head = content[at : found.start()]
        end = content.find(b"endstream", found.end())
        end = end if end >= 0 else len(content)
        outside.append(head)
        if b"ObjStm" in head[-400:]:
            unpacked = _unpacked(content[found.end() : end], left)
            left -= len(unpacked)
            packed.append(unpacked)
        at = end
    yield b"".join([*outside, content[at:]])
    yield from packed


def _unpacked(body: bytes, left: int) -> bytes:
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(body, left) if left > 0 else b""
    except zlib.error as wrong:
        raise Unfit(BROKEN, field="files") from wrong
    if machine.unconsumed_tail or left <= 0:
        raise Unfit("这个 PDF 展开以后太大了。请分成几份再传。", field="files")
    return out
