"""Reading the log of a ballot: checkpoints, leaves and proofs. All of it is public and names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Hidden, Unfit
from community.privacy.signing import public_key, sign
from community.record.reading import columns, made, rows
from deliberation.ballot import merkle
from deliberation.ballot.models import Paper
from deliberation.ledger.models import BallotLog, Checkpoint, LogLeaf
from deliberation.ledger.rules import PROMISE, instant, leaf, promise
from deliberation.ledger.slips import note, slip_of

PAGE: Final = 1000
NO_LOG: Final = "这次表决还没有开始，票据日志还没有建立。"


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised to a voter: this leaf will be in the log ``by`` then."""

    ballot: int
    leaf: str
    by: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf is in the log: its number, the size and root it was proved against, and the path."""

    leaf: str
    number: int
    size: int
    root: str
    path: list[str]
    sound: bool


async def log_of(ballot_id: int) -> BallotLog:
    """Return the log of a ballot; it exists from the opening on."""
    log = await BallotLog.get_or_none(ballot_id=ballot_id)
    if log is None:
        raise Hidden(NO_LOG)
    return log


async def checkpoints(ballot_id: int, *, limit: int = 20) -> list[Checkpoint]:
    """Return what was signed, the latest first."""
    return await Checkpoint.filter(ballot_id=ballot_id).order_by("-id").limit(limit)


async def latest(ballot_id: int) -> Checkpoint | None:
    """Return the last checkpoint of a ballot."""
    return await Checkpoint.filter(ballot_id=ballot_id).order_by("-id").first()


async def signed_log(ballot_id: int) -> tuple[Checkpoint | None, str]:
    """Return the last checkpoint of a ballot, and what makes its pseudonyms."""
    found = await rows(_SIGNED.format(checkpoint=columns(Checkpoint, "c")), ballot_id)
    return (made(Checkpoint, tuple(found[0])[1:]), found[0][0]) if found else (None, "")


_SIGNED: Final = """SELECT l.mask, {checkpoint} FROM ballot_log l JOIN log_checkpoint c ON c.ballot_id = l.ballot_id
WHERE l.ballot_id = $1 ORDER BY c.id DESC LIMIT 1"""


def told(log: BallotLog, one: Checkpoint) -> Mapping[str, object]:
    """Return a checkpoint with the text that is signed."""
    text = note(log, one.size, one.root, one.at).text
    facts = {"ballot": log.ballot_id, "size": one.size, "root": one.root, "at": instant(one.at)}
    bound = {"rule": log.rule_hash, "roll": log.roll_hash}
    return {**facts, **bound, "text": text, "key": one.key, "signature": one.signature}


async def leaves(ballot_id: int, *, start: int = 0, limit: int = PAGE) -> list[str]:
    """Return the hashes of the leaves from ``start`` on, as far as they are under a signed checkpoint."""
    log = await log_of(ballot_id)
    end = min(start + limit, log.signed)
    rows = LogLeaf.filter(ballot_id=ballot_id, number__gte=start, number__lt=end).order_by("number")
    return [str(each) for each in await rows.values_list("hash", flat=True)]


async def inclusion(ballot_id: int, wanted: str) -> Proof:
    """Return the proof that a leaf is under the last checkpoint, computed and checked.

    Raises:
        Hidden: there is no such leaf, or it is not signed for yet.
    """
    row = await LogLeaf.filter(ballot_id=ballot_id, hash=wanted.strip().lower()).first()
    last = await latest(ballot_id)
    if row is None or last is None or row.number >= last.size:
        raise Hidden("日志里还没有这片叶子。刚投的票请过一分钟再查。")
    every = await _hashes(ballot_id, last.size)
    path = merkle.inclusion(row.number, every)
    sound = merkle.includes(bytes.fromhex(row.hash), row.number, last.size, path, bytes.fromhex(last.root))
    return Proof(row.hash, row.number, last.size, last.root, [each.hex() for each in path], sound)


async def consistency(ballot_id: int, earlier: int, later: int) -> list[str]:
    """Return the proof that the log of ``earlier`` leaves is the beginning of that of ``later``.

    Raises:
        Unfit: the log never had those sizes in that order.
    """
    log = await log_of(ballot_id)
    if not 0 <= earlier <= later <= log.signed:
        raise Unfit("from 和 to 要是已经签过的张数，from 不能比 to 大；现在签到 {size}。", size=log.signed)
    if earlier == 0:
        return []
    return [each.hex() for each in merkle.consistency(earlier, await _hashes(ballot_id, later))]


async def begins_with(ballot_id: int, size: int, root: str) -> bool:
    """Return whether the stored log has the tree of ``size`` leaves with that root as its beginning."""
    every = await _hashes(ballot_id, size)
    return len(every) == size and merkle.root(every).hex() == root


async def _hashes(ballot_id: int, size: int) -> list[bytes]:
    rows = LogLeaf.filter(ballot_id=ballot_id, number__lt=size).order_by("number")
    return [bytes.fromhex(str(each)) for each in await rows.values_list("hash", flat=True)]


async def promised(paper: Paper, *, since: datetime | None = None) -> Promise | None:
    """Return the signed promise for a paper, its vote and head at hand; None where its ballot keeps no log yet.

    ``since`` is when it was put in, where that was later than it was received (a sheet that two people read).
    """
    log = await BallotLog.get_or_none(ballot_id=paper.ballot_id)
    if log is None:
        return None
    found, by = leaf(slip_of(paper, log.mask)).hex(), instant((since or paper.at) + PROMISE)
    text = promise(paper.ballot_id, found, by)
    return Promise(paper.ballot_id, found, by, public_key(), sign(text))


async def proof_of(paper: Paper) -> Proof | None:
    """Return the proof for a paper that is in the log already."""
    row = await LogLeaf.get_or_none(paper_id=paper.id)
    try:
        return await inclusion(paper.ballot_id, row.hash) if row else None
    except Hidden:
        return None


async def newer(after: int, *, limit: int = PAGE) -> list[Checkpoint]:
    """Return the checkpoints signed after the one with that key."""
    return await Checkpoint.filter(id__gt=after).order_by("id").limit(limit)
