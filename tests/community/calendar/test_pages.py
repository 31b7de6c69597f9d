"""The page of the calendar."""

from pathlib import Path

import httpx2
import pytest

from community.calendar.known import feasts, known
from community.calendar.models import CalendarYear
from tests.world import World, sign_in
from web.community.calendar.words import NAMES

SAMPLE = Path(__file__).parents[2] / "data" / "holidays" / "2026.json"


async def test_everybody_sees_the_year_and_how_far_it_is_announced(client: httpx2.AsyncClient, town: World) -> None:
    page = (await client.get("/calendar")).text
    assert "2026 年的放假和调休" in page
    assert "国庆" in page
    assert "还没有公布" not in page
    assert "导入公布的放假安排" not in page


async def test_a_year_beyond_the_announcements_is_marked_provisional(client: httpx2.AsyncClient, town: World) -> None:
    page = (await client.get("/calendar", params={"year": str(known().horizon.year + 1)})).text
    assert "还没有公布" in page


@pytest.mark.parametrize("year", ["", "x", "99999", "0000", "²⁰²⁶", "1999"])
async def test_a_year_that_makes_no_sense_shows_this_one(client: httpx2.AsyncClient, town: World, year: str) -> None:
    assert "2026 年" in (await client.get("/calendar", params={"year": year})).text


async def test_an_administrator_imports_a_year(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.admin))
    assert "导入公布的放假安排" in (await client.get("/calendar")).text
    answer = await client.post("/calendar", files={"file": ("2026.json", SAMPLE.read_bytes())})
    assert answer.headers["location"] == "/calendar?year=2026&done=imported"
    assert await CalendarYear.exists(year=2026)
    wrong = await client.post("/calendar", files={"file": ("2026.json", b"[]")})
    assert wrong.status_code == 422
    assert "请检查 year 和 days" in wrong.text


async def test_a_clerk_may_not(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.clerk))
    answer = await client.post("/calendar", files={"file": ("2026.json", SAMPLE.read_bytes())})
    assert answer.status_code == 403


def test_every_day_off_has_a_name_to_be_translated() -> None:
    assert set(feasts().values()) <= set(NAMES)
