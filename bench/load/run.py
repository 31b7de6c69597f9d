"""The run: fill, serve both, ask them in turns, print the tables."""

import itertools
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
from tortoise.connection import get_connection

from bench.drill.run import environment
from bench.drill.server import Server
from bench.drill.stage import Voter, behind, set_clock
from bench.load.chat import Crowd, frame_of
from bench.load.measure import Round, Side, Work, asked, head, row
from bench.load.served import production
from bench.load.stage import Stage, furnish
from bench.load.wire import get, post, ring

BARE: Final = 30  # bare requests for each of ours: CPU is told in ticks of 10 ms, and theirs take little
FAST: Final = 10  # pages of ours for each request of the plan: they take a tick or less
TINY: Final = 40  # and unchanged ones
SPARE: Final = 20  # requests before the first round
TITLES: Final = {"list": "list, 50 of 10,000", "anyone": "the same, no session", "detail": "detail, 200 comments"}


@dataclass(frozen=True)
class Plan:
    """How much: rounds, requests of each kind in a round, messages in a round, sockets in the room."""

    rounds: int = 3
    requests: int = 60
    messages: int = 10
    sockets: int = 200


@dataclass(frozen=True)
class Run:
    """What a run holds on to."""

    url: str
    plan: Plan
    stage: Stage
    app: Server
    bare: Server
    folder: Path
    facts: dict[str, object]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return both servers as they run now."""
        base = "" if self.url.startswith("sqlite") else urlsplit(self.url).path.strip("/")
        return Side(self.app.port, self.app.pid, base), Side(self.bare.port, self.bare.pid, base)

    async def start_bare(self) -> None:
        """Start the bare server, again when it runs, with what is known by now."""
        self.bare.stop()
        (self.folder / "bare.json").write_text(json.dumps(self.facts))
        await self.bare.start()


async def load(url: str, folder: Path, plan: Plan) -> None:
    """Do all of it."""
    began = time.monotonic()
    stage = await behind(url, lambda: filled(plan))
    if url.startswith("sqlite"):
        shutil.copy(folder / "heyi.db", folder / "bare.db")
    set_clock(folder)
    env = {**environment(url, folder), **production(), "HEYI_WORKERS_COURIER": "0"}  # letters are not what is measured
    app, bare = (Server(env, folder, ("-m", module)) for module in ("bench.load.served", "bench.bare"))
    run = Run(
        url, plan, stage, app, bare, folder, {"matter": stage.matter, "community": stage.community, "frame": "%s"}
    )
    click.echo(f"{plan}, filled in {time.monotonic() - began:.0f} s, load average {os.getloadavg()[0]:.1f}")
    try:
        await app.start()
        await requests(run)
        await chat(run)
    finally:
        app.stop()
        bare.stop()
    click.echo(f"{time.monotonic() - began:.0f} s in all, load average {os.getloadavg()[0]:.1f}")


async def filled(plan: Plan) -> Stage:
    """Fill the open database and let the engine look at it, as it does by itself on a site in use."""
    stage = await furnish(plan.rounds * plan.requests + SPARE, plan.sockets)
    await get_connection("default").execute_script("ANALYZE")
    return stage


async def requests(run: Run) -> None:
    """Measure pages and votes."""
    paths = {"list": "/matters", "anyone": "/matters", "detail": f"/matters/{run.stage.matter}"}
    cookies = {name: "" if name == "anyone" else run.stage.reader for name in paths}
    asks = {name: get(path, cookies[name]) for name, path in paths.items()}
    for name, ask in asks.items():
        run.facts[name] = await body_of(run.app.port, ask)
    await run.start_bare()
    for name in asks:
        if await body_of(run.bare.port, get(f"/page/{name}")) != run.facts[name]:
            raise RuntimeError(f"the bare {name} is not what the app gives")
    pairs = [pair(TITLES[name], [ask], [get(f"/page/{name}", cookies[name])], many=FAST) for name, ask in asks.items()]
    for name, ask in asks.items():
        known = get(paths[name], cookies[name], await tag_of(run.app.port, ask))
        pairs.append(pair(f"{name} unchanged", [known], [get("/hello")], status=304, bare_status=200, many=TINY))
    voters = run.stage.voters
    pairs.append(pair("vote", ballots(voters), ballots(voters, "/vote"), status=303, lines=8))
    click.echo(head("CPU of a request", "ms"))
    for ours, bare in pairs:
        click.echo(row(ours.name, *await turns(run, ours, bare), unit=1000))


async def tag_of(port: int, ask: bytes) -> str:
    """Return the tag of a page."""
    line = await ring(port)
    answer = await line.ask(ask)
    line.close()
    return answer.tag


async def body_of(port: int, ask: bytes) -> str:
    """Return a page."""
    line = await ring(port)
    answer = await line.ask(ask)
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.body[-400:].decode(errors='replace')}")
    return answer.body.decode()


def ballots(voters: Sequence[Voter], path: str = "") -> list[bytes]:
    """Return a paper of each voter."""
    return [
        post(path or f"/ballots/{each.ballot}/vote", each.cookie, f"head={each.head}&choice=yes") for each in voters
    ]


def pair(
    name: str,
    ours: Sequence[bytes],
    bare: Sequence[bytes],
    *,
    status: int = 200,
    bare_status: int = 0,
    lines: int = 4,
    many: int = 1,
) -> tuple[Work, Work]:
    """Return the same work for the app and for the bare server; each goes on where its last round ended."""
    return Work(name, taker(ours), status, lines, many), Work(name, taker(bare), bare_status or status, lines)


def taker(requests: Sequence[bytes]) -> Callable[[int], list[bytes]]:
    """Return what takes so many of ``requests``, round and round."""
    endless = itertools.cycle(requests)
    return lambda count: list(itertools.islice(endless, count))


async def turns(run: Run, ours: Work, bare: Work) -> tuple[list[Round], list[Round]]:
    """Ask both in turns."""
    app_side, bare_side = run.sides
    await asked(app_side, ours, SPARE)
    await asked(bare_side, bare, SPARE)
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(run.plan.rounds):
        rounds[0].append(await asked(app_side, ours, ours.many * run.plan.requests))
        rounds[1].append(await asked(bare_side, bare, BARE * run.plan.requests))
    return rounds


async def chat(run: Run) -> None:
    """Measure messages; the bare server sends the bytes that the app sent."""
    ours = Crowd(run.sides[0])
    await ours.come(run.stage.speakers)
    await ours.talk(2)
    run.facts["frame"] = frame_of(ours)
    await run.start_bare()
    bare = Crowd(run.sides[1])
    await bare.come([each.__class__(each.cookie, each.person, "/live", each.room) for each in run.stage.speakers])
    await bare.talk(2)
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(run.plan.rounds):
        rounds[0].append(await ours.talk(run.plan.messages))
        rounds[1].append(await bare.talk(BARE * run.plan.messages))
    ours.go()
    bare.go()
    click.echo(head("CPU of a delivery", "µs"))
    click.echo(row(f"chat, {run.plan.sockets} sockets", *rounds, unit=1_000_000))
