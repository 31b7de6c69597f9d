"""``python -m bench.drill.chat``: servers, PostgreSQL and Redis are killed under chat, and readers look on.

Two servers on one PostgreSQL with Redis between them, all its own (``--engine sqlite``: one server, no Redis). People
say one thing after another and send again what was not acknowledged; readers hear each room, drop the link now and
then, change servers and go on after the last number. At the end every acknowledged message is there once under its
number, and what each reader heard is the database's talk, word for word, without a gap and nothing twice.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from bench.drill import killable
from bench.drill.chatting import Chatting, ChattingClient
from bench.drill.killable import Killable
from bench.drill.reading import Reader, compare, drained
from bench.drill.run import environment, go_on
from bench.drill.server import Server
from bench.drill.stage import Speaker, behind, quarrels, set_clock
from community.record.seal import verify
from tests import engines
from tests.services import fresh_database, postgres_program, redis_program
from web.database import config
from web.db import migrate

DRAIN = 60.0  # seconds in which readers must have caught up
Kill = tuple[str, Callable[[], Awaitable[None]]]


@dataclass(frozen=True)
class Plan:
    """How many kills of each kind, how many people talk, seconds between two kills at most."""

    server: int = 100
    postgres: int = 20
    redis: int = 20
    clients: int = 8
    pause: float = 3.0
    seed: int = 1


@dataclass
class Place:
    """What runs, and what may be killed besides the servers."""

    url: str
    servers: list[Server]
    others: list[Killable]

    def kills(self, plan: Plan) -> list[Kill]:
        """Return every kill in the order in which it happens."""
        dice = random.Random(plan.seed)  # noqa: S311 - a drill that can be repeated
        kills: list[Kill] = [("server", dice.choice(self.servers).kill) for _ in range(plan.server)]
        for each in self.others:
            kills += [(each.name, each.kill)] * (plan.postgres if each.name == "postgres" else plan.redis)
        dice.shuffle(kills)
        return kills

    def stop(self) -> None:
        """Stop the servers."""
        for each in self.servers:
            each.stop()


@contextmanager
def sqlite(folder: Path) -> Iterator[Place]:
    """Give one server on SQLite."""
    lite = engines.Lite(folder)
    url = lite.copy(lite.empty, folder)
    yield Place(url, [Server(environment(url, folder), folder)], [])


@contextmanager
def postgres(folder: Path) -> Iterator[Place]:
    """Give two servers, and a PostgreSQL and a Redis that nobody else uses."""
    with ExitStack() as opened:
        base, program = opened.enter_context(postgres_program())
        line, other = opened.enter_context(redis_program())
        others = [killable.postgres(base, program), killable.redis(line, other)]
        for each in others:
            opened.callback(each.stop)
            asyncio.run(each.start())
        url = opened.enter_context(fresh_database(base))
        asyncio.run(migrate.run(config(url)))
        env = {**environment(url, folder), "HEYI_REDIS": line}
        homes = [folder / name for name in ("one", "two")]
        for home in homes:
            home.mkdir()
        yield Place(url, [Server(env, home) for home in homes], others)


async def drill(place: Place, folder: Path, plan: Plan) -> tuple[Chatting, list[Reader], str]:
    """Run it; return the messages with what is wrong, the readers, and the fault of the sealed record, if any."""
    speakers = await behind(place.url, lambda: quarrels(plan.clients))
    set_clock(folder)
    chatting = Chatting(speakers)
    readers = _readers(place, speakers, plan)
    for each in place.servers:
        await each.start()
    reading = [asyncio.ensure_future(each.read()) for each in readers]
    try:
        await under_fire(chatting, place, plan)
        await drained(readers, chatting.told, seconds=DRAIN)
    finally:
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        place.stop()
    return chatting, readers, await behind(place.url, lambda: counted(chatting, readers))


def _readers(place: Place, speakers: Sequence[Speaker], plan: Plan) -> list[Reader]:
    addresses = [each.address for each in place.servers]
    turned = [addresses, addresses[::-1]]
    dice = random.Random(plan.seed)  # noqa: S311
    return [Reader(each, turned[n % 2], random.Random(dice.random())) for n, each in enumerate(speakers)]  # noqa: S311


async def under_fire(chatting: Chatting, place: Place, plan: Plan) -> None:
    """Let everybody talk while things are killed at random moments."""
    dice, over = random.Random(plan.seed + 1), asyncio.Event()  # noqa: S311
    count = chatting.count
    async with asyncio.TaskGroup() as group:
        for n, each in enumerate(chatting.speakers):
            address = place.servers[n % len(place.servers)].address
            client = ChattingClient(each, address, count, chatting.told, chatting.names)
            group.create_task(go_on(client, over))
        for _, kill in place.kills(plan):
            await asyncio.sleep(dice.uniform(0.2, plan.pause))
            await kill()
        await asyncio.sleep(2)
        over.set()


async def counted(chatting: Chatting, readers: list[Reader]) -> str:
    """Count messages, compare what readers heard, and walk the sealed record."""
    await chatting.check()
    for differs in await compare(readers):
        chatting.count.want(fact=False, otherwise=differs)
    for each in readers:
        chatting.count.want(not each.odd, f"a reader: {'; '.join(each.odd[:3])}")
    return (await verify()).bad or ""


def report(place: Place, chatting: Chatting, readers: list[Reader], fault: str) -> str:
    """Return the figures, a line each."""
    count, lines = chatting.count, []
    outages = {"server": [took for each in place.servers for took in each.outages]}
    outages |= {each.name: each.outages for each in place.others}
    for name, took in outages.items():
        if took:
            lines.append(
                f"{name}: {len(took)} kills, answered again after median {median(took):.2f} s, most {max(took):.2f} s"
            )
    lines.append(f"messages: {count.tried} sent, {count.acknowledged} acknowledged, {count.stored} stored")
    read, odd, links = (sum(each) for each in zip(*((len(r.heard), len(r.odd), r.links) for r in readers), strict=True))
    lines.append(f"readers: {len(readers)}, {links} attempts to connect, heard {read} lines, {odd} gaps or repeats")
    lines.append(f"wrong: {'; '.join(count.wrong[:5]) or 'nothing'}; the record: {fault or 'whole'}")
    return "\n".join(lines)


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="postgres", show_default=True)
@click.option("--server", default=Plan.server, show_default=True, help="kills of a server")
@click.option("--postgres", "base", default=Plan.postgres, show_default=True, help="kills of PostgreSQL")
@click.option("--redis", default=Plan.redis, show_default=True, help="kills of Redis")
@click.option("--clients", default=Plan.clients, show_default=True, help="people who talk, two to a room")
@click.option("--pause", default=Plan.pause, show_default=True, help="seconds between two kills, at most")
@click.option("--seed", default=Plan.seed, show_default=True)
def main(engine: str, base: int, **plan: float) -> None:
    """Kill servers, PostgreSQL and Redis under chat; count what is left and what readers heard."""
    began = time.monotonic()
    wanted = Plan(postgres=base, **plan)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory(prefix="heyi-drill-") as name:
        folder = Path(name)
        with (postgres if engine == "postgres" else sqlite)(folder) as place:
            chatting, readers, fault = asyncio.run(drill(place, folder, wanted))
            click.echo(f"{engine}: {time.monotonic() - began:.0f} s, load average {os.getloadavg()[0]:.1f}")
            click.echo(report(place, chatting, readers, fault))
    if fault or chatting.count.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
