"""A million papers counted from the rows, beside what a database and a `Counter` need for piles alone.

``python -m bench.tally --engine sqlite|postgres`` fills a ballot, one paper for each head, through the triggers that
keep what each head says, and counts in turns: as the tellers' table does (`counting.at_a_glance`: rule, roll, piles,
who was served, what is doubtful, the decision), by one GROUP BY over an index of the papers, and by a `Counter` over
choices already read. With ``--area`` heads weigh floor area too, and the GROUP BY adds it up over an index that holds
it. The two others know nothing of heads that contradict themselves, of papers set aside, of strangers.

``--full`` then counts paper by paper and seals it, as a teller's confirmation does, and demands the same piles.
"""

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Final

import click

from bench.drill.stage import behind, database
from community.record.reading import many, on_sqlite
from deliberation.ballot import counting
from deliberation.ballot.models import Ballot
from tests.deliberation.stage import VOTING, body_of, opened, settle
from tests.world import build

FIRST: Final = 1_000_000  # the first number of our own rows
WORDS: Final = ("yes", "no", "abstain")
CHOICE: Final = "CASE n % 7 % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'no' ELSE 'abstain' END"
SHEETS: Final = {
    "roll_head (id, community_id, roll_id, key, label, area, parts)": "n, {place}, {roll}, {n}, '', {area}, 1",
    "roll_entry (id, head_id, roll_id, key, kind, building, area)": "n, n, {roll}, {n}, NULL, '', {area}",
    "vote (id, ballot_id, head_id, area, papers, voices, measure, says, replaced, set_aside_why)": (
        "n, {ballot}, n, {area}, 1, 1, {area}, '', 0, ''"
    ),
    'paper (id, ballot_id, vote_id, "order", choice, voice, by_id, channel, receipt, salt, at, marks, spoilt)': (
        "n, {ballot}, n, 1, {choice}, {n}, {person}, 'site', {n}, '', '{at}', '', {no}"
    ),
}
"""What lies in the database after a long day, ``n`` being the number of a head."""

SUMMED: Final = "UPDATE roll_version SET area = (SELECT sum(area) FROM roll_head WHERE roll_id = $1) WHERE id = $1"
PILED: Final = """CREATE TABLE bench_pile AS
SELECT v.ballot_id, p.choice, v.area FROM paper p JOIN vote v ON v.id = p.vote_id"""
COUNTED: Final = "SELECT choice, count(*), 0 FROM paper WHERE ballot_id = $1 GROUP BY choice"
WEIGHED: Final = "SELECT choice, count(*), sum(area) FROM bench_pile WHERE ballot_id = $1 GROUP BY choice"
Piles = dict[str, tuple[int, int]]
Work = Callable[[], Awaitable[Piles]]


async def furnish(papers: int, *, area: bool) -> int:
    """Open a ballot, fill it and return its number."""
    world = await build()
    people = await settle(world, 8)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    facts = {"ballot": ballot.id, "roll": roll.id, "place": roll.community_id, "person": people[0].person.id}
    words = {"area": "n % 9000 + 1000" if area else "0", "at": VOTING.strftime("%Y-%m-%d %H:%M:%S+00:00")}
    own = {"no": "0" if on_sqlite() else "false", "n": "CAST(n AS VARCHAR)", "choice": CHOICE}
    numbers = f"WITH RECURSIVE s(n) AS (SELECT {FIRST} UNION ALL SELECT n + 1 FROM s WHERE n < {FIRST + papers - 1})"  # noqa: S608
    for sheet, values in SHEETS.items():
        row = values.format(**facts, **words, **own)
        await many(f"{numbers} INSERT INTO {sheet} SELECT {row} FROM s")  # noqa: S608 - our own words
    if area:
        await many(SUMMED, roll.id)
    await _ready()
    return ballot.id


async def _ready() -> None:
    """Give the least what it needs, and let the engine look at everything."""
    await many("CREATE INDEX bench_piles ON paper (ballot_id, choice)")
    await many(PILED)
    await many("CREATE INDEX bench_pile_all ON bench_pile (ballot_id, choice, area)")
    await many("ANALYZE" if on_sqlite() else "VACUUM ANALYZE")


class Ways:
    """The ways to count one ballot; each answers with its piles by heads and area."""

    def __init__(self, number: int, *, area: bool) -> None:
        self.number, self.least = number, WEIGHED if area else COUNTED
        self.read: list[str] = []

    async def tellers(self) -> Piles:
        """Count as the tellers' table does, from the ballot's row to the decision."""
        ballot = await Ballot.get(id=self.number).select_related("roll__body", "body")
        found = (await counting.at_a_glance(ballot)).tally
        return {word: (pile.heads, pile.area) for word in WORDS if (pile := getattr(found, word))}

    async def grouped(self) -> Piles:
        """Let the database make piles over an index."""
        return {word: (heads, int(area)) for word, heads, area in await many(self.least, self.number)}

    async def counter(self) -> Piles:
        """Make piles of what was read before, without areas."""
        return {word: (heads, 0) for word, heads in Counter(self.read).items()}


async def measure(number: int, rounds: int, *, area: bool, full: bool) -> None:
    """Count in turns and print the medians."""
    ways = Ways(number, area=area)
    ways.read = [word for (word,) in await many("SELECT choice FROM paper WHERE ballot_id = $1", number)]
    works: dict[str, Work] = {"tellers": ways.tellers, "GROUP BY": ways.grouped, "Counter": ways.counter}
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        found = {name: await timed(work, took[name]) for name, work in works.items()}
        if found["tellers"] != found["GROUP BY"]:
            raise RuntimeError(f"they do not agree: {found}")
    for name, each in took.items():
        ratio = median(each) / median(took["GROUP BY"])
        click.echo(f"{name:10}{1000 * median(each):12.1f} ms{ratio:9.2f} of a GROUP BY")
    if full:
        await confirm(number)


async def timed(work: Work, took: list[float]) -> Piles:
    """Do it and note how long it took, in seconds by the clock: the work is done in other threads or processes."""
    began = time.perf_counter()
    found = await work()
    took.append(time.perf_counter() - began)
    return found


async def confirm(number: int) -> None:
    """Count paper by paper and seal it, and demand the same tally."""
    ballot, began = await Ballot.get(id=number).select_related("roll__body", "body"), time.perf_counter()
    found = await counting.count_again(ballot)
    click.echo(f"paper by paper, with its seal: {time.perf_counter() - began:.1f} s")
    if (await counting.at_a_glance(ballot)).tally != found.tally:
        raise RuntimeError("the piles of the database are not what the papers say")


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--papers", default=1_000_000, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--area", is_flag=True, help="Heads weigh floor area too.")
@click.option("--full", is_flag=True, help="Then count paper by paper, and seal it.")
def main(engine: str, papers: int, rounds: int, *, area: bool, full: bool) -> None:
    """Fill a ballot and count it."""
    with tempfile.TemporaryDirectory(prefix="heyi-tally-") as name, database(engine, Path(name)) as url:
        number = asyncio.run(behind(url, lambda: furnish(papers, area=area)))
        click.echo(f"{engine}: {papers} papers, load average {os.getloadavg()[0]:.1f}; medians of {rounds}")
        asyncio.run(behind(url, lambda: measure(number, rounds, area=area, full=full)))


if __name__ == "__main__":
    main()
