"""Finding: one statement that ranks, one that fetches the page. The first argument is a person, none for a visitor."""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tortoise.connection import get_connection

from community.errors import Unfit
from community.people.models import Person
from community.search.keeping import moment, stamp
from community.search.models import SearchText, SearchWords
from community.search.rules import BODY, COMMENT, SUMMARY, TITLE, Piece, coded, exact, needles, snippet, wanted

PAGE: Final = 20

Key = tuple[int, int, int, str]
"""Rank, stamp, number, kind: where a hit stands in the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for, and where. Empty filters leave everything in; ``until`` is not included."""

    words: str
    place_path: str = ""
    kinds: Sequence[str] = ()
    states: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that fits, with the words marked. ``heading`` is empty for what has no title of its own."""

    subject: str
    kind: str
    number: int
    about: str
    about_title: str
    state: str
    url: str
    at: datetime
    heading: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and where the next page begins when there is more."""

    hits: list[Hit]
    total: int
    next: str | None


@dataclass(slots=True)
class _Sql:
    """A statement in the making, with its values."""

    sqlite: bool
    values: list[Any] = field(default_factory=list)

    def __call__(self, value: object) -> str:
        self.values.append(value)
        return f"{'?' if self.sqlite else '$'}{len(self.values)}"

    @property
    def kind(self) -> str:
        """Return the kind, compared byte by byte on either engine."""
        return "kind" if self.sqlite else 'kind COLLATE "C"'

    def stands(self, column: str, needle: str) -> str:
        return f"{'instr' if self.sqlite else 'strpos'}({column}, {self(needle)}) > 0"

    def among(self, column: str, values: Sequence[object]) -> str:
        return f"t.{column} IN ({', '.join(self(value) for value in values)})"


async def search(_person: Person | None, wish: Wish, *, after: str | None = None, newest: int = PAGE) -> Found:
    """Return a page of what fits, best first; nothing when no word was given.

    Raises:
        Unfit: nobody was given such a cursor.
    """
    looked_for, key = needles(wish.words), key_of(after)
    if not looked_for:
        return Found([], 0, None)
    client = get_connection("default")
    total, ranked = _Sql(client.capabilities.dialect == "sqlite"), _Sql(client.capabilities.dialect == "sqlite")
    _, counted = await client.execute_query(f"SELECT count(*) AS total {_where(total, wish, looked_for)}", total.values)
    _, rows = await client.execute_query(_statement(ranked, wish, looked_for, key, newest + 1), ranked.values)
    hits = await _hits([row["id"] for row in rows[:newest]], looked_for)
    last = rows[newest - 1] if len(rows) > newest else None
    return Found(hits, counted[0]["total"], cursor_of(_key(last)) if last else None)


def _key(row: Any) -> Key:  # noqa: ANN401 - a row of either driver
    return (row["rank"], row["stamp"], row["number"], row["kind"])


def _statement(sql: _Sql, wish: Wish, looked_for: Sequence[str], key: Key | None, limit: int) -> str:
    rank = " + ".join(_tier(sql, needle) for needle in looked_for)
    fit = f"SELECT t.id, t.stamp, t.number, t.kind, {rank} AS rank {_where(sql, wish, looked_for)}"
    order = f"rank, stamp DESC, number DESC, {sql.kind}"
    return f"SELECT * FROM ({fit}) AS fit{_later(sql, key)} ORDER BY {order} LIMIT {limit}"  # noqa: S608


def _where(sql: _Sql, wish: Wish, looked_for: Sequence[str]) -> str:
    """Return from where, and under which conditions, for the count and for the page alike."""
    conditions = [_candidates(sql, looked_for), *_fitting(sql, looked_for), *_filters(sql, wish)]
    source = f"search_gram{'' if sql.sqlite else ' g'} CROSS JOIN search_text t"  # SQLite begins on the left
    if not all(exact(needle) for needle in looked_for):
        source += " JOIN search_words w ON w.text_id = t.id"
    return f"FROM {source} WHERE {' AND '.join(conditions)}"


def _tier(sql: _Sql, needle: str) -> str:
    title, summary = sql.stands("t.title", needle), sql.stands("t.summary", needle)
    rest = f"WHEN t.kind = 'comment' THEN {COMMENT} ELSE {BODY}"
    return f"CASE WHEN {title} THEN {TITLE} WHEN {summary} THEN {SUMMARY} {rest} END"


def _candidates(sql: _Sql, looked_for: Sequence[str]) -> str:
    wants = dict.fromkeys(gram for needle in looked_for for gram in wanted(needle))
    if sql.sqlite:
        match = " AND ".join(f'"{coded(gram.text)}"{"*" if gram.begins else ""}' for gram in wants)
        return f"search_gram MATCH {sql(match)} AND t.id = search_gram.rowid"
    match = " & ".join(f"'{coded(gram.text)}'{':*' if gram.begins else ''}" for gram in wants)
    return f"g.grams @@ {sql(match)}::text::tsquery AND t.id = g.text_id"


def _fitting(sql: _Sql, looked_for: Sequence[str]) -> list[str]:
    """Return the fit of each word, where its grams alone do not decide it."""
    columns = ("t.title", "t.summary", "w.body")
    open_ones = [needle for needle in looked_for if not exact(needle)]
    return [f"({' OR '.join(sql.stands(column, needle) for column in columns)})" for needle in open_ones]


def _filters(sql: _Sql, wish: Wish) -> list[str]:
    found = []
    if wish.place_path:
        found.append(f"t.place_path LIKE {sql(wish.place_path + '%')}")
    if wish.kinds:
        found.append(sql.among("kind", wish.kinds))
    if wish.states:
        found.append(sql.among("state", wish.states))
    if wish.since:
        found.append(f"t.stamp >= {sql(stamp(wish.since))}")
    if wish.until:
        found.append(f"t.stamp < {sql(stamp(wish.until))}")
    return found


def _later(sql: _Sql, key: Key | None) -> str:
    if key is None:
        return ""
    rank, at, number, kind = key
    by_number = f"number < {sql(number)} OR (number = {sql(number)} AND {sql.kind} > {sql(kind)})"
    by_time = f"stamp < {sql(at)} OR (stamp = {sql(at)} AND ({by_number}))"
    return f" WHERE rank > {sql(rank)} OR (rank = {sql(rank)} AND ({by_time}))"


async def _hits(ids: list[int], looked_for: Sequence[str]) -> list[Hit]:
    rows = {row.id: row for row in await SearchText.filter(id__in=ids)} if ids else {}
    words = {row.text_id: row for row in await SearchWords.filter(text_id__in=ids)} if ids else {}
    titles = {row.subject: words[row.id].heading for row in rows.values() if row.id in words}
    above = {row.about for row in rows.values()} - set(titles)
    titles |= await _headings(above) if above else {}
    there = [each for each in ids if each in rows and each in words]
    return [_hit(rows[each], words[each], titles.get(rows[each].about, ""), looked_for) for each in there]


async def _headings(subjects: Iterable[str]) -> dict[str, str]:
    rows = {row.id: row.subject for row in await SearchText.filter(subject__in=list(subjects))}
    return {rows[each.text_id]: each.heading for each in await SearchWords.filter(text_id__in=list(rows))}


def _hit(row: SearchText, words: SearchWords, about_title: str, looked_for: Sequence[str]) -> Hit:
    heading = snippet(words.heading, looked_for, around=200) if words.heading else []
    shown = snippet(words.words, looked_for)
    return Hit(
        row.subject,
        row.kind,
        row.number,
        row.about,
        about_title,
        row.state,
        words.url,
        moment(row.stamp),
        heading,
        shown,
    )


def cursor_of(key: Key) -> str:
    """Return where the page after a hit begins, in a form nobody is tempted to compute with."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> Key | None:
    """Return the place in the order that a cursor names.

    Raises:
        Unfit: nobody was given such a cursor.
    """
    if not cursor:
        return None
    try:
        rank, at, number, kind = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError):
        raise Unfit("翻页的记号不对。请用上一页给出的 next，或从第一页重新取。", field="cursor") from None
    numbers = (rank, at, number)
    if not isinstance(kind, str) or any(type(each) is not int or not 0 <= each < 2**63 for each in numbers):
        raise Unfit("翻页的记号不对。请用上一页给出的 next，或从第一页重新取。", field="cursor")
    return (rank, at, number, kind)
