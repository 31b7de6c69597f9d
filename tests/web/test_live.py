"""The hub: hints within a process and between processes, and what happens when Redis goes away."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services import free_port, program, redis_server, running
from web.live import Ear, Hub, RedisHub


async def hears(ear: Ear, what: str, *, seconds: float = 5) -> bool:
    """Return whether a word reaches the ear in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end:
        if what in await ear.hear(end - loop.time()):
            return True
    return False


async def test_a_hint_reaches_who_listens_to_its_topic_once() -> None:
    hub = Hub()
    with hub.listen("room-1") as one, hub.listen("room-1") as two, hub.listen("room-2") as other:
        for _ in range(3):
            hub.say("room-1")
        hub.say("room-1", "here")
        assert await one.hear(1) == await two.hear(1) == {"moved", "here"}
        assert await one.hear(0.01) == frozenset()
        assert await other.hear(0.01) == frozenset()
    assert not hub._ears
    hub.say("room-1")


@pytest.fixture
def redis_url() -> Iterator[str]:
    """Give a real Redis."""
    with redis_server() as url:
        yield url


async def test_a_hint_reaches_other_processes_through_redis(redis_url: str) -> None:
    one, two = RedisHub(redis_url), RedisHub(redis_url)
    await one.open()
    await two.open()
    try:
        with one.listen("room-1") as near, two.listen("room-1") as far, two.listen("room-9") as other:
            assert await hears(far, "here")  # told to look, as the link came up
            await other.hear(0.2)
            one.say("room-1", "typing 5")
            assert await hears(far, "typing 5")
            assert await hears(near, "typing 5", seconds=1)
            assert "typing 5" not in await other.hear(0.05)
    finally:
        await one.close()
        await two.close()


@contextmanager
def own_redis(port: int, folder: Path) -> Iterator[None]:
    """Run a Redis of our own on a port."""

    def answers() -> bool:
        return "Ready to accept" in (folder / "server.log").read_text()

    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running([program("redis-server", "valkey-server"), *words], folder, answers):
        yield


async def test_without_redis_nothing_fails_and_afterwards_everybody_looks(tmp_path: Path) -> None:
    port = free_port()
    one, two = RedisHub(f"redis://127.0.0.1:{port}/0"), RedisHub(f"redis://127.0.0.1:{port}/0")
    await one.open()
    await two.open()
    try:
        with two.listen("room-1") as far, one.listen("room-1") as near:
            one.say("room-1", "typing 1")
            assert await hears(near, "typing 1", seconds=1)
            assert not await hears(far, "typing 1", seconds=0.3)
            for round_ in range(2):
                folder = tmp_path / str(round_)
                folder.mkdir()
                with own_redis(port, folder):
                    assert await hears(far, "moved", seconds=15)
                    assert await hears(near, "moved", seconds=15)
                    one.say("room-1", f"typing 2{round_}")
                    assert await hears(far, f"typing 2{round_}", seconds=15)
                one.say("room-1", "typing 3")
                assert await hears(near, "typing 3", seconds=1)
    finally:
        await one.close()
        await two.close()
