"""``heyi import``: a dry run first, then all or nothing."""

import asyncio
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tortoise.models import Model

from community.calendar.models import CalendarYear
from community.places.models import Ownership, Place, Resident, Unit
from community.record.models import Event
from tests.community.places.sheets import SAMPLES
from web.cli import main
from web.database import close_database, open_database

PLACES = "层级,编码,名称,上级编码\n街道,s1,清河街道,\n社区,c1,幸福里社区,s1\n楼栋,b1,1号楼,c1\n"
ROLL = "楼栋,房号,面积,姓名,份额\n1号楼,302,89.37,阿兰,1/2\n1号楼,302,,阿强,1/2\n"


@pytest.fixture
def home(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HEYI_SECRET", "HEYI_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HEYI_HOME", str(tmp_path))
    monkeypatch.setenv("HEYI_DATABASE", database_url)
    monkeypatch.setenv("HEYI_MODE", "development")
    return tmp_path


def imported(kind: str, file: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["import", kind, str(file), *more])


def written(home: Path, text: str) -> Path:
    path = home / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def count(model: type[Model]) -> int:
    async def counted() -> int:
        await open_database(os.environ["HEYI_DATABASE"])
        try:
            return await model.all().count()
        finally:
            await close_database()

    return asyncio.run(counted())


def test_a_dry_run_says_what_would_change_and_changes_nothing(home: Path) -> None:
    answer = imported("places", written(home, PLACES))
    assert answer.exit_code == 0, answer.output
    assert "新的地方：3" in answer.output
    assert "--yes" in answer.output
    assert count(Place) == 0


def test_places_then_a_roll_then_nothing_left_to_do(home: Path) -> None:
    assert "已导入" in imported("places", written(home, PLACES), "--yes").output
    answer = imported("roll", written(home, ROLL), "--community", "c1", "--yes")
    assert answer.exit_code == 0, answer.output
    assert (count(Unit), count(Resident), count(Ownership)) == (1, 2, 2)
    again = imported("people", written(home, ROLL), "--community", "c1", "--yes")
    assert "没有变化" in again.output
    assert count(Event) == 2


def test_every_bad_row_is_printed_and_nothing_is_stored(home: Path) -> None:
    imported("places", written(home, PLACES), "--yes")
    bad = written(home, ROLL + "1号楼,402,八十,阿秀,\n9号楼,101,60,老赵,2\n")
    answer = imported("roll", bad, "--community", "c1", "--yes")
    assert answer.exit_code == 1
    for sentence in ("第 4 行「面积」：面积要填数字", "第 5 行「份额」", "第 5 行「楼栋」：没有“9号楼”"):
        assert sentence in answer.output
    assert "什么都没有导入" in answer.output
    assert count(Unit) == 0


def test_one_province_and_its_holidays(home: Path) -> None:
    answer = imported("divisions", SAMPLES / "admin" / "divisions.csv", "--province", "云泽省", "--yes")
    assert answer.exit_code == 0, answer.output
    assert count(Place) == 7
    answer = imported("calendar", SAMPLES / "holidays" / "2026.json", "--yes")
    assert answer.exit_code == 0, answer.output
    assert count(CalendarYear) == 1
    assert "没有变化" in imported("calendar", SAMPLES / "holidays" / "2026.json", "--yes").output


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("roll", ["--community", "c9"], "没有编码为 c9 的社区"),
        ("divisions", ["--province", "南海省"], "第一行缺少这些列"),
        ("calendar", [], "不是节假日数据"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_with_a_sentence(
    home: Path, kind: str, more: list[str], sentence: str
) -> None:
    answer = imported(kind, written(home, ROLL), *more, "--yes")
    assert answer.exit_code == 1
    assert sentence in answer.output
