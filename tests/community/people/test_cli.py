"""``heyi init`` makes the first administrator; ``heyi person`` helps who lost a telephone.

Each command runs in a process of its own: tortoise-orm keeps prepared SQL per
process, and one that has spoken SQLite cannot speak PostgreSQL afterwards.
"""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path


def heyi(home: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEYI_")}
    env = {**kept, "HEYI_HOME": str(home), "HEYI_MODE": "production", "HEYI_SITE_URL": "https://heyi.example/"}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "web", *words], env=env, input=typed, capture_output=True, text=True, check=False
    )


def ask(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "heyi.db")) as database, database:
        return database.execute(sql).fetchall()


def test_the_first_administrator_is_made_once(tmp_path: Path) -> None:
    first = heyi(tmp_path, "init", "--name", "老王", "--email", "wang@example.org")
    assert first.returncode == 0, first.stderr
    assert re.search(r"https://heyi\.example/password/[\w-]{22}\n", first.stdout)
    assert ask(tmp_path, "SELECT name, role FROM person JOIN holding ON person_id = person.id") == [("老王", "admin")]
    second = heyi(tmp_path, "init", "--name", "小李", "--email", "li@example.org")
    assert second.returncode == 1
    assert "已经有系统管理员了" in second.stderr


def test_it_asks_for_what_is_not_given_and_refuses_what_is_no_address(tmp_path: Path) -> None:
    answer = heyi(tmp_path, "init", typed="老王\nnothing\n")
    assert answer.returncode == 1
    assert "邮箱的写法不对" in answer.stderr


def test_a_lost_telephone(tmp_path: Path) -> None:
    made = heyi(tmp_path, "init", "--name", "老王", "--email", "wang@example.org")
    assert made.returncode == 0, made.stderr
    ask(tmp_path, "UPDATE person SET totp_secret = 'lost', confirmed_at = joined_at")
    assert "老王" in heyi(tmp_path, "person", "clear-factor", "wang@example.org").stdout
    assert ask(tmp_path, "SELECT totp_secret FROM person") == [(None,)]
    assert heyi(tmp_path, "person", "clear-factor", "x@example.org").returncode == 1
