"""Reads a table of text from a CSV file (UTF-8, UTF-16 with its mark, GBK), JSONL, or an XLSX's first sheet.

Cells are text, as typed: a code keeps its zeros when the file does, whole numbers lose the ``.0`` that
spreadsheets give them, other numbers are written as the shortest decimal that reads back the same.
"""

import codecs
import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from python_calamine import CalamineWorkbook

from community.errors import Unfit
from community.places.zipped import MOST_COLUMNS, MOST_ROWS, inspect, unreadable

MOST_BYTES: Final = 10 * 1024 * 1024
ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"  # .xls and password-protected .xlsx
DELIMITERS: Final = ",\t;"

Line = tuple[int, tuple[str, ...]]
"""The number of a line in its file, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the words of its first line, and the lines below by their number in the file."""

    heads: tuple[str, ...]
    rows: tuple[Line, ...]
    sha256: str


def read_sheet(data: bytes) -> Sheet:
    """Return the table in ``data``; lines without any text are left out.

    Raises:
        Unfit: it is no table that can be read, or is too large.
    """
    if len(data) > MOST_BYTES:
        raise Unfit("文件太大，最多 {most} MB。请分成几个文件再传。", most=MOST_BYTES // 1024 // 1024)
    if data.startswith(OLD):
        raise Unfit("这是旧版 .xls 或加了密码的文件，请另存为没有密码的 .xlsx 或 CSV 再传。")
    rows = _workbook(data) if data.startswith(ZIP) else _jsonl(data) if _is_jsonl(data) else _csv(data)
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        raise Unfit("文件是空的，请检查是不是选错了文件。")
    return Sheet(filled[0][1], tuple(filled[1:]), hashlib.sha256(data).hexdigest())


def _workbook(data: bytes) -> list[Line]:
    inspect(data)
    try:
        first = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = first.to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as wrong:  # a panic of the native reader is no Exception
        raise unreadable() from wrong
    return [(number, tuple(_text(cell) for cell in row)) for number, row in enumerate(rows, 1)]


def _text(cell: object) -> str:
    """Return a cell as it reads.

    >>> _text(302.0), _text(89.37), _text(True), _text(date(1980, 2, 3)), _text(" 1号楼 ")
    ('302', '89.37', '是', '1980-02-03', '1号楼')
    """
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _is_jsonl(data: bytes) -> bool:
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def _jsonl(data: bytes) -> list[Line]:
    """Return the objects of a JSONL file as rows under their names; what is no text, number or truth is left out."""
    objects = [(n, _object(n, text)) for n, text in enumerate(_decoded(data).splitlines(), 1) if text.strip()]
    heads = list(dict.fromkeys(name for _, each in objects for name in each))
    _bounded(len(objects), len(heads))
    return [(0, tuple(heads)), *[(n, tuple(_text(each.get(name, "")) for name in heads)) for n, each in objects]]


def _object(line: int, text: str) -> dict[str, object]:
    try:
        found = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unfit("第 {line} 行不是一个 JSON 对象，请检查。", line=line)
    return {name: value for name, value in found.items() if isinstance(value, str | bool)}


def _csv(data: bytes) -> list[Line]:
    text = _decoded(data)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    rows: list[Line] = []
    before = 0
    try:
        for row in reader:
            _bounded(len(rows), len(row))
            rows.append((before + 1, tuple(cell.strip() for cell in row)))
            before = reader.line_num
    except csv.Error as wrong:
        raise Unfit("第 {line} 行附近的引号或换行不对，请检查，或另存为 .xlsx 再传。", line=before + 1) from wrong
    return rows


def _bounded(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unfit(
            "表格太大了，最多 {rows} 行、{columns} 列。请删去空行空列，或分成几个文件。",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )


def _decoded(data: bytes) -> str:
    """Return the text in the first encoding that fits."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit("看不出文件用的是什么编码，请另存为 UTF-8 的 CSV 或 .xlsx 再传。")
