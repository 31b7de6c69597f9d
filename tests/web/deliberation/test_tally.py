"""Counting again at the terminal."""

from pathlib import Path

import pytest

from deliberation.ballot.models import Ballot, Paper, Result
from deliberation.ballot.votes import Choice
from deliberation.ledger.bundle import bundle
from tests.deliberation.stage import body_of, counted, opened, settle, vote
from tests.web.operator import Operator
from tests.world import build


async def voted() -> None:
    town = await build()
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)


async def decided() -> None:
    town = await build()
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    await counted(town, ballot)


async def forge() -> None:
    paper = await Paper.all().order_by("id").first()
    assert paper
    await Paper.filter(id=paper.id).update(choice=Choice.NO)


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    return Operator(tmp_path, database_url)


def test_the_same_papers_count_to_the_published_result(operator: Operator) -> None:
    operator.behind(decided)
    for words in (("tally", "1"), ("verify", "ballot", "1")):
        done = operator.heyi(*words)
        assert (done.exit_code, "6/10" in done.output, "一致" in done.output) == (0, True, True), done.output
    operator.behind(forge)
    assert operator.heyi("tally", "1").exit_code == 1


def test_nothing_is_counted_while_papers_come_in(operator: Operator) -> None:
    operator.behind(voted)
    done = operator.heyi("tally", "1")
    assert (done.exit_code, "6/10" in done.output) == (1, False)
    assert operator.heyi("tally", "9").exit_code == 1


def test_a_bundle_is_checked_by_the_program_that_stands_alone(operator: Operator) -> None:
    operator.behind(decided)

    async def packed() -> bytes:
        return await bundle(await Ballot.get(), await Result.get())

    path = operator.home / "bundle.zip"
    path.write_bytes(operator.behind(packed))
    done = operator.heyi("verify", "ballot", str(path))
    assert (done.exit_code, "全部相符" in done.output) == (0, True), done.output
    assert operator.heyi("verify", "ballot", str(path), "--checkpoint", "6:00").exit_code == 1
    assert operator.heyi("verify", "ballot", "nothing.zip").exit_code == 1
