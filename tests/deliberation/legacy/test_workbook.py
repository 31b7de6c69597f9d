"""The same proposals from a workbook as from a table of text, and a bad cell named by line and column."""

import io

import xlsxwriter

from community.places.sheet import read_sheet
from deliberation.legacy.sheets import parse
from tests.deliberation.legacy.test_sheets import COMMENTS, PROPOSALS


def workbook(text: str) -> bytes:
    """Return the lines of a CSV as an XLSX workbook, its numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(text.splitlines()):
            for column, cell in enumerate(line.split(",")):
                sheet.write(row, column, int(cell) if cell.lstrip("-").isdigit() else cell)
    return out.getvalue()


def test_a_workbook_says_the_same_as_a_table_of_text() -> None:
    plain = parse(read_sheet(PROPOSALS.encode()), read_sheet(COMMENTS.encode()))
    booked = parse(read_sheet(workbook(PROPOSALS)), read_sheet(workbook(COMMENTS)))
    assert booked == plain
    assert len(booked.comments) == 7


def test_a_bad_cell_of_a_workbook_is_named() -> None:
    wrong = parse(read_sheet(workbook(PROPOSALS + "8,Y,Otro,1,ayer,,\n")), None).wrong
    assert [(each.line, each.column) for each in wrong] == [(3, "日期")]
