"""What is refused before the first request is answered."""

from pathlib import Path

import click
import pytest

from web.serve import start
from web.settings import Settings


def refusal(settings: Settings, **options: object) -> str:
    with pytest.raises(click.ClickException) as refused:
        start(settings, **{"host": "127.0.0.1", "port": 0, "workers": 1, **options})  # type: ignore[arg-type]
    return refused.value.message


def test_an_old_database_is_not_served(tmp_path: Path) -> None:
    assert "heyi migrate" in refusal(Settings(home=str(tmp_path)))


def test_sqlite_allows_one_process(tmp_path: Path) -> None:
    assert "HEYI_DATABASE" in refusal(Settings(home=str(tmp_path)), workers=2)


def test_development_stays_on_this_machine(tmp_path: Path) -> None:
    assert "127.0.0.1" in refusal(Settings(home=str(tmp_path)), host="0.0.0.0")  # noqa: S104 - the point
