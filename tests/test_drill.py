"""The crash drill in small: what was acknowledged survives a killed server and requests that were cut off."""

import asyncio
from pathlib import Path

import pytest

from bench.drill import chat
from bench.drill.run import Plan, drill, report
from bench.drill.stage import Voter, behind
from bench.drill.voting import Voting

SMALL = Plan(kills=1, clients=4, cut=8, pause=1.0)


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(database_url: str, tmp_path: Path) -> None:
    workloads, server, fault = asyncio.run(drill(database_url, tmp_path, SMALL))
    figures = report(workloads, server, fault, 0)
    assert [each.count.wrong for each in workloads] == [[], []], figures
    assert fault == ""
    assert all(each.count.acknowledged > 0 for each in workloads), figures
    assert (sum(each.count.cut for each in workloads), len(server.outages)) == (8, 1)


def test_a_lost_paper_would_be_noticed(database_url: str, tmp_path: Path) -> None:
    """A drill that cannot fail proves nothing."""
    voting = Voting([Voter("", 1, 1)])
    voting.receipts[1].append("never-stored")
    asyncio.run(behind(database_url, voting.check))
    assert voting.count.wrong == ["1 acknowledged papers lost or doubled"]


@pytest.mark.postgres
def test_readers_hear_every_line_once_while_everything_is_killed(tmp_path: Path) -> None:
    with chat.postgres(tmp_path) as place:
        plan = chat.Plan(server=1, postgres=1, redis=1, clients=4, pause=1.0)
        chatting, readers, fault = asyncio.run(chat.drill(place, tmp_path, plan))
        figures = chat.report(place, chatting, readers, fault)
    assert (chatting.count.wrong, fault) == ([], ""), figures
    assert all(each.heard for each in readers), figures
    assert [len(each.outages) for each in place.others] == [1, 1], figures
