"""On SQLite a column is changed by rebuilding its table; nothing may be lost on the way."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate as stock_migrate

from web import migrations
from web.database import close_database, config, open_database
from web.db import migrate

WIDEN = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("heyi", "{last}")]
    operations = [ops.AlterField("Place", "name", fields.CharField(max_length=128))]
"""


NO_MODEL = ("sqlite_", "tortoise_", "search_gram")  # tables that belong to the engine, the migrations, the search
BY_HAND = {"hiding": {("grounded", "SMALLINT", 1, 0)}}
"""Columns that a migration adds in SQL, for the checks they carry."""


def shape(path: Path) -> dict[str, Any]:
    """Return columns, full indexes and references of every table in a SQLite file."""
    with closing(sqlite3.connect(path)) as db, db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: _table(db, name) for name in names if not name.startswith(NO_MODEL)}


def _table(db: sqlite3.Connection, name: str) -> tuple[Any, Any, Any]:
    rows = db.execute(f'PRAGMA table_info("{name}")')
    columns = {(row[1], "INT" if row[2] == "INTEGER" else row[2], row[3], row[5]) for row in rows}
    # The index of a key is told by the column; SQLite needs none where the key is the row's own number.
    listed = [row for row in db.execute(f'PRAGMA index_list("{name}")').fetchall() if not row[4] and row[3] != "pk"]
    indexes = {(tuple(p[2] for p in db.execute(f'PRAGMA index_info("{row[1]}")')), row[2]) for row in listed}
    references = {(row[2], row[3], row[6]) for row in db.execute(f'PRAGMA foreign_key_list("{name}")')}
    return columns, indexes, references


@pytest.fixture
def widening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a migration history that ends by widening ``place.name``."""
    package = tmp_path / "probe_history"
    shutil.copytree(Path(migrations.__path__[0]), package)
    last = max(path.stem for path in package.glob("[0-9]*.py"))
    (package / "9999_widen.py").write_text(WIDEN.format(last=last))
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("probe_history")]:
        monkeypatch.delitem(sys.modules, name)
    return "probe_history"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty database that was migrated from nothing; copy it, it takes seconds to make."""
    path = tmp_path_factory.mktemp("migrated") / "heyi.db"
    asyncio.run(migrate.run(config(f"sqlite://{path}")))
    return path


@pytest.fixture
def populated(tmp_path: Path, migrated: Path) -> Path:
    """Give a migrated database with a street and a grid in it."""
    path = Path(shutil.copy(migrated, tmp_path / "populated.db"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO place (kind, name, code, path, pinyin) VALUES ('street', '甲', 'a', '/1/', '')")
        db.execute(
            "INSERT INTO place (kind, name, code, path, pinyin, parent_id) VALUES ('grid', '乙', 'b', '/', '', 1)"
        )
    return path


def history(path: Path, package: str) -> dict[str, Any]:
    """Return a configuration that migrates ``path`` by ``package``."""
    plain = config(f"sqlite://{path}")
    return {**plain, "apps": {"heyi": {**plain["apps"]["heyi"], "migrations": package}}}


async def test_the_migrated_shape_is_the_one_the_models_describe(tmp_path: Path, migrated: Path) -> None:
    described = tmp_path / "described.db"
    await open_database(f"sqlite://{described}")
    await Tortoise.generate_schemas()
    await close_database()
    modelled = {name: (rows - BY_HAND.get(name, set()), *rest) for name, (rows, *rest) in shape(migrated).items()}
    assert modelled == shape(described)


async def test_a_rebuilt_table_keeps_rows_children_indexes_and_uniqueness(populated: Path, widening: str) -> None:
    before = shape(populated)["place"]
    await migrate.run(history(populated, widening))
    after = shape(populated)["place"]
    assert ("name", "VARCHAR(128)", 1, 0) in after[0]
    assert (after[1], after[2]) == (before[1], before[2])
    with closing(sqlite3.connect(populated)) as db, db:
        assert db.execute("SELECT count(*) FROM place").fetchone() == (2,)
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO place (kind, name, code, path, pinyin) VALUES ('grid', '丙', 'b', '/', '')")


async def test_a_rebuild_with_foreign_keys_on_is_refused(populated: Path, widening: str) -> None:
    with pytest.raises(migrate.UnsafeMigration):
        await stock_migrate(config=history(populated, widening))
    await Tortoise.close_connections()


async def test_rows_that_refer_to_nothing_stop_the_migration(populated: Path, widening: str) -> None:
    with closing(sqlite3.connect(populated)) as db, db:
        db.execute("UPDATE place SET parent_id=99 WHERE code='b'")
    with pytest.raises(migrate.UnsafeMigration, match="refer to nothing"):
        await migrate.run(history(populated, widening))
