"""Writing many rows by one statement, for what goes in in batches; as `reading.added` it checks nothing."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from tortoise.connection import get_connection
from tortoise.fields import BigIntField, BooleanField, DatetimeField, IntField
from tortoise.models import Model

from community.record.reading import numbered, on_sqlite, rows

TYPES: Final = {IntField: "int", BigIntField: "bigint", BooleanField: "bool", DatetimeField: "timestamptz"}


async def added_all(model: type[Model], given: Sequence[Mapping[str, object]], beside: str) -> None:
    """Write rows of ``model``, all given by the same columns, and what ``beside`` makes of them, known as ``added``.

    They get their numbers in the order in which they are given. Call it inside a transaction.
    """
    names = tuple(given[0])
    if on_sqlite():
        last = await _each(_one(model, names), [tuple(each.values()) for each in given])
        await rows(_SINCE.format(table=model._meta.db_table, second=beside), last - len(given), last)  # noqa: SLF001
        return
    lists = [[each[name] for each in given] for name in names]
    await rows(_BESIDE.format(first=_all(model, names), second=beside), *lists)


_BESIDE: Final = "WITH added AS ({first}), beside AS ({second}) SELECT 1"
_SINCE: Final = 'WITH added AS (SELECT * FROM "{table}" WHERE id > $1 AND id <= $2) {second}'


async def _each(sql: str, values: Sequence[Sequence[object]]) -> int:
    """Run a statement for each of many; return the number of the last row that was written. SQLite only."""
    client: Any = get_connection("default")
    last: int = await client.write_all(numbered(sql), values)
    return last


@cache
def _one(model: type[Model], names: tuple[str, ...]) -> str:
    places = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    return f'INSERT INTO "{model._meta.db_table}" ({_quoted(names)}) VALUES ({places})'  # noqa: S608, SLF001


@cache
def _all(model: type[Model], names: tuple[str, ...]) -> str:
    kinds = [TYPES.get(type(model._meta.fields_map[name]), "text") for name in names]  # noqa: SLF001
    places = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(kinds, 1))
    table = model._meta.db_table  # noqa: SLF001
    return f'INSERT INTO "{table}" ({_quoted(names)}) SELECT * FROM unnest({places}) RETURNING *'  # noqa: S608


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
