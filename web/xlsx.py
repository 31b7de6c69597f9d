"""Tables as an XLSX workbook: the least of ECMA-376 that spreadsheets open, written by hand, a sheet a table."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

Cell = str | int
Table = Sequence[Sequence[Cell]]
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE_MOST: Final = 31
"""Characters that the name of a sheet may have."""
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest moment a ZIP can hold: the same tables give the same bytes."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MARKS: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def workbook(sheets: Iterable[tuple[str, Table]]) -> bytes:
    """Return a workbook of named tables; numbers stay numbers, everything else is text and never a formula."""
    made = list(sheets)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _frame([title for title, _ in made]):
            _put(book, name, text)
        for n, (_, table) in enumerate(made, start=1):
            _put(book, f"xl/worksheets/sheet{n}.xml", _sheet(table))
    return out.getvalue()


def _put(book: zipfile.ZipFile, name: str, text: str) -> None:
    book.writestr(zipfile.ZipInfo(name, EPOCH), _HEAD + text, zipfile.ZIP_DEFLATED)


def _frame(titles: Sequence[str]) -> list[tuple[str, str]]:
    numbers = range(1, len(titles) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(title.translate(_MARKS)[:TITLE_MOST])} sheetId="{n}" r:id="r{n}"/>'
        for n, title in zip(numbers, titles, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{parts}</Types>'
    )
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
    return [
        ("[Content_Types].xml", types),
        ("_rels/.rels", _relations(root)),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", _relations(links)),
    ]


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(table: Table) -> str:
    rows = "".join(f"<row>{''.join(_cell(each) for each in row)}</row>" for row in table)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(value: Cell) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
