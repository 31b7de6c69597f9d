"""What the clock does to a ballot: opens it, closes it, ends the time in which its result is shown."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from tortoise.queryset import QuerySet

from community.errors import MovedOn
from community.record.outbox import record
from community.record.transaction import command
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.matter.moving import move
from deliberation.matter.states import State
from deliberation.matter.workflow import MOVED_ON, Verb

BATCH: Final = 50
ENDINGS: Final = {Outcome.PASSED: Verb.TAKE_EFFECT, Outcome.REJECTED: Verb.FAIL, Outcome.NO_QUORUM: Verb.LAPSE}


@command
async def open_ballot(ballot_id: int, *, at: datetime) -> None:
    """Let papers in."""
    ballot = await _swap(ballot_id, BallotState.WAITING, BallotState.OPEN, "ballot.opened", at)
    await move(ballot.matter, Verb.OPEN, by=None, at=at, set_due_at=ballot.closes_at)


@command
async def close_ballot(ballot_id: int, *, at: datetime) -> None:
    """Let no more papers in."""
    ballot = await _swap(ballot_id, BallotState.OPEN, BallotState.COUNTING, "ballot.closed", at)
    await move(ballot.matter, Verb.CLOSE, by=None, at=at)


@command
async def conclude(ballot_id: int, *, at: datetime) -> State:
    """End the time in which the result is shown: it stands."""
    result = await Result.get(ballot_id=ballot_id).select_related("ballot__matter")
    return await move(result.ballot.matter, ENDINGS[result.outcome], by=None, at=at)


async def run_out(at: datetime) -> int:
    """Open, close and conclude whatever is due at ``at``, and return how much that was."""
    done = await _each(Ballot.filter(state=BallotState.WAITING, opens_at__lte=at), open_ballot, at)
    done += await _each(Ballot.filter(state=BallotState.OPEN, closes_at__lte=at), close_ballot, at)
    shown = Ballot.filter(
        matter__state=State.RESULT_NOTICE, matter__due_at__lte=at, state=BallotState.DECIDED, result__decided_at__lte=at
    )
    return done + await _each(shown, conclude, at)


async def _each(due: QuerySet[Ballot], deed: Callable[..., Awaitable[object]], at: datetime) -> int:
    ids = await due.order_by("id").limit(BATCH).values_list("id", flat=True)
    for number in ids:
        await deed(int(str(number)), at=at)
    return len(ids)


async def _swap(ballot_id: int, was: BallotState, now: BallotState, kind: str, at: datetime) -> Ballot:
    if not await Ballot.filter(id=ballot_id, state=was).update(state=now):
        raise MovedOn(MOVED_ON)
    ballot = await Ballot.get(id=ballot_id).select_related("matter")
    await record(kind, f"ballot-{ballot.id}", by=None, at=at, community_id=ballot.community_id, was=was, now=now)
    return ballot
