"""票据日志 — the log of papers: one sequencer puts them in after commit, no voter queues, its state is signed.

A paper that was handed in waits in a row of its own. The courier appends what waits and signs a checkpoint a quarter
of a minute at the latest after something new came in, so that a crash does not break the promise of a minute. Opening
and closing sign one as well. Source: RFC 9162 section 4.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.privacy.signing import public_key, sign
from community.record.transaction import bookkeeping, inside
from deliberation.ballot import merkle
from deliberation.ballot.certify import digest
from deliberation.ballot.models import Ballot, Paper
from deliberation.body.models import RollVersion
from deliberation.body.queries import counted_roll
from deliberation.ledger.masking import masked_roll
from deliberation.ledger.models import BallotLog, Checkpoint, LogLeaf, PaperWaiting
from deliberation.ledger.rules import leaf
from deliberation.ledger.slips import note, slip_of

PUT: Final = "INSERT INTO paper_waiting (ballot_id, paper_id) SELECT ballot_id, id FROM added"
"""Lets a paper wait for the log, beside the paper itself (`reading.added`)."""
REST: Final = timedelta(seconds=15)  # between two checkpoints of one ballot


async def begin(ballot: Ballot, *, at: datetime) -> BallotLog:
    """Open the log of a ballot with its first checkpoint, of size 0, which binds the rule and the roll.

    Call it inside a command. A log that was begun already goes on.
    """
    if not inside():
        raise RuntimeError("begin a log inside the command that opens the ballot")
    if (begun := await _held(ballot.id)) is not None:
        return begun
    mask = secrets.token_hex(16)
    roll = masked_roll(await counted_roll(await RollVersion.get(id=ballot.roll_id)), mask)
    log = await BallotLog.create(
        ballot_id=ballot.id, mask=mask, rule_hash=ballot.rule_hash, roll_hash=digest(roll), signed_at=at
    )
    await _sign(log, at)
    return log


async def end(ballot: Ballot, *, at: datetime) -> Checkpoint:
    """Put in what still waits and sign the last checkpoint; call it inside the command that closes the ballot."""
    log = await _held(ballot.id) or await begin(ballot, at=at)
    await _extend(log, await PaperWaiting.filter(ballot_id=ballot.id).order_by("id"))
    return await _sign(log, at)


async def sequence(*, at: datetime, limit: int = 500) -> int:
    """Put waiting papers into their logs and sign what is due; return how much was done."""
    waiting = await PaperWaiting.all().order_by("id").limit(limit).values_list("ballot_id", flat=True)
    done = sum([await _append(int(str(each)), at=at, limit=limit) for each in sorted(set(waiting))])
    due = await BallotLog.filter(size__gt=F("signed"), signed_at__lte=at - REST).values_list("ballot_id", flat=True)
    return done + sum([await _checkpoint(int(str(each)), at=at) for each in due])


@bookkeeping
async def _append(ballot_id: int, *, at: datetime, limit: int) -> int:
    log = await _held(ballot_id) or await begin(await Ballot.get(id=ballot_id), at=at)
    waiting = await PaperWaiting.filter(ballot_id=ballot_id).order_by("id").limit(limit)
    await _extend(log, waiting)
    return len(waiting)


@bookkeeping
async def _checkpoint(ballot_id: int, *, at: datetime) -> int:
    log = await _held(ballot_id)
    if log is None or log.size == log.signed:
        return 0
    await _sign(log, at)
    return 1


async def _held(ballot_id: int) -> BallotLog | None:
    """Return the log, its row held, so that several couriers go in turn."""
    await BallotLog.filter(ballot_id=ballot_id).update(size=F("size"))
    return await BallotLog.get_or_none(ballot_id=ballot_id)


async def _extend(log: BallotLog, waiting: Sequence[PaperWaiting]) -> None:
    numbers = [each.paper_id for each in waiting]
    papers = {each.id: each for each in await Paper.filter(id__in=numbers).select_related("vote__head")}
    peaks = [bytes.fromhex(each) for each in log.peaks.split()]
    leaves = []
    for number in numbers:
        found = leaf(slip_of(papers[number], log.mask))
        peaks = merkle.grown(peaks, log.size, found)
        leaves.append(LogLeaf(ballot_id=log.ballot_id, number=log.size, paper_id=number, hash=found.hex()))
        log.size += 1
    log.peaks = " ".join(each.hex() for each in peaks)
    await LogLeaf.bulk_create(leaves, batch_size=500)
    await log.save(update_fields=["size", "peaks"])
    await PaperWaiting.filter(id__in=[each.id for each in waiting]).delete()


async def _sign(log: BallotLog, at: datetime) -> Checkpoint:
    root = merkle.top([bytes.fromhex(each) for each in log.peaks.split()]).hex()
    text = note(log, log.size, root, at).text
    log.signed, log.signed_at = log.size, at
    await log.save(update_fields=["signed", "signed_at"])
    return await Checkpoint.create(
        ballot_id=log.ballot_id, size=log.size, root=root, at=at, key=public_key(), signature=sign(text)
    )
