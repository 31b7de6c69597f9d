"""What the clock does to a round, and the counting of closed ones."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.errors import MovedOn
from community.timers.commands import Handler
from deliberation.budget.commands import close_round, open_round, publish
from deliberation.budget.equal_shares import Completion, Utility, equal_shares
from deliberation.budget.greedy import greedy
from deliberation.budget.models import BudgetRound, Stage
from deliberation.budget.queries import as_cast
from deliberation.budget.rules import Counted, Kind, Round


async def opens(subject: str, at: datetime) -> None:
    """Open a round."""
    await open_round(int(subject.removeprefix("budget-")), at=at)


async def closes(subject: str, at: datetime) -> None:
    """Close a round."""
    await close_round(int(subject.removeprefix("budget-")), at=at)


def counted(round_: Round, completion: Completion) -> tuple[Counted, ...]:
    """Return both counts: most votes, and equal shares completed as the round said beforehand."""
    utility = Utility.POINTS if round_.kind is Kind.POINTS else Utility.COST
    return greedy(round_), equal_shares(round_, utility=utility, completion=completion)


async def counting(at: datetime) -> int:
    """Count what has closed, in a thread beside the event loop, and return how many rounds that were."""
    done = 0
    for found in await BudgetRound.filter(stage=Stage.CLOSED).order_by("id"):
        counts = await asyncio.to_thread(counted, await as_cast(found), found.completion)
        try:
            await publish(found.id, counts, at=at)
            done += 1
        except MovedOn:
            continue  # another courier was faster
    return done


TIMERS: Final[Mapping[str, Handler]] = {"budget.open": opens, "budget.close": closes}
