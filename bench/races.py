"""``python -m bench.races``: a home votes twice at once, on the site, on paper and by code. One vote must be left.

On SQLite two tasks of one process race, on PostgreSQL two processes. A round is over when both sides answered.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click

from bench.drill.stage import behind, database
from community.errors import Refused
from community.people.models import Holding, Person
from community.rights import Role
from deliberation.ballot import casting, counting
from deliberation.ballot.models import Ballot, Paper, Vote
from deliberation.ballot.votes import Choice
from deliberation.body.queries import voices_of
from deliberation.polling import entering, slips
from deliberation.polling.entering import Read
from tests.deliberation.stage import VOTING, body_of, opened, settle
from tests.world import NOON, World, build

HEADS: Final = 25
KINDS: Final = ("twice on the site", "site against paper", "site against code")
ROOT: Final = Path(__file__).parents[1]

Ask = Callable[[dict[str, Any]], Awaitable[str]]


@dataclass(frozen=True)
class Field:
    """Who races: voters with their heads, and the two who read sheets."""

    ballot: int
    runners: list[tuple[int, int]]
    clerk: int
    teller: int


@dataclass
class Found:
    """What the races left: how often each side was taken, and every home that has not exactly one vote."""

    taken: list[int] = field(default_factory=lambda: [0, 0])
    wrong: list[str] = field(default_factory=list)


async def furnish(world: World | None = None) -> Field:
    """Open a ballot for the races."""
    town = world or await build()
    people = await settle(town, HEADS)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [one.person for one in people])
    teller = await Person.create(name="老孙", email="s@example.org", joined_at=NOON, community_id=town.community.id)
    await Holding.create(person=teller, role=Role.CLERK, place=town.community, since=NOON)
    runners = [
        (one.person.id, voice.head_id) for one in people[1:] for voice in await voices_of(one.person, ballot.roll_id)
    ]
    return Field(ballot.id, runners, town.clerk.id, teller.id)


async def prepared(stage: Field, number: int, dice: random.Random) -> dict[str, Any]:
    """Lay out one race: a new code for the head where one is needed, and the first reading of its sheet."""
    person, head = stage.runners[dice.randrange(len(stage.runners))]
    race = {"ballot": stage.ballot, "person": person, "head": head, "kind": number % len(KINDS), "n": number}
    at, clerk = VOTING + timedelta(seconds=number), await Person.get(id=stage.clerk)
    code = ""
    if race["kind"]:
        code = (await slips.reissue(stage.ballot, head, "这一轮换一张", by=clerk, at=at)).code
    if KINDS[number % len(KINDS)] == "site against paper":
        read = Read(code=code, choice=Choice.NO, received_at=at)
        await entering.enter(stage.ballot, read, f"first-{number}", by=clerk, at=at)
    return {**race, "code": code, "teller": stage.teller}


async def run(side: int, race: dict[str, Any]) -> str:
    """Do what one side does in a race and say whether it was taken."""
    at = VOTING + timedelta(seconds=race["n"])
    try:
        await _attempt(side, race, at)
    except Refused as why:
        return f"refused: {type(why).__name__}"
    return "taken"


async def _attempt(side: int, race: dict[str, Any], at: Any) -> None:  # noqa: ANN401 - datetime
    kind = KINDS[race["kind"]] if side else KINDS[0]
    if kind == "site against paper":
        read = Read(code=race["code"], choice=Choice.NO, received_at=at)
        teller = await Person.get(id=race["teller"])
        await entering.enter(race["ballot"], read, f"second-{race['n']}", by=teller, at=at)
    elif kind == "site against code":
        await slips.cast_by_slip(race["code"], Choice.ABSTAIN, at=at)
    else:
        voter = await Person.get(id=race["person"])
        choice = Choice.NO if side else Choice.YES
        await casting.cast(race["ballot"], race["head"], choice, by=voter, at=at)


async def race_all(stage: Field, rounds: int, sides: tuple[Ask, Ask], seed: int = 1) -> Found:
    """Run every race and look at what is left."""
    found, dice = Found(), random.Random(seed)  # noqa: S311 - races that can be repeated
    for number in range(rounds):
        race = await prepared(stage, number, dice)
        said = await asyncio.gather(sides[0](race), sides[1](race))
        for side, word in enumerate(said):
            found.taken[side] += word == "taken"
    found.wrong = await left(stage)
    return found


async def left(stage: Field) -> list[str]:
    """Return everything that is not one vote a head with its papers in one order, counted once."""
    wrong, voted = [], 0
    for vote in await Vote.filter(ballot_id=stage.ballot).order_by("id"):
        orders = [paper.order for paper in await Paper.filter(vote_id=vote.id).order_by("order")]
        voted += bool(orders)
        if orders != list(range(1, vote.papers + 1)):
            wrong.append(f"head {vote.head_id}: {vote.papers} papers, orders {orders}")
    if await Vote.filter(ballot_id=stage.ballot).count() != len(
        set(await Vote.filter(ballot_id=stage.ballot).values_list("head_id", flat=True))
    ):
        wrong.append("a head has two votes")
    tally = (await counting.count_again(await Ballot.get(id=stage.ballot))).tally
    counted = tally.yes.heads + tally.no.heads + tally.abstain.heads
    if counted != voted or tally.invalid.heads:
        wrong.append(f"{voted} heads voted, {counted} are counted")
    return wrong


def here() -> tuple[Ask, Ask]:
    """Return both sides as tasks of this process."""

    async def first(race: dict[str, Any]) -> str:
        return await run(0, race)

    async def second(race: dict[str, Any]) -> str:
        return await run(1, race)

    return first, second


async def apart(url: str, stage: Field, rounds: int) -> Found:
    """Run the races between two processes that are told of each race at the same moment."""
    pipe = asyncio.subprocess.PIPE
    sides = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.races", "--side", str(side), "--url", url, cwd=ROOT, stdin=pipe, stdout=pipe
        )
        for side in (0, 1)
    ]

    def ask(side: asyncio.subprocess.Process) -> Ask:
        async def answer(race: dict[str, Any]) -> str:
            assert side.stdin
            assert side.stdout
            side.stdin.write(json.dumps(race).encode() + b"\n")
            await side.stdin.drain()
            return (await side.stdout.readline()).decode().strip()

        return answer

    try:
        return await race_all(stage, rounds, (ask(sides[0]), ask(sides[1])))
    finally:
        for side in sides:
            side.terminate()
            await side.wait()


async def stand_by(side: int) -> None:
    """Race as one side for as long as races are told on the standard input."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        sys.stdout.write(await run(side, json.loads(line)) + "\n")
        sys.stdout.flush()


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--rounds", default=1000, show_default=True)
@click.option("--side", type=int, default=None, hidden=True)
@click.option("--url", default="", hidden=True)
def main(engine: str, rounds: int, side: int | None, url: str) -> None:
    """Let every home vote twice at once, and count what is left."""
    if side is not None:
        asyncio.run(behind(url, lambda: stand_by(side)))
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="heyi-races-") as name, database(engine, Path(name)) as address:
        found = asyncio.run(behind(address, lambda: _whole(engine, address, rounds)))
    click.echo(f"{engine}: {rounds} races in {time.monotonic() - began:.1f} s, taken {found.taken}")
    click.echo("\n".join(found.wrong) or "every home has exactly one vote")
    if found.wrong:
        raise SystemExit(1)


async def _whole(engine: str, url: str, rounds: int) -> Found:
    stage = await furnish()
    return await (race_all(stage, rounds, here()) if engine == "sqlite" else apart(url, stage, rounds))


if __name__ == "__main__":
    main()
