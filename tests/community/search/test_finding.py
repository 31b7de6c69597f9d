"""The index is what a naive look through the visible texts would give, on each engine, in the same order."""

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from community.errors import Unfit
from community.record.transaction import transact
from community.search import content
from community.search.content import Entry, Offer
from community.search.keeping import follow, reindex, stamp
from community.search.models import SearchText
from community.search.queries import Wish, search
from community.search.rules import fits, folded, needles
from tests.world import NOON

SIGNS = "停车位难电梯水管漏a3"
DICE = 20260504


class Shelf:
    """A room with texts that come and go."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry | None] = {}

    async def look(self, number: int) -> Mapping[str, Entry | None]:
        return {f"note-{number}": self.entries.get(number)}

    async def numbers(self, after: int) -> list[int]:
        return sorted(number for number in self.entries if number > after)[:50]


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """Give a room that offers notes, and no other."""
    before, room = dict(content.offers()), Shelf()
    content.install({"note": Offer(room.look, room.numbers)})
    yield room
    content.install(before)


def entry(number: int, dice: random.Random) -> Entry:
    """Return a note of random signs."""

    def words(most: int) -> str:
        return "".join(dice.choice(SIGNS + " ，") for _ in range(dice.randrange(most)))

    at = NOON + timedelta(hours=dice.randrange(30))
    return Entry(
        kind="note", number=number, about=f"note-{number}", community_id=1, place_path=f"/1/{number % 3}/",
        state=dice.choice(["open", "done"]), at=at, url=f"/{number}", title=words(8), summary=words(12), body=words(40),
    )  # fmt: skip


async def put(shelf: Shelf, number: int, text: Entry | None) -> None:
    """Let a text change, as a command would."""
    shelf.entries[number] = text

    async def change() -> None:
        await follow([("note.changed", f"note-{number}")])

    await transact(change)


def naive(shelf: Shelf, query: str) -> list[str]:
    """Return the subjects that fit, in order, by looking at every text."""
    found = []
    for each in filter(None, shelf.entries.values()):
        parts = [folded(part) for part in (each.title, each.summary, each.body)]
        tiers = [next((n for n, part in enumerate(parts) if fits(needle, part)), None) for needle in needles(query)]
        if tiers and None not in tiers:
            found.append((sum(tier or 0 for tier in tiers), -stamp(each.at), -each.number, each.subject))
    return [subject for *_, subject in sorted(found)]


async def every(query: str, *, newest: int = 7) -> list[str]:
    """Return all hits, turning page after page."""
    found, after = [], None
    while True:
        page = await search(None, Wish(words=query), after=after, newest=newest)
        found += [hit.subject for hit in page.hits]
        after = page.next
        if after is None:
            assert page.total == len(found)
            return found


async def test_it_finds_what_a_look_through_everything_finds(database: str, shelf: Shelf) -> None:
    dice = random.Random(DICE)  # noqa: S311 - a die, not a secret
    for number in range(1, 121):
        await put(shelf, number, entry(number, dice))
    for _ in range(60):  # some change, some go, some come back
        number = dice.randrange(1, 121)
        await put(shelf, number, entry(number, dice) if dice.random() < 0.6 else None)
    queries = ["".join(dice.choice(SIGNS) for _ in range(size)) for size in (1, 2, 2, 3, 4) for _ in range(12)]
    queries += ["停 车", "a3", "3 a", "停车 电梯"]
    hits = 0
    for query in queries:
        expected = naive(shelf, query)
        hits += len(expected)
        assert await every(query) == expected, query
    assert hits > 200
    await reindex()
    for query in queries[::5]:
        assert await every(query) == naive(shelf, query), query


async def test_filters_narrow_it(database: str, shelf: Shelf) -> None:
    dice = random.Random(DICE)  # noqa: S311 - a die, not a secret
    for number in range(1, 41):
        await put(shelf, number, entry(number, dice))

    async def having(**more: object) -> set[int]:
        return {hit.number for hit in (await search(None, Wish(words="停", **more), newest=100)).hits}  # type: ignore[arg-type]

    fitting = {int(subject.partition("-")[2]) for subject in naive(shelf, "停")}
    by = shelf.entries
    assert await having(place_path="/1/2/") == {n for n in fitting if n % 3 == 2}
    assert await having(states=["open"]) == {n for n in fitting if by[n].state == "open"}  # type: ignore[union-attr]
    assert await having(kinds=["other"]) == set()
    noon = NOON + timedelta(hours=9)
    assert await having(since=noon) == {n for n in fitting if by[n].at >= noon}  # type: ignore[union-attr]
    assert await having(until=noon) == {n for n in fitting if by[n].at < noon}  # type: ignore[union-attr]


async def test_what_is_undone_leaves_no_trace(database: str, shelf: Shelf) -> None:
    shelf.entries[1] = entry(1, random.Random(1))  # noqa: S311 - a die, not a secret

    async def failing() -> None:
        await follow([("note.changed", "note-1")])
        raise Unfit("算了。")

    with pytest.raises(Unfit):
        await transact(failing)
    assert await SearchText.all().count() == 0
    await reindex()
    assert await SearchText.all().count() == 1


async def test_a_made_up_cursor_is_refused(database: str, shelf: Shelf) -> None:
    for cursor in ("x", "eyJhIjoxfQ", "WzEsMiwzLDRd", "[1,2,3]"):
        with pytest.raises(Unfit):
            await search(None, Wish(words="停"), after=cursor)
