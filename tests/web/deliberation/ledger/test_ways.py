"""One result of every way to vote: web, paper, agent, a sheet that nobody can read, and those who kept silent.

The published package holds under both commands that check it, and each forgery of a paper that did not come in by the
site is named.
"""

import os
import subprocess
import sys
from asyncio import to_thread
from pathlib import Path
from typing import Any

import httpx2
import pytest

from community.people.proof import Proof
from community.people.rules import Method
from deliberation.ballot import casting
from deliberation.ballot.models import Channel
from deliberation.ballot.votes import Choice
from deliberation.mandate import commands as mandates
from deliberation.mandate.commands import Lent
from tests.deliberation.polling.box import HOUR, boxed
from tests.deliberation.stage import VOTING, counted, vote
from tests.web.deliberation.ballot.examples import serve
from tests.web.deliberation.ledger.test_bundle import Files, check, read_in, written
from tests.world import World

ROOT = Path(__file__).parents[4]
OUTCOME = {"yes": 4, "no": 2, "abstain": 0, "invalid": 1, "silent": 3}


@pytest.fixture
async def content(town: World, client: httpx2.AsyncClient) -> bytes:
    """Give the package as anybody downloads it: three on the site, two on paper, one by an agent, one spoilt."""
    box = await boxed(town)
    await serve(box.ballot, box.heads, town.clerk)
    await vote(box.ballot, box.people[:3], Choice.YES)
    await box.sheet(3, Choice.YES)
    await box.sheet(4, Choice.NO)
    lent = Lent(head_id=box.heads[5], agent=box.person(9))
    given = await mandates.give(box.ballot.id, lent, Proof(Method.PASSWORD), by=box.person(5), at=VOTING)
    await mandates.vote(box.ballot.id, {given.code: Choice.NO}, by=box.person(9), at=VOTING)
    await box.sheet(6, None)
    await casting.cast(box.ballot.id, box.heads[3], Choice.YES, by=box.person(3), at=VOTING + 2 * HOUR)
    await counted(town, box.ballot)
    return (await client.get(f"/ballots/{box.ballot.id}/bundle.zip")).content


async def test_every_way_is_in_the_published_package_and_it_holds(content: bytes, tmp_path: Path) -> None:
    files = read_in(content)
    assert {paper["channel"] for paper in files["papers.json"]} == {Channel.SITE, Channel.PAPER, Channel.PROXY}
    assert [paper["choice"] for paper in files["papers.json"] if not paper["valid"]] == ["invalid"]
    assert {name: files["tally.json"][name]["heads"] for name in OUTCOME} == OUTCOME
    found = check(content, tmp_path)
    assert (found.returncode, "全部相符" in found.stdout) == (0, True), found.stdout + found.stderr


async def test_both_commands_agree(content: bytes, database: str, tmp_path: Path) -> None:
    package = tmp_path / "downloaded.zip"
    package.write_bytes(content)
    number = str(read_in(content)["ballot.json"]["ballot"])
    for what in (number, str(package)):
        done = await heyi(database, tmp_path, "verify", "ballot", what)
        assert done.returncode == 0, done.stdout + done.stderr


async def heyi(database: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    env = {**os.environ, "HEYI_HOME": str(home), "HEYI_DATABASE": database, "HEYI_MODE": "development"}
    return await to_thread(
        subprocess.run, [sys.executable, "-m", "web.cli", *words], cwd=ROOT, env=env, capture_output=True, text=True
    )


def first(files: Files, channel: Channel, *, valid: bool = True) -> dict[str, Any]:
    """Return the first paper that came in that way."""
    return next(each for each in files["papers.json"] if (each["channel"], each["valid"]) == (channel, valid))


def altered_sheet(files: Files) -> None:
    first(files, Channel.PAPER)["choice"] = "no"


def altered_way(files: Files) -> None:
    first(files, Channel.PROXY)["channel"] = "site"


def spoilt_made_a_vote(files: Files) -> None:
    first(files, Channel.PAPER, valid=False).update(valid=True, choice="yes")


def spoilt_made_silent(files: Files) -> None:
    files["papers.json"].remove(first(files, Channel.PAPER, valid=False))


def dropped_sheet(files: Files) -> None:
    files["papers.json"].remove(first(files, Channel.PAPER))


def dropped_agent(files: Files) -> None:
    files["papers.json"].remove(first(files, Channel.PROXY))


def added_sheet(files: Files) -> None:
    extra = dict(first(files, Channel.PAPER), order=2, leaf=len(files["log.json"]["leaves"]))
    files["papers.json"].append(extra)
    files["log.json"]["leaves"].append("ab" * 32)


FORGERIES = [
    (altered_sheet, "was altered"),
    (altered_way, "was altered"),
    (spoilt_made_a_vote, "was altered"),
    (spoilt_made_silent, "was dropped"),
    (dropped_sheet, "was dropped"),
    (dropped_agent, "was dropped"),
    (added_sheet, "leaves were added"),
]


async def test_what_was_altered_dropped_or_added_is_named(content: bytes, tmp_path: Path) -> None:
    for forge, named in FORGERIES:
        files = read_in(content)
        forge(files)
        found = check(written(files), tmp_path)
        assert (found.returncode, named in found.stdout) == (1, True), (forge.__name__, found.stdout, found.stderr)
