"""Saying "something moved" to whoever listens, in this process or in all of them. The log is the database.

A hint is a topic and a word; it carries no content, may come twice, and when it is lost the listener's next
look finds what moved all the same. `Hub` has two methods; Redis stands behind them when ``HEYI_REDIS`` is set.
"""

import asyncio
import contextlib
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from web.tasks import spawn

log = logging.getLogger(__name__)

CHANNEL: Final = "heyi"
FIRST_PAUSE: Final = 0.2  # seconds before the first new attempt to reach Redis
LONGEST_PAUSE: Final = 5.0
MOST_WAITING: Final = 10_000  # hints kept while Redis is away; those beyond are lost and the next look makes up


class Ear:
    """One listener's end: the hints since it last listened, each once."""

    def __init__(self) -> None:
        self._heard: set[str] = set()
        self._any = asyncio.Event()

    def tell(self, what: str) -> None:
        """Take a hint in."""
        self._heard.add(what)
        self._any.set()

    async def hear(self, seconds: float) -> frozenset[str]:
        """Wait for hints, at most so long, and return them."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._any.wait()
        heard = frozenset(self._heard)
        self._heard.clear()
        self._any.clear()
        return heard


class Hub:
    """Hints within this process."""

    def __init__(self) -> None:
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)

    @contextmanager
    def listen(self, topic: str) -> Iterator[Ear]:
        """Give an ear for ``topic`` until the end of the block."""
        ear = Ear()
        self._ears[topic].add(ear)
        try:
            yield ear
        finally:
            self._ears[topic].discard(ear)
            if not self._ears[topic]:
                del self._ears[topic]

    def say(self, topic: str, what: str = "moved") -> None:
        """Tell who listens to ``topic`` that ``what`` happened. It neither waits nor fails."""
        for ear in self._ears.get(topic, ()):
            ear.tell(what)

    async def open(self) -> None:
        """Start what the hub needs."""

    async def close(self) -> None:
        """End it."""


class RedisHub(Hub):
    """Hints among all processes, over one Redis channel. Without Redis it still serves its own process."""

    def __init__(self, url: str) -> None:
        super().__init__()
        never = Retry(NoBackoff(), 0)  # a silent reconnection would hide the hints lost meanwhile
        self._redis: Redis = Redis.from_url(url, health_check_interval=10, socket_connect_timeout=5, retry=never)
        self._name = secrets.token_hex(8)
        self._waiting: dict[str, None] = {}
        self._any = asyncio.Event()
        self._tasks: list[asyncio.Task[Any]] = []

    def say(self, topic: str, what: str = "moved") -> None:
        """Tell this process at once and the others as soon as Redis takes it."""
        super().say(topic, what)
        if len(self._waiting) < MOST_WAITING:
            self._waiting[f"{self._name} {topic} {what}"] = None
            self._any.set()

    async def open(self) -> None:
        """Start listening and publishing."""
        work = (("listens", self._listen_once), ("publishes", self._publish_once))
        self._tasks = [spawn(_again_and_again(deed), name=f"hub {name}") for name, deed in work]

    async def close(self) -> None:
        """Stop both."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()

    async def _listen_once(self) -> None:
        """Listen until the link breaks. Whatever was said while it was down is made up by telling everybody to look."""
        async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            await channel.get_message(timeout=None)
            self._tell_all()
            while True:
                message = await channel.get_message(timeout=30)
                if message:
                    self._pass_on(message["data"].decode())

    async def _publish_once(self) -> None:
        """Publish what waits until the link breaks; what was not taken waits on."""
        while True:
            if not self._waiting:
                await self._any.wait()
            self._any.clear()
            batch = list(self._waiting)
            async with self._redis.pipeline(transaction=False) as line:
                for hint in batch:
                    line.publish(CHANNEL, hint)
                await line.execute()
            for hint in batch:
                self._waiting.pop(hint, None)

    def _pass_on(self, hint: str) -> None:
        name, topic, what = hint.split(" ", 2)
        if name != self._name:
            super().say(topic, what)

    def _tell_all(self) -> None:
        for topic in list(self._ears):
            for what in ("moved", "here"):
                super().say(topic, what)


async def _again_and_again(deed: Any) -> None:  # noqa: ANN401 - a bound coroutine function
    pause = FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await deed()
        except (RedisError, OSError) as why:
            log.warning("redis is away: %s", why)
        pause = FIRST_PAUSE if loop.time() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


def hub_of(url: str) -> Hub:
    """Return the hub for this process: over Redis when there is an address."""
    return RedisHub(url) if url else Hub()
