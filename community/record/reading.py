"""Reading by SQL, for the few pages that everybody asks for.

The text is one for both engines: ``$1`` stands for the first value. SQLite answers inside the event loop itself,
which takes less than the way to a thread and back; so such a reading is bounded and follows an index. What may have
to look through a table is read through Tortoise.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final, TypeVar, overload

from tortoise.connection import get_connection
from tortoise.fields import BigIntField, CharField, DatetimeField, Field, IntField, TextField
from tortoise.models import Model

M = TypeVar("M", bound=Model)
AS_READ: Final = (IntField, BigIntField, CharField, TextField)  # fields whose values both drivers read as they are


async def rows(sql: str, *values: object) -> Sequence[Sequence[Any]]:
    """Return the rows of a bounded query; inside a transaction it sees what that has written, and may write."""
    client: Any = get_connection("default")
    if hasattr(client, "read"):
        found: Sequence[Sequence[Any]] = await client.read(sql, values)
        return found
    if client.capabilities.dialect == "sqlite":
        sql = numbered(sql)
    return list((await client.execute_query(sql, list(values)))[1])


async def many(sql: str, *values: object) -> Sequence[Sequence[Any]]:
    """Return the rows of a query that may be long; SQLite answers it in a thread, so that nobody waits for it."""
    client: Any = get_connection("default")
    text = numbered(sql) if on_sqlite() else sql
    found: Sequence[Sequence[Any]] = (await client.execute_query(text, list(values)))[1]
    return found


def version() -> object:
    """Return what is the same twice only if nobody committed in between; None where the engine cannot say so by itself.

    A file of SQLite can, in a fraction of a question.
    """
    tell = getattr(get_connection("default"), "version", None)
    return tell() if tell else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles while very many rows become objects that live on: the looking takes as long as the making.

    It holds for the whole process, so never wait for anything inside.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def on_sqlite() -> bool:
    """Return whether the engine is SQLite."""
    return bool(get_connection("default").capabilities.dialect == "sqlite")


def among(place: int) -> str:
    """Return the SQL of being one of the numbers that `all_of` gives as ``$place``."""
    return f"IN (SELECT value FROM json_each(${place}))" if on_sqlite() else f"= ANY(${place})"  # noqa: S608 - a number


def all_of(numbers: Iterable[int]) -> object:
    """Return numbers as the one value that `among` looks in."""
    return json.dumps(list(numbers)) if on_sqlite() else list(numbers)


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


def day(value: date | str) -> date:
    """Return a day as read: SQLite keeps it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


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


async def added(model: type[M], beside: str, *, only_if: str = "", **values: object) -> M | None:
    """Write a row of ``model``, given by all its columns but the number, and return it as it was given.

    ``beside`` it goes what a statement makes of it, which knows it as ``added``; PostgreSQL is asked once for both.
    With ``only_if``, SQL over the same values, nothing is written unless it holds now, and None is returned.
    It takes a fraction of ``create`` and checks nothing: for the few rows that everybody writes, of our own values.
    """
    lite = on_sqlite()
    sql = insert(model, tuple(values), only_if, whole=not lite)
    found = await rows(sql if lite else _BESIDE.format(first=sql, second=beside), *values.values())
    if not found:
        return None
    number = found[0][0]
    if lite:
        await rows(_THEN.format(table=model._meta.db_table, second=beside), number)  # noqa: SLF001
    return given(model, id=number, **values)


def given(model: type[M], **values: object) -> M:
    """Return a row that was just written; what the database read back would be the same values again."""
    fresh = object.__new__(model)
    fresh.__dict__.update(values, _partial=False, _saved_in_db=True, _custom_generated_pk=False, _await_when_save={})
    return fresh


_BESIDE: Final = "WITH added AS ({first}), beside AS ({second}) SELECT id FROM added"
_THEN: Final = 'WITH added AS (SELECT * FROM "{table}" WHERE id = $1) {second}'


@cache
def insert(model: type[Model], names: tuple[str, ...], only_if: str = "", *, whole: bool = False) -> str:
    """Return the SQL that writes these columns of a row, if ``only_if`` holds, and returns its number, or all of it."""
    table = model._meta.db_table  # noqa: SLF001
    places = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    quoted = ", ".join(f'"{name}"' for name in names)
    values = f"SELECT {places} WHERE {only_if}" if only_if else f"VALUES ({places})"
    return f'INSERT INTO "{table}" ({quoted}) {values} RETURNING {columns(model, table) if whole else "id"}'


@lru_cache(maxsize=512)
def _read(model: type[M], values: tuple[Any, ...]) -> M:
    pairs = zip(_ways(model), values, strict=True)
    own = {name: value if way is None or value is None else way(value) for (name, way), value in pairs}
    return given(model, **own)


@cache
def _ways(model: type[Model]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Return each attribute of a model in the order of its columns, and what makes it of what the driver reads.

    Tortoise reads instants from text in ten times as long, and asks each field that has nothing to do.
    """
    meta = model._meta  # noqa: SLF001
    return tuple([(name, _way(meta.fields_map[name])) for name in meta.fields_db_projection])


def _way(field: Field[Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, DatetimeField):
        return moment
    return None if type(field) in AS_READ else field.to_python_value
