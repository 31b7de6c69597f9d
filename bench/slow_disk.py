"""Votes on a disk that needs 3 ms more for each fsync: ``python -m bench.votes --slow``; needs a C compiler.

The rate at 64 at a time beside that of the same app with every command in a commit of its own, and how long readers
wait while eight vote, beside how long they wait when nobody does.
"""

import asyncio
import subprocess
from pathlib import Path
from statistics import median, quantiles

from bench.load.measure import Round, Side, Work, asked
from bench.load.wire import get
from bench.stand import FEW, MANY, Stand, told


def slow_disk(folder: Path) -> Path:
    """Build the library that makes a disk slow. Raises when there is no compiler."""
    library = folder / "slow_disk.so"
    source = Path(__file__).with_name("slow_disk.c")
    words = ["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(words, check=True)  # noqa: S603 - our own words
    return library


async def on_slow_disk(stand: Stand) -> None:
    """Measure the rate with and without shared commits, and how long readers wait with and without writers."""
    library = str(slow_disk(stand.folder))
    grouped, single = list[float](), list[float]()
    quiet, beside = list[float](), list[float]()
    reading = Work("reads", lambda count: [get("/matters", stand.stage.reader)] * count)
    for _ in range(stand.plan.rounds):
        app = stand.server(LD_PRELOAD=library)
        await app.start()
        try:
            side = Side(app.port, app.pid)
            await asked(side, reading, 100)
            quiet.append(p99(await asked(side, reading, 400)))
            grouped.append((await stand.votes(app, MANY)).rate)
            _, reads = await asyncio.gather(stand.votes(app, FEW), asked(side, reading, 400))
            beside.append(p99(reads))
        finally:
            app.stop()
        app = stand.server("bench.load.served", "--alone", LD_PRELOAD=library)
        await app.start()
        try:
            single.append((await stand.votes(app, MANY)).rate)
        finally:
            app.stop()
    told("votes on a slow disk, 64 at a time: a commit for each", median(grouped), median(single), "/s", "≥ 8")
    told("p99 of a list while 8 vote: nobody votes", median(beside), median(quiet), "ms", "≤ 2")


def p99(reads: Round) -> float:
    """Return the 99th percentile of the waits of a round, in milliseconds."""
    return 1000 * quantiles(reads.took, n=100, method="inclusive")[98]
