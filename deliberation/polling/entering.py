"""纸票双录 — a sheet is read by two people; alike it is cast, else a third looks. Until the count begins.

The rows are taken in one order: the ballot, then the vote of the head, so that sheets and tellers go in turn.
"""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.ballot.casting import hand_in
from deliberation.ballot.given import Given
from deliberation.ballot.models import Ballot, BallotState, Channel, Paper, Precedence, Telling, Vote
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.ledger import commands as ledger
from deliberation.matter.workflow import MOVED_ON
from deliberation.polling.models import ReturnedSheet, SheetReading, VoteSlip
from deliberation.polling.rules import STATE_OF, VOID, Facts, SheetState, fault_of
from deliberation.polling.slips import hash_of_code, held_ballot, said_why
from deliberation.polling.speaking import Speaker, person_of, speaker
from deliberation.question.marks import Marks, known, sound
from deliberation.question.queries import question_of
from deliberation.question.rules import Kind
from deliberation.question.spoken import stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What somebody read: the code, what it says (None when it cannot be read), who signed, and when it came in.

    ``sure``: the code is printed just so, although no such sheet was issued or one was handed in already.
    """

    code: str
    choice: Choice | Marks | None
    received_at: datetime
    voice_id: int | None = None
    sure: bool = False


@command
async def enter(ballot_id: int, read: Read, token: str, *, by: Person, at: datetime) -> ReturnedSheet:
    """Read a sheet for the first time, or for the second. Sent twice with one ``token``, it is entered once.

    Raises:
        Forbidden: no teller, or the author of the matter.
        Unfit: the count has begun, the code is unknown, the same person reads twice, or it came in at no such time.
    """
    ballot = await table(ballot_id, by=by, at=at)
    if again := await SheetReading.get_or_none(by_id=by.id, token=token).select_related("sheet"):
        await record("sheet.resent", again.sheet.key, by=by, at=at, community_id=ballot.community_id)
        return again.sheet
    _fits(ballot, read.choice)
    code = hash_of_code(read.code)
    slip = await VoteSlip.get_or_none(ballot_id=ballot.id, code_hash=code)
    who = await speaker(slip.head_id, read.voice_id, together=True) if slip else Speaker("", None)
    waiting = await ReturnedSheet.filter(ballot_id=ballot.id, code_hash=code, state=SheetState.READ).first()
    sheet = waiting or await _first(ballot, read, slip, code, at)
    turn = 2 if waiting else 1
    await _read(sheet, turn, read, who, token, by=by, at=at)
    if waiting:
        await _compare(ballot, sheet, by=by, at=at)
    return sheet


async def table(ballot_id: int, *, by: Person, at: datetime) -> Ballot:
    """Return a ballot whose sheets ``by`` may read now, its row held until the command ends."""
    ballot = await held_ballot(ballot_id, Right.BALLOT_TELL, by=by, at=at)
    if ballot.matter.author_id == by.id:
        raise Forbidden("提议人不能录入自己提议的纸票。")
    if Channel.PAPER not in ballot.ways:
        raise Unfit("这次表决公告的投票方式里没有纸票。")
    if ballot.state not in (BallotState.OPEN, BallotState.COUNTING):
        raise Unfit("现在不能录入纸票：表决还没有开始，或者已经停了、公布了。")
    if await Telling.exists(ballot_id=ballot.id):
        raise Unfit("计票已经开始，不能再录入纸票。")
    return ballot


def _fits(ballot: Ballot, said: Choice | Marks | None) -> None:
    """Raise `Unfit` unless that can stand on a sheet of this ballot, void or not."""
    question = question_of(ballot)
    if said is None or (question is None and isinstance(said, Choice)):
        return
    if question is None or isinstance(said, Choice) or not known(question, said):
        raise Unfit("这次表决不是这样问的，请刷新页面再录。", field="mark")


async def _first(ballot: Ballot, read: Read, slip: VoteSlip | None, code: str, at: datetime) -> ReturnedSheet:
    if not ballot.opens_at <= read.received_at <= at:
        raise Unfit("收到的时间要在表决开始以后、现在以前。", field="received_at")
    if not read.sure and slip is None:
        raise Unfit("没有发过这个票号。请再对一遍；票上确实是这个号，就勾选“照实登记”。", field="code")
    if not read.sure and await ReturnedSheet.exists(ballot_id=ballot.id, code_hash=code):
        raise Unfit("这个票号已经录过。确实又交来一张，就勾选“照实登记”。", field="code")
    await Ballot.filter(id=ballot.id).update(sheets_open=F("sheets_open") + 1)
    return await ReturnedSheet.create(
        ballot_id=ballot.id,
        slip_id=slip.id if slip else None,
        number=await ReturnedSheet.filter(ballot_id=ballot.id).count() + 1,
        code_hash=code,
        received_at=read.received_at,
    )


async def _read(
    sheet: ReturnedSheet, turn: int, read: Read, who: Speaker, token: str, *, by: Person, at: datetime
) -> None:
    if await SheetReading.exists(sheet_id=sheet.id, by_id=by.id):
        raise Unfit("第一遍是您录的，第二遍要由另一个人录。", field="code")
    choice, marks = (None, "") if read.choice is None else stored(read.choice)
    await SheetReading.create(
        sheet=sheet, turn=turn, choice=choice, marks=marks, voice=who.voice, by=by, token=token, at=at
    )
    ballot = await Ballot.get(id=sheet.ballot_id)
    await record("sheet.read", sheet.key, by=by, at=at, community_id=ballot.community_id, turn=turn)


async def _compare(ballot: Ballot, sheet: ReturnedSheet, *, by: Person, at: datetime) -> None:
    one, other = await SheetReading.filter(sheet_id=sheet.id).order_by("turn").limit(2).select_related("by")
    if (one.choice, one.marks, one.voice) == (other.choice, other.marks, other.voice):
        await _settle(ballot, sheet, one.said, one.voice, first=one.by, by=by, at=at)
        return
    await _move(sheet, SheetState.READ, SheetState.DIFFERENT)
    await record("sheet.differs", sheet.key, by=by, at=at, community_id=ballot.community_id)


@command
async def look_again(
    sheet_id: int, said: Choice | Marks | None, voice_id: int | None, why: str, *, by: Person, at: datetime
) -> ReturnedSheet:
    """Settle a sheet that was read differently; a third person looks at the paper and gives the reason.

    Raises:
        Hidden: there is no such sheet.
        Unfit: it was settled, the reason is missing, or ``by`` read it before.
    """
    sheet = await ReturnedSheet.get_or_none(id=sheet_id).select_related("slip")
    if sheet is None:
        raise Hidden("没有这张纸票。")
    ballot = await table(sheet.ballot_id, by=by, at=at)
    if await SheetReading.exists(sheet_id=sheet.id, by_id=by.id):
        raise Unfit("这张票您录过，要由另外一位计票人来看。")
    _fits(ballot, said)
    reason = said_why(why)
    await sheet.refresh_from_db()
    if sheet.state is not SheetState.DIFFERENT:
        raise MovedOn(MOVED_ON)
    who = await speaker(sheet.slip.head_id, voice_id, together=True) if sheet.slip else Speaker("", None)
    first = await SheetReading.get(sheet_id=sheet.id, turn=1).select_related("by")
    await ReturnedSheet.filter(id=sheet.id).update(settled_why=reason)
    await _settle(ballot, sheet, said, who.voice, first=first.by, by=by, at=at)
    return sheet


async def _settle(
    ballot: Ballot,
    sheet: ReturnedSheet,
    said: Choice | Marks | None,
    voice: str,
    *,
    first: Person,
    by: Person,
    at: datetime,
) -> None:
    slip = await VoteSlip.get(id=sheet.slip_id) if sheet.slip_id else None
    if slip:  # hold the vote: nobody votes for this head until it is clear whether the sheet counts
        await Vote.filter(ballot_id=ballot.id, head_id=slip.head_id).update(papers=F("papers"))
    fault = fault_of(await _facts(ballot, sheet, slip, said, voice))
    receipt = ""
    if slip and (fault is None or (fault in VOID and await _silent(ballot, slip))):
        given = Given(
            head_id=slip.head_id,
            choice=_nothing(ballot) if said is None or fault else said,
            voice=voice,
            channel=Channel.PAPER,
            by=await person_of(slip.head_id, voice),
            entered_by=first,
            checked_by=by,
            received_at=sheet.received_at,
            spoilt=fault is not None,
        )
        receipt = await _put_in(ballot, given, at)
    state = STATE_OF.get(fault, SheetState.INVALID) if fault else SheetState.CAST
    await _move(sheet, sheet.state, state, fault=fault, settled_by_id=by.id, settled_at=at, receipt=receipt)
    await Ballot.filter(id=ballot.id).update(sheets_open=F("sheets_open") - 1)
    here = ballot.community_id
    await record("sheet.settled", sheet.key, by=by, at=at, community_id=here, state=state, fault=fault or "")


def _nothing(ballot: Ballot) -> Choice | Marks:
    """Return what is kept of a paper that says nothing."""
    return Choice.ABSTAIN if ballot.kind is Kind.YES_NO else {}


async def _silent(ballot: Ballot, slip: VoteSlip) -> bool:
    """Return whether nothing else came in for a head: only then does a sheet that cannot be read speak for it."""
    return not await Paper.exists(ballot_id=ballot.id, vote__head_id=slip.head_id)


async def _put_in(ballot: Ballot, given: Given, at: datetime) -> str:
    receipt = (await hand_in(ballot, given, at=at)).receipt
    if ballot.state is BallotState.COUNTING:  # its log has ended: sign once more, with this sheet in it
        await ledger.end(ballot, at=at)
    return receipt


async def _facts(
    ballot: Ballot, sheet: ReturnedSheet, slip: VoteSlip | None, said: Choice | Marks | None, voice: str
) -> Facts:
    question = question_of(ballot)
    same = ReturnedSheet.filter(ballot_id=ballot.id, code_hash=sheet.code_hash).exclude(id=sheet.id)
    return Facts(
        known=slip is not None,
        replaced=slip is not None and slip.ended_at is not None,
        double=await same.filter(state__in=[SheetState.CAST, SheetState.OVERTAKEN, SheetState.DIFFERENT]).exists(),
        said=said,
        sound=question is None or said is None or isinstance(said, Choice) or sound(question, said),
        received_at=sheet.received_at,
        closes_at=ballot.closes_at,
        overtaken=slip is not None and await _overtaken(ballot, sheet, slip, voice),
    )


async def _overtaken(ballot: Ballot, sheet: ReturnedSheet, slip: VoteSlip, voice: str) -> bool:
    """Return whether the same voice, or all owners as one, voted after the sheet came in and the last one counts.

    An agent's vote does not overtake the sheet: whoever hands one in has voted in person.
    """
    if ballot.precedence is Precedence.PAPER:
        return False
    head = await RollHead.get(id=slip.head_id)
    later = Paper.filter(ballot_id=ballot.id, vote__head_id=head.id, at__gt=sheet.received_at, spoilt=False)
    return await later.filter(voice__in=[voice, head.key]).exclude(channel=Channel.PROXY).exists()


async def _move(sheet: ReturnedSheet, was: SheetState, now: SheetState, **facts: object) -> None:
    if not await ReturnedSheet.filter(id=sheet.id, state=was).update(state=now, **facts):
        raise MovedOn(MOVED_ON)
    await sheet.refresh_from_db()
