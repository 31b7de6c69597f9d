"""``python -m bench.chat``: what a room costs beside a loop in C; needs a C compiler.

``room``: many in one room, each message on disk before it is delivered, in turns with the loop: CPU of a delivery, and
the waiting time at a steady pace. ``stalled``: the same with one who never reads. ``workers``: two processes over
Redis. ``idle``: memory of a socket that does nothing, beside a uvicorn that only accepts. ``loaded``: how long one's
own message takes to the other screen while the server shares one core with a program that only computes.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from bench.drill.run import environment
from bench.drill.server import Server
from bench.drill.stage import Speaker, behind, database, set_clock
from bench.load.chat import frame_of
from bench.load.measure import Round, Side
from bench.load.served import production
from bench.rooms.beside import built, loop
from bench.rooms.measuring import Ears, Room, cut_at, each, held
from bench.rooms.stage import gather
from tests.services import redis_server

STEADY = 0.2  # seconds between two messages when waiting times are measured
SHARE = 8  # sockets of one person


@dataclass(frozen=True)
class Plan:
    """How much."""

    sockets: int = 1000
    steady: int = 500
    idle: int = 5000
    rounds: int = 3
    messages: int = 20


@contextmanager
def place(engine: str, folder: Path, workers: int) -> Generator[tuple[str, list[Server]]]:
    """Give a database and servers on it under the settings of production."""
    with ExitStack() as opened:
        url = opened.enter_context(database(engine, folder))
        env = {**environment(url, folder), **production(), "HEYI_WORKERS_COURIER": "0"}
        if workers > 1:
            env["HEYI_REDIS"] = opened.enter_context(redis_server())
        homes = [folder / f"server-{n}" for n in range(workers)]
        for home in homes:
            home.mkdir()
        yield url, [Server(env, home, ("-m", "bench.load.served")) for home in homes]


@asynccontextmanager
async def started(
    url: str, servers: Sequence[Server], people: int, folder: Path
) -> AsyncGenerator[tuple[list[Speaker], list[Side]]]:
    """Fill the database, start the servers, and give who may speak and the sides to be measured."""
    made = await behind(url, lambda: gather(people))
    set_clock(folder)
    base = "" if url.startswith("sqlite") else urlsplit(url).path.strip("/")
    try:
        for server in servers:
            await server.start()
        sides = [Side(server.port, server.pid, base if not n else "") for n, server in enumerate(servers)]
        yield [one.speaker for one in made.parties], sides
    finally:
        for server in servers:
            server.stop()


async def turns(
    sides: Sequence[Side],
    speakers: Sequence[Speaker],
    folder: Path,
    plan: Plan,
    *,
    pace: float = 0,
    stalled: bool = False,
) -> tuple[list[Round], list[Round]]:
    """Let the app and the loop deliver in turns, and return the rounds of both."""
    ears = built("ears", folder)
    ours = Ears(sides, ears, folder)
    await ours.come(speakers)
    await ours.talk(2)
    if stalled:
        (await ours.enter(speakers[-1], sides[0].port)).deaf()
    with loop(built("loop", folder), folder, frame_of(ours)) as side:
        floor = Ears([side], ears, folder)
        await floor.come(speakers)
        await floor.talk(2)
        rounds: tuple[list[Round], list[Round]] = ([], [])
        for _ in range(plan.rounds):
            rounds[0].append(await ours.talk(plan.messages, pace=pace))
            rounds[1].append(await floor.talk(plan.messages, pace=pace))
        floor.go()
    ours.go()
    return rounds


def costs(name: str, ours: Sequence[Round], floor: Sequence[Round], goal: str) -> None:
    """Print CPU and waits."""
    app, least = 1e6 * each(ours), 1e6 * each(floor)
    rates = [sum(one.count for one in side) / sum(one.wall for one in side) for side in (ours, floor)]
    click.echo(
        f"{name}: CPU of a delivery {app:.1f} µs, loop {least:.1f} µs: {least / app:.2f}× of the loop (goal ≥ {goal}); "
        f"{rates[0]:.0f}/s and {rates[1]:.0f}/s: {rates[0] / rates[1]:.2f}×; last delivery "
        f"p50 {cut_at(ours, 50):.0f} / {cut_at(floor, 50):.0f} ms, "
        f"p99 {cut_at(ours, 99):.0f} / {cut_at(floor, 99):.0f} ms"
    )


async def room(url: str, servers: Sequence[Server], folder: Path, plan: Plan, goal: str) -> None:
    """Measure deliveries, then waits at a steady pace, then both with one who never reads."""
    async with started(url, servers, plan.sockets, folder) as (speakers, sides):
        costs(f"{plan.sockets} sockets, {len(servers)} servers", *await turns(sides, speakers, folder, plan), goal)
        few = speakers[: plan.steady]
        calm = await turns(sides, few, folder, plan, pace=STEADY)
        ratio = cut_at(calm[0], 99) / cut_at(calm[1], 99)
        click.echo(f"{plan.steady} sockets, 5 in a second: p99 {ratio:.1f}× of the loop (goal ≤ 3)")
        lazy = await turns(sides, few, folder, plan, pace=STEADY, stalled=True)
        click.echo(f"with one who never reads: p99 {cut_at(lazy[0], 99):.0f} ms, without {cut_at(calm[0], 99):.0f} ms")


async def idle(url: str, servers: Sequence[Server], folder: Path, plan: Plan) -> None:
    """Measure the memory of idle sockets."""
    async with started(url, servers, -(-plan.idle // SHARE), folder) as (speakers, sides):
        app = await held(sides[0], (speakers * SHARE)[: plan.idle])
        words = ("-m", "uvicorn", "bench.rooms.beside:accepting", "--lifespan", "off", "--log-level", "error")
        bare = Server(servers[0].env, servers[0].folder, words)
        await bare.start()
        try:
            least = await held(Side(bare.port, bare.pid), (speakers * SHARE)[: plan.idle])
        finally:
            bare.stop()
    click.echo(
        f"{plan.idle} idle sockets: {app / 1000:.1f} kB each, "
        f"bare uvicorn {least / 1000:.1f} kB: {app / least:.2f}× (goal ≤ 1.5)"
    )


@contextmanager
def burning() -> Generator[int]:
    """Run a program that only computes, and give its number."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            yield process.pid
        finally:
            process.kill()


async def loaded(url: str, servers: Sequence[Server], folder: Path, plan: Plan) -> None:
    """Measure one's own message on the other screen, the server on one core with a program that only computes."""
    async with started(url, servers, 2, folder) as (speakers, sides):
        os.sched_setaffinity(sides[0].pid, {0})
        with burning() as burner:
            os.sched_setaffinity(burner, {0})
            both = Room(sides)
            await both.come(speakers)
            rounds = [await both.talk(plan.messages, pace=0.4) for _ in range(plan.rounds)]
        both.go()
    click.echo(f"one loaded core: own message on the other screen p95 {cut_at(rounds, 95):.0f} ms (goal ≤ 300)")


WORK = {"room": (room, 1, "0.4"), "workers": (room, 2, "0.5"), "idle": (idle, 1, ""), "loaded": (loaded, 1, "")}


@click.command()
@click.argument("what", type=click.Choice(list(WORK)))
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--sockets", default=Plan.sockets, show_default=True, help="in the room")
@click.option("--steady", default=Plan.steady, show_default=True, help="in the room when waits are measured")
@click.option("--idle", default=Plan.idle, show_default=True, help="held without a word")
@click.option("--rounds", default=Plan.rounds, show_default=True)
@click.option("--messages", default=Plan.messages, show_default=True, help="in a round")
def main(what: str, engine: str, **plan: int) -> None:
    """Measure rooms beside a loop in C."""
    work, workers, goal = WORK[what]
    engine = "postgres" if workers > 1 else engine
    with tempfile.TemporaryDirectory(prefix="heyi-chat-") as name, place(engine, Path(name), workers) as (url, servers):
        click.echo(f"{engine}, load average {os.getloadavg()[0]:.1f}")
        words = (url, servers, Path(name), Plan(**plan), *([goal] if goal else []))
        asyncio.run(work(*words))  # type: ignore[operator]
        click.echo(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
