"""A million papers counted from the rows, beside what a database and a `Counter` need for piles alone.

``python -m bench.tally`` fills a ballot on SQLite, one paper for each head, and counts in turns: as the tellers do
(`counting.cast_votes` and `count.tally`: who spoke last, for which head, on what roll), by one GROUP BY over an
index, and by a `Counter` over the choices already read. The two others know nothing of heads that contradict
themselves, of papers set aside, of strangers; they are the least that counting can take.
"""

import asyncio
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Final

import click

from bench.drill.stage import behind, database
from community.record.reading import uncollected
from deliberation.ballot import count
from deliberation.ballot.counting import cast_votes
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot
from deliberation.body.models import RollVersion
from deliberation.body.queries import counted_roll
from tests.deliberation.stage import VOTING, body_of, opened, settle
from tests.world import build

CHOICES: Final = ("yes", "no", "abstain")
PILES: Final = "SELECT choice, count(*) FROM paper WHERE ballot_id = ? GROUP BY choice"
Work = Callable[[], Awaitable[dict[str, int]]]


async def furnish() -> tuple[int, int]:
    """Open a ballot and return its number and that of one who votes."""
    world = await build()
    people = await settle(world, 8)
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people])
    return ballot.id, people[0].person.id


def fill(file: Path, ballot_id: int, person: int, papers: int) -> None:
    """Write heads, entries, votes and papers as they would lie after a long day."""
    base = sqlite3.connect(file)
    roll, community = base.execute("SELECT roll_id, community_id FROM ballot WHERE id = ?", (ballot_id,)).fetchone()
    numbers = range(1_000_000, 1_000_000 + papers)
    sheets: dict[str, Callable[[int], tuple[object, ...]]] = {
        "roll_head (id, community_id, roll_id, key, label, area, parts)": lambda n: (
            *(n, community, roll, str(n), "", 0, 1),
        ),
        "roll_entry (id, head_id, roll_id, key, kind, building, area)": lambda n: (n, n, roll, str(n), None, "", None),
        "vote (id, ballot_id, head_id, area, papers, set_aside_why)": lambda n: (n, ballot_id, n, 0, 1, ""),
        'paper (id, ballot_id, vote_id, "order", choice, voice, by_id, channel, receipt, salt, at, marks, spoilt)': (
            lambda n: (n, ballot_id, n, 1, CHOICES[n % 7 % 3], str(n), person, "site", str(n), "", VOTING, "", 0)
        ),
    }
    for sheet, row in sheets.items():
        places = ", ".join("?" * (sheet.count(",") + 1))
        base.executemany(f"INSERT INTO {sheet} VALUES ({places})", map(row, numbers))  # noqa: S608 - our own words
    base.execute("CREATE INDEX bench_piles ON paper (ballot_id, choice)")
    base.commit()
    base.execute("ANALYZE")
    base.close()


class Ways:
    """The ways to count one ballot; each answers with its piles."""

    def __init__(self, file: Path, ballot: Ballot) -> None:
        self.ballot, self.base = ballot, sqlite3.connect(file)
        self.read = self.base.execute("SELECT choice FROM paper WHERE ballot_id = ?", (ballot.id,)).fetchall()

    async def tellers(self) -> dict[str, int]:
        """Count as the tellers do, from the rows."""
        roll = await counted_roll(await RollVersion.get(id=self.ballot.roll_id))
        cast = await cast_votes(self.ballot)
        with uncollected():
            found = count.tally(roll, (), cast, thaw(self.ballot.rule_json))
        return {"yes": found.yes.heads, "no": found.no.heads, "abstain": found.abstain.heads}

    async def grouped(self) -> dict[str, int]:
        """Let the database make piles over an index."""
        return dict(self.base.execute(PILES, (self.ballot.id,)).fetchall())

    async def counter(self) -> dict[str, int]:
        """Make piles of what was read before."""
        return {choice: many for (choice,), many in Counter(self.read).items()}


async def measure(file: Path, ballot_id: int, rounds: int) -> None:
    """Count in turns and print the medians."""
    ways = Ways(file, await Ballot.get(id=ballot_id))
    works: dict[str, Work] = {"tellers": ways.tellers, "GROUP BY": ways.grouped, "Counter": ways.counter}
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        found = []
        for name, work in works.items():
            began = time.process_time()
            found.append(await work())
            took[name].append(time.process_time() - began)
        if any(each != found[0] for each in found):
            raise RuntimeError(f"they do not agree: {found}")
    for name, each in took.items():
        ratio = median(each) / median(took["GROUP BY"])
        click.echo(f"{name:10}{1000 * median(each):12.1f} ms{ratio:9.1f} of a GROUP BY")


@click.command()
@click.option("--papers", default=1_000_000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(papers: int, rounds: int) -> None:
    """Fill a ballot and count it."""
    with tempfile.TemporaryDirectory(prefix="heyi-tally-") as name, database("sqlite", Path(name)) as url:
        ballot_id, person = asyncio.run(behind(url, furnish))
        file = Path(url.removeprefix("sqlite://"))
        fill(file, ballot_id, person, papers)
        click.echo(f"{papers} papers, load average {os.getloadavg()[0]:.1f}; CPU time, medians of {rounds}")
        asyncio.run(behind(url, lambda: measure(file, ballot_id, rounds)))


if __name__ == "__main__":
    main()
