"""``python -m bench.revoke``: rights are taken away while sockets are open; how fast they close, and what still comes.

Three ways by turns: signing out, the end of an office, being let out of the room. Meanwhile others talk. A trial
is wrong when the socket is open two seconds after the deed was done, or hears anything said after that. ``--hub
redis`` is two servers on PostgreSQL with Redis between them, the deed done in a third process or in the other server.
"""

import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

import click
import httpx2

from bench.drill.run import environment
from bench.drill.server import Server
from bench.drill.stage import database, set_clock
from bench.rooms.listening import Link, linked
from bench.rooms.stage import Gathering, Seated, gather
from community.codes import new_code
from community.people.offices import end_role
from community.privacy import vault
from community.record.transaction import drain, transact
from mediation.room.opening import end_membership
from tests.services import redis_server
from web.database import close_database, open_database
from web.settings import Settings, ring_of
from web.tasks import spawn

LIMIT: Final = 2.0  # seconds until the socket must be closed
AFTERWARDS: Final = 0.5  # seconds of talk after the deed, to see whether any of it is heard
PACE: Final = 0.7  # seconds between two sayings of one talker
TALKERS: Final = 4
WAYS: Final = ("sign-out", "office", "removal")


@dataclass
class Trials:
    """What came of them: how long each socket stayed open, by way, and what was wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    wrong: list[str] = field(default_factory=list)

    @property
    def report(self) -> str:
        """Return the figures, a line each."""
        lines = [
            f"{way:10}{len(took):5} trials, closed after median {median(took):.2f} s, most {max(took):.2f} s"
            for way, took in self.took.items()
            if took
        ]
        return "\n".join([*lines, f"wrong: {'; '.join(self.wrong[:10]) or 'nothing'}"])


@dataclass
class Hall:
    """The room, the servers, and what is said there: words and the moment they were sent."""

    gathering: Gathering
    addresses: Sequence[str]
    ahead: timedelta
    trials: Trials = field(default_factory=Trials)
    said: dict[str, float] = field(default_factory=dict)

    async def talk(self, links: Sequence[Link]) -> None:
        """Let the talkers say one thing after another, by turns."""
        for link in itertools.cycle(links):
            words = new_code()
            self.said[words] = time.monotonic()
            await link.say(words, words)
            await asyncio.sleep(PACE / len(links))

    async def trial(self, way: str, who: Seated, address: str, other: str) -> None:
        """Take the right of somebody away, and look what the socket still brings."""
        async with linked(who.speaker, address) as link:
            await self._first(link)
            await self._deed(way, who, other)
            done = time.monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(LIMIT):
                    await link.over.wait()
            await asyncio.sleep(AFTERWARDS)
            self._judge(way, link, done)

    def _judge(self, way: str, link: Link, done: float) -> None:
        if link.ended is None:
            self.trials.wrong.append(f"{way}: still open after {LIMIT} s")
        else:
            self.trials.took[way].append(max(0.0, link.ended[0] - done))
            code = 4401 if way == "sign-out" else 4403
            if link.ended[1] != code:
                self.trials.wrong.append(f"{way}: closed with {link.ended[1]}, not {code}")
        late = [words for _, words, _ in link.heard if self.said.get(words, 0) > done]
        self.trials.wrong.extend(f"{way}: heard {words} afterwards" for words in late)

    async def _first(self, link: Link) -> None:
        """Wait until the socket has heard something: it is in the room."""
        async with asyncio.timeout(30):
            while not link.heard:
                link.news.clear()
                await link.news.wait()

    async def _deed(self, way: str, who: Seated, other: str) -> None:
        at, made = datetime.now(UTC) + self.ahead, self.gathering
        if way == "office":
            await end_role(who.office, by=made.world.admin, at=at)
        elif way == "removal":
            await transact(lambda: end_membership(made.case, who.person, at=at))
        else:
            headers = {"cookie": who.speaker.cookie, "origin": other}
            async with httpx2.AsyncClient(base_url=other, headers=headers) as client:
                answer = await client.post("/sign-out")
                if answer.status_code != 303:
                    raise RuntimeError(f"signing out answers {answer.status_code}: {answer.text[-300:]}")


async def revoke(url: str, servers: Sequence[Server], folder: Path, *, trials: int, at_once: int) -> Trials:
    """Do so many trials, so many at a time."""
    vault.install(ring_of(Settings()))
    await open_database(url)
    try:
        mediators = len(range(1, trials, len(WAYS)))
        made = await gather(TALKERS + trials - mediators, mediators)
        hall = Hall(made, [each.address for each in servers], set_clock(folder))
        for each in servers:
            await each.start()
        await _all(hall, trials, at_once)
        return hall.trials
    finally:
        for each in servers:
            each.stop()
        await drain()
        await close_database()


async def _all(hall: Hall, trials: int, at_once: int) -> None:
    waiting = {"office": iter(hall.gathering.mediators)}
    others = iter(hall.gathering.parties[TALKERS:])
    async with AsyncExitStack() as stack:
        talkers = zip(hall.gathering.parties[:TALKERS], itertools.cycle(hall.addresses), strict=False)
        links = [await stack.enter_async_context(linked(who.speaker, address)) for who, address in talkers]
        talking = spawn(hall.talk(links), name="talkers")
        turns = [(WAYS[n % len(WAYS)], hall.addresses[n % len(hall.addresses)]) for n in range(trials)]
        for batch in _batched(turns, at_once):
            work = [
                hall.trial(way, next(waiting.get(way, others)), address, _other(hall, address))
                for way, address in batch
            ]
            await asyncio.gather(*work)
        talking.cancel()


def _batched(turns: list[tuple[str, str]], size: int) -> Iterator[Sequence[tuple[str, str]]]:
    return (turns[at : at + size] for at in range(0, len(turns), size))


def _other(hall: Hall, address: str) -> str:
    """Return a server that is not at ``address``, where there is one."""
    return next((each for each in hall.addresses if each != address), address)


@contextmanager
def place(hub: str, folder: Path) -> Iterator[tuple[str, list[Server]]]:
    """Give a database and the servers on it: one on SQLite, or two on PostgreSQL with Redis between them."""
    with ExitStack() as opened:
        url = opened.enter_context(database("postgres" if hub == "redis" else "sqlite", folder))
        env = environment(url, folder)
        if hub == "redis":
            env = {**env, "HEYI_REDIS": opened.enter_context(redis_server())}
        homes = [folder / name for name in (("one", "two") if hub == "redis" else ("one",))]
        for home in homes:
            home.mkdir()
        yield url, [Server(env, home) for home in homes]


def run(hub: str, *, trials: int, at_once: int) -> Trials:
    """Run it from nothing."""
    with tempfile.TemporaryDirectory(prefix="heyi-revoke-") as name, place(hub, Path(name)) as (url, servers):
        return asyncio.run(revoke(url, servers, Path(name), trials=trials, at_once=at_once))


@click.command()
@click.option("--hub", type=click.Choice(["process", "redis"]), default="process", show_default=True)
@click.option("--trials", default=200, show_default=True)
@click.option("--at-once", default=5, show_default=True)
def main(hub: str, trials: int, at_once: int) -> None:
    """Take rights away while sockets are open."""
    began, done = time.monotonic(), run(hub, trials=trials, at_once=at_once)
    click.echo(f"{hub}: {time.monotonic() - began:.0f} s, load average {os.getloadavg()[0]:.1f}\n{done.report}")
    if done.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
