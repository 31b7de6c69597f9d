"""Reading by SQL, for the few pages that everybody asks for.

The text is one for both engines: ``$1`` stands for the first value. SQLite answers inside the event loop itself,
which takes less than the way to a thread and back; so such a reading is bounded and follows an index. What may have
to look through a table is read through Tortoise.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final, TypeVar, overload

from tortoise.connection import get_connection
from tortoise.fields import DatetimeField
from tortoise.models import Model

M = TypeVar("M", bound=Model)


async def rows(sql: str, *values: object) -> Sequence[Sequence[Any]]:
    """Return the rows of a bounded query; inside a transaction it sees what that has written, and may write."""
    client: Any = get_connection("default")
    if hasattr(client, "read"):
        found: Sequence[Sequence[Any]] = await client.read(sql, values)
        return found
    if client.capabilities.dialect == "sqlite":
        sql = numbered(sql)
    return list((await client.execute_query(sql, list(values)))[1])


def on_sqlite() -> bool:
    """Return whether the engine is SQLite."""
    return bool(get_connection("default").capabilities.dialect == "sqlite")


def progress(*, lite: bool) -> str:
    """Return the SQL of how far the record is: the same answer twice means that no command was committed in between.

    The number of the last event says so on SQLite, which has one writer. On PostgreSQL a lower number may be
    committed after a higher one, so while anything runs the oldest transaction goes with it.
    """
    last = "(SELECT coalesce(max(id), 0) FROM event)"
    return last if lite else f"({last} || {_RUNNING})"


_RUNNING: Final = """(SELECT CASE WHEN pg_snapshot_xmin(s) = pg_snapshot_xmax(s) THEN ''
ELSE '-' || pg_snapshot_xmin(s)::text END FROM pg_current_snapshot() s)"""


@lru_cache(maxsize=256)
def numbered(sql: str) -> str:
    """Return ``sql`` with its places written as SQLite counts them.

    >>> numbered("SELECT $2, $1")
    'SELECT ?2, ?1'
    """
    return sql.replace("$", "?")


@overload
def moment(value: datetime | str) -> datetime: ...


@overload
def moment(value: datetime | str | None) -> datetime | None: ...


def moment(value: datetime | str | None) -> datetime | None:
    """Return an instant as read: SQLite keeps it as text in UTC."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


@cache
def columns(model: type[Model], alias: str) -> str:
    """Return every column of ``model``, for `made`."""
    return ", ".join(f'{alias}."{column}"' for column in model._meta.fields_db_projection.values())  # noqa: SLF001


@cache
def width(model: type[Model]) -> int:
    """Return how many columns ``model`` has."""
    return len(model._meta.fields_db_projection)  # noqa: SLF001


def made(model: type[M], values: tuple[Any, ...]) -> M:
    """Return a row of ``model`` from the values of its `columns`; each caller gets one to itself."""
    fresh = object.__new__(model)
    fresh.__dict__.update(_read(model, values).__dict__, _await_when_save={})
    return fresh


async def added(model: type[M], **values: object) -> M:
    """Write a row of ``model``, given by all its columns but the number, and return it as it is stored.

    It takes a fraction of ``create`` and checks nothing: for the few rows that everybody writes, of our own values.
    """
    return made(model, tuple((await rows(insert(model, tuple(values)), *values.values()))[0]))


@cache
def insert(model: type[Model], names: tuple[str, ...]) -> str:
    """Return the SQL that writes these columns of a row and returns all of it."""
    table = model._meta.db_table  # noqa: SLF001
    places = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({quoted}) VALUES ({places}) RETURNING {columns(model, table)}'  # noqa: S608 - our own words


@lru_cache(maxsize=512)
def _read(model: type[M], values: tuple[Any, ...]) -> M:
    given = [moment(value) if instant else value for value, instant in zip(values, _instants(model), strict=True)]
    return model._init_from_db(**dict(zip(model._meta.fields_db_projection.values(), given, strict=True)))  # noqa: SLF001


@cache
def _instants(model: type[Model]) -> tuple[bool, ...]:
    """Return which columns hold instants: Tortoise reads those from text in ten times as long."""
    meta = model._meta  # noqa: SLF001
    return tuple([isinstance(meta.fields_map[name], DatetimeField) for name in meta.fields_db_projection])
