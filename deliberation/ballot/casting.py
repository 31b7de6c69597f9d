"""投票 — handing in a paper: one transaction with its event and its receipt; the last paper of a voice counts."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.codes import new_code
from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.reading import added, columns, made, rows, width
from community.record.transaction import command
from deliberation.ballot.admitting import NOT_NAMED, Late, admitted, takes_papers
from deliberation.ballot.certify import digest
from deliberation.ballot.models import Ballot, Channel, Paper, Precedence
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body, RollVoice
from deliberation.ledger import commands as ledger
from deliberation.ledger.rules import SALT
from deliberation.question.marks import Marks
from deliberation.question.spoken import expressed

RECEIPT: Final = 12  # characters, 60 bits
_BALLOT: Final = "SELECT {ballot}, {body} FROM ballot b JOIN body d ON d.id = b.body_id WHERE b.id = $1"
_VOICE: Final = """SELECT {voice} FROM roll_voice v JOIN resident r ON r.id = v.resident_id
WHERE r.person_id = $1 AND v.roll_id = $2 AND v.head_id = $3"""
_HELD: Final = "UPDATE vote SET papers = papers + 1 WHERE ballot_id = $1 AND head_id = $2 RETURNING id, papers"
_OPEN: Final = "EXISTS (SELECT 1 FROM ballot WHERE id = $1 AND state = 'open')"


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
    def entered_by_id(self) -> int | None:
        """Return who put it in for the voter."""
        return self.entered_by.id if self.entered_by else None

    @property
    def checked_by_id(self) -> int | None:
        """Return who looked a second time."""
        return self.checked_by.id if self.checked_by else None


async def cast(
    ballot_id: int, head_id: int, choice: Choice | Marks, *, by: Person, at: datetime, channel: Channel = Channel.SITE
) -> Handed:
    """Hand in a paper for a head: a choice, or marks where there are options. The time that counts is ``at``.

    Who is late or may not vote hears so without waiting behind those whose papers are being written.

    Raises:
        Hidden: there is no such ballot.
        Forbidden: not on the roll, or not for this head.
        Unfit: not open yet, or closed (`Late`), even if only a moment ago.
    """
    ballot, voice = await admitted(ballot_id, head_id, by=by, at=at)
    return await _cast(ballot, Given(head_id=head_id, choice=choice, voice=voice, channel=channel, by=by), at=at)


@command
async def _cast(ballot: Ballot, given: Given, *, at: datetime) -> Handed:
    return handed(await hand_in(ballot, given, at=at))


async def hand_in(ballot: Ballot, given: Given, *, at: datetime) -> Paper:
    """Store a paper whose bearer was checked, whatever way it came; call it inside a command.

    Raises:
        Unfit: this ballot takes no papers that way, it asks otherwise, a sheet of the head stands before it, or the
            vote is closed.
    """
    if given.channel not in ballot.ways:
        raise Unfit("这次表决公告的投票方式里没有这一种，请换一种。")
    choice, marks = expressed(ballot.kind, ballot.question_json, given.choice)
    vote_id, order = await _held(ballot, given.head_id)
    if given.channel is not Channel.PAPER:
        await _no_sheet(ballot, given.head_id)
    paper = await added(
        Paper,
        ledger.PUT,
        only_if="" if given.channel is Channel.PAPER else _OPEN,  # a sheet came in time, whenever it is entered
        ballot_id=ballot.id,
        vote_id=vote_id,
        order=order,
        choice=choice,
        marks=marks,
        voice=given.voice,
        by_id=given.by.id if given.by else None,
        entered_by_id=given.entered_by_id,
        checked_by_id=given.checked_by_id,
        channel=given.channel,
        spoilt=given.spoilt,
        receipt=new_code(RECEIPT),
        salt=secrets.token_hex(SALT),
        at=given.received_at or at,
    )
    if paper is None:
        raise Late
    await record(
        "ballot.cast",
        f"ballot-{ballot.id}",
        by=given.hand,
        on_behalf_of=given.by if given.entered_by else None,
        at=at,
        community_id=ballot.community_id,
        head=given.head_id,
        order=paper.order,
        paper=paper_hash(paper, given.head_id),
    )
    return paper


def handed(paper: Paper) -> Handed:
    """Return what the voter keeps of a paper."""
    return Handed(paper.receipt, paper.choice, changed=paper.order > 1)


async def running(ballot_id: int, *, at: datetime) -> Ballot:
    """Return a ballot that takes papers at ``at``, or raise."""
    ballot = await _found(ballot_id)
    takes_papers(ballot, at=at)
    return ballot


async def _found(ballot_id: int) -> Ballot:
    found = await rows(_BALLOT.format(ballot=columns(Ballot, "b"), body=columns(Body, "d")), ballot_id)
    if not found:
        raise Hidden("没有这次表决。")
    values, cut = tuple(found[0]), width(Ballot)
    ballot = made(Ballot, values[:cut])
    ballot.body = made(Body, values[cut:])
    return ballot


async def _held(ballot: Ballot, head_id: int) -> tuple[int, int]:
    """Count one paper more for a vote; return its number and the count. Its row is held until the transaction ends.

    Closing waits for that row, so the paper, which looks again whether the ballot is open, is not late.
    """
    vote_id, order = (await rows(_HELD, ballot.id, head_id))[0]
    return vote_id, order


async def _no_sheet(ballot: Ballot, head_id: int) -> None:
    """Where paper goes first, a sheet that was handed in stands; its head asks for a new one to change it."""
    if ballot.precedence is Precedence.PAPER and await Paper.exists(
        ballot_id=ballot.id, vote__head_id=head_id, channel=Channel.PAPER, spoilt=False
    ):
        raise Unfit("这一户已经交了纸票，这次表决以纸票为准。要改，请到居委会补领一张。")


async def voice_for(person: Person, ballot: Ballot, head_id: int) -> RollVoice:
    """Return the voice in which ``person`` acts for a head, or raise `Forbidden`."""
    found = await rows(_VOICE.format(voice=columns(RollVoice, "v")), person.id, ballot.roll_id, head_id)
    if found:
        return made(RollVoice, tuple(found[0]))
    raise Forbidden(NOT_NAMED)


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
