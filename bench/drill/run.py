"""The drill itself: clients at work, kills, cut requests, and the count at the end."""

import asyncio
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.drill.chatting import Chatting
from bench.drill.night import night
from bench.drill.server import Server
from bench.drill.stage import Stage, behind, furnish, set_clock
from bench.drill.voting import Voting
from bench.drill.workload import Client, Unanswered, Workload
from community.record.seal import verify

LONGEST = 0.08  # seconds after which a request is cut off
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Plan:
    """How hard: kills, clients, requests cut off, seconds between two kills at most."""

    kills: int = 20
    clients: int = 10
    cut: int = 200
    pause: float = 3.0
    seed: int = 1


async def drill(url: str, folder: Path, plan: Plan) -> tuple[list[Workload], Server, str]:
    """Run it and return the workloads with their counts, the server, and what is wrong with the sealed record."""
    stage = await behind(url, lambda: furnish(plan.clients))
    ahead = set_clock(folder)
    workloads: list[Workload] = [Voting(stage.voters), Chatting(stage.speakers)]
    server = Server(environment(url, folder), folder)
    await server.start()
    try:
        await under_fire(workloads, server, plan)
        await cut_off(workloads, server, plan)
    finally:
        server.stop()
    until = datetime.now(UTC) + ahead
    return workloads, server, await behind(url, lambda: counted(stage, workloads, until, folder))


def environment(url: str, folder: Path) -> dict[str, str]:
    """Return the environment of the server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEYI_")}
    return {**kept, "PYTHONPATH": str(ROOT), "HEYI_HOME": str(folder), "HEYI_DATABASE": url}


async def under_fire(workloads: Sequence[Workload], server: Server, plan: Plan) -> None:
    """Let all clients write while the server is killed at random moments."""
    dice, over = random.Random(plan.seed), asyncio.Event()  # noqa: S311 - a drill that can be repeated
    clients = [client for each in workloads for client in each.clients(server.address)]
    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(go_on(client, over))
        for _ in range(plan.kills):
            await asyncio.sleep(dice.uniform(0.2, plan.pause))
            await server.kill()
        await asyncio.sleep(1)
        over.set()


async def go_on(client: Client, over: asyncio.Event) -> None:
    """Write until it is over."""
    while not over.is_set():
        try:
            await client.write()
        except Unanswered:
            await asyncio.sleep(0.05)
    await client.close()


async def cut_off(workloads: Sequence[Workload], server: Server, plan: Plan) -> None:
    """Begin writes and hang up at random moments; afterwards everybody must be served as before."""
    dice = random.Random(plan.seed)  # noqa: S311
    clients = [client for each in workloads for client in each.clients(server.address)]
    shares = [plan.cut // len(clients) + (place < plan.cut % len(clients)) for place in range(len(clients))]
    async with asyncio.TaskGroup() as group:
        for client, share in zip(clients, shares, strict=True):
            group.create_task(hang_up_often(client, [dice.uniform(0, LONGEST) for _ in range(share)]))
    for client in clients:
        await client.write()
        await client.close()


async def hang_up_often(client: Client, pauses: Sequence[float]) -> None:
    """Cut one client's requests off, one after another."""
    for pause in pauses:
        await client.hang_up(pause)


async def counted(stage: Stage, workloads: Sequence[Workload], until: datetime, folder: Path) -> str:
    """Let every workload count, hold the counting night, and walk the sealed record; return its fault, if any."""
    for each in workloads:
        await each.check()
    await night(stage, workloads[0], until=until, folder=folder)
    return (await verify()).bad or ""


def report(workloads: Sequence[Workload], server: Server, fault: str, began: float) -> str:
    """Return the figures, a line each."""
    lines = [f"{'':10}{'sent':>8}{'acked':>8}{'cut':>8}{'stored':>8}  wrong"]
    for each in workloads:
        count = each.count
        wrong = "; ".join(count.wrong[:5]) or "nothing"
        lines.append(f"{each.name:10}{count.tried:8}{count.acknowledged:8}{count.cut:8}{count.stored:8}  {wrong}")
    lines += [note for each in workloads for note in each.count.notes]
    if server.outages:
        middle, most = median(server.outages), max(server.outages)
        lines.append(
            f"killed {len(server.outages)} times; nobody answered for {middle:.2f} s (median), {most:.2f} s (most)"
        )
    lines.append(f"record: {fault or 'whole'}; {time.monotonic() - began:.0f} s in all")
    return "\n".join(lines)
