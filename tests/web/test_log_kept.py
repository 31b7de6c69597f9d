"""A database put back: noticed at the start, refused with what to do, accepted only on the record."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.ballot.votes import Choice
from deliberation.ledger.models import Checkpoint, LogLeaf
from tests.deliberation.stage import AFTER, body_of, opened, settle, tick, vote
from tests.web.operator import Operator
from tests.world import build
from web import log_kept


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    return Operator(tmp_path, database_url)


async def voted() -> None:
    town = await build()
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    await tick(AFTER + timedelta(minutes=1))


async def put_back() -> None:
    await LogLeaf.filter(number__gte=4).delete()
    await Checkpoint.filter(size__gt=4).delete()


async def accepted() -> list[object]:
    return [facts_of(event)["ballots"] for event in await Event.filter(kind="log.accepted")]


def test_what_was_signed_is_kept_where_only_its_owner_reads(operator: Operator) -> None:
    operator.behind(voted)
    assert operator.behind(lambda: log_kept.keep(operator.home)) == 2
    assert operator.behind(lambda: log_kept.keep(operator.home)) == 0
    assert stat.S_IMODE((operator.home / log_kept.FILE).stat().st_mode) == 0o600
    assert operator.behind(lambda: log_kept.faults(operator.home)) == []
    assert "和库外留存的检查点相符" in operator.heyi("doctor").output


def test_a_shorter_ledger_is_refused_until_it_is_accepted_on_the_record(operator: Operator) -> None:
    operator.behind(voted)
    operator.behind(lambda: log_kept.keep(operator.home))
    operator.behind(put_back)
    refused = operator.heyi("serve", "--port", "1")
    assert (refused.exit_code, "--accept-restored-log" in refused.output) == (1, True), refused.output
    complained = operator.heyi("doctor")
    assert (complained.exit_code, "签过 6 张" in complained.output) == (1, True)
    assert "已接受并记入过程" in operator.heyi("doctor", "--accept-restored-log").output
    assert operator.behind(accepted) == [["1"]]
    assert operator.behind(lambda: log_kept.faults(operator.home)) == []
    assert "已接受" not in operator.heyi("doctor", "--accept-restored-log").output
