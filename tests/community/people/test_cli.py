"""``heyi init`` makes the first administrator; ``heyi person`` helps who lost a telephone."""

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HEYI_DATABASE", "HEYI_SECRET", "HEYI_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HEYI_HOME", str(tmp_path))
    monkeypatch.setenv("HEYI_MODE", "production")
    monkeypatch.setenv("HEYI_SITE_URL", "https://heyi.example/")
    return tmp_path


def test_the_first_administrator_is_made_once(home: Path) -> None:
    first = CliRunner().invoke(main, ["init", "--name", "老王", "--email", "wang@example.org"])
    assert first.exit_code == 0, first.output
    assert re.search(r"https://heyi\.example/password/[\w-]{22}\n", first.output)
    with sqlite3.connect(home / "heyi.db") as database:
        assert database.execute("SELECT name, role FROM person JOIN holding ON person_id = person.id").fetchall() == [
            ("老王", "admin")
        ]
    database.close()
    second = CliRunner().invoke(main, ["init", "--name", "小李", "--email", "li@example.org"])
    assert second.exit_code == 1
    assert "已经有系统管理员了" in second.output


def test_it_asks_for_what_is_not_given_and_refuses_what_is_no_address(home: Path) -> None:
    answer = CliRunner().invoke(main, ["init"], input="老王\nnothing\n")
    assert answer.exit_code == 1
    assert "邮箱的写法不对" in answer.output


def test_a_lost_telephone(home: Path) -> None:
    CliRunner().invoke(main, ["init", "--name", "老王", "--email", "wang@example.org"])
    with sqlite3.connect(home / "heyi.db") as database:
        database.execute("UPDATE person SET totp_secret = 'lost', confirmed_at = joined_at")
    database.close()
    assert "老王" in CliRunner().invoke(main, ["person", "clear-factor", "wang@example.org"]).output
    with sqlite3.connect(home / "heyi.db") as database:
        assert database.execute("SELECT totp_secret FROM person").fetchall() == [(None,)]
    database.close()
    assert CliRunner().invoke(main, ["person", "clear-factor", "x@example.org"]).exit_code == 1
