"""The crash drill in small: what was acknowledged survives a killed server and requests that were cut off."""

import asyncio
from pathlib import Path

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
