"""Reads the roll from a sheet: one line per person in a unit, and what the unit is.

What is said of a unit (use, area, where the area is from, delivered or not) may stand in its first line only.
Somebody is the same person in two units when the committee's number is the same, or name and birth date are.
The shares in a unit that has owners come to exactly 1.
Source: 民法典 297–298 (共有); 最高法院建筑物区分所有权解释 (2020) 8–9 (面积, 业主人数).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from community.errors import Unfit
from community.places.columns import Wrong
from community.places.lines import Key, Line, read_lines
from community.places.rules import RANK, AreaSource, Standing, UnitKind
from community.places.sheet import Sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody's share of a unit; ``who`` is the place of a person in `Roll.people`, none for a developer."""

    share: Fraction
    name: str
    who: int | None


@dataclass(frozen=True, slots=True)
class Flat:
    """One unit of the file; ``area`` in 0.01 m²."""

    line: int
    key: Key
    kind: UnitKind
    area: int
    source: AreaSource
    delivered: bool
    holders: tuple[Holder, ...]


@dataclass(slots=True)
class Someone:
    """One person of the file; ``home`` is the unit they live in."""

    line: int
    name: str
    ref: str | None
    born_on: date | None
    rep: bool = False
    home: Key | None = None
    units: list[Key] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Roll:
    """A whole file: its units, its people, and what is wrong in it."""

    flats: tuple[Flat, ...]
    people: tuple[Someone, ...]
    wrong: tuple[Wrong, ...]


def parse_roll(sheet: Sheet) -> Roll:
    """Read the roll.

    Raises:
        Unfit: the columns are not right.
    """
    wrong: list[Wrong] = []
    lines = read_lines(sheet, wrong)
    people = _people(lines, wrong)
    numbers = {line.line: at for at, (_, theirs) in enumerate(people) for line in theirs}
    flats = [_flat(theirs, numbers, wrong) for theirs in _by_unit(lines).values()]
    return Roll(
        tuple(flat for flat in flats if flat),
        tuple(someone for someone, _ in people),
        tuple(sorted(wrong, key=lambda each: each.line)),
    )


def _by_unit(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    units: dict[Key, list[Line]] = {}
    for line in lines:
        units.setdefault(line.unit, []).append(line)
    return units


def _people(lines: Iterable[Line], wrong: list[Wrong]) -> list[tuple[Someone, list[Line]]]:
    """Return every person with their lines; developers and empty units are nobody."""
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        if line.name and line.standing is not Standing.DEVELOPER:
            found.setdefault(line.identity, []).append(line)
    return [(_someone(theirs, wrong), theirs) for theirs in found.values()]


def _someone(lines: list[Line], wrong: list[Wrong]) -> Someone:
    first = lines[0]
    for line in lines[1:]:
        wrong.extend(_unlike(first, line))
    born = next((line.born_on for line in lines if line.born_on), None)
    home = _home(lines, wrong)
    rep = any(line.rep and line.unit == home for line in lines)
    wrong.extend(
        Wrong(line.line, "户代表", Unfit("户代表要住在这一套里。请改“户代表”或者“住在这里”。"))
        for line in lines
        if line.rep and line.unit != home
    )
    return Someone(first.line, first.name, first.ref, born, rep, home, [line.unit for line in lines])


def _unlike(first: Line, line: Line) -> Iterable[Wrong]:
    if line.unit == first.unit:
        yield Wrong(line.line, "姓名", Unfit("这个人在第 {first} 行已经写过了，请删去一行。", first=first.line))
    if line.name != first.name:
        yield Wrong(line.line, "姓名", Unfit("人员编号和第 {first} 行一样，姓名却不同。", first=first.line))
    if line.born_on and first.born_on and line.born_on != first.born_on:
        yield Wrong(line.line, "出生日期", Unfit("和第 {first} 行同一个人，出生日期却不同。", first=first.line))


def _home(lines: list[Line], wrong: list[Wrong]) -> Key | None:
    """Return where somebody lives: where the file says so, else in the first unit it does not deny."""
    said = [line for line in lines if line.lives_here]
    wrong.extend(
        Wrong(line.line, "住在这里", Unfit("一个人只能住在一处，第 {first} 行已经写了。", first=said[0].line))
        for line in said[1:]
    )
    open_ = said or [line for line in lines if line.lives_here is None]
    return open_[0].unit if open_ else None


def _flat(lines: list[Line], numbers: dict[int, int], wrong: list[Wrong]) -> Flat | None:
    first = lines[0]
    kind = _agreed(lines, lambda line: line.kind, "用途", wrong) or UnitKind.HOME
    delivered = _agreed(lines, lambda line: line.delivered, "已交付", wrong)
    measured = _measured(lines, wrong)
    holders = tuple(_holder(line, numbers) for line in lines if _owns(line))
    _shared(first, holders, wrong)
    _one_rep(lines, wrong)
    if measured is None:
        return None
    return Flat(first.line, first.unit, kind, *measured, delivered is not False, holders)


def _agreed(lines: list[Line], said: Callable[[Line], T | None], title: str, wrong: list[Wrong]) -> T | None:
    """Return what the lines of a unit say in one column, each of those that say anything the same."""
    speaking = [line for line in lines if said(line) is not None]
    wrong.extend(_differs(line, title, speaking[0]) for line in speaking[1:] if said(line) != said(speaking[0]))
    return said(speaking[0]) if speaking else None


def _differs(line: Line, title: str, first: Line) -> Wrong:
    return Wrong(line.line, title, Unfit("同一套房和第 {first} 行写的不一样，请改成一样。", first=first.line))


def _measured(lines: list[Line], wrong: list[Wrong]) -> tuple[int, AreaSource] | None:
    """Return the area from the best source and that source; two areas from one source are a mistake."""
    said = [(RANK.index(line.source or AreaSource.REGISTER), line) for line in lines if line.area]
    if not said:
        numbers = {line.line for line in lines}
        if not any(each.column == "面积" and each.line in numbers for each in wrong):
            wrong.append(Wrong(lines[0].line, "面积", Unfit("这一套还没有写面积。")))
        return None
    best, first = min(said, key=lambda each: each[0])
    for rank, line in said:
        if rank == best and line.area != first.area:
            wrong.append(_differs(line, "面积", first))
    return first.area or 0, RANK[best]


def _owns(line: Line) -> bool:
    return bool(line.name) and line.standing is not Standing.RESIDENT


def _holder(line: Line, numbers: dict[int, int]) -> Holder:
    return Holder(line.share or Fraction(1), line.name, numbers.get(line.line))


def _shared(first: Line, holders: tuple[Holder, ...], wrong: list[Wrong]) -> None:
    total = sum((holder.share for holder in holders), Fraction(0))
    if holders and total != 1:
        why = Unfit("{unit}的份额加起来是 {total}，要正好等于 1。", unit=" ".join(first.unit), total=total)
        wrong.append(Wrong(first.line, "份额", why))


def _one_rep(lines: list[Line], wrong: list[Wrong]) -> None:
    reps = [line for line in lines if line.rep]
    wrong.extend(
        Wrong(line.line, "户代表", Unfit("一户只能有一位户代表，第 {first} 行已经写了。", first=reps[0].line))
        for line in reps[1:]
    )
