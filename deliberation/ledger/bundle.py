"""公开数据包 — everything with which anybody can count a published ballot again, without names or doors.

One ZIP whose bytes depend on nothing but the ballot: names sorted, one time stamp, nothing compressed, SHA-256 of each
file in ``manifest.json``. The standalone verifier (``web/verifier.py``) reads it.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

from community.calendar.rules import local_day
from deliberation.ballot.certify import canonical
from deliberation.ballot.models import Ballot, Paper, Result
from deliberation.body.models import RollVersion
from deliberation.body.queries import counted_roll
from deliberation.delivery.queries import counted
from deliberation.ledger.masking import masked_deliveries, masked_roll
from deliberation.ledger.models import BallotLog, Checkpoint, LogLeaf
from deliberation.ledger.queries import log_of, told
from deliberation.ledger.rules import instant, pseudonym
from deliberation.ledger.slips import slip_of

FORMAT: Final = "heyi-ballot/1"
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


async def bundle(ballot: Ballot, result: Result) -> bytes:
    """Return the package of a ballot whose result is published."""
    log = await log_of(ballot.id)
    known: object = ballot.roll  # a page has read it with the ballot
    roll = await counted_roll(known if isinstance(known, RollVersion) else await RollVersion.get(id=ballot.roll_id))
    leaves = await LogLeaf.filter(ballot_id=ballot.id).order_by("number")
    files = {
        "ballot.json": canonical(_about(ballot)),
        "rule.json": ballot.rule_json,
        "roll.json": canonical(masked_roll(roll, log.mask)),
        "deliveries.json": canonical(masked_deliveries(await counted(ballot), log.mask)),
        **({"question.json": ballot.question_json} if ballot.question_json else {}),
        "papers.json": canonical(await _papers(log, leaves)),
        "log.json": canonical(await _log(log, leaves)),
        "tally.json": canonical(_tally(result, log.mask)),
        "decision.json": result.decision,
        "certificate.json": result.certificate,
    }
    return packed({name: text.encode() for name, text in files.items()})


def _about(ballot: Ballot) -> Mapping[str, object]:
    return {
        "ballot": ballot.id,
        "matter": ballot.matter_id,
        "attempt": ballot.attempt,
        "effect": ballot.effect.value,
        "secrecy": ballot.secrecy.value,
        "text": ballot.text_hash,
        "opens": instant(ballot.opens_at),
        "closes": instant(ballot.closes_at),
        "day": local_day(ballot.closes_at),
    }


async def _papers(log: BallotLog, leaves: Sequence[LogLeaf]) -> list[dict[str, object]]:
    numbers = {leaf.paper_id: leaf.number for leaf in leaves}
    rows = await Paper.filter(ballot_id=log.ballot_id).select_related("vote__head")
    return sorted((_paper(each, numbers[each.id], log.mask) for each in rows), key=lambda row: int(str(row["leaf"])))


def _paper(paper: Paper, number: int, mask: str) -> dict[str, object]:
    """Return a paper opened: with its salt anybody can compute its leaf."""
    slip = slip_of(paper, mask)
    names = ("head", "voice", "choice", "marks", "order", "channel", "at", "salt")
    valid = paper.vote.set_aside_at is None and not paper.spoilt
    return {"leaf": number, "valid": valid, **{name: getattr(slip, name) for name in names}}


async def _log(log: BallotLog, leaves: Sequence[LogLeaf]) -> Mapping[str, object]:
    signed = await Checkpoint.filter(ballot_id=log.ballot_id).order_by("id")
    return {"leaves": [leaf.hash for leaf in leaves], "checkpoints": [dict(told(log, each)) for each in signed]}


def _tally(result: Result, mask: str) -> dict[str, Any]:
    tally: dict[str, Any] = json.loads(result.tally)
    return {**tally, "refused": sorted(pseudonym(mask, each) for each in tally["refused"])}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these files with its manifest. Source: APPNOTE.TXT 6.3.10 section 4."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = canonical({"format": FORMAT, "files": sums}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in sorted({**files, "manifest.json": manifest}.items()):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, content)
    return out.getvalue()
