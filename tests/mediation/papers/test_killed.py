"""A process is killed between a number and its paper: both are there or neither, and the next number follows."""

import asyncio
import sys
from pathlib import Path

import pytest

from mediation.papers import commands
from mediation.papers.models import NumberedPaper
from mediation.papers.queries import series_of
from mediation.papers.rules import Made
from mediation.papers.text import words_on
from tests.mediation.filing import accepted
from tests.mediation.papers.killed import DAY
from tests.world import World

ROOT = Path(__file__).parents[3]
SAFE = 5  # numbers that a process may report before it is killed


async def killed(url: str, *words: str) -> list[int]:
    """Let a process number papers until it is killed, and return the numbers that it knew to be safe."""
    command = (sys.executable, "-m", "tests.mediation.papers.killed", url, *words)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    safe: list[int] = []
    while line := await process.stdout.readline():
        safe.append(int(line))
        if len(safe) == SAFE:
            process.kill()
    assert await process.wait() == -9, "it was killed"
    return safe


@pytest.mark.database
async def test_a_crash_leaves_number_and_paper_or_neither(world: World, database: str) -> None:
    case = await accepted(world)
    first = await commands.issue(case.code, Made.ACCEPTED, "周二。", by=world.director, at=DAY)
    who = (database, case.code, str(world.director.id))
    early = await asyncio.gather(killed(*who, "number"), killed(*who, "paper"))
    assert [len(each) for each in early] == [0, 0]
    after = await commands.issue(case.code, Made.ACCEPTED, "周三。", by=world.director, at=DAY)
    assert after.seq == first.seq + 1, "what was cut off gave its number back"
    safe = await killed(*who, "loop")
    last = await commands.issue(case.code, Made.ACCEPTED, "周四。", by=world.director, at=DAY)
    rows = await NumberedPaper.filter(series="调受").order_by("seq")
    assert [each.seq for each in rows] == list(range(1, last.seq + 1))
    assert set(safe) <= {each.seq for each in rows}
    assert all(words_on(case, each)["number"] == each.number for each in rows), "every number has its paper"
    assert all(each.whole for each in await series_of(world.director, at=DAY))
