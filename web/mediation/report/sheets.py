"""The form as files: exact for reporting up, with small figures hidden for the public; CSV or XLSX."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Final

from mediation.report import form, tail
from mediation.report.form import DIMENSIONS
from mediation.report.rules import Counted
from web.words import N_, gathered
from web.xlsx import Cell, workbook

HEADS: Final = (N_("项目"), N_("受理"), N_("调结"), N_("调解成功"), N_("协议金额（万元）"), N_("当事人（人）"))
TITLES: Final = {
    "kind": N_("纠纷类型"),
    "track": N_("调解的系统"),
    "source": N_("案件来源"),
    "outcome": N_("办理结果"),
    "amount": N_("协议金额"),
}
TOTAL: Final = N_("合计")
TAIL: Final = (N_("办结以后"), N_("件数"), N_("涉及人数"), N_("金额（万元）"))

Say = Callable[[str], str]


def block(cases: Sequence[Counted], since: date, until: date, by: str, *, hidden: bool, say: Say) -> list[list[Cell]]:
    """Return the rows of one dimension without their heads, the total last."""
    rows = form.lines(cases, since, until, by)
    if hidden:
        return [[_name(of, say), *_in_wan(cells)] for of, cells in form.public(rows)]
    return [
        [_name(each.of, say), each.accepted, each.concluded, each.agreed, form.wan(each.fen), each.people]
        for each in rows
    ]


def _name(of: Enum | None, say: Say) -> str:
    return say(gathered()[type(of), of.name] if of else TOTAL)


def _in_wan(cells: Sequence[str]) -> list[Cell]:
    return [form.wan(int(cell)) if n == 3 and cell.isdigit() else cell for n, cell in enumerate(cells)]  # noqa: PLR2004


def sheets(cases: Sequence[Counted], since: date, until: date, *, hidden: bool, say: Say) -> list[list[list[Cell]]]:
    """Return every dimension as a table with its head row."""
    return [
        [
            [say(TITLES[by]), *(say(each) for each in HEADS[1:])],
            *block(cases, since, until, by, hidden=hidden, say=say),
        ]
        for by in DIMENSIONS
    ]


def lower(groups: Sequence[tail.Group], *, hidden: bool, say: Say) -> list[list[Cell]]:
    """Return what came after the talks as one table with its head row."""
    rows = [_lower_row(of, cells, say) for group in groups for of, cells in _of(group, hidden=hidden)]
    return [[say(each) for each in TAIL], *rows]


def _of(group: tail.Group, *, hidden: bool) -> list[tuple[Enum, list[str]]]:
    if hidden:
        return tail.public(group)
    return [(of, ["" if each is None else str(each) for each in cells]) for of, cells in tail.exact(group)]


def _lower_row(of: Enum, cells: Sequence[str], say: Say) -> list[Cell]:
    n, people, fen = cells
    return [_name(of, say), _figure(n), _figure(people), form.wan(int(fen)) if fen.isdigit() else fen]


def _figure(text: str) -> Cell:
    return int(text) if text.isdigit() else text


def as_csv(tables: Sequence[list[list[Cell]]]) -> bytes:
    """Return the tables one below the other (RFC 4180, UTF-8 with its mark)."""
    out = io.StringIO()
    lines = csv.writer(out)
    for each in tables:
        lines.writerows([*each, []])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(tables: Sequence[list[list[Cell]]]) -> bytes:
    """Return the tables as a workbook, a sheet each."""
    return workbook((str(each[0][0]), each) for each in tables)
