"""A paper as it comes and as it is kept: its row, its hash in the record, and what the voter takes away."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.codes import new_code
from community.errors import Unfit
from community.people.models import Person
from community.record.reading import given as row
from deliberation.ballot.certify import digest
from deliberation.ballot.models import Ballot, Channel, Paper
from deliberation.ballot.votes import Choice
from deliberation.ledger.rules import SALT
from deliberation.question.marks import Marks
from deliberation.question.spoken import expressed

RECEIPT: Final = 12  # characters, 60 bits
CAST: Final = "ballot.cast"


@dataclass(frozen=True, slots=True)
class Handed:
    """What the voter keeps: the receipt, and whether it took the place of an earlier paper."""

    receipt: str
    choice: Choice
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A paper as it comes: for which head, in whose voice, by which way, whose it is, through whose hands."""

    head_id: int
    choice: Choice | Marks
    voice: str
    channel: Channel
    by: Person | None
    entered_by: Person | None = None
    checked_by: Person | None = None
    received_at: datetime | None = None
    spoilt: bool = False

    @property
    def hand(self) -> Person | None:
        """Return who did it: the last who had it in hand."""
        return self.checked_by or self.entered_by or self.by

    @property
    def whom(self) -> Person | None:
        """Return for whom it was done, where somebody lent a hand."""
        return self.by if self.entered_by else None


@dataclass(frozen=True, slots=True)
class Words:
    """What is stored of what a paper says: its choice towards the quorum, and the text of its marks."""

    choice: Choice
    marks: str


def words_of(ballot: Ballot, given: Given) -> Words:
    """Return what is stored of what a paper says. Raises `Unfit` where it comes another way or asks otherwise."""
    if given.channel not in ballot.ways:
        raise Unfit("这次表决公告的投票方式里没有这一种，请换一种。")
    return Words(*expressed(ballot.kind, ballot.question_json, given.choice))


def kept(ballot: Ballot, given: Given, words: Words, *, vote_id: int, order: int, at: datetime) -> dict[str, object]:
    """Return the row of a paper: every column but its number."""
    return {
        "ballot_id": ballot.id,
        "vote_id": vote_id,
        "order": order,
        "choice": words.choice,
        "marks": words.marks,
        "voice": given.voice,
        "by_id": given.by.id if given.by else None,
        "entered_by_id": given.entered_by.id if given.entered_by else None,
        "checked_by_id": given.checked_by.id if given.checked_by else None,
        "channel": given.channel,
        "spoilt": given.spoilt,
        "receipt": new_code(RECEIPT),
        "salt": secrets.token_hex(SALT),
        "at": given.received_at or at,
    }


def facts(paper: Paper, head_id: int) -> dict[str, object]:
    """Return what the record says of a paper."""
    return {"head": head_id, "order": paper.order, "paper": paper_hash(paper, head_id)}


def read_back(values: dict[str, object]) -> Paper:
    """Return the paper of a row that is not numbered yet."""
    return row(Paper, **values)


def handed(paper: Paper) -> Handed:
    """Return what the voter keeps of a paper."""
    return Handed(paper.receipt, paper.choice, changed=paper.order > 1)


def paper_hash(paper: Paper, head_id: int) -> str:
    """Return what the record keeps of a paper: it tells nobody the choice, and lets nobody change it.

    The receipt is in it, so that three guesses are not enough to read it.
    """
    return digest(
        {
            "ballot": paper.ballot_id,
            "head": head_id,
            "order": paper.order,
            "choice": paper.words,
            "marks": paper.marks,
            "voice": paper.voice,
            "receipt": paper.receipt,
        }
    )
