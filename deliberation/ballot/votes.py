"""Votes as they were cast, and what each head said in the end: the last vote counts, a contradiction is held."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deliberation.ballot.heads import Head
from deliberation.ballot.roll import Key


class Choice(StrEnum):
    """What a valid ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Said(StrEnum):
    """What a head that returned something said in the end."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    INVALID = "invalid"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One ballot returned for a head; never changed, only superseded by a higher ``order``.

    ``head`` is the head's key (`heads.head_key` of the owners). ``by`` is the co-owner who cast it alone,
    None when the owners speak as one. ``valid`` is the tellers' finding. ``channel`` never changes the count.
    ``marks`` is what the paper says where there are options; its choice is then yes, or to abstain.
    """

    head: str
    choice: Choice
    order: int
    question: Key = ""
    by: Key | None = None
    channel: str = ""
    valid: bool = True
    marks: str = ""

    @property
    def voice(self) -> str:
        """Return who speaks: the co-owner alone, or the owner set."""
        return self.head if self.by is None else str(self.by)


def said(head: Head, votes: Iterable[Vote]) -> Said:
    """Return what ``head`` said, in whatever order its votes are given.

    A vote of all owners supersedes everything before it, a co-owner's vote only that co-owner's own.
    Votes that stand and differ are held until the owners agree, or the tellers find them invalid.
    """
    every = list(votes)
    if len(every) == 1:
        return _SAID[every[0].choice] if every[0].valid else Said.INVALID
    valid = [vote for vote in standing(head, every) if vote.valid]
    if len({(vote.choice, vote.marks) for vote in valid}) > 1:
        return Said.HELD
    return _SAID[valid[0].choice] if valid else Said.INVALID


_SAID: Final = {choice: Said(choice) for choice in Choice}


def standing(head: Head, votes: list[Vote]) -> list[Vote]:
    """Return the votes that nothing supersedes; two of the same voice and order both stand."""
    if len(votes) == 1:
        return votes
    together = max((vote.order for vote in votes if vote.voice == head.key), default=None)
    latest: dict[str, int] = {}
    for vote in votes:
        latest[vote.voice] = max(vote.order, latest.get(vote.voice, vote.order))
    return [v for v in votes if v.order == latest[v.voice] and (together is None or v.order >= together)]
