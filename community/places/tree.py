"""Reads a tree of places from a sheet: the committee's own (streets to buildings) or the divisions of a country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from community.errors import Unfit
from community.places.cells import code, one_of, word
from community.places.columns import Column, Reading, Wrong, readings
from community.places.rules import ABOVE, LEVELS, TOPS, PlaceKind
from community.places.sheet import Sheet

MOST_NAME: Final = 64
MOST_CODE: Final = 24
MOST_PINYIN: Final = 96

PLACE_COLUMNS: Final = (
    Column("kind", "层级", ("类别", "level"), must=True),
    Column("code", "编码", ("代码",), must=True),
    Column("name", "名称", (), must=True),
    Column("parent", "上级编码", ("上级", "parent_code"), must=True),
)
DIVISION_COLUMNS: Final = (
    Column("id", "id", must=True),
    Column("pid", "pid", must=True),
    Column("deep", "deep", must=True),
    Column("name", "name", must=True),
    Column("pinyin", "pinyin", must=True),
    Column("ext_id", "ext_id"),
    Column("ext_name", "ext_name", must=True),
)
KINDS: Final = {
    "省": PlaceKind.PROVINCE,
    "市": PlaceKind.CITY,
    "县区": PlaceKind.COUNTY,
    "区县": PlaceKind.COUNTY,
    "街道": PlaceKind.STREET,
    "街道乡镇": PlaceKind.STREET,
    "社区": PlaceKind.COMMUNITY,
    "网格": PlaceKind.GRID,
    "楼栋": PlaceKind.BUILDING,
    **{kind.value: kind for kind in PlaceKind},
}
DEPTHS: Final = {str(deep): kind for deep, kind in enumerate(LEVELS[:4])}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of a file; ``parent`` is the code of the place it lies in, empty at the top."""

    line: int
    kind: PlaceKind
    code: str
    name: str
    parent: str
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The places of a file, the wider before the narrower, and what is wrong in it."""

    rows: tuple[PlaceRow, ...]
    wrong: tuple[Wrong, ...]


def parse_places(sheet: Sheet) -> Tree:
    """Read the committee's own places.

    Raises:
        Unfit: the columns are not right.
    """
    wrong: list[Wrong] = []
    lines = readings(sheet, PLACE_COLUMNS, wrong)
    return _tree([row for each in lines if (row := _place(each))], wrong, title="编码")


def parse_divisions(sheet: Sheet, *, province: str = "") -> Tree:
    """Read the divisions of the country, or of one province by its name or code.

    Raises:
        Unfit: the columns are not right, or there is no such province.
    """
    wrong: list[Wrong] = []
    lines = readings(sheet, DIVISION_COLUMNS, wrong, strict=False)
    if province:
        lines = _province(lines, province)
    return _tree([row for each in lines if (row := _division(each))], wrong, title="id")


def _place(line: Reading) -> PlaceRow | None:
    kind, number = line.need("kind", one_of(KINDS)), line.need("code", code(MOST_CODE))
    name, parent = line.need("name", word(MOST_NAME)), line.take("parent", code(MOST_CODE))
    if not (kind and number and name):
        return None
    return PlaceRow(line.line, kind, number, name, parent or "")


def _division(line: Reading) -> PlaceRow | None:
    kind, number = line.need("deep", one_of(DEPTHS)), line.need("id", code(MOST_CODE))
    name, parent = line.need("ext_name", word(MOST_NAME)), line.need("pid", code(MOST_CODE))
    pinyin = line.take("pinyin", word(MOST_PINYIN)) or ""
    if not (kind and number and name and parent):
        return None
    return PlaceRow(line.line, kind, number, name, "" if parent == "0" else parent, sounded(pinyin))


def sounded(pinyin: str) -> str:
    """Return how a name is found by its sound: the syllables in one word, then their first letters.

    >>> sounded("dong hua men")
    'donghuamen dhm'
    """
    syllables = pinyin.lower().split()
    whole = "".join(syllables)
    return f"{whole} {''.join(each[0] for each in syllables)}"[:MOST_PINYIN].strip()


def _province(lines: list[Reading], wanted: str) -> list[Reading]:
    """Return the lines of one province and of all that lies in it."""
    tops = [each for each in lines if each.cells.get("pid") == "0"]
    mine = {e.cells["id"] for e in tops if wanted in (e.cells.get(key) for key in ("id", "name", "ext_name"))}
    if not mine:
        raise Unfit("文件里没有“{province}”这个省级行政区，请检查名称，例如：北京市。", province=wanted)
    for level in ("1", "2", "3"):
        mine |= {e.cells["id"] for e in lines if e.cells.get("deep") == level and e.cells.get("pid") in mine}
    return [each for each in lines if each.cells.get("id") in mine]


def _tree(rows: list[PlaceRow], wrong: list[Wrong], *, title: str) -> Tree:
    """Check codes and levels within the file, and put the wider places first."""
    seen: dict[str, PlaceRow] = {}
    for row in rows:
        if row.code in seen:
            why = Unfit("编码 {code} 和第 {first} 行重复了。", code=row.code, first=seen[row.code].line)
            wrong.append(Wrong(row.line, title, why))
        seen.setdefault(row.code, row)
    wrong.extend(bad for row in rows if row.parent in seen and (bad := misplaced(row, seen[row.parent].kind)))
    wrong.extend(
        Wrong(row.line, "上级编码", Unfit("{name}要写明上级编码。", name=row.name))
        for row in rows
        if not row.parent and row.kind not in TOPS
    )
    ordered = sorted(seen.values(), key=lambda row: (LEVELS.index(row.kind), row.line))
    return Tree(tuple(ordered), tuple(in_order(wrong)))


def misplaced(row: PlaceRow, above: PlaceKind) -> Wrong | None:
    """Return what is wrong when a place may not lie in one of kind ``above``."""
    if above in ABOVE[row.kind]:
        return None
    why = Unfit("{name}不能放在编码为 {parent} 的那一级下面，请检查层级。", name=row.name, parent=row.parent)
    return Wrong(row.line, "上级编码", why)


def in_order(wrong: Iterable[Wrong]) -> list[Wrong]:
    """Return what is wrong by line."""
    return sorted(wrong, key=lambda each: each.line)
