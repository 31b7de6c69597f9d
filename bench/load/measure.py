"""How much a server worked: its CPU time before and after, and the figures of a round."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.load.wire import ask_all

TICKS: Final = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Return the seconds of CPU, user and system, that a process has used. Source: proc(5), fields 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Round:
    """One round: how many, how long, how much CPU, and each waiting time in seconds."""

    count: int
    wall: float
    cpu: float
    took: Sequence[float]

    @property
    def each(self) -> float:
        """Return CPU seconds for one."""
        return self.cpu / self.count

    @property
    def rate(self) -> float:
        """Return how many in a second."""
        return self.count / self.wall


@dataclass(frozen=True)
class Side:
    """A server that is asked; ``base`` is the PostgreSQL database whose processes work for it."""

    port: int
    pid: int
    base: str = ""

    def spent(self) -> Mapping[int, float]:
        """Return the CPU seconds of each process: the server's and, for its database, those of its connections."""
        return {pid: cpu(pid) for pid in [self.pid, *(backends(self.base) if self.base else ())]}

    def since(self, before: Mapping[int, float]) -> float:
        """Return the CPU seconds spent since."""
        return sum(now - before.get(pid, 0.0) for pid, now in self.spent().items())


def backends(base: str) -> list[int]:
    """Return the processes in which PostgreSQL serves a database, by their titles; they run on this machine."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if (title := each.read_bytes()).startswith(b"postgres: ") and f" {base} ".encode() in title:
                found.append(int(each.parent.name))
    return found


@dataclass(frozen=True)
class Work:
    """One kind of request: how to make some, which status is right, over how many lines; ``many`` each."""

    name: str
    requests: Callable[[int], Sequence[bytes]]
    status: int = 200
    lines: int = 4
    many: int = 1


async def asked(side: Side, work: Work, count: int) -> Round:
    """Ask one server so often and return what it took."""
    requests = work.requests(count)
    busy, began = side.spent(), time.perf_counter()
    took = await ask_all(side.port, requests, lines=work.lines, status=work.status)
    return Round(len(took), time.perf_counter() - began, side.since(busy), took)


def waits(rounds: Sequence[Round]) -> str:
    """Return p50 and p99 over all rounds, in milliseconds."""
    cuts = quantiles([1000 * each for one in rounds for each in one.took], n=100, method="inclusive")
    return f"{cuts[49]:.1f} / {cuts[98]:.1f}"


def row(name: str, app: Sequence[Round], bare: Sequence[Round], *, unit: float) -> str:
    """Return a line of the table: medians over the rounds; ``unit`` turns seconds into the unit of the table."""
    ours, floor = (median(each.each for each in side) for side in (app, bare))
    rates = [median(each.rate for each in side) for side in (app, bare)]
    figures = f"{unit * ours:11.3f}{unit * floor:11.3f}{ours / floor:9.1f}{rates[0]:10.0f}{rates[1]:10.0f}"
    return f"{name:24}{figures}   {waits(app):>15}{waits(bare):>18}"


def head(what: str, unit: str) -> str:
    """Return the head of a table."""
    names = f"{'app ' + unit:>11}{'bare ' + unit:>11}{'ratio':>9}{'app /s':>10}{'bare /s':>10}"
    return f"{what:24}{names}   {'app p50/p99 ms':>15}{'bare p50/p99 ms':>18}"
