"""What was proposed before and sounds alike: by the signs they share, counted in SQL, the same on both engines.

The grams of what is being written (its title and what it wants) are looked for in the titles and summaries of the
public texts of one kind in one community. Most shared grams first, then the newer, then the higher number.
"""

from dataclasses import dataclass
from typing import Final

from tortoise.connection import get_connection

from community.people.models import Person
from community.search.models import SearchText, SearchWords
from community.search.rules import RUN, coded, folded, pairs

MOST: Final = 5
GRAMS: Final = 48  # of what is written, the first ones
SHARE: Final = (1, 4)  # of its grams a text must share, at least
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Alike:
    """A text that sounds alike; ``shared`` of ``of`` grams."""

    number: int
    heading: str
    state: str
    url: str
    shared: int
    of: int


def telling(text: str) -> list[str]:
    """Return the grams by which a text is compared: pairs of Chinese signs, other words of two letters and more.

    >>> telling("修路灯，路灯 LED 3")
    ['修路', '路灯', ' led']
    """
    found: dict[str, None] = {}
    for run in RUN.finditer(folded(text)):
        found |= dict.fromkeys(pairs(run[1]) if run[1] else [f" {run[2]}"] if len(run[2]) > 1 else [])
    return list(found)[:GRAMS]


async def similar(
    _person: Person | None, text: str, *, kind: str, community_id: int, besides: int = 0, most: int = MOST
) -> list[Alike]:
    """Return the public texts of a kind that sound like ``text``, the closest first; ``besides`` is left out."""
    grams = telling(text)
    needed = max(FEWEST, -(-len(grams) * SHARE[0] // SHARE[1]))
    if len(grams) < needed:
        return []
    client = get_connection("default")
    sqlite = client.capabilities.dialect == "sqlite"
    sql, values = _statement(grams, sqlite=sqlite)
    _, rows = await client.execute_query(sql, [*values, kind, community_id, besides, needed, most])
    return await _read({row["id"]: row["shared"] for row in rows}, len(grams))


def _statement(grams: list[str], *, sqlite: bool) -> tuple[str, list[str]]:
    """Return the statement, and the values of its first places: the grams and which of them narrow it down."""
    place = "?" if sqlite else "$"
    inside = "instr" if sqlite else "strpos"
    shared = " + ".join(
        f"CASE WHEN {inside}(t.title, {place}{n}) > 0 OR {inside}(t.summary, {place}{n}) > 0 THEN 1 ELSE 0 END"
        for n in range(1, len(grams) + 1)
    )
    at = len(grams) + 1
    codes = [coded(gram.strip()) for gram in grams]
    any_of = (" OR " if sqlite else " | ").join(f'"{code}"*' if sqlite else f"'{code}':*" for code in codes)
    source = (
        f"search_gram CROSS JOIN search_text t WHERE search_gram MATCH ?{at} AND t.id = search_gram.rowid"
        if sqlite
        else f"search_gram g CROSS JOIN search_text t WHERE g.grams @@ ${at}::text::tsquery AND t.id = g.text_id"
    )
    mine = f"t.kind = {place}{at + 1} AND t.community_id = {place}{at + 2} AND t.number <> {place}{at + 3}"
    rows = f"SELECT t.id, t.stamp, t.number, {shared} AS shared FROM {source} AND {mine}"  # noqa: S608 - our own words
    order = f"shared DESC, stamp DESC, number DESC LIMIT {place}{at + 5}"
    return f"SELECT * FROM ({rows}) AS near WHERE shared >= {place}{at + 4} ORDER BY {order}", [*grams, any_of]  # noqa: S608


async def _read(shared: dict[int, int], of: int) -> list[Alike]:
    if not shared:
        return []
    rows = {row.id: row for row in await SearchText.filter(id__in=list(shared))}
    words = {row.text_id: row for row in await SearchWords.filter(text_id__in=list(shared))}
    return [
        Alike(rows[each].number, words[each].heading, rows[each].state, words[each].url, count, of)
        for each, count in shared.items()
        if each in rows and each in words
    ]
