"""Looks through an XLSX package before it is opened: how much it unpacks to, and how wide its sheets claim to be.

The reader behind it believes what a package says about itself: a few kilobytes can claim seventeen thousand
million cells. So every part is unpacked here first, never past a bound, and every cell's address is read.
Source: ECMA-376 part 1 §18.3.1 (sheet parts), part 2 §10 (packages); APPNOTE.TXT (ZIP).
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from community.errors import Unfit

MOST_PARTS: Final = 500
MOST_UNPACKED: Final = 32 * 1024 * 1024  # bytes, all parts together
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 64
CHUNK: Final = 1024 * 1024
PARTS: Final = ("/worksheet", "/sharedStrings", "/styles")
ENCRYPTED: Final = 0x1
HEADER: Final = 30  # bytes of a local header before the name
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def unreadable() -> Unfit:
    """Return the refusal of a workbook that cannot be opened, whatever the reason."""
    return Unfit("这个表格文件打不开，请在表格软件里另存为 .xlsx 或 CSV 再传。")


def inspect(data: bytes) -> None:
    """Raise `Unfit` unless ``data`` is a workbook that can be opened without harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(data, package.infolist())
    except (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, ValueError, NotImplementedError) as wrong:
        raise unreadable() from wrong


def _check(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or "xl/workbook.xml" not in {part.filename for part in parts}:
        raise unreadable()
    left = MOST_UNPACKED
    for part in parts:
        looks = part.filename.endswith((".xml", ".rels"))
        reader = _reader() if looks else None
        for chunk in _unpacked(data, part):
            left -= len(chunk)
            if left < 0:
                raise Unfit("这个表格文件解开后太大了，请分成几个小一些的文件再传。")
            if reader:
                reader.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
        if reader:
            reader.Parse(b"", True)  # noqa: FBT003 - expat's own signature


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part really unpacks to, whatever its header says."""
    if part.flag_bits & ENCRYPTED:
        raise Unfit("这个表格文件加了密码，请去掉密码再传。")
    name, extra = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + HEADER + name + extra
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise unreadable()


def _inflated(packed: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    while packed and not stream.eof:
        yield stream.decompress(packed, CHUNK)
        packed = stream.unconsumed_tail


def _reader() -> expat.XMLParserType:
    """Return a parser that objects to far cells, document types and parts in strange places."""
    reader, bounds = expat.ParserCreate(namespace_separator=" "), _Bounds()
    reader.StartDoctypeDeclHandler = _no_doctype
    reader.StartElementHandler = bounds.element
    return reader


def _no_doctype(*_: object) -> None:
    raise unreadable()


class _Bounds:
    """How far down and to the right a sheet has come; addresses may be written or implied."""

    def __init__(self) -> None:
        self.row = 0
        self.column = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """Follow one element, and object to one out of bounds."""
        kind = name.rpartition(" ")[2]
        if kind == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            self._check()
        elif kind == "c":
            self._cell(attributes.get("r"))
            self._check()
        elif kind == "Relationship" and attributes.get("Type", "").endswith(PARTS):
            _plain(attributes.get("Target", ""))

    def _cell(self, address: str | None) -> None:
        self.column += 1
        if address is not None:
            found = _ADDRESS.fullmatch(address)
            if not found:
                raise unreadable()
            self.row, self.column = int(found[2]), _column(found[1])

    def _check(self) -> None:
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            raise Unfit(
                "表格太大了，最多 {rows} 行、{columns} 列。请删去空行空列，或分成几个文件。",
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
            )


def _plain(target: str) -> None:
    """Raise `Unfit` for a part that is not called what was looked through."""
    if not target.endswith(".xml"):
        raise unreadable()


def _column(letters: str) -> int:
    """Return the number of a column.

    >>> _column("A"), _column("BL")
    (1, 64)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
