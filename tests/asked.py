"""What a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tortoise.connection import get_connection

WAYS = ("read", "execute_query", "execute_query_dict", "execute_insert")


@contextmanager
def asked() -> Iterator[list[str]]:
    """Collect every query that is sent outside a transaction while the block runs."""
    client: Any = get_connection("default")
    seen: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in WAYS:
            real = getattr(client, name)

            async def spy(query: str, *args: object, real: Any = real, **more: object) -> object:  # noqa: ANN401
                seen.append(query)
                return await real(query, *args, **more)

            patch.setattr(client, name, spy)
        yield seen
