"""投票 — handing in a paper: one transaction with its event and its receipt; the last paper of a voice counts."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.reading import added, columns, made, rows, width
from deliberation.ballot.admitting import NOT_NAMED, Late, admitted, takes_papers
from deliberation.ballot.box import SHEET_STANDS, Coming, put_in
from deliberation.ballot.given import CAST, Given, Handed, facts, kept, words_of
from deliberation.ballot.models import Ballot, Channel, Paper, Precedence
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body, RollVoice
from deliberation.ledger import commands as ledger
from deliberation.question.marks import Marks

_BALLOT: Final = "SELECT {ballot}, {body} FROM ballot b JOIN body d ON d.id = b.body_id WHERE b.id = $1"
_VOICE: Final = """SELECT {voice} FROM roll_voice v JOIN resident r ON r.id = v.resident_id
WHERE r.person_id = $1 AND v.roll_id = $2 AND v.head_id = $3"""
_HELD: Final = "UPDATE vote SET papers = papers + 1 WHERE ballot_id = $1 AND head_id = $2 RETURNING id, papers"
_OPEN: Final = "EXISTS (SELECT 1 FROM ballot WHERE id = $1 AND state = 'open')"


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
    given = Given(head_id=head_id, choice=choice, voice=voice, channel=channel, by=by)
    return await put_in(Coming(ballot, given, words_of(ballot, given), at))


async def hand_in(ballot: Ballot, given: Given, *, at: datetime) -> Paper:
    """Store a paper whose bearer was checked, whatever way it came; call it inside a command.

    Raises:
        Unfit: this ballot takes no papers that way, it asks otherwise, a sheet of the head stands before it, or the
            vote is closed.
    """
    words = words_of(ballot, given)
    vote_id, order = await _held(ballot, given.head_id)
    if given.channel is not Channel.PAPER:
        await _no_sheet(ballot, given.head_id)
    paper = await added(
        Paper,
        ledger.PUT,
        only_if="" if given.channel is Channel.PAPER else _OPEN,  # a sheet came in time, whenever it is entered
        **kept(ballot, given, words, vote_id=vote_id, order=order, at=at),
    )
    if paper is None:
        raise Late
    await record(
        CAST,
        f"ballot-{ballot.id}",
        by=given.hand,
        on_behalf_of=given.whom,
        at=at,
        community_id=ballot.community_id,
        **facts(paper, given.head_id),
    )
    return paper


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
        raise Unfit(SHEET_STANDS)


async def voice_for(person: Person, ballot: Ballot, head_id: int) -> RollVoice:
    """Return the voice in which ``person`` acts for a head, or raise `Forbidden`."""
    found = await rows(_VOICE.format(voice=columns(RollVoice, "v")), person.id, ballot.roll_id, head_id)
    if found:
        return made(RollVoice, tuple(found[0]))
    raise Forbidden(NOT_NAMED)
