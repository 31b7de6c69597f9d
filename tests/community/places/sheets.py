"""Original sample files, and ways to make more of them."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from community.places.sheet import Sheet, read_sheet

SAMPLES = Path(__file__).parents[2] / "data"
DATA = os.environ.get("HEYI_DATA")


def real(folder: str) -> list[object]:
    """Return the parameter that runs a test on the real data, when they are at hand."""
    return [pytest.param(Path(DATA) / folder, id="real", marks=pytest.mark.real)] if DATA else []


def sheet(text: str) -> Sheet:
    """Read CSV text, its lines stripped of their indentation."""
    return read_sheet("\n".join(line.strip() for line in text.strip().splitlines()).encode())


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return an XLSX file with these rows."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(y, x, cell, dated)
            else:
                page.write(y, x, cell)
    book.close()
    return file.getvalue()


def repacked(data: bytes, **parts: str | None) -> bytes:
    """Return a workbook with parts replaced; ``sheet`` is its first sheet, a part set to ``None`` is left out."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "rels": "xl/_rels/workbook.xml.rels"}
    chosen = {names[key]: text for key, text in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = chosen.get(name, old.read(name))
            if text is not None:
                new.writestr(name, text)
    return file.getvalue()


def part(data: bytes, name: str) -> str:
    """Return one part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()
