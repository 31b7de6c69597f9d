"""Reads one year of announced days off from the JSON form in which they are published.

The form: ``{"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, …]}``;
``isOffDay`` false is a weekend day worked in exchange. Days of the neighbouring December and January may occur.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from community.calendar.festivals import FEASTS, statutory
from community.calendar.rules import Calendar
from community.errors import Unfit

MOST_BYTES: Final = 1_000_000
MOST_NAME: Final = 32
MOST_SOURCE: Final = 200
NEIGHBOURS: Final = 31
"""Days before and after the year that its own notice may still arrange."""


def parse_year(text: str | bytes) -> Calendar:
    """Return the one year in ``text`` as a calendar that covers it.

    Raises:
        Unfit: the text is not that form, contradicts itself, or lacks a statutory day off.
    """
    year, rows = _outline(text)
    days = dict(_unlike(_day(row, number, year) for number, row in enumerate(rows, 1)))
    holidays = frozenset(day for day, off in days.items() if off)
    missing = (statutory(year) if year in FEASTS else frozenset()) - holidays
    if missing:
        raise Unfit("{year}年的数据里{day}不是放假日，数据可能还没有发布完整，请换一份。", year=year, day=min(missing))
    return Calendar(holidays, frozenset(days) - holidays, date(year, 12, 31), date(year, 1, 1))


def names(text: str | bytes) -> tuple[int, dict[date, str]]:
    """Return the year that `parse_year` accepts and what each of its days is off, or worked, for."""
    year, rows = _outline(text)
    return year, {_day(row, number, year)[0]: _name(row) for number, row in enumerate(rows, 1)}


def papers(text: str | bytes) -> str:
    """Return the address of the announcement the file names, when it names one."""
    match json.loads(text):
        case {"papers": [str(address), *_]} if len(address) <= MOST_SOURCE and address.startswith("https://"):
            return address
        case _:
            return ""


def _outline(text: str | bytes) -> tuple[int, list[object]]:
    """Return the year and the raw rows."""
    if len(text) > MOST_BYTES:
        raise Unfit("文件太大，一年的节假日数据不会超过1MB，请检查是不是选错了文件。")
    try:
        sheet = json.loads(text)
    except (ValueError, RecursionError):
        raise Unfit("这个文件不是节假日数据，请上传 JSON 格式的节假日文件。") from None
    match sheet:
        case {"year": int(year), "days": [_, *_] as rows} if date.min.year < year < date.max.year:
            return year, rows
    raise Unfit("文件里没有年份或者没有日期，请检查 year 和 days 两项。")


def _day(row: object, number: int, year: int) -> tuple[date, bool]:
    """Return the day of one row and whether it is off."""
    match row:
        case {"date": str(text), "isOffDay": bool(off)}:
            day = _date(text, number)
        case _:
            raise Unfit("第{number}行看不懂，每行要有 date 和 isOffDay 两项。", number=number)
    if not -NEIGHBOURS <= (day - date(year, 1, 1)).days <= 365 + NEIGHBOURS:
        raise Unfit("第{number}行的日期{day}不在{year}年，请检查。", number=number, day=day, year=year)
    return day, off


def _name(row: object) -> str:
    """Return the name of the feast, cut to what is kept."""
    match row:
        case {"name": str(name)}:
            return "".join(filter(str.isprintable, name))[:MOST_NAME]
        case _:
            return ""


def _date(text: str, number: int) -> date:
    """Return the date written as 2026-01-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unfit("第{number}行的日期“{text}”写错了，请写成 2026-01-01 的样子。", number=number, text=text) from None


def _unlike(days: Iterable[tuple[date, bool]]) -> Iterable[tuple[date, bool]]:
    """Pass the days on, refusing one that occurs twice."""
    seen: set[date] = set()
    for day, off in days:
        if day in seen:
            raise Unfit("{day}出现了两次，请删去一行。", day=day)
        seen.add(day)
        yield day, off
