"""Writing an agreement: begin, save, send it out to be signed, or go back to talking."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from community.calendar.rules import local_day
from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.checks import faults
from mediation.agreement.models import Agreement, AgreementVersion
from mediation.agreement.preview import desk_of, only, paper_for
from mediation.agreement.queries import (
    case_number_of,
    draft_of,
    held_case,
    latest,
    locked_body,
    next_seq,
    number_for,
    opened_body,
    paper_of,
)
from mediation.agreement.ratifying import require_spoken_for
from mediation.agreement.rules import MOST_LINES, MOST_TEXT, MOST_WHAT, ClauseKind, Draft, Line, rule_for
from mediation.agreement.sham import Look, suspicious
from mediation.agreement.text import canonical, digest, draft_from
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import carry, opened_case
from mediation.case.models import Case, Party, Proceeding
from mediation.case.moving import demand, move
from mediation.case.noting import fitting, note
from mediation.case.numbers import agreement_of, read
from mediation.case.queries import parties_of
from mediation.case.standing import acting_for
from mediation.case.states import State
from mediation.room.card_rules import Terms
from mediation.room.cards import agreed_terms

LOCKED: Final = "谈话已经结束，草稿锁住了，不能再改。"


@command
async def begin(code: str, *, accepted: bool, by: Person, at: datetime) -> AgreementVersion:
    """Begin to write down what was agreed; ``accepted``: everybody to be bound said yes to the same solution."""
    case, seats = await held_case(by, code, at=at)
    demand(Event.AGREE_IN_PRINCIPLE, "proposal_accepted", holds=accepted, field="accepted")
    await move(case, Event.AGREE_IN_PRINCIPLE, seats=seats, by=by, at=at)
    before = await latest(case)
    if before is None or before.agreement.effective_at:
        return await _new_version(case, with_proposal(_first(case), await agreed_terms(case), local_day(at)), at)
    if before.frozen_at is None:
        return before
    return await _again(case, before, at)


@command
async def save(code: str, draft: Draft, *, by: Person, at: datetime) -> AgreementVersion:
    """Keep the draft as it is; what is missing may stay missing until it goes out.

    Raises:
        Unfit: a part is too long, or a row names somebody who is no party.
        MovedOn: it went out already.
    """
    case, seats = await held_case(by, code, at=at)
    only(Seat.MEDIATOR, seats)
    version = await draft_of(case)
    if case.state is not State.DRAFTING and not version.supplement:
        raise MovedOn(LOCKED)
    _fitting(draft, {party.sign for party in await Party.filter(case_id=case.id)})
    draft = replace(draft, because=draft_from(opened_body(version)).because)
    version.body = locked_body(version, canonical(draft))
    await AgreementVersion.filter(id=version.id, frozen_at=None).update(body=version.body)
    await record("agreement.saved", case.key, by=by, at=at, community_id=case.community_id, version=version.n)
    return version


@command
async def finalize(
    code: str,
    *,
    legality: Iterable[str],
    on_paper: bool,
    by_hand: Collection[str] = (),
    kin: bool = False,
    checked: str = "",
    by: Person,
    at: datetime,
) -> AgreementVersion:
    """Freeze the words, give the agreement its number and send it out to be signed.

    Args:
        code: the case's query code.
        legality: ids of the questions of `LEGALITY` answered with yes.
        on_paper: it touches personal status or the supply of water, heat or gas (电子签名法 3): everybody, the
            mediator too, signs the printed sheet by hand.
        by_hand: signs of the parties without an account who will sign the printed sheet before the mediator.
        kin: the parties are relatives or belong together.
        checked: what was looked at, where kin, haste and a large sum come together (`sham.suspicious`).
        by: the mediator who leads.
        at: when.

    Raises:
        Unfit: a check does not hold; ``field`` names the row to mend.
    """
    case, seats = await held_case(by, code, at=at)
    only(Seat.MEDIATOR, seats)
    version = await draft_of(case)
    ticked = sorted(set(legality))
    desk = await desk_of(case, version, ticked=ticked, on_paper=on_paper, today=local_day(at))
    for guard, fields in faults(desk).items():
        demand(Event.FINALIZE, guard, holds=False, field=fields[0])
    flagged = await _looked_at(case, desk.draft, kin=kin, checked=checked, by=by, at=at)
    if not on_paper:
        await _everybody_can_sign(case, by_hand, at)
    await require_spoken_for(case, desk.draft)
    version.on_paper = on_paper
    await _freeze(case, version, desk.draft, at)
    await AgreementVersion.filter(id=version.id).update(looked_at=flagged, on_paper=on_paper)
    facts = {"version": version.n, "sha256": version.sha256, "legality": ",".join(ticked), "sham_flag": flagged}
    if version.supplement:
        where = case.community_id
        await record("agreement.supplement-sent", case.key, by=by, at=at, community_id=where, **facts)
    else:
        await move(case, Event.FINALIZE, seats=seats, by=by, at=at, **facts)
    return version


@command
async def reopen(code: str, *, sure: bool, by: Person, at: datetime) -> Case:
    """Go back to talking; whatever was signed is void."""
    case, seats = await held_case(by, code, at=at)
    version = await latest(case)
    bound = version is not None and version.agreement.effective_at is not None
    demand(Event.REOPEN_TALK, "nothing_in_effect", holds=not bound)
    demand(Event.REOPEN_TALK, "signatures_voided", holds=sure, field="sure")
    await move(case, Event.REOPEN_TALK, seats=seats, by=by, at=at, version=version.n if version else 0)
    if version and version.frozen_at:
        await _again(case, version, at)
    return case


def _first(case: Case) -> Draft:
    """Return the applicant's own words to start from."""
    return Draft(facts=opened_case(case, "statement"), issue=opened_case(case, "wish"))


def with_proposal(draft: Draft, terms: Terms | None, today: date) -> Draft:
    """Return a draft with the promises of the proposal that everybody accepted, to be gone over."""
    if terms is None:
        return draft
    until = today + timedelta(days=terms.days) if terms.days else None
    paid = Line(kind=ClauseKind.PAY, who=terms.payer, whom=terms.payee, amount=terms.fen, until=until)
    lines = [paid] if terms.fen else []
    if len(terms.text) <= MOST_WHAT:
        lines.append(Line(kind=ClauseKind.OTHER, what=terms.text))
        return replace(draft, lines=tuple(lines), total=terms.fen)
    return replace(draft, lines=tuple(lines), total=terms.fen, issue=f"{draft.issue}\n{terms.text}".strip()[:MOST_TEXT])


async def _again(case: Case, version: AgreementVersion, at: datetime) -> AgreementVersion:
    """Void a wording that went round, with its signatures, and open its text for changes as the next one."""
    await AgreementVersion.filter(id=version.id).update(voided_at=at)
    return await _new_version(case, paper_of(version).draft, at)


async def _new_version(case: Case, draft: Draft, at: datetime) -> AgreementVersion:
    agreement = await Agreement.filter(case_id=case.id, effective_at=None).order_by("-seq").first()
    if agreement is None:
        agreement = await Agreement.create(case=case, community_id=case.community_id, seq=await next_seq(case))
    n = await AgreementVersion.filter(agreement_id=agreement.id).count() + 1
    version = AgreementVersion(agreement=agreement, n=n, made_at=at)
    carry(case, version)
    version.body = locked_body(version, canonical(draft))
    await version.save()
    return version


async def _freeze(case: Case, version: AgreementVersion, draft: Draft, at: datetime) -> None:
    agreement = version.agreement
    if agreement.number is None:
        number = str(agreement_of(read(await case_number_of(case)), agreement.seq))
        rule = rule_for(case.track)
        await Agreement.filter(id=agreement.id).update(number=number, rule=rule)
        agreement.number, agreement.rule = number, rule
    text = canonical(await paper_for(case, version, draft, number_for(version)))
    changes = {"body": locked_body(version, text), "sha256": digest(text), "frozen_at": at}
    await AgreementVersion.filter(id=version.id, frozen_at=None).update(**changes)
    version.update_from_dict(changes)


async def _looked_at(case: Case, draft: Draft, *, kin: bool, checked: str, by: Person, at: datetime) -> bool:
    """Return whether the agreement looks like a sham; then what was looked at has to be written down, and is kept."""
    run = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    days = (local_day(at) - run.accepted_on).days if run and run.accepted_on else 0
    flagged = suspicious(Look(kin=kin, days=days, total=draft.payable))
    told = fitting(checked, "checked")
    if flagged and not told:
        raise Unfit("各方是亲属，很快谈成，数额又大。请先写明查过什么，例如借条、转账，再定稿。", field="checked")
    await note(case, Event.FINALIZE, told if flagged else "", by=by, at=at)
    return flagged


async def _everybody_can_sign(case: Case, by_hand: Collection[str], at: datetime) -> None:
    others = [party for party in await parties_of(case) if party.person_id is None and party.sign not in by_hand]
    absent = [party.sign for party in others if not await acting_for(party, at=at)]
    if absent:
        raise Unfit("{sign} 还没有账号，不能在网上签。请先请他注册，或者打印后当面签字。", sign=absent[0])


def _fitting(draft: Draft, signs: set[str]) -> None:
    """Raise `Unfit` for what is too long or names nobody of the case; who has left is found when it goes out."""
    if len(draft.lines) > MOST_LINES:
        raise Unfit("条款最多 {most} 条，请合并一些。", field="form", most=MOST_LINES)
    for name in ("facts", "issue", "blame"):
        _short(getattr(draft, name), MOST_TEXT, name)
    known = signs | {""}
    for row, line in enumerate(draft.lines, start=1):
        _short(line.what, MOST_WHAT, f"what-{row}")
        unknown = next((name for name in ("who", "whom") if getattr(line, name) not in known), None)
        if unknown:
            raise Unfit("请从名单里选一位当事人。", field=f"{unknown}-{row}")


def _short(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(text), most=most)
