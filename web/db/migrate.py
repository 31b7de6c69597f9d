"""Running Tortoise's migrations without losing data on SQLite.

tortoise-orm 1.1.9 changes a SQLite column by rebuilding its table. The stock
editor does so with foreign keys on, so dropping the old table deletes or
refuses its children, and it forgets every index, composite UNIQUE and trigger.
Here foreign keys are off before the transaction begins, what the table had is
put back, rows are counted and references are checked afterwards.
"""

from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.migrations.api.migrate import migrate as stock_migrate
from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor

from web.db import quick

_stock_remake = SqliteSchemaEditor._remake_table  # noqa: SLF001


class UnsafeMigration(RuntimeError):
    """A migration would lose or has lost something; nothing was committed."""


async def run(config: dict[str, Any]) -> None:
    """Bring the database named in ``config`` (its connection given as a URL) up to date.

    Raises:
        UnsafeMigration: rows of the migrated SQLite database refer to nothing.
    """
    url: str = config["connections"]["default"]
    lite = url.startswith("sqlite")
    if lite:
        joint = "&" if "?" in url else "?"
        config = {**config, "connections": {"default": f"{url}{joint}foreign_keys=OFF"}}
    try:
        await stock_migrate(config=config)
        if lite and (dangling := await _query("PRAGMA foreign_key_check")):
            raise UnsafeMigration(f"rows refer to nothing: {[tuple(row) for row in dangling]}")
    finally:
        await Tortoise.close_connections()


async def pending(config: dict[str, Any]) -> bool:
    """Return whether the database lacks a migration that this version of the program brings."""
    applied: set[str] = set()
    await Tortoise.init(config=config, init_connections=False)
    try:
        rows = await _query("SELECT name FROM tortoise_migrations")
        applied = {row["name"] for row in rows}
    except (OperationalError, DBConnectionError):
        return True
    finally:
        await Tortoise.close_connections()
    return bool(known() - applied)


def known() -> set[str]:
    """Return the names of the migrations in this program."""
    from importlib.resources import files  # noqa: PLC0415 - only the migration commands need it

    listed = (entry.name for entry in files("web.migrations").iterdir())
    return {name.removesuffix(".py") for name in listed if name.endswith(".py") and name[0].isdigit()}


async def _query(sql: str, values: list[Any] | None = None) -> Any:
    return (await get_connection("default").execute_query(sql, values))[1]


async def _uniques(editor: SqliteSchemaEditor, table: str) -> dict[tuple[str, ...], str]:
    found = {}
    for index in (await editor.client.execute_query(f'PRAGMA index_list("{table}")'))[1]:
        if index["unique"] and not index["partial"] and index["origin"] != "pk":
            parts = (await editor.client.execute_query(f'PRAGMA index_info("{index["name"]}")'))[1]
            found[tuple(part["name"] for part in parts)] = index["name"]
    return found


async def _remake(self: SqliteSchemaEditor, model: Any, *args: Any, **kwargs: Any) -> None:
    if self.collect_sql:
        await _stock_remake(self, model, *args, **kwargs)
        return
    if (await self.client.execute_query("PRAGMA foreign_keys"))[1][0][0]:
        raise UnsafeMigration("refusing to rebuild a table while foreign_keys=ON")
    table = model._meta.db_table  # noqa: SLF001
    unique, kept, rows = await _uniques(self, table), await _own_sql(self, table), await _count(self, table)
    await _stock_remake(self, model, *args, **kwargs)
    field = kwargs.get("delete_field") or (args[1] if len(args) > 1 else None)
    gone = field and (field.source_field or field.model_field_name)
    await _put_back(self, table, [sql for sql in kept if not (gone and f'"{gone}"' in sql)])
    await _put_back_uniques(self, table, [columns for columns in unique if gone not in columns])
    if rows != await _count(self, table):
        raise UnsafeMigration(f"rebuilding {table} lost rows")


async def _own_sql(editor: SqliteSchemaEditor, table: str) -> list[str]:
    sql = "SELECT sql FROM sqlite_master WHERE tbl_name=? AND type IN ('index','trigger') AND sql IS NOT NULL"
    return [row["sql"] for row in (await editor.client.execute_query(sql, [table]))[1]]


async def _count(editor: SqliteSchemaEditor, table: str) -> int:
    counted = await editor.client.execute_query(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a table name of ours
    return int(counted[1][0][0])


async def _put_back(editor: SqliteSchemaEditor, table: str, statements: list[str]) -> None:
    there = set(await _own_sql(editor, table))
    for sql in statements:
        if sql not in there:
            await editor.client.execute_query(sql)


async def _put_back_uniques(editor: SqliteSchemaEditor, table: str, wanted: list[tuple[str, ...]]) -> None:
    there = await _uniques(editor, table)
    for columns in wanted:
        if columns not in there:
            listed = ", ".join(f'"{column}"' for column in columns)
            name = f"uid_{table}_{'_'.join(columns)}"
            await editor.client.execute_query(f'CREATE UNIQUE INDEX "{name}" ON "{table}" ({listed})')


quick.install()
SqliteSchemaEditor._remake_table = _remake  # type: ignore[method-assign]  # noqa: SLF001
