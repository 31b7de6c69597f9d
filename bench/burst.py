"""The last seconds of a ballot: 2,000 papers over 500 connections while it closes; none may be lost, none let in late.

``python -m bench.burst --engine sqlite|postgres`` lets the server's clock reach the end of the ballot in the middle of
the burst. Afterwards it counts: every receipt is in the box once, every paper in the box was answered with its receipt
and came in time, and everybody else was told that it is over.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Final

import click

from bench.drill.run import environment
from bench.drill.server import Server
from bench.drill.stage import Voter, behind, database
from bench.drill.voting import Voting
from bench.load.run import ballots
from bench.load.served import production
from bench.load.stage import furnish
from bench.load.wire import Line, ring
from community.record.seal import verify
from deliberation.ballot.admitting import CLOSED
from deliberation.ballot.models import Ballot, Paper

CALLING: Final = 2.5  # seconds before the first paper in which connections are opened; idle ones are cut after five
SEE_OTHER, UNFIT = 303, 422


@dataclass(slots=True)
class Burst:
    """What was answered: receipts by head, how long each paper took in seconds, and what was neither yes nor closed."""

    voting: Voting
    took: list[float] = field(default_factory=list)
    late: int = 0
    odd: Counter[int] = field(default_factory=Counter)

    async def hand_in(self, line: Line, papers: Iterator[tuple[Voter, bytes]]) -> None:
        """Hand in one paper after another over one connection."""
        for voter, paper in papers:
            began = time.perf_counter()
            answer = await line.ask(paper)
            self.took.append(time.perf_counter() - began)
            self.voting.count.tried += 1
            if answer.status == SEE_OTHER:
                where = answer.head.partition(b"\r\nlocation: ")[2].partition(b"\r\n")[0].decode()
                self.voting.receipts[voter.head].append(where.rsplit("/", 1)[1])
                self.voting.count.acknowledged += 1
            elif answer.status == UNFIT and CLOSED in answer.body.decode():
                self.late += 1
            else:
                self.odd[answer.status] += 1


def set_clock(folder: Path, closes: datetime, seconds: float) -> float:
    """Let the server's clock reach ``closes`` in so many seconds; return that moment of the monotonic clock."""
    (folder / "clock").write_text(str((closes - datetime.now(UTC)).total_seconds() - seconds))
    return time.monotonic() + seconds


async def send(server: Server, voters: Sequence[Voter], lines: int, burst: Burst, start: float) -> float:
    """Open the connections, wait for ``start``, hand everything in; return the seconds that it took."""
    if start - CALLING < time.monotonic():
        raise RuntimeError("the server took too long to start: give it more with --after")
    await asyncio.sleep(start - CALLING - time.monotonic())
    open_lines = await asyncio.gather(*(ring(server.port) for _ in range(lines)))
    await asyncio.sleep(max(0, start - time.monotonic()))
    papers, began = zip(voters, ballots(voters), strict=True), time.monotonic()
    async with asyncio.TaskGroup() as group:
        for line in open_lines:
            group.create_task(burst.hand_in(line, papers))
    return time.monotonic() - began


async def closing(url: str, folder: Path, *, papers: int, lines: int, lead: float, after: float) -> bool:
    """Run it, print what came of it, and return whether all is well."""
    stage = await behind(url, lambda: furnish(papers, 4))
    burst = Burst(Voting(stage.voters))
    ballot = await behind(url, lambda: Ballot.get(id=stage.voters[0].ballot))
    server = Server({**environment(url, folder), **production()}, folder, ("-m", "bench.load.served"))
    closes = set_clock(folder, ballot.closes_at, after)
    try:
        await server.start()
        wall = await send(server, stage.voters, lines, burst, closes - lead)
        await asyncio.sleep(max(0, closes + 2 - time.monotonic()))  # let the courier close it
    finally:
        server.stop()
    fault = await behind(url, lambda: counted(burst, ballot))
    cuts = quantiles([1000 * each for each in burst.took], n=100, method="inclusive")
    box = burst.voting.count
    click.echo(f"{papers} papers over {lines} connections in {wall:.1f} s; the ballot closed {lead} s after the first")
    click.echo(f"receipts {box.acknowledged}, in the box {box.stored}, told that it is over {burst.late}")
    click.echo(f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms; wrong: {'; '.join(box.wrong) or 'nothing'}{fault}")
    return not box.wrong and not fault


async def counted(burst: Burst, ballot: Ballot) -> str:
    """Compare receipts and box, look for late papers, and walk the record; return its fault, if there is one."""
    await burst.voting.check()
    box = burst.voting.count
    box.want(not burst.odd, f"other answers: {dict(burst.odd)}")
    box.want(box.stored == box.acknowledged, "a paper is in the box that nobody got a receipt for")
    box.want(not await Paper.filter(at__gte=ballot.closes_at).count(), "a paper came in late")
    return (await verify()).bad or ""


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--papers", default=2000, show_default=True)
@click.option("--lines", default=500, show_default=True, help="open connections")
@click.option("--lead", default=2.0, show_default=True, help="seconds from the first paper to the end of the ballot")
@click.option("--after", default=30.0, show_default=True, help="seconds from now to the end of the ballot")
def main(engine: str, papers: int, lines: int, lead: float, after: float) -> None:
    """Hand in papers while the ballot closes; count what is left."""
    with tempfile.TemporaryDirectory(prefix="heyi-burst-") as name, database(engine, Path(name)) as url:
        click.echo(engine)
        work = closing(url, Path(name), papers=papers, lines=lines, lead=lead, after=after)
        if not asyncio.run(work):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
