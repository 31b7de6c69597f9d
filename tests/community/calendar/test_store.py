"""Importing years into the store, and the calendar that then holds."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from community.calendar.commands import import_year
from community.calendar.known import known
from community.calendar.models import CalendarDay
from community.calendar.queries import announced, calendar_at, imported
from community.calendar.rules import add_working_days
from community.errors import Forbidden, Unfit
from community.record.models import Event
from tests.world import NOON, World

SAMPLE = Path(__file__).parents[2] / "data" / "holidays"
DATA = os.environ.get("HEYI_DATA")
REAL = [pytest.param(Path(DATA) / "holidays", id="real", marks=pytest.mark.real)] if DATA else []


def year_of(year: int, *, off: list[str] = [], worked: list[str] = []) -> bytes:  # noqa: B006 - never changed
    from community.calendar.festivals import statutory  # noqa: PLC0415

    days = {str(day): True for day in statutory(year)} | dict.fromkeys(off, True) | dict.fromkeys(worked, False)
    rows = [{"name": "放假", "date": day, "isOffDay": is_off} for day, is_off in sorted(days.items())]
    return json.dumps({"year": year, "papers": ["https://example.org/notice"], "days": rows}).encode()


@pytest.mark.parametrize("folder", [pytest.param(SAMPLE, id="sample"), *REAL])
async def test_published_years_are_imported_and_agree_with_the_known_ones(world: World, folder: Path) -> None:
    paths = sorted(folder.glob("*.json"))  # noqa: ASYNC240 - a test
    years = [await import_year(path.read_bytes(), by=world.admin, at=NOON) for path in paths]
    assert [each.year for each in await imported()] == years
    for path, year in zip(paths, years, strict=True):
        assert await CalendarDay.filter(year=year).count() == len(json.loads(path.read_text("utf-8"))["days"])
    calendar = await calendar_at()
    for year in years:
        for day in await announced(year):
            assert calendar.works(day.date) is not day.is_off
    assert calendar.horizon == known().horizon


async def test_without_imports_the_built_in_years_hold(world: World) -> None:
    assert await calendar_at() == known()


async def test_an_imported_year_replaces_the_known_one_and_moves_the_horizon(world: World) -> None:
    last = known().horizon.year
    saturday = next(date(last, 7, day) for day in range(1, 8) if date(last, 7, day).weekday() == 5)
    await import_year(year_of(last, worked=[str(saturday)]), by=world.admin, at=NOON)
    await import_year(year_of(last + 1), by=world.admin, at=NOON)
    calendar = await calendar_at()
    assert calendar.works(saturday)
    assert calendar.horizon == date(last + 1, 12, 31)
    assert not add_working_days(date(last + 1, 3, 1), 5, calendar).provisional
    assert add_working_days(date(last + 2, 3, 1), 5, calendar).provisional


async def test_the_same_file_twice_changes_nothing_and_a_corrected_one_counts_at_once(world: World) -> None:
    year = known().horizon.year
    for _ in range(2):
        await import_year(year_of(year), by=None, at=NOON)
    assert await Event.filter(kind="calendar.imported").count() == 1
    assert (await calendar_at()).works(date(year, 7, 1)) is (date(year, 7, 1).weekday() < 5)
    await import_year(year_of(year, off=[f"{year}-07-01"]), by=None, at=NOON)
    assert not (await calendar_at()).works(date(year, 7, 1))
    assert await Event.filter(kind="calendar.imported").count() == 2


async def test_the_calendar_is_read_again_only_when_a_year_changed(world: World) -> None:
    await import_year(year_of(known().horizon.year), by=world.admin, at=NOON)
    first = await calendar_at()
    assert await calendar_at() is first
    await import_year(year_of(known().horizon.year + 1), by=world.admin, at=NOON)
    assert await calendar_at() is not first


async def test_a_year_imported_alone_leaves_its_december_to_the_next_notice(world: World) -> None:
    """29 December 2018 was worked by the notice for 2019."""
    await import_year(year_of(2018), by=world.admin, at=NOON)
    assert (await calendar_at()).works(date(2018, 12, 29))


async def test_a_gap_is_refused_and_leaves_no_trace(world: World) -> None:
    with pytest.raises(Unfit, match="缺年份"):
        await import_year(year_of(known().horizon.year + 2), by=world.admin, at=NOON)
    assert await imported() == []


@pytest.mark.parametrize("text", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"year": 2026, "days": [1]}'])
async def test_garbage_is_answered_with_a_sentence(world: World, text: bytes) -> None:
    with pytest.raises(Unfit):
        await import_year(text, by=world.admin, at=NOON)


async def test_only_who_edits_the_calendar_may_import(world: World) -> None:
    with pytest.raises(Forbidden):
        await import_year(year_of(2026), by=world.clerk, at=NOON)
