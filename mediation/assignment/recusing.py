"""Replacing the mediator: a wish, the decision where the track asks for one, and the end of every room in one go."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.assignment.models import Recusal
from mediation.assignment.rules import WAYS, Plea
from mediation.case.access import PARTIES, Seat
from mediation.case.events import Event
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Assignment, Case, Consent
from mediation.case.moving import NOT_YOURS, move
from mediation.case.noting import fitting
from mediation.case.queries import lead_of, parties_of, visible_case
from mediation.case.standing import stands
from mediation.case.workflow import actors, step
from mediation.intake.rules import NOTICE_VERSION
from mediation.room.opening import end_membership

WAIVE: Final = "waive_conflict"
RAISERS: Final = PARTIES | {Seat.MEDIATOR, Seat.DIRECTOR}


async def waiting_plea(case: Case) -> Recusal | None:
    """Return the wish that waits for a decision, if there is one."""
    return await Recusal.filter(case_id=case.id, state=Plea.REVIEW).select_related("raised_by").first()


async def may_raise(case: Case, seats: frozenset[Seat]) -> bool:
    """Return whether somebody in ``seats`` may wish for another mediator now."""
    running = bool(seats & RAISERS) and bool(actors(case.state, Event.RECUSE))
    return running and await waiting_plea(case) is None


@command
async def plead(code: str, *, words: str = "", by: Person, at: datetime) -> Recusal:
    """Wish for another mediator; on the people's track that is enough, and no reason is asked.

    Raises:
        Forbidden: ``by`` is neither a party, nor the mediator, nor the director.
        MovedOn: no mediator is at work, or a wish waits already.
    """
    case, seats = await visible_case(by, code, at=at)
    step(case.state, Event.RECUSE)
    lead = await lead_of(case)
    if not seats & RAISERS:
        raise Forbidden(NOT_YOURS)
    if lead is None or await waiting_plea(case):
        raise MovedOn("已经有人提过换调解员，正在等决定，请刷新后再看。")
    told, first = fitting(words, "words"), WAYS[case.track].first
    plea = await Recusal.create(
        case=case, assignment=lead, raised_by=by, raised_at=at, state=first, words=_locked(case, "words", told, at)
    )
    where = case.community_id
    await record("case.recusal-raised", case.key, by=by, at=at, community_id=where, recusal=plea.id, state=first)
    if first is Plea.AUTO_GRANTED:
        await _replace(case, lead, by=None, seats=frozenset(), at=at)
    return plea


async def disclose(case: Case, words: str, *, by: Person, at: datetime) -> Recusal:
    """Put a tie that was declared before the parties: all of them let the mediator go on, or it is decided.

    Call it inside the command that gives the case its mediator (特邀调解规定 15).
    """
    lead = await lead_of(case)
    plea = await Recusal.create(
        case=case,
        assignment=lead,
        raised_by=by,
        raised_at=at,
        state=Plea.REVIEW,
        words=_locked(case, "words", words, at),
    )
    where = case.community_id
    await record("case.recusal-raised", case.key, by=by, at=at, community_id=where, recusal=plea.id, state=Plea.REVIEW)
    return plea


@command
async def decide(code: str, *, granted: bool, answer: str, by: Person, at: datetime) -> Recusal:
    """Decide on a wish, with the reason; the director's deed on the tracks that ask for one.

    Raises:
        Forbidden: ``by`` does not direct this organisation, or is the mediator in question.
        Unfit: no reason is given.
        MovedOn: nothing waits, or somebody was faster.
    """
    case, seats = await visible_case(by, code, at=at)
    plea, told = await _waiting(case), fitting(answer, "answer")
    lead = await Assignment.get(id=plea.assignment_id).select_related("mediator")
    if Seat.DIRECTOR not in seats or lead.mediator_id == by.id:
        raise Forbidden(NOT_YOURS)
    if not told:
        raise Unfit("请写明同意或者不同意更换的理由，会告诉当事人。", field="answer")
    state = Plea.GRANTED if granted else Plea.REJECTED
    await _settle(case, plea, state, told, by=by, at=at)
    if granted:
        await _replace(case, lead, by=by, seats=seats, at=at)
    return plea


@command
async def let_go_on(code: str, *, by: Person, at: datetime) -> Recusal:
    """Agree, as a party, that the mediator go on; when everybody has, the wish is off (特邀调解规定 15)."""
    case, _ = await visible_case(by, code, at=at)
    plea, parties = await _waiting(case), await parties_of(case)
    own = {each.party_id for each in await stands(by, case.id, at=at) if each.settles}
    mine = [party for party in parties if party.id in own]
    if not mine or not WAYS[case.track].waivable:
        raise Forbidden("这类调解不能由当事人放弃回避，请等决定。" if mine else NOT_YOURS)
    for party in mine:
        await Consent.create(party=party, act=WAIVE, given=True, text_version=NOTICE_VERSION, method="click", at=at)
    facts = {"party": mine[0].code, "recusal": plea.id}
    await record("case.conflict-waived", case.key, by=by, at=at, community_id=case.community_id, **facts)  # type: ignore[arg-type]
    said = Consent.filter(party_id__in=[party.id for party in parties], act=WAIVE, given=True, at__gte=plea.raised_at)
    if len({each.party_id for each in await said}) == len(parties):
        await _settle(case, plea, Plea.WAIVED, "", by=by, at=at)
    return plea


def opened_plea(case: Case, plea: Recusal, column: str) -> str:
    """Return what was written of a wish (``words``, ``answer``) in the clear."""
    text: str = getattr(plea, column)
    at = plea.raised_at if column == "words" else plea.decided_at or plea.raised_at
    return opened_with(case, text, about=_about(case, column, at))


async def recused_from(case: Case) -> set[int]:
    """Return the people who were replaced in a case and may not be given it again."""
    gone = await Assignment.filter(case_id=case.id, ended_because="recused")
    return {each.mediator_id for each in gone}


async def _waiting(case: Case) -> Recusal:
    plea = await waiting_plea(case)
    if plea is None:
        raise MovedOn("现在没有等着决定的回避申请，请刷新后再看。")
    return plea


async def _settle(case: Case, plea: Recusal, state: Plea, told: str, *, by: Person, at: datetime) -> None:
    changes = {"state": state, "decided_by_id": by.id, "decided_at": at, "answer": _locked(case, "answer", told, at)}
    if not await Recusal.filter(id=plea.id, state=Plea.REVIEW).update(**changes):
        raise MovedOn("现在没有等着决定的回避申请，请刷新后再看。")
    plea.update_from_dict(changes)
    where = case.community_id
    await record("case.recusal-decided", case.key, by=by, at=at, community_id=where, recusal=plea.id, state=state)


async def _replace(case: Case, lead: Assignment, *, by: Person | None, seats: frozenset[Seat], at: datetime) -> None:
    """End the lead and every room of it in the transaction that takes the step (人民调解法 19, 22)."""
    await move(case, Event.RECUSE, seats=seats, by=by, at=at, mediator=lead.mediator_id)
    await Assignment.filter(id=lead.id, until=None).update(until=at, ended_because="recused")
    await end_membership(case, lead.mediator, at=at)


def _locked(case: Case, column: str, text: str, at: datetime) -> str:
    return lock_with(case, text, about=_about(case, column, at))


def _about(case: Case, column: str, at: datetime) -> str:
    return f"case|{case.code}|recusal|{column}|{int(at.timestamp())}"
