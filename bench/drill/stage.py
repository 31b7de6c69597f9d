"""The neighbourhood of the drill: an open ballot with a voter for each client, and quarrels with a room each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from community.people.models import Person
from community.privacy import vault
from community.record.transaction import drain
from deliberation.body.models import RollVoice
from tests import engines
from tests.deliberation.stage import VOTING, Settled, body_of, opened, settle
from tests.mediation.making import made_case, made_rooms
from tests.services import fresh_database, postgres_server
from tests.world import World, build, sign_in
from web.database import close_database, config, open_database
from web.db import migrate
from web.settings import Settings, ring_of

T = TypeVar("T")


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote for one head."""

    cookie: str
    ballot: int
    head: int


@dataclass(frozen=True)
class Speaker:
    """Somebody who sits in a room."""

    cookie: str
    person: int
    path: str
    room: int


@dataclass(frozen=True)
class Stage:
    """Everybody who takes part, and the neighbourhood in which their ballot is counted afterwards."""

    world: World
    voters: list[Voter]
    speakers: list[Speaker]


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """Give the address of a migrated database, empty, on either engine."""
    if engine == "sqlite":
        lite = engines.Lite(folder)
        yield lite.copy(lite.empty, folder)
        return
    with postgres_server() as server, fresh_database(server) as url:
        asyncio.run(migrate.run(config(url)))
        yield url


async def behind(url: str, work: Callable[[], Awaitable[T]]) -> T:
    """Do something with the database open and nobody serving."""
    vault.install(ring_of(Settings()))
    await open_database(url)
    try:
        return await work()
    finally:
        await drain()
        await close_database()


def set_clock(folder: Path) -> timedelta:
    """Let the server live in the days of the ballot, and return by how much its clock is ahead."""
    shift = VOTING - datetime.now(UTC)
    (folder / "clock").write_text(str(shift.total_seconds()))
    return shift


async def furnish(count: int) -> Stage:
    """Build it for ``count`` clients, one half voting, one half talking, two to a room."""
    world = await build()
    talking = max(2, count // 2 // 2 * 2)
    people = await settle(world, max(count, 8))
    voters = await _voters(world, people[: count - talking])
    pairs = zip(people[-talking::2], people[-talking + 1 :: 2], strict=True)
    return Stage(world, voters, [speaker for pair in pairs for speaker in await _quarrel(world, *pair)])


async def quarrels(count: int) -> list[Speaker]:
    """Build a neighbourhood in which ``count`` people quarrel, two to a room, and nobody votes."""
    world = await build()
    people = await settle(world, max(2, count // 2 * 2))
    pairs = zip(people[::2], people[1::2], strict=True)
    return [speaker for pair in pairs for speaker in await _quarrel(world, *pair)]


async def _voters(world: World, people: list[Settled]) -> list[Voter]:
    body, roll = await body_of(world)
    everybody = await Person.filter(community_id=world.community.id, email__startswith="p").order_by("id")
    ballot = await opened(world, body, roll, [*everybody, *world.residents])
    heads = {row.resident_id: row.head_id for row in await RollVoice.filter(roll_id=ballot.roll_id)}
    return [Voter(await _cookie(each.person), ballot.id, heads[each.resident.id]) for each in people]


async def _quarrel(world: World, one: Settled, other: Settled) -> list[Speaker]:
    case = await made_case(replace(world, lan=one.person, qiang=other.person))
    room = (await made_rooms(case, world.mediator))["joint"]
    path = f"/cases/{case.code}/rooms/{room.code}/live"
    return [Speaker(await _cookie(each.person), each.person.id, path, room.id) for each in (one, other)]


async def _cookie(person: Person) -> str:
    return "; ".join(f"{name}={value}" for name, value in (await sign_in(person)).items())
