"""The columns that import files may have, and reading a line of them cell by cell."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from community.errors import Unfit
from community.places.rules import listed
from community.places.sheet import Sheet
from community.text import clean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called inside, on the sheet, and otherwise; ``must`` when a file may not lack it."""

    key: str
    title: str
    others: tuple[str, ...] = ()
    must: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in one line of a file: the column, and why."""

    line: int
    column: str
    why: Unfit


@dataclass(slots=True)
class Reading:
    """One line of a file being read. What is wrong goes to ``wrong``, and reading goes on."""

    line: int
    cells: Mapping[str, str]
    titles: Mapping[str, str]
    wrong: list[Wrong]

    def take(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return the value of a cell; ``None`` when it is empty or wrong."""
        try:
            text = clean(self.cells.get(key, "")).strip()
            return read(text) if text else None
        except Unfit as why:
            self.object(key, why)
            return None

    def need(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return the value of a cell that may not be empty."""
        if not self.cells.get(key, "").strip():
            self.object(key, Unfit("这一格还没有填。"))
        return self.take(key, read)

    def object(self, key: str, why: Unfit) -> None:
        """Note that something in this line is wrong."""
        self.wrong.append(Wrong(self.line, self.titles[key], why))


def readings(sheet: Sheet, columns: tuple[Column, ...], wrong: list[Wrong], *, strict: bool = True) -> list[Reading]:
    """Return the lines of ``sheet`` by the keys of ``columns``.

    Raises:
        Unfit: a column is missing, doubled or, when ``strict``, unknown.
    """
    places = _places(sheet.heads, columns, strict=strict)
    titles = {each.key: each.title for each in columns}
    return [
        Reading(line, {key: cells[at] for key, at in places.items() if at < len(cells)}, titles, wrong)
        for line, cells in sheet.rows
    ]


def _places(heads: tuple[str, ...], columns: tuple[Column, ...], *, strict: bool) -> dict[str, int]:
    names = {name: each.key for each in columns for name in (each.title, each.key, *each.others)}
    found: dict[str, int] = {}
    unknown = []
    for at, head in enumerate(map(_plain, heads)):
        key = names.get(head)
        if key in found:
            raise Unfit("“{column}”这一列出现了两次，请删去一列。", column=head)
        if key:
            found[key] = at
        elif head:
            unknown.append(head[:20])
    _complete(found, columns)
    if strict and unknown:
        raise Unfit("不认识这些列：{columns}。请删掉它们，或者照模板改列名。", columns=listed(unknown))
    return found


def _complete(found: Mapping[str, int], columns: tuple[Column, ...]) -> None:
    missing = [each.title for each in columns if each.must and each.key not in found]
    if missing:
        raise Unfit("第一行缺少这些列：{columns}。请照模板写好列名。", columns=listed(missing))


def _plain(text: str) -> str:
    """Return half-width text without spaces, lower case, and what stands in brackets left out.

    >>> _plain("面积（㎡）"), _plain(" Area ")
    ('面积', 'area')
    """
    return unicodedata.normalize("NFKC", text).partition("(")[0].strip().lower()
