"""上门帮办 — a helper takes a vote down at the door; it is cast once a second pair of eyes confirmed it.

The choice is read back to the voter before it is sent. The second pair of eyes is another signed-in person, or the
voter's own signature on a photograph. Every vote taken so is in the record for the call-back sample.
"""

from dataclasses import dataclass
from datetime import datetime

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.ballot.casting import hand_in, running
from deliberation.ballot.given import Given
from deliberation.ballot.models import Ballot, Channel, Vote
from deliberation.ballot.votes import Choice
from deliberation.matter.workflow import MOVED_ON
from deliberation.polling.models import DoorVote
from deliberation.polling.rules import Consent, HelpState
from deliberation.polling.slips import ballot_for, said_why
from deliberation.polling.speaking import Speaker, speaker
from deliberation.question.marks import Marks
from deliberation.question.spoken import expressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a voter said at their door, and whether it was read back to them. ``photo`` is an upload of the helper."""

    head_id: int
    choice: Choice | Marks
    read_back: bool
    voice_id: int | None = None
    photo: str = ""


@command
async def take_down(ballot_id: int, told: Told, token: str, *, by: Person, at: datetime) -> DoorVote:
    """Take a vote down. With the voter's signature it is cast at once, else it waits for a witness.

    Sent twice with one ``token``, it is taken down once.

    Raises:
        Forbidden: ``by`` does not go from door to door there, or is the voter, or wrote the matter.
        Unfit: it was not read back, the head is not on the roll, or the ballot takes no votes so.
    """
    ballot = await ballot_for(ballot_id, Right.BALLOT_CANVASS, by=by, at=at)
    if again := await DoorVote.get_or_none(helper_id=by.id, token=token):
        await record("door_vote.resent", again.key, by=by, at=at, community_id=ballot.community_id)
        return again
    who = await _fit(ballot, told, by, at)
    choice, marks = expressed(ballot.kind, ballot.question_json, told.choice)
    row = await DoorVote.create(
        ballot_id=ballot.id,
        head_id=told.head_id,
        voice_id=told.voice_id,
        choice=choice,
        marks=marks,
        consent=Consent.SIGNED if told.photo else Consent.SPOKEN,
        helper=by,
        token=token,
        at=at,
    )
    if told.photo:
        await attach([told.photo], row.key, by=by, at=at)
        await _cast(ballot, row, who, None, at=at)
    facts = {"head": told.head_id, "consent": row.consent, "cast": bool(told.photo)}
    here = ballot.community_id
    await record("door_vote.taken", row.key, by=by, on_behalf_of=who.person, at=at, community_id=here, **facts)
    return row


async def _fit(ballot: Ballot, told: Told, by: Person, at: datetime) -> Speaker:
    if Channel.HELPER not in ballot.ways:
        raise Unfit("这次表决公告的投票方式里没有上门帮办。")
    await running(ballot.id, at=at)
    if ballot.matter.author_id == by.id:
        raise Forbidden("提议人不能替别人投自己的提议。")
    if not told.read_back:
        raise Unfit("请把选的读给本人听，本人说对，再勾选。", field="read_back")
    if not await Vote.exists(ballot_id=ballot.id, head_id=told.head_id):
        raise Unfit("名册上没有这一户，请再选一次。", field="head")
    who = await speaker(told.head_id, told.voice_id)
    if who.person and who.person.id == by.id:
        raise Forbidden("您自己的票请自己投，不能自己帮自己。")
    return who


@command
async def witness(code: str, *, right: bool, why: str = "", by: Person, at: datetime) -> DoorVote:
    """Confirm as a witness that this is what the voter said, or say that it is not.

    Raises:
        Hidden: there is no such vote.
        Forbidden: ``by`` took it down, is the voter, or has no such office there.
        MovedOn: somebody confirmed or refused it already.
    """
    row = await DoorVote.get_or_none(code=code)
    if row is None:
        raise Hidden("没有这张帮办的票。")
    ballot = await ballot_for(row.ballot_id, Right.BALLOT_CANVASS, by=by, at=at)
    who = await speaker(row.head_id, row.voice_id)
    if by.id == row.helper_id or (who.person and who.person.id == by.id):
        raise Forbidden("要由另外一位在场的人来确认。")
    reason = "" if right else said_why(why)
    taken = DoorVote.filter(id=row.id, state=HelpState.WAITING)
    if not await taken.update(state=HelpState.CAST if right else HelpState.REFUSED, why=reason):
        raise MovedOn(MOVED_ON)
    if right:
        await running(ballot.id, at=at)
        await _cast(ballot, row, who, by, at=at)
    else:
        await DoorVote.filter(id=row.id).update(witness_id=by.id, settled_at=at)
    here = ballot.community_id
    await record("door_vote.witnessed", row.key, by=by, at=at, community_id=here, head=row.head_id, right=right)
    await row.refresh_from_db()
    return row


async def _cast(ballot: Ballot, row: DoorVote, who: Speaker, seen_by: Person | None, *, at: datetime) -> None:
    given = Given(
        head_id=row.head_id,
        choice=row.said,
        voice=who.voice,
        channel=Channel.HELPER,
        by=who.person,
        entered_by=await Person.get(id=row.helper_id),
        checked_by=seen_by,
    )
    paper = await hand_in(ballot, given, at=at)
    row.state, row.receipt, row.settled_at = HelpState.CAST, paper.receipt, at
    row.witness_id = seen_by.id if seen_by else None
    await row.save()
