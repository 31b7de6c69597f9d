"""投票码 — sheets and slips: one code a head, kept as a keyed hash; a new one ends the old one and is recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import F

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import roles_at
from community.people.rules import Deed
from community.people.throttle import attempt, relent
from community.places.slips import new_slip_code
from community.privacy.vault import blind
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, require
from deliberation.ballot.casting import hand_in, running
from deliberation.ballot.given import Given, Handed, handed
from deliberation.ballot.models import Ballot, BallotState, Channel
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollEntry, RollHead
from deliberation.polling.models import SheetCount, VoteSlip
from deliberation.polling.rules import WHY, SheetDeed
from deliberation.polling.speaking import speaker
from deliberation.question.marks import Marks

BATCH: Final = 500
WRONG: Final = "这个投票码不对，或者已经换过新的。请照纸上再打一遍，还不行就请居委会补发一张。"


@dataclass(frozen=True, slots=True)
class Printed:
    """One sheet for one head; the code is shown this once."""

    head: RollHead
    code: str


def hash_of_code(typed: str) -> str:
    """Return how a code is stored, however it was typed: small letters, spaces and hyphens do not matter."""
    return blind("".join(sign for sign in typed.upper() if sign.isalnum()), purpose="ballot slip")


async def ballot_for(ballot_id: int, right: Right, *, by: Person, at: datetime) -> Ballot:
    """Return a ballot for whoever holds ``right`` where its body sits.

    Raises:
        Hidden: there is none.
        Forbidden: ``by`` does not hold it.
    """
    ballot = await Ballot.get_or_none(id=ballot_id).select_related("matter", "body__place", "roll")
    if ballot is None:
        raise Hidden("没有这次表决。")
    require(await roles_at(by, ballot.body.place, at=at), right)
    return ballot


async def held_ballot(ballot_id: int, right: Right, *, by: Person, at: datetime) -> Ballot:
    """Return the same with its row held until the command ends, so that those who need it go in turn."""
    await Ballot.filter(id=ballot_id).update(attempt=F("attempt"))
    return await ballot_for(ballot_id, right, by=by, at=at)


@command
async def print_sheets(ballot_id: int, building: str, *, by: Person, at: datetime) -> list[Printed]:
    """Make a sheet for every head of a building that has none yet, and count them in the register.

    Raises:
        Unfit: the ballot takes no paper or has closed, or every head there has its sheet.
    """
    ballot = await held_ballot(ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    _takes_paper(ballot, at)
    having = await heads_with_slip(ballot)
    heads = [head for head in await heads_in(ballot, building) if head.id not in having]
    if not heads:
        raise Unfit("这栋楼每一户都印过了。丢了的请逐户补发，旧票随即作废。", field="building")
    printed = [Printed(head, new_slip_code()) for head in heads]
    await VoteSlip.bulk_create([_slip(ballot, one, by, at) for one in printed], batch_size=BATCH)
    await _count(ballot, SheetDeed.PRINTED, len(printed), building=building, by=by, at=at)
    return printed


@command
async def reissue(ballot_id: int, head_id: int, why: str, *, by: Person, at: datetime) -> Printed:
    """End the code of a head and make a new one; whatever carries the old one is worth nothing from now on.

    Raises:
        Unfit: no reason is given, the head is not on the roll, or the ballot takes no paper.
    """
    ballot = await held_ballot(ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    _takes_paper(ballot, at)
    head = await RollHead.get_or_none(id=head_id, roll_id=ballot.roll_id)
    if head is None:
        raise Unfit("名册上没有这一户，请再选一次。", field="head")
    reason = said_why(why)
    ended = await VoteSlip.filter(ballot_id=ballot.id, head_id=head.id, ended_at=None).update(
        ended_at=at, ended_why=reason
    )
    printed = Printed(head, new_slip_code())
    await _slip(ballot, printed, by, at).save()
    await _count(ballot, SheetDeed.PRINTED, 1, why=reason, by=by, at=at)
    here = ballot.community_id
    await record("slip.reissued", f"ballot-{ballot.id}", by=by, at=at, community_id=here, head=head.id, ended=ended)
    return printed


@command
async def count_sheets(
    ballot_id: int, deed: SheetDeed, number: int, why: str, *, by: Person, at: datetime
) -> SheetCount:
    """Write down that so many sheets were spoilt or came back blank."""
    ballot = await ballot_for(ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    if number < 1:
        raise Unfit("张数要大于 {gt}。", field="number", gt=0)
    return await _count(ballot, deed, number, why=said_why(why), by=by, at=at)


async def _count(
    ballot: Ballot, deed: SheetDeed, number: int, *, building: str = "", why: str = "", by: Person, at: datetime
) -> SheetCount:
    row = await SheetCount.create(
        ballot_id=ballot.id, building=building, deed=deed, number=number, why=why, by=by, at=at
    )
    here = ballot.community_id
    await record("sheets.counted", f"ballot-{ballot.id}", by=by, at=at, community_id=here, deed=deed, number=number)
    return row


def said_why(why: str) -> str:
    """Return a reason that says something."""
    if not WHY[0] <= len(why.strip()) <= WHY[1]:
        raise Unfit("请写明理由，{fewest} 到 {most} 个字。", field="why", fewest=WHY[0], most=WHY[1])
    return why.strip()


def _slip(ballot: Ballot, one: Printed, by: Person, at: datetime) -> VoteSlip:
    return VoteSlip(
        ballot_id=ballot.id, head_id=one.head.id, code_hash=hash_of_code(one.code), made_by_id=by.id, made_at=at
    )


def _takes_paper(ballot: Ballot, at: datetime) -> None:
    if not {Channel.PAPER, Channel.SLIP} & set(ballot.ways):
        raise Unfit("这次表决公告的投票方式里没有纸票和投票码。")
    if at >= ballot.closes_at or ballot.state not in (BallotState.WAITING, BallotState.OPEN):
        raise Unfit("表决已经截止或者停了，不再印发纸票。")


async def heads_with_slip(ballot: Ballot) -> set[int]:
    """Return the heads that have a code in force."""
    return {slip.head_id for slip in await VoteSlip.filter(ballot_id=ballot.id, ended_at=None)}


async def heads_in(ballot: Ballot, building: str) -> list[RollHead]:
    """Return the heads of a building, each where its first part is."""
    parts = await RollEntry.filter(roll_id=ballot.roll_id).order_by("id").values_list("head_id", "building")
    first: dict[int, str] = {}
    for head, name in parts:
        first.setdefault(int(head), str(name))
    inside = [head for head, name in first.items() if name == building]
    found = {head.id: head for head in await RollHead.filter(roll_id=ballot.roll_id)}
    return [found[head] for head in inside]


async def slip_of(typed: str, *, at: datetime) -> VoteSlip:
    """Return the slip that carries a code; the code alone says nothing about any vote.

    Raises:
        Unfit: there is none, it was replaced, or its ballot takes no votes by code.
    """
    slip = await VoteSlip.get_or_none(code_hash=hash_of_code(typed), ended_at=None).select_related(
        "ballot__matter", "ballot__body", "ballot__roll", "head"
    )
    if slip is None:
        raise Unfit(WRONG, field="code")
    if Channel.SLIP not in slip.ballot.ways:
        raise Unfit("这次表决的纸票只能交到居委会，不能用投票码在网上投。", field="code")
    await running(slip.ballot_id, at=at)
    return slip


async def show_code(typed: str, *, device: str, host: str, at: datetime) -> VoteSlip:
    """Return the slip for a code that somebody typed; tries are counted before they are made.

    Raises:
        TooOften: too many codes were tried.
    """
    await attempt(Deed.BALLOT_CODE, account=device, host=host, at=at)
    slip = await slip_of(typed, at=at)
    await relent(Deed.BALLOT_CODE, account=device, host=host)
    return slip


@command
async def cast_by_slip(typed: str, choice: Choice | Marks, voice_id: int | None = None, *, at: datetime) -> Handed:
    """Hand in a choice for the head whose code it is.

    Raises:
        Unfit: as `slip_of`, or it was not said which of several owners speaks.
    """
    found = await slip_of(typed, at=at)
    await VoteSlip.filter(id=found.id).update(made_at=F("made_at"))  # a replacement waits, or was first
    slip = await slip_of(typed, at=at)
    who = await speaker(slip.head_id, voice_id)
    given = Given(head_id=slip.head_id, choice=choice, voice=who.voice, channel=Channel.SLIP, by=who.person)
    return handed(await hand_in(slip.ballot, given, at=at))
