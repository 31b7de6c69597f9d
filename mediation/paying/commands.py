"""Saying that a promise was kept, agreeing, denying, taking it back; what the mediator saw; silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler, set_timer
from mediation.agreement import performing
from mediation.agreement.rules import HANDS, OWED, ClauseKind
from mediation.case.keys import lock_with
from mediation.case.models import Case, Party
from mediation.evidence.commands import Brought, put_down
from mediation.evidence.keeping import Kept
from mediation.evidence.rules import ProofForm, ProofKind
from mediation.paying.models import ClaimVisit, KeptClaim
from mediation.paying.queries import Dispute, dispute_of
from mediation.paying.rules import ANSWER, LIVE, WORDS, ClaimDeed, ClaimStage, Of, row_of

SILENCE: Final = "claim.silence"
"""Timer: nobody answered a claim in time."""
MOVED: Final = "这一笔已经有答复了，请刷新后再看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says they did; ``fen`` for a payment, all that is owed unless told."""

    done_on: date
    words: str = ""
    fen: int | None = None


@command
async def claim(
    code: str, duty_code: str, said: Said, files: Sequence[Kept] = (), *, by: Person, at: datetime
) -> KeptClaim:
    """Say that a promise was kept, or a part of it paid, with the receipt; the other side has seven days to answer.

    Raises:
        Hidden: there is no such promise for ``by``.
        Forbidden: ``by`` is not who promised, or acts for them.
        Unfit: the amount or the day cannot be, or nothing tells how it was done.
        MovedOn: it is settled, or said already and not answered.
    """
    found = await dispute_of(by, code, duty_code, at=at)
    _may_claim(found)
    fen = _fit(found, said, files, today=local_day(at))
    duty, case = found.duty, found.case
    receipt = await _receipt(case, duty.clause.obligor, files, by=by, at=at) if files else None
    row = KeptClaim(community_id=case.community_id, obligation=duty, party=duty.clause.obligor, receipt=receipt)
    row.by, row.at, row.fen, row.done_on, row.answer_by = by, at, fen, said.done_on, at + ANSWER
    row.words = lock_with(case, said.words.strip(), about=f"kept_claim|{row.code}|words")
    await row.save()
    await set_timer(SILENCE, f"claim-{row.id}", row.answer_by, community_id=case.community_id)
    facts: dict[str, Any] = {"receipt": receipt.code if receipt else "", "files": [each.sha256 for each in files]}
    await _note(case, row, "made", by=by, at=at, **facts)
    return row


def _may_claim(found: Dispute) -> None:
    if Of.DEBTOR not in found.who:
        raise Forbidden("只有答应办这一项的人可以说办好了。")
    if found.case.state not in HANDS or found.duty.state not in OWED:
        raise MovedOn("这一项已经了结，不用再说了。")
    if found.live:
        raise MovedOn("这一项已经说过办好了，请等对方答复；说错了可以先收回。")


def _fit(found: Dispute, said: Said, files: Sequence[Kept], *, today: date) -> int | None:
    """Return the fen that were paid, none for what is not a payment; or raise `Unfit`."""
    if said.done_on > today:
        raise Unfit("办的日子不能在今天以后。", field="done_on")
    if len(said.words) > WORDS:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(said.words), most=WORDS)
    if not files and not said.words.strip():
        raise Unfit("请传收条、转账记录或者照片；没有的，写一写怎么办的。", field="words")
    if found.duty.clause.kind is not ClauseKind.PAY:
        return None
    rest = (found.duty.clause.amount_fen or 0) - found.duty.paid_fen
    fen = rest if said.fen is None else said.fen
    if not 0 < fen <= rest:
        raise Unfit("请写这次付了多少钱，不能超过还欠的数。", field="amount")
    return fen


async def _receipt(case: Case, party: Party, files: Sequence[Kept], *, by: Person, at: datetime) -> Any:  # noqa: ANN401
    told = Brought(title="履行凭证", kind=ProofKind.PAPER, form=ProofForm.COPY)
    return await put_down(case, told, files, party=party, shown=True, by=by, at=at)


@command
async def agree(code: str, duty_code: str, *, by: Person, at: datetime) -> KeptClaim:
    """Say that it is so: the promise counts as kept, or the part as paid.

    Raises:
        Hidden: there is no such promise for ``by``.
        Forbidden: it was not promised to ``by``, or a representative may not take money.
        MovedOn: nothing waits for an answer.
    """
    found, row = await _permitted(code, duty_code, ClaimDeed.AGREE, by=by, at=at)
    await _move(found.case, row, ClaimDeed.AGREE, by=by, at=at)
    rest = (found.duty.clause.amount_fen or 0) - found.duty.paid_fen
    if row.fen is None or row.fen >= rest:
        await performing.confirm(code, duty_code, by=by, at=at)
    else:
        await performing.pay_part(code, duty_code, row.fen, by=by, at=at)
    return row


@command
async def deny(code: str, duty_code: str, words: str, *, by: Person, at: datetime) -> KeptClaim:
    """Say that it is not so, and why; urging goes on, and the mediator looks into it.

    Raises:
        Hidden, Forbidden, MovedOn: as `agree`.
        Unfit: nothing was written.
    """
    found, row = await _permitted(code, duty_code, ClaimDeed.DENY, by=by, at=at)
    told = _written(words, "请写一写哪里不对，例如“没有收到”“只收到一半”。")
    locked = lock_with(found.case, told, about=f"kept_claim|{row.code}|answer")
    return await _move(found.case, row, ClaimDeed.DENY, by=by, at=at, answer=locked)


@command
async def withdraw(code: str, duty_code: str, *, by: Person, at: datetime) -> KeptClaim:
    """Take back that a promise was kept. Raises as `agree`."""
    found, row = await _permitted(code, duty_code, ClaimDeed.WITHDRAW, by=by, at=at)
    return await _move(found.case, row, ClaimDeed.WITHDRAW, by=by, at=at)


@command
async def visit(code: str, duty_code: str, words: str, *, by: Person, at: datetime) -> ClaimVisit:
    """Write down what the mediator saw and heard; whether the promise was kept stays as it was.

    Raises:
        Hidden, Forbidden, MovedOn: as `agree`.
        Unfit: nothing was written.
    """
    found, row = await _permitted(code, duty_code, ClaimDeed.VISIT, by=by, at=at)
    told = _written(words, "请写看到了什么、双方各说了什么，不下结论。")
    seen = ClaimVisit(claim=row, by=by, at=at)
    seen.words = lock_with(found.case, told, about=f"claim_visit|{seen.code}|words")
    await seen.save()
    await _note(found.case, row, ClaimDeed.VISIT, by=by, at=at)
    return seen


async def silence_due(subject: str, at: datetime) -> None:
    """Note that a claim was not answered in time; ``subject`` is that of a timer."""
    row = await KeptClaim.get(id=int(subject.removeprefix("claim-"))).select_related("obligation__case")
    if row.stage is ClaimStage.OPEN and row.obligation.case.state in HANDS:
        await _silent(row, at)


@command
async def _silent(row: KeptClaim, at: datetime) -> None:
    await _move(row.obligation.case, row, ClaimDeed.LAPSE, by=None, at=at)


TIMERS: Final[Mapping[str, Handler]] = {SILENCE: silence_due}


async def _permitted(
    code: str, duty_code: str, deed: ClaimDeed, *, by: Person, at: datetime
) -> tuple[Dispute, KeptClaim]:
    found = await dispute_of(by, code, duty_code, at=at)
    row = row_of(deed)
    if row.by not in found.who:
        raise Forbidden(_WHO[row.by])
    if found.live is None or found.live.stage not in row.sources or found.case.state not in HANDS:
        raise MovedOn(MOVED)
    return found, found.live


FOR_CREDITOR: Final = "办没办好，只有这一项的权利人本人能答复。"
FOR_DEBTOR: Final = "只有说办好了的一方可以收回。"
FOR_MEDIATOR: Final = "请承办的调解员登记。"
_WHO: Final = {Of.CREDITOR: FOR_CREDITOR, Of.DEBTOR: FOR_DEBTOR, Of.MEDIATOR: FOR_MEDIATOR}


async def _move(
    case: Case, row: KeptClaim, deed: ClaimDeed, *, by: Person | None, at: datetime, answer: str = ""
) -> KeptClaim:
    step = row_of(deed)
    changes: dict[str, Any] = {"stage": step.target}
    if by:
        changes |= {"answered_by_id": by.id, "answered_at": at, "answer": answer or row.answer}
    if not await KeptClaim.filter(id=row.id, stage__in=list(step.sources & LIVE)).update(**changes):
        raise MovedOn(MOVED)
    row.update_from_dict(changes)
    await _note(case, row, deed, by=by, at=at)
    return row


def _written(words: str, lacking: str) -> str:
    told = words.strip()
    if not told:
        raise Unfit(lacking, field="words")
    if len(told) > WORDS:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(told), most=WORDS)
    return told


async def _note(case: Case, row: KeptClaim, deed: str, *, by: Person | None, at: datetime, **facts: object) -> None:
    known: dict[str, Any] = {"claim": row.code, "obligation": row.obligation_id, **facts}
    await record(f"claim.{deed}", case.key, by=by, at=at, community_id=case.community_id, **known)
