"""From the rows to what the ledger says: a paper as a slip, a state as a note."""

from datetime import datetime

from deliberation.ballot.models import Paper
from deliberation.ledger.models import BallotLog
from deliberation.ledger.rules import Note, Slip, instant, pseudonym


def note(log: BallotLog, size: int, root: str, at: datetime) -> Note:
    """Return what a checkpoint of a log says."""
    return Note(ballot=log.ballot_id, size=size, root=root, at=instant(at), rule=log.rule_hash, roll=log.roll_hash)


def slip_of(paper: Paper, mask: str) -> Slip:
    """Return a paper, with its vote and head at hand, as the log knows it."""
    return Slip(
        ballot=paper.ballot_id,
        head=pseudonym(mask, paper.vote.head.key),
        voice=pseudonym(mask, paper.voice),
        choice=paper.words,
        marks=paper.marks,
        order=paper.order,
        channel=paper.channel.value,
        at=instant(paper.at),
        salt=paper.salt,
    )
