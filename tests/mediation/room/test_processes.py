"""The same room in two processes: the words cross PostgreSQL, the hints cross Redis."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from community.privacy import vault
from community.record.transaction import drain
from mediation.room.models import Room
from tests.mediation.making import made_case, made_rooms
from tests.mediation.room.conftest import Stage
from tests.services import fresh_database, postgres_server, redis_server
from tests.web.served import environment, heyi, serving
from tests.world import build
from web.database import close_database, open_database
from web.settings import Settings, ring_of

pytestmark = pytest.mark.postgres


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a database and of two servers that share it and a Redis."""
    with ExitStack() as opened:
        url = opened.enter_context(fresh_database(opened.enter_context(postgres_server())))
        env = environment(tmp_path, HEYI_DATABASE=url, HEYI_REDIS=opened.enter_context(redis_server()))
        done = heyi("migrate", env=env)
        assert done.returncode == 0, done.stderr
        servers = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            servers.append(opened.enter_context(serving(tmp_path / name, env=env)))
        yield url, [f"http://127.0.0.1:{server.port}" for server in servers]


@pytest.fixture
async def pair(places: tuple[str, list[str]]) -> AsyncGenerator[tuple[Stage, list[str]]]:
    """Give a case with its rooms in that database, and the two addresses."""
    url, addresses = places
    vault.install(ring_of(Settings()))
    await open_database(url)
    world = await build()
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    yield Stage(addresses[0], world, case, rooms), addresses
    await drain()
    await close_database()


async def test_two_processes_are_one_room(pair: tuple[Stage, list[str]]) -> None:
    stage, (one, two) = pair
    async with stage.voice(stage.world.lan, url=one) as lan, stage.voice(stage.world.qiang, url=two) as qiang:
        await lan.hears(lambda f: f["type"] == "presence" and "阿强" in f["here"])
        began = time.monotonic()
        await lan.say("m1", "在吗")
        await qiang.reads(1)
        assert time.monotonic() - began < 2
        await qiang.tell("typing")
        await lan.hears(lambda f: f["type"] == "presence" and f["typing"] == ["阿强"])
        await asyncio.gather(
            *(lan.say(f"l{n}", "我说") for n in range(15)), *(qiang.say(f"q{n}", "我也说") for n in range(15))
        )
        await lan.reads(*range(1, 32))
        await qiang.reads(*range(1, 32))
        assert (await Room.get(id=stage.rooms["joint"].id)).last_seq == 31
        began = time.monotonic()
        await stage.sign_out(stage.world.qiang)
        assert await qiang.closed() == (4401, "")
        assert time.monotonic() - began < 2
        await lan.hears(lambda f: f["type"] == "presence" and f["here"] == ["您自己"])
