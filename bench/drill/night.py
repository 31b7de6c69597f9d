"""The counting night after the drill: promises kept, each voter counted once, the bundle good for a stranger."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from bench.drill.stage import Stage
from bench.drill.workload import Count, Workload
from deliberation.ballot.counting import count_again
from deliberation.ballot.models import Ballot, Paper, Vote
from deliberation.ledger.bundle import bundle
from deliberation.ledger.models import Checkpoint, LogLeaf, PaperWaiting
from deliberation.ledger.queries import begins_with
from deliberation.ledger.rules import PROMISE
from tests.deliberation.stage import counted

VERIFIER = Path(__file__).parents[2] / "web" / "verifier.py"


async def night(stage: Stage, voting: Workload, *, until: datetime, folder: Path) -> None:
    """Close, count with two tellers, publish, and let the standalone verifier count again; wrongs go into the count.

    ``until`` is when the server was stopped: a promise that fell due later is not held against it.
    """
    ballot = await Ballot.get(id=stage.voters[0].ballot)
    await promises(ballot, voting.count, until)
    await log_and_box(ballot, voting.count)
    result = await counted(stage.world, ballot)
    tally = (await count_again(ballot)).tally
    weighed = (tally.yes + tally.no + tally.abstain).heads
    took = await Vote.filter(ballot_id=ballot.id, papers__gt=0).count()
    voting.count.want(weighed == took, f"{weighed} heads counted of {took} that voted")
    path = folder / "bundle.zip"
    path.write_bytes(await bundle(await Ballot.get(id=ballot.id), result))
    told = subprocess.run(  # noqa: ASYNC221, S603 - our own program, and nobody else waits
        [sys.executable, "-I", str(VERIFIER), str(path)], capture_output=True, text=True, check=False
    )
    voting.count.want(told.returncode == 0, f"the verifier says: {told.stdout[-400:]}{told.stderr[-400:]}")


async def promises(ballot: Ballot, count: Count, until: datetime) -> None:
    """Every paper whose promise fell due was in the log in time, under a checkpoint that was signed."""
    signed = await Checkpoint.filter(ballot_id=ballot.id).order_by("id")
    leaves = {leaf.paper_id: leaf.number for leaf in await LogLeaf.filter(ballot_id=ballot.id)}
    broken, late = 0, 0.0
    for paper in await Paper.filter(ballot_id=ballot.id, at__lte=until - PROMISE):
        number = leaves.get(paper.id)
        first = next((each for each in signed if number is not None and each.size > number), None)
        broken += first is None or first.at > paper.at + PROMISE
        late = max(late, (first.at - paper.at).total_seconds() if first else 0.0)
    count.want(not broken, f"{broken} promises broken")
    count.notes.append(f"the last promise was kept after {late:.0f} s of {PROMISE.total_seconds():.0f}")


async def log_and_box(ballot: Ballot, count: Count) -> None:
    """Every paper waits for the log or is in it, never both; every checkpoint ever signed is a beginning of the log."""
    papers = {int(str(each)) for each in await Paper.filter(ballot_id=ballot.id).values_list("id", flat=True)}
    waiting = [row.paper_id for row in await PaperWaiting.filter(ballot_id=ballot.id)]
    logged = [row.paper_id for row in await LogLeaf.filter(ballot_id=ballot.id)]
    count.want(sorted(waiting + logged) == sorted(papers), "papers and log do not match one to one")
    for each in await Checkpoint.filter(ballot_id=ballot.id):
        count.want(await begins_with(ballot.id, each.size, each.root), f"checkpoint {each.size} is of another log")
