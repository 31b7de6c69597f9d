"""Whether the promises are kept: confirmed by those they were made to, until all are done (人民调解法 31)."""

from datetime import datetime

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.models import Obligation
from mediation.agreement.queries import held_case, obligations_of
from mediation.agreement.rules import HANDS, MOST_WHAT, OWED, ClauseKind, Duty
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import lock_with
from mediation.case.models import Case
from mediation.case.moving import demand, move
from mediation.case.standing import stands
from mediation.parties.rules import Power
from mediation.paying.models import KeptClaim
from mediation.paying.rules import LIVE, ClaimStage


@command
async def confirm(code: str, duty_code: str, *, proof: str = "", by: Person, at: datetime) -> Obligation:
    """Confirm that a promise was kept: whom it was made to, or the mediator who writes down the proof they saw.

    Raises:
        Forbidden: ``by`` is neither.
        Unfit: the mediator gave no proof.
        MovedOn: it is settled already.
    """
    case, seats = await held_case(by, code, at=at)
    duty = await _duty(case, duty_code)
    if not await _owed_to(duty, by, at, needs=Power.RECEIVE):
        await _require_mediator(seats, duty)
        _require_proof(proof)
    return await _settle(case, duty, Duty.DONE, proof=proof, by=by, at=at)


@command
async def pay_part(code: str, duty_code: str, fen: int, *, proof: str = "", by: Person, at: datetime) -> Obligation:
    """Write down that part of a payment came; whoever it was promised to, or the mediator who saw the receipt.

    Raises:
        Forbidden: ``by`` is neither.
        Unfit: it is no payment, ``fen`` is not more than nothing or more than is owed, or no receipt is named.
        MovedOn: it is settled already.
    """
    case, seats = await held_case(by, code, at=at)
    duty = await _duty(case, duty_code)
    if not await _owed_to(duty, by, at, needs=Power.RECEIVE):
        await _require_mediator(seats, duty)
        _require_proof(proof)
    whole = duty.clause.amount_fen or 0
    if duty.clause.kind is not ClauseKind.PAY or not 0 < fen <= whole - duty.paid_fen:
        raise Unfit("请写这次收到多少钱，不能超过还欠的数。", field="part")
    if duty.paid_fen + fen == whole:
        return await _settle(case, duty, Duty.DONE, proof=proof, by=by, at=at)
    return await _pay(case, duty, duty.paid_fen + fen, proof=proof, by=by, at=at)


async def _pay(case: Case, duty: Obligation, paid: int, *, proof: str, by: Person, at: datetime) -> Obligation:
    _in_hand(case)
    locked = lock_with(case, proof, about=f"obligation|{duty.code}|proof")
    changes = {"state": Duty.PARTIAL, "paid_fen": paid, "proof": locked}
    before = Obligation.filter(id=duty.id, state__in=OWED, paid_fen=duty.paid_fen)
    if not await before.update(**changes):
        raise MovedOn("这一项已经确认过了，请刷新后再看。")
    duty.update_from_dict(changes)
    place = case.community_id
    await record("obligation.partial", case.key, by=by, at=at, community_id=place, obligation=duty.id)
    return duty


def _in_hand(case: Case) -> None:
    if case.state not in HANDS:
        raise MovedOn("这件事现在不在履行阶段，请刷新后再看。")


@command
async def waive(code: str, duty_code: str, *, by: Person, at: datetime) -> Obligation:
    """Let somebody off a promise; only whom it was made to can."""
    case, _ = await held_case(by, code, at=at)
    duty = await _duty(case, duty_code)
    if not await _owed_to(duty, by, at, needs=Power.WAIVE):
        raise Forbidden("只有权利人本人可以放弃这一项。")
    return await _settle(case, duty, Duty.WAIVED, proof="", by=by, at=at)


@command
async def fall_overdue(case_key: str, *, at: datetime) -> Case:
    """Let the system note that a promise was not kept in time; ``case_key`` is that of a timer.

    Raises:
        Unfit: none is overdue.
        MovedOn: the case does not stand at performance.
    """
    case = await Case.get(id=int(case_key.removeprefix("case-")))
    late = await overdue_in(case, at)
    demand(Event.OVERDUE, "obligation_overdue", holds=bool(late))
    await move(case, Event.OVERDUE, seats=(), by=None, at=at, since=late[0].due_on, late=len(late))
    return case


@command
async def cure(code: str, *, by: Person, at: datetime) -> Case:
    """Take a case back to performance once nothing is overdue any more."""
    case, seats = await held_case(by, code, at=at)
    demand(Event.CURE, "nothing_overdue", holds=not await late_in(case, at))
    await move(case, Event.CURE, seats=seats, by=by, at=at)
    return case


async def _settle(case: Case, duty: Obligation, state: Duty, *, proof: str, by: Person, at: datetime) -> Obligation:
    _in_hand(case)
    changes = {
        "state": state,
        "confirmed_at": at,
        "confirmed_by_id": by.id,
        "paid_fen": (duty.clause.amount_fen or 0) if state is Duty.DONE else duty.paid_fen,
        "proof": lock_with(case, proof, about=f"obligation|{duty.code}|proof"),
    }
    if not await Obligation.filter(id=duty.id, state__in=OWED).update(**changes):
        raise MovedOn("这一项已经确认过了，请刷新后再看。")
    duty.update_from_dict(changes)
    await KeptClaim.filter(obligation_id=duty.id, stage__in=list(LIVE)).update(stage=ClaimStage.ENDED)
    place = case.community_id
    await record(f"obligation.{state}", case.key, by=by, at=at, community_id=place, obligation=duty.id)
    await finish(case, at)
    return duty


async def finish(case: Case, at: datetime) -> None:
    """Go on to the follow-up visit by itself as soon as nothing is owed."""
    if all(each.state not in OWED for each in await obligations_of(case)):
        await move(case, Event.PERFORMED, seats=(), by=None, at=at)


async def late_in(case: Case, at: datetime) -> int:
    """Return how many promises are overdue."""
    return len(await overdue_in(case, at))


async def overdue_in(case: Case, at: datetime) -> list[Obligation]:
    """Return the promises whose last day is over in Beijing, the oldest first."""
    late = Obligation.filter(case_id=case.id, state__in=OWED, due_on__lt=local_day(at))
    return await late.order_by("due_on", "id")


async def _duty(case: Case, duty_code: str) -> Obligation:
    found = Obligation.filter(case_id=case.id, code=duty_code)
    duty = await found.select_related("clause", "clause__obligee").first()
    if duty is None:
        raise Hidden("没有找到这一项，请刷新后再看。")
    return duty


async def _owed_to(duty: Obligation, person: Person, at: datetime, *, needs: Power) -> bool:
    """Return whether ``person`` is who it is owed to, or acts for them; a representative needs the power named."""
    held = [each for each in await stands(person, duty.case_id, at=at) if each.party_id == duty.clause.obligee_id]
    return any(each.seat is not Seat.AGENT or needs in each.powers for each in held if each.acts)


async def _require_mediator(seats: frozenset[Seat], duty: Obligation) -> None:
    if Seat.MEDIATOR not in seats:
        raise Forbidden("请由权利人本人确认；权利人不方便的，请调解员核对凭证后登记。")
    if await KeptClaim.filter(obligation_id=duty.id, stage=ClaimStage.DENIED).exists():
        raise Forbidden("权利人说没有办好，您不能替他确认。请把看到的记下来，双方谈不拢的可以去法院。")


def _require_proof(proof: str) -> None:
    if not proof.strip():
        raise Unfit("请写明您看过的凭证，例如收条、转账记录或者现场照片。", field="proof")
    if len(proof) > MOST_WHAT:
        raise Unfit("凭证说明最多 {most} 个字，请删短一些。", field="proof", most=MOST_WHAT)
