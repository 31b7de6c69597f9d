"""Handing a case on: the parties are asked for a consent of its own, or a duty by law is named; then the papers go.

Source: 个人信息保护法 23 (the receiver's name, its purpose, a separate consent), 13 (a duty by law).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import people_with
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.agreement.queries import held_case
from mediation.case import numbers
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import carry
from mediation.case.models import Case, Consent, Party, Track, Will
from mediation.case.moving import NOT_YOURS, demand, move, permitted
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN
from mediation.case.standing import stands
from mediation.case.states import Outcome, State
from mediation.papers.numbering import give
from mediation.papers.rules import Made
from mediation.referral.models import Handover
from mediation.referral.package import BY_NAME, keep, locked_words, manifest_hash, papers
from mediation.referral.queries import answers_to, bounced, open_of
from mediation.referral.rules import ARTICLE_MOST, MOST_BOUNCES, OPEN, Basis, Passing, all_agree, competent

UNHEARD: Final = frozenset({State.REGISTERED, State.INVITING, State.TERMINATED})
"""Where nobody has agreed to talk, or not any more: only everybody's consent takes a case from here to another desk."""
COURTS: Final = frozenset({Track.COURT_PRE, Track.COURT_POST})
"""Where alone a case goes that a court has taken (医疗纠纷条例 31; 道交法实施条例 96)."""
ASKED: Final = "已经有一件移交正在办，请先等它有结果。"
WAYS: Final = frozenset({"paper", "window", "phone", "visit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """To whom a case shall go, on which track, why, and on what basis."""

    org: str
    track: Track
    basis: Basis
    article: str = ""
    reason: str


@command
async def propose(code: str, plan: Plan, *, by: Person, at: datetime) -> Handover:
    """Begin handing a case on: ask the parties, or send it at once where a statute says so.

    Raises:
        Forbidden: ``by`` neither directs the organisation that has it nor dispatches.
        Unfit: the receiver is not competent, has nobody to answer, no reason or no basis is given, or the case was
            sent back twice and the centre has to decide.
        MovedOn: a handover is open already.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.HANDOVER, seats=seats, by=by)
    org = await _receiver(case, plan, at)
    ordered = await _ordered(case, seats)
    if await open_of(case):
        raise MovedOn(ASKED)
    await Handover.filter(case_id=case.id, state__in=list(OPEN)).update(state=Passing.DROPPED)
    handover = await _planned(case, org, plan, ordered=ordered, by=by, at=at)
    if plan.basis is Basis.STATUTORY:
        await _send(case, handover, seats=seats, by=by, at=at)
        return handover
    where = case.community_id
    await record("case.handover-asked", case.key, by=by, at=at, community_id=where, handover=handover.id, org=org.id)
    return handover


async def _receiver(case: Case, plan: Plan, at: datetime) -> Org:
    """Return whom a plan names, after looking at all it says."""
    org = await Org.get_or_none(code=plan.org)
    fits = org is not None and org.id != case.org_id and competent(org.kind, plan.track)
    fits = fits and org is not None and not (org.term_until and org.term_until < local_day(at))
    demand(Event.HANDOVER, "target_competent", holds=fits, field="org")
    if org is None or not await people_with(Right.CASE_DIRECT, org_id=org.id, at=at):
        raise Unfit("这个单位还没有人在这里接收，请先请管理员为它办任职，或者换一家。", field="org")
    if not plan.reason.strip():
        raise Unfit("请写明为什么移交；接收单位和当事人都会看到。", field="reason")
    cited = plan.basis is Basis.CONSENT or 0 < len(plan.article.strip()) <= ARTICLE_MOST
    demand(Event.HANDOVER, "data_consent_or_duty", holds=cited, field="article")
    if case.outcome is Outcome.COURT_SEIZED and plan.track not in COURTS:
        raise Unfit("法院已经受理，别的单位不能再调解；法院可以委托调解。", field="org")
    if plan.basis is Basis.STATUTORY and case.state in UNHEARD:
        raise Unfit("这件事现在没有进入调解，请先取得每一位当事人的同意再移交。", field="basis")
    return org


async def _ordered(case: Case, seats: frozenset[Seat]) -> bool:
    """Return whether the centre decides here; after two bounces nobody else may."""
    enough = await bounced(case) >= MOST_BOUNCES
    centre = Seat.CENTRE in seats
    demand(Event.HANDOVER_REJECT, "bounced_once_at_most", holds=centre or not enough, field="org")
    return centre and enough


async def _planned(case: Case, org: Org, plan: Plan, *, ordered: bool, by: Person, at: datetime) -> Handover:
    handover = Handover(community_id=case.community_id, case=case, from_org=case.org, to_org=org)
    handover.from_track, handover.to_track, handover.basis = case.track, plan.track, plan.basis
    handover.article = plan.article.strip() if plan.basis is Basis.STATUTORY else ""
    carry(case, handover)
    handover.reason = locked_words(handover, "reason", fitting(plan.reason, "reason"))
    handover.ordered, handover.proposed_by, handover.proposed_at = ordered, by, at
    await handover.save()
    return handover


@command
async def answer(code: str, *, given: bool, by: Person, at: datetime) -> Case:
    """Say, as a party, whether one's papers may go to the organisation that is named; a yes is for it alone.

    Raises:
        Hidden: ``by`` is no party, or nothing is asked.
        MovedOn: this party answered.
    """
    case, _ = await held_case(by, code, at=at)
    own = [each.party_id for each in await stands(by, case.id, at=at) if each.settles]
    party = await Party.filter(id__in=own).order_by("id").first() if own else None
    if party is None:
        raise Hidden(HIDDEN)
    await _answered(case, party, given=given, method="click", by=by, at=at)
    return case


@command
async def answer_for(code: str, party_code: str, *, given: bool, method: str, by: Person, at: datetime) -> Case:
    """Write down what a party said on paper, at the window, by phone or on a visit; the director's deed."""
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.HANDOVER, seats=seats, by=by)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None or method not in WAYS:
        raise Hidden(HIDDEN)
    await _answered(case, party, given=given, method=method, by=by, at=at)
    return case


async def _answered(case: Case, party: Party, *, given: bool, method: str, by: Person, at: datetime) -> None:
    handover = await open_of(case)
    if handover is None or handover.state is not Passing.PROPOSED:
        raise Hidden(HIDDEN)
    version = handover.consent_version
    if await Consent.filter(party_id=party.id, act="handover", text_version=version).exists():
        raise MovedOn("已经答复过了，请刷新后再看。")
    await Consent.create(party=party, act="handover", given=given, text_version=version, method=method, at=at)
    if not given:
        await Handover.filter(id=handover.id).update(state=Passing.DROPPED, answered_at=at)
    where, facts = case.community_id, {"party": party.code, "given": given, "method": method}
    await record("case.handover-said", case.key, by=by, at=at, community_id=where, handover=handover.id, **facts)  # type: ignore[arg-type]


@command
async def send(code: str, *, by: Person, at: datetime) -> Handover:
    """Send what everybody agreed to; the papers are written now and stay as they are.

    Raises:
        Unfit: a party has not said yes.
        MovedOn: nothing waits to be sent.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.HANDOVER, seats=seats, by=by)
    handover = await open_of(case)
    if handover is None or handover.state is not Passing.PROPOSED:
        raise MovedOn("没有等着送出的移交，请刷新后再看。")
    answers = await answers_to(handover, case)
    agreed = all_agree(each.given for each in answers)
    demand(Event.HANDOVER, "data_consent_or_duty", holds=agreed, field="parties")
    await Party.filter(id__in=[each.party.id for each in answers]).update(will=Will.CONSENTED)
    await _send(case, handover, seats=seats, by=by, at=at)
    return handover


async def _send(case: Case, handover: Handover, *, seats: frozenset[Seat], by: Person, at: datetime) -> None:
    if not seats & {Seat.DIRECTOR, Seat.CENTRE}:
        raise Forbidden(NOT_YOURS)
    number = await give(case, numbers.Kind.TRANSFERRED, Made.LETTER, by=by, at=at)
    changes = {"state": Passing.SENT, "return_state": case.state, "number": number, "sent_at": at}
    if not await Handover.filter(id=handover.id, state=Passing.PROPOSED).update(**changes):
        raise MovedOn(ASKED)
    handover.update_from_dict(changes)
    kept = await papers(case, handover)
    demand(Event.HANDOVER, "caucus_excluded", holds=all(each.part in BY_NAME for each in kept))
    await keep(handover, kept)
    handover.manifest = manifest_hash(kept)
    await Handover.filter(id=handover.id).update(manifest=handover.manifest)
    facts: dict[str, Any] = {"handover": handover.id, "org": handover.to_org_id, "basis": handover.basis}
    await move(case, Event.HANDOVER, seats=seats, by=by, at=at, sha256=handover.manifest, **facts)
