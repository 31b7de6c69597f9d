"""The table behind the search, which no model can say: FTS5 on SQLite, tsvector with a GIN index on PostgreSQL.

Both hold the same grams in letters and digits (``community/search/rules.py``); neither engine cuts words of its own.
"""

from typing import Any, Final

SQLITE: Final = "CREATE VIRTUAL TABLE search_gram USING fts5(grams, tokenize='ascii', detail='none', columnsize=0)"
_TEXT_ID = "text_id INTEGER PRIMARY KEY REFERENCES search_text (id) ON DELETE RESTRICT"
POSTGRES: Final = (
    f"CREATE TABLE search_gram ({_TEXT_ID}, grams TSVECTOR NOT NULL)",
    "CREATE INDEX search_gram_grams ON search_gram USING GIN (grams)",
)


async def make(_apps: object, editor: Any) -> None:
    """Create it."""
    for sql in (SQLITE,) if editor.client.capabilities.dialect == "sqlite" else POSTGRES:
        await editor.client.execute_query(sql)


async def unmake(_apps: object, editor: Any) -> None:
    """Drop it."""
    await editor.client.execute_query("DROP TABLE search_gram")
