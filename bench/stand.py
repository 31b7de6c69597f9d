"""What the benches of votes share: the data, servers of it, votes to hand in, a line of the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from bench.drill.run import environment
from bench.drill.server import Server
from bench.load.measure import Round, Side, Work, asked
from bench.load.served import production
from bench.load.stage import Stage

MANY: Final = 64  # votes under way at a time
FEW: Final = 8


@dataclass(frozen=True)
class Plan:
    """How much: rounds, votes in a round of each kind, papers of a loop."""

    rounds: int = 3
    votes: int = 600
    papers: int = 2000


@dataclass(frozen=True)
class Stand:
    """What a run holds on to."""

    url: str
    folder: Path
    plan: Plan
    stage: Stage
    papers: Iterator[bytes]

    def server(self, *words: str, **more: str) -> Server:
        """Return a server of the data: the app, unless ``words`` name another module."""
        env = {**environment(self.url, self.folder), **production(), "HEYI_WORKERS_COURIER": "0", **more}
        return Server(env, self.folder, ("-m", *(words or ("bench.load.served",))))

    def voting(self, lines: int) -> Work:
        """Return votes, so many at a time, each of somebody who has not voted yet."""
        return Work("votes", lambda count: [next(self.papers) for _ in range(count)], 303, lines)

    async def votes(self, server: Server, lines: int) -> Round:
        """Let a round of votes be handed in."""
        return await asked(Side(server.port, server.pid), self.voting(lines), self.plan.votes)


def told(name: str, ours: float, floor: float, unit: str, goal: str) -> None:
    """Print a line."""
    click.echo(f"{name:58}{ours:10.3f}{floor:12.3f} {unit:3}{ours / floor:9.2f}   goal {goal}")
