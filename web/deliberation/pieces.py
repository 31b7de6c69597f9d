"""Texts, one by one, as moderation covers and uncovers them: in a row itself and wherever they were copied to."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.models import Model

from community.errors import Unfit
from community.moderation.content import NOTHING, cover


@dataclass(frozen=True, slots=True)
class Piece:
    """One text: what stands in one column of one row."""

    table: type[Model]
    key: int
    column: str
    words: str

    @property
    def where(self) -> str:
        """Return how a sealed original names it."""
        return f"{self.table.__name__}.{self.key}.{self.column}"

    async def write(self, old: str, new: str) -> None:
        """Change it from ``old`` to ``new``; what was written anew meanwhile is left alone."""
        await self.table.filter(**{"id": self.key, self.column: old}).update(**{self.column: new})


def pieces(table: type[Model], rows: Iterable[Any], columns: Sequence[str]) -> list[Piece]:
    """Return the texts in some columns of some rows of a table."""
    return [Piece(table, row.id, column, getattr(row, column)) for row in rows for column in columns]


async def put_covers(texts: Sequence[Piece], conceal: Sequence[str]) -> str:
    """Cover what gives somebody away in each of these, and return what puts it back.

    Raises:
        Unfit: nothing would be covered.
    """
    changed = [(text, covered) for text in texts if (covered := cover(text.words, conceal)) != text.words]
    if not changed:
        raise Unfit(NOTHING, field="conceal")
    for text, covered in changed:
        await text.write(text.words, covered)
    return json.dumps([[text.where, text.words, covered] for text, covered in changed], ensure_ascii=False)


async def take_covers(texts: Sequence[Piece], original: str) -> None:
    """Put the words back wherever they still stand as they were covered."""
    known = {text.where: text for text in texts}
    for where, words, covered in json.loads(original):
        if where in known:
            await known[where].write(covered, words)
