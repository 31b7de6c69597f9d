"""Votes under load, beside the least that a vote can take: ``python -m bench.votes``.

On SQLite: CPU of a vote at eight at a time, beside a greeting and a paper that shares its commit with seven others;
rate at 64 at a time, beside a loop that commits each paper by itself. On PostgreSQL: the rate at 64 at a time beside
32 clients of pgbench. ``--slow``: see ``slow_disk.py``. All in turns, medians of the rounds.
"""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Final

import click
from tortoise.connection import get_connection

from bench.drill.stage import behind, database, set_clock
from bench.load.measure import Side, Work, asked
from bench.load.run import ballots
from bench.load.stage import furnish
from bench.load.wire import get
from bench.slow_disk import on_slow_disk
from bench.stand import FEW, MANY, Plan, Stand, told

CLIENTS: Final = 32
HEADS: Final = 10_000
TABLES: Final = (
    "CREATE TABLE bench_paper (head INT, choice TEXT, receipt TEXT UNIQUE)",
    "CREATE TABLE bench_head (id INT PRIMARY KEY, papers INT)",
)
FILL: Final = "INSERT INTO bench_head SELECT n, 0 FROM generate_series(1, 10000) n"
CAST: Final = r"""\set head random(1, 10000)
WITH paper AS (INSERT INTO bench_paper VALUES (:head, 'yes', md5(random()::text || clock_timestamp()::text)))
UPDATE bench_head SET papers = papers + 1 WHERE id = :head;
"""
GREETINGS: Final = 2000


class Loop:
    """Papers into a SQLite file of its own, FULL durability, by nothing but the driver."""

    def __init__(self, file: Path) -> None:
        self.base = sqlite3.connect(file, isolation_level=None)
        for line in ("journal_mode=WAL", "synchronous=FULL"):
            self.base.execute(f"PRAGMA {line}")
        for table in TABLES:
            self.base.execute(table)
        self.base.executemany("INSERT INTO bench_head VALUES (?, 0)", [(n,) for n in range(HEADS)])
        self.papers = 0

    def cast(self, count: int, together: int) -> tuple[float, float]:
        """Keep so many papers, so many to a commit; return seconds of the clock and of the CPU for each."""
        began, busy = time.perf_counter(), time.process_time()
        for _ in range(count // together):
            self.base.execute("BEGIN IMMEDIATE")
            for _ in range(together):
                self._paper()
            self.base.execute("COMMIT")
        return (time.perf_counter() - began) / count, (time.process_time() - busy) / count

    def _paper(self) -> None:
        self.papers += 1
        self.base.execute("INSERT INTO bench_paper VALUES (?, 'yes', ?)", (self.papers % HEADS, f"r{self.papers}"))
        self.base.execute("UPDATE bench_head SET papers = papers + 1 WHERE id = ?", (self.papers % HEADS,))


async def on_sqlite(stand: Stand) -> None:
    """Measure CPU at eight and the rate at 64 at a time."""
    shutil.copy(stand.folder / "heyi.db", stand.folder / "bare.db")
    (stand.folder / "bare.json").write_text("{}")
    app, bare, loop = stand.server(), stand.server("bench.bare"), Loop(stand.folder / "loop.db")
    busy, floor, rate, alone = list[float](), list[float](), list[float](), list[float]()
    await app.start()
    await bare.start()
    try:
        await stand.votes(app, FEW)
        for _ in range(stand.plan.rounds):
            busy.append((await stand.votes(app, FEW)).each)
            hello = await asked(Side(bare.port, bare.pid), Work("hello", lambda n: [get("/hello")] * n), GREETINGS)
            floor.append(hello.each + loop.cast(stand.plan.papers, FEW)[1])
            rate.append((await stand.votes(app, MANY)).rate)
            alone.append(1 / loop.cast(stand.plan.papers, 1)[0])
    finally:
        app.stop()
        bare.stop()
    told("a vote, 8 at a time: greeting and paper, CPU", 1000 * median(busy), 1000 * median(floor), "ms", "≤ 12")
    told("votes, 64 at a time: a commit for each paper", median(rate), median(alone), "/s", "≥ 0.15")


async def on_postgres(stand: Stand) -> None:
    """Measure the rate at 64 at a time beside pgbench."""
    app, base = stand.server(), stand.url.replace("asyncpg://", "postgres://")
    (stand.folder / "cast.sql").write_text(CAST)
    await behind(stand.url, _made)
    rate, cast, busy = list[float](), list[float](), list[float]()
    await app.start()
    try:
        await stand.votes(app, MANY)
        for _ in range(stand.plan.rounds):
            found = await stand.votes(app, MANY)
            rate.append(found.rate)
            busy.append(found.each)
            cast.append(pgbench(base, stand.folder / "cast.sql"))
    finally:
        app.stop()
    told("votes, 64 at a time: pgbench, 32 clients", median(rate), median(cast), "/s", "≥ 0.12")
    click.echo(f"CPU of the app's own process for a vote: {1000 * median(busy):.2f} ms")


async def _made() -> None:
    for statement in (*TABLES, FILL, "ANALYZE"):
        await get_connection("default").execute_script(statement)


def pgbench(base: str, script: Path) -> float:
    """Return transactions per second of pgbench over three seconds."""
    words = ["pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", "3", "-f", str(script), base]
    out = subprocess.run(words, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    found = re.search(r"tps = ([\d.]+)", out)
    assert found
    return float(found[1])


async def measured(url: str, folder: Path, plan: Plan, work: Callable[[Stand], Awaitable[None]]) -> None:
    """Fill the database and do the work."""
    stage = await behind(url, lambda: furnish((3 * plan.rounds + 1) * plan.votes, FEW))
    set_clock(folder)
    await work(Stand(url, folder, plan, stage, iter(ballots(stage.voters))))


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--slow", is_flag=True, help="with 3 ms more for each fsync; SQLite")
@click.option("--rounds", default=Plan.rounds, show_default=True)
@click.option("--votes", default=Plan.votes, show_default=True, help="in a round")
def main(engine: str, *, slow: bool, **plan: int) -> None:
    """Hand in votes and print what they took beside the least."""
    work = {"sqlite": on_sqlite, "postgres": on_postgres}[engine]
    with tempfile.TemporaryDirectory(prefix="heyi-votes-") as name, database(engine, Path(name)) as url:
        click.echo(f"{engine}, load average {os.getloadavg()[0]:.1f}")
        asyncio.run(measured(url, Path(name), Plan(**plan), on_slow_disk if slow else work))


if __name__ == "__main__":
    main()
