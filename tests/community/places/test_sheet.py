"""Reading tables: encodings, spreadsheets, and files that mean harm."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from community.errors import Unfit
from community.places import sheet as sheets
from community.places import zipped
from community.places.sheet import read_sheet
from tests.community.places.sheets import DATA, SAMPLES, part, repacked, workbook

TEXT = "楼栋,房号\n1号楼,0302\n"
GOOD = workbook(("楼栋", "房号"), ("1号楼", "0302"))
REAL = sorted(p for p in (Path(DATA) / "attack").rglob("*") if p.is_file()) if DATA else []
FILES = [
    pytest.param(SAMPLES / "holidays" / "2026.json", id="sample"),
    *(pytest.param(path, id=path.name, marks=pytest.mark.real) for path in REAL),
]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(",", "\t").encode(),
        GOOD,
    ],
    ids=["utf-8", "utf-8 with mark", "gbk", "utf-16", "crlf", "tabs", "xlsx"],
)
def test_the_same_table_in_every_form(data: bytes) -> None:
    read = read_sheet(data)
    assert read.heads == ("楼栋", "房号")
    assert read.rows == ((2, ("1号楼", "0302")),)


def test_numbers_and_dates_of_a_spreadsheet_become_the_text_that_was_meant() -> None:
    read = read_sheet(workbook(("a",), (302.0, 89.37, date(1980, 2, 3), True), ("0012", 0.1, 13800138000)))
    assert [cells for _, cells in read.rows] == [
        ("302", "89.37", "1980-02-03", "是"),
        ("0012", "0.1", "13800138000", ""),
    ]


def test_lines_keep_their_numbers_past_empty_ones_and_quoted_breaks() -> None:
    read = read_sheet(b'a,b\n\n"x\ny",1\nz,2\n')
    assert [line for line, _ in read.rows] == [3, 5]
    assert [line for line, _ in read_sheet(workbook(("a",), (), ("z",))).rows] == [3]


def test_no_address_no_escape_no_formula_is_followed() -> None:
    read = read_sheet(b"a,b\n=1+1,@x\n")
    assert read.rows[0][1] == ("=1+1", "@x")


def stored(claimed: int, actual: bytes) -> bytes:
    """Return a package whose one part unpacks to more than it claims."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", actual)
    data = bytearray(file.getvalue())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, claimed)
    return bytes(data)


SHEET = part(GOOD, "xl/worksheets/sheet1.xml")
RELS = part(GOOD, "xl/_rels/workbook.xml.rels")
HARMFUL = {
    "empty": b"",
    "blank lines": b"\n\n,,\n",
    "no text": bytes(range(256)) * 4,
    "half a character": "楼栋".encode()[:-1] + b"\xff\xff",
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(100),
    "a zip of nothing": b"PK\x03\x04" + bytes(200),
    "cut short": GOOD[:-200],
    "no workbook in it": repacked(GOOD, workbook=None),
    "a cell at the end of the world": repacked(GOOD, sheet=SHEET.replace('r="B2"', 'r="XFD1048576"')),
    "a cell nowhere": repacked(GOOD, sheet=SHEET.replace('r="B2"', 'r="99"')),
    "a row at the end of the world": repacked(GOOD, sheet=SHEET.replace('<row r="2"', '<row r="1048576"')),
    "a row of letters": repacked(GOOD, sheet=SHEET.replace('<row r="2"', '<row r="two"')),
    "endless rows": repacked(GOOD, sheet=SHEET.replace("<sheetData>", "<sheetData>" + "<row/>" * 60_000)),
    "an endless row": repacked(GOOD, sheet=SHEET.replace("<sheetData>", "<sheetData><row>" + "<c/>" * 100 + "</row>")),
    "entities": repacked(GOOD, sheet='<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET.partition("?>")[2]),
    "broken xml": repacked(GOOD, sheet=SHEET[:-30]),
    "a sheet by another name": repacked(GOOD, rels=RELS.replace("sheet1.xml", "sheet1.bin")),
    "a bomb": stored(100_000_000, b" " * 100_000_000),
    "a bomb that lies": stored(1_000, b" " * 100_000_000),
    "an open quote": b'a,b\n"' + b"x" * 200_000,
    "too wide": b"a," * 200 + b"\n" + b"1\n",
    "too long": b"a\n" + b"1\n" * 60_000,
    "too heavy": b"a\n" + b"1" * (sheets.MOST_BYTES + 1),
}


@pytest.mark.parametrize("data", HARMFUL.values(), ids=HARMFUL.keys())
def test_a_file_that_is_no_table_or_means_harm_is_answered_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unfit, match=r"请|最多"):
        read_sheet(data)


@pytest.mark.parametrize("path", FILES)
def test_files_of_any_kind_are_answered_with_a_sentence_or_read_as_text(path: Path) -> None:
    answer = answered(path.read_bytes())
    assert answer
    assert all(isinstance(cell, str) for cell in answer)


def answered(data: bytes) -> list[str]:
    try:
        read = read_sheet(data)
    except Unfit as why:
        return [why.reason.format(**why.facts)]
    return [*read.heads, *(cell for _, cells in read.rows for cell in cells)]


def test_columns_are_counted_as_a_spreadsheet_letters_them() -> None:
    assert [zipped._column(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
