"""What the clock does to a ballot: opens it, closes it, ends the time in which its result is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from community.errors import MovedOn, Unfit
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState, Result, Vote
from deliberation.ballot.putting_off import planned, put_off
from deliberation.ballot.recounting import held_up
from deliberation.body.correcting import stands
from deliberation.ledger import commands as ledger
from deliberation.matter.moving import move
from deliberation.matter.states import State
from deliberation.matter.workflow import MOVED_ON, Verb

ENDINGS: Final = {
    Outcome.PASSED: Verb.TAKE_EFFECT,
    Outcome.ANSWERED: Verb.TAKE_EFFECT,
    Outcome.REJECTED: Verb.FAIL,
    Outcome.NO_QUORUM: Verb.LAPSE,
    Outcome.REVOTE: Verb.RERUN,
}


@command
async def open_ballot(ballot_id: int, *, at: datetime) -> None:
    """Let papers in."""
    ballot = await _swap(ballot_id, BallotState.WAITING, BallotState.OPEN, "ballot.opened", at)
    await ledger.begin(ballot, at=at)
    await move(ballot.matter, Verb.OPEN, by=None, at=at, set_due_at=ballot.closes_at)


@command
async def call_off(ballot_id: int, *, at: datetime) -> None:
    """Do not open a ballot whose roll was objected to and set right, or not answered for in time.

    The matter goes back to its frozen words, to be announced again with a roll that stands.
    """
    ballot = await _swap(ballot_id, BallotState.WAITING, BallotState.CALLED_OFF, "ballot.called_off", at)
    await move(ballot.matter, Verb.CALL_OFF, by=None, at=at, ballot=ballot.id)


@command
async def close_ballot(ballot_id: int, *, at: datetime) -> None:
    """Let no more papers in, once those that were being handed in are stored."""
    ballot = await _swap(ballot_id, BallotState.OPEN, BallotState.COUNTING, "ballot.closed", at)
    await Vote.filter(ballot_id=ballot_id).update(papers=F("papers"))  # waits for every row that a voter holds
    await ledger.end(ballot, at=at)
    await move(ballot.matter, Verb.CLOSE, by=None, at=at)


@command
async def conclude(ballot_id: int, *, at: datetime) -> State:
    """End the time in which the result is shown: it stands.

    Raises:
        Unfit: an objection waits for its answer, or the papers are to be counted again.
    """
    result = await Result.get(ballot_id=ballot_id).select_related("ballot__matter")
    if await held_up(ballot_id):
        raise Unfit("对结果的异议还没有答复，或者还没有重新计票，结果现在不能生效。")
    return await move(result.ballot.matter, ENDINGS[result.outcome], by=None, at=at)


@command
async def hold(ballot_id: int, *, at: datetime) -> None:
    """Note that a result did not take effect when its days were over, because something is still to be cleared."""
    ballot = await Ballot.get(id=ballot_id)
    facts: dict[str, Any] = {"matter": ballot.matter_id, "why": await held_up(ballot_id)}
    await record("ballot.held", f"ballot-{ballot_id}", by=None, at=at, community_id=ballot.community_id, **facts)


async def _due(subject: str, was: BallotState) -> int | None:
    """Return the ballot that ``subject`` names while it stands where its timer found it."""
    ballot = await Ballot.get_or_none(id=int(subject.removeprefix("ballot-")), state=was)
    return ballot.id if ballot else None


async def opens(subject: str, at: datetime) -> None:
    """Open the ballot whose time has come, if its roll still stands."""
    number = await _due(subject, BallotState.WAITING)
    ballot = await Ballot.get_or_none(id=number) if number else None
    if ballot:
        await (open_ballot if await stands(ballot.roll_id) else call_off)(ballot.id, at=at)


async def closes(subject: str, at: datetime) -> None:
    """Close the ballot whose time is over, or put its close off where the site was away shortly before."""
    if (number := await _due(subject, BallotState.OPEN)) is None:
        return
    ballot = await Ballot.get(id=number)
    moved = await planned(ballot)
    if moved > ballot.closes_at:
        await put_off(number, moved, at=at)
    else:
        await close_ballot(number, at=at)


async def reminds(subject: str, at: datetime) -> None:
    """Let those be reminded who have not voted yet."""
    number = await _due(subject, BallotState.OPEN)
    ballot = await Ballot.get_or_none(id=number, closes_at__gt=at) if number else None
    if ballot:
        await record("ballot.reminded", subject, by=None, at=at, community_id=ballot.community_id)


async def shown(subject: str, at: datetime) -> None:
    """Conclude the ballot whose result has been shown for its days."""
    number = await _due(subject, BallotState.DECIDED)
    if number and await Ballot.exists(id=number, matter__state=State.RESULT_NOTICE):
        await (hold if await held_up(number) else conclude)(number, at=at)


TIMERS: Final[Mapping[str, Handler]] = {
    "ballot.open": opens,
    "ballot.remind": reminds,
    "ballot.close": closes,
    "ballot.shown": shown,
}


async def _swap(ballot_id: int, was: BallotState, now: BallotState, kind: str, at: datetime) -> Ballot:
    if not await Ballot.filter(id=ballot_id, state=was).update(state=now):
        raise MovedOn(MOVED_ON)
    ballot = await Ballot.get(id=ballot_id).select_related("matter")
    await record(kind, f"ballot-{ballot.id}", by=None, at=at, community_id=ballot.community_id, was=was, now=now)
    return ballot
