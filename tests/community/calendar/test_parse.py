"""Reading announced years; the published years, where they are at hand, must agree with the known table."""

import json
import os
from datetime import date, timedelta
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from community.calendar.known import known
from community.calendar.parse import parse_year
from community.calendar.rules import Calendar, join
from community.errors import Unfit

SAMPLE = Path(__file__).parents[2] / "data" / "holidays"
DATA = os.environ.get("HEYI_DATA")
REAL = [pytest.param(Path(DATA) / "holidays", id="real", marks=pytest.mark.real)] if DATA else []
FOLDERS = [pytest.param(SAMPLE, id="sample"), *REAL]


@pytest.fixture(scope="module", params=FOLDERS)
def years(request: pytest.FixtureRequest) -> list[Calendar]:
    return [parse_year(path.read_bytes()) for path in sorted(request.param.glob("*.json"))]


def test_each_file_covers_its_whole_year(years: list[Calendar]) -> None:
    assert years
    assert all((y.since.month, y.since.day, y.horizon.month, y.horizon.day) == (1, 1, 12, 31) for y in years)
    assert all(y.since.year == y.horizon.year and y.holidays and y.workdays for y in years)


def test_every_listed_working_day_works_and_weekends_are_among_them(years: list[Calendar]) -> None:
    for year in years:
        assert all(year.works(day) for day in year.workdays)
        assert any(day.weekday() >= 5 for day in year.workdays)
        assert not any(year.works(day) for day in year.holidays)


def test_the_years_agree_with_the_known_table_day_by_day(years: list[Calendar]) -> None:
    joined = reduce(join, years)
    span = [joined.since + timedelta(days=n) for n in range((joined.horizon - joined.since).days + 1)]
    assert [day for day in span if joined.works(day) != known().works(day)] == []
    assert all(joined.covers(day) for day in span)


def sheet(**changed: object) -> dict[str, Any]:
    base: dict[str, Any] = json.loads((SAMPLE / "2026.json").read_text())
    return base | changed


def row(text: object, *, off: object = True) -> dict[str, object]:
    return {"name": "元旦", "date": text, "isOffDay": off}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("date,name\n2026-01-01,元旦", "不是节假日数据"),
        ("[" * 100_000, "不是节假日数据"),
        ("[]", "没有年份或者没有日期"),
        (json.dumps(sheet(year="2026")), "没有年份或者没有日期"),
        (json.dumps(sheet(days=[])), "没有年份或者没有日期"),
        (json.dumps(sheet(days=["2026-01-01"])), "第{number}行看不懂"),
        (json.dumps(sheet(days=[row("2026-01-01", off="yes")])), "第{number}行看不懂"),
        (json.dumps(sheet(days=[row("2026-13-01")])), "写错了"),
        (json.dumps(sheet(days=[row("2024-01-01")])), "不在{year}年"),
        (json.dumps(sheet(days=[row("2026-01-01"), row("2026-01-01", off=False)])), "出现了两次"),
        (json.dumps(sheet(days=[row("2026-01-01")])), "可能还没有发布完整"),
        (" " * 1_000_001, "文件太大"),
    ],
)
def test_a_file_that_does_not_fit_says_what_to_mend(text: str, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        parse_year(text)


def test_the_refusal_names_the_row_and_the_missing_day() -> None:
    with pytest.raises(Unfit) as refused:
        parse_year(json.dumps(sheet(days=[row("2026-01-01"), row("2026-02-30")])))
    assert refused.value.facts == {"number": 2, "text": "2026-02-30"}
    with pytest.raises(Unfit) as refused:
        parse_year(json.dumps(sheet(days=[row("2026-01-01")])))
    assert refused.value.facts == {"year": 2026, "day": date(2026, 2, 16)}


def test_the_known_table_covers_whole_years() -> None:
    assert known().since == date(2004, 1, 1)
    assert known().horizon >= date(2026, 12, 31)
