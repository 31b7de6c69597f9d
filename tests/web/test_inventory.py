"""No column can be added without saying whether it is about a person, and the document says what the models say."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from web import inventory
from web.cli import main
from web.inventory_rooms import ROOMS

ROOT = Path(__file__).parents[2]


def test_every_column_is_declared_once_and_none_that_is_not_there() -> None:
    assert inventory.faults() == []


def test_a_column_that_nobody_declared_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = inventory.DECLARED.read_text(encoding="utf-8")
    wrong = tmp_path / "inventory.txt"
    wrong.write_text(kept.replace("community.people person: name email ", "community.people person: email shoe "))
    monkeypatch.setattr(inventory, "DECLARED", wrong)
    assert inventory.faults() == ["person.name 没有说明", "person.shoe 没有这一栏"]
    assert CliRunner().invoke(main, ["privacy", "inventory"]).exit_code == 1


def test_whatever_is_locked_is_about_a_person_and_every_room_says_what_for() -> None:
    tables = {each.name: each for each in inventory.declared()}
    assert [spot for spot in inventory.locks() if spot[1] not in tables[spot[0]].personal] == []
    assert {each.room for each in tables.values() if each.personal} == set(ROOMS)


def test_the_document_is_what_the_models_say() -> None:
    told = CliRunner().invoke(main, ["privacy", "inventory"]).output
    assert (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8") == told
    assert "`name`（纠纷钥匙）" in told
    assert "`body`（调解室钥匙）" in told
