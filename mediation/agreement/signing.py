"""Signing, taking back, refusing to sign, and the seal with which an agreement takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.proof import Proof, proven, send_code, use_up
from community.people.roles import require_in_org
from community.people.rules import LEVELS, Method
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from mediation.agreement.hands import pen_of, unbound
from mediation.agreement.models import Agreement, AgreementVersion, SealUse, Signature
from mediation.agreement.owing import oblige, settled_before
from mediation.agreement.performing import finish
from mediation.agreement.queries import (
    Standing,
    held_case,
    intact,
    name_of,
    out_of,
    readable_case,
    standing,
)
from mediation.agreement.ratifying import ratified, require_ratified, rosters
from mediation.agreement.ready import require_scan, require_sealable
from mediation.agreement.rules import EFFECT, WINDOW, Capacity, Need, effect_at
from mediation.agreement.stroke import drawn, kept_as
from mediation.appointment.offering import call_off_all
from mediation.case.access import PARTIES, Seat
from mediation.case.events import Event
from mediation.case.keys import lock_in
from mediation.case.models import Case, Consent, Party
from mediation.case.moving import NOT_YOURS, demand, move
from mediation.case.standing import NO_POWER, stands
from mediation.case.states import Outcome, State
from mediation.confirmation.window import anew

SEALABLE: Final = "agreement.sealable"
"""Timer: the last signature stands."""

ESIGN: Final = "2026-05"
"""Version of the words by which signers agree to sign on a screen (电子签名法 13: 约定的可靠条件)."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a signer gives: the hash of the words they saw, their name, their yes to signing here, and a proof.

    ``stroke`` are the points of what they wrote with finger or mouse, if they did (`stroke`).
    """

    shown: str
    name: str
    agreed: bool
    method: Method
    typed: str
    stroke: str = ""


async def sign(code: str, hand: Hand, *, host: str, by: Person, at: datetime) -> Signature:
    """Sign the wording that was read; the signature stands ten minutes later unless taken back.

    Raises:
        Unfit: the proof, the name or the words are not right.
        MovedOn: signed already, or the agreement is not out for signing.
    """
    about = await _about(code, by, at)
    async with proven(about, hand.method, hand.typed, host=host, by=by, at=at) as proof:
        return await _sign(code, hand, proof, by=by, at=at)


@command
async def _sign(code: str, hand: Hand, proof: Proof, *, by: Person, at: datetime) -> Signature:
    case, seats = await held_case(by, code, at=at)
    version = await out_of(case)
    demand(Event.SIGN, "hash_matches", holds=intact(version, shown=hand.shown), field="form")
    pen = await pen_of(case, version, by, at=at)
    if not hand.agreed:
        raise Unfit("请先勾选同意用电子方式签署；不愿意的，可以打印后当面签字。", field="agreed")
    if "".join(hand.name.split()) != "".join(pen.name.split()):
        raise Unfit("请写协议上的姓名，一字不差。", field="name")
    about = name_of(Signature(version_id=version.id, signer_id=by.id))
    picture, stroke_sha256 = kept_as(drawn(hand.stroke)) if hand.stroke else ("", "")
    await use_up(proof, by=by, at=at)
    signed = {
        "party": pen.party,
        "capacity": pen.capacity,
        "level": LEVELS[proof.method],
        "method": proof.method,
        "name": lock_in(version, hand.name, about=about),
        "drawn": lock_in(version, picture, about=f"{about}|drawn"),
        "stroke_sha256": stroke_sha256,
        "doc_sha256": hand.shown,
        "signed_at": at,
        "completes_at": at + WINDOW,
        "taken_back_at": None,
    }
    signature = await _write(version, by, signed)
    if pen.party:
        await Consent.create(party=pen.party, act="esign", given=True, text_version=ESIGN, method="click", at=at)
    await put_on_record(case, version, signature, seats, by=by, at=at)
    return signature


async def put_on_record(
    case: Case, version: AgreementVersion, signature: Signature, seats: frozenset[Seat], *, by: Person, at: datetime
) -> None:
    """Put a signature on record, and set the timer of the seal once nobody is missing."""
    facts = {"version": version.n, "sha256": signature.doc_sha256, "level": signature.level}
    facts |= {"capacity": signature.capacity, **({"stroke": stroke} if (stroke := signature.stroke_sha256) else {})}
    if version.supplement or signature.capacity is Capacity.CO:
        kind = "agreement.supplement-signed" if version.supplement else "agreement.co-signed"
        await record(kind, case.key, by=by, at=at, community_id=case.community_id, **facts)
    else:
        await move(case, Event.SIGN, seats=seats, by=by, at=at, **facts)
    ready = (await standing(case, version)).sealable_at
    if ready:
        await set_timer(SEALABLE, case.key, ready, community_id=case.community_id)


async def _write(version: AgreementVersion, by: Person, signed: Mapping[str, Any]) -> Signature:
    """Store the signature; one that was taken back, or that a minor gave without effect, gives its place up."""
    party: Party | None = signed["party"]
    before = await Signature.get_or_none(version_id=version.id, signer_id=by.id, party_id=party.id if party else None)
    if before and before.taken_back_at is None and not (party and await unbound(version, party, before)):
        raise MovedOn("您已经签过了，不用再签。")
    if before is None:
        return await Signature.create(version=version, signer=by, **signed)
    before.update_from_dict(dict(signed))
    await before.save()
    return before


@command
async def take_back(code: str, *, by: Person, at: datetime) -> None:
    """Take one's signature back within its ten minutes.

    Raises:
        MovedOn: there is none, or its window is over.
    """
    case, _ = await held_case(by, code, at=at)
    version = await out_of(case)
    running = Signature.filter(version_id=version.id, signer_id=by.id, taken_back_at=None, completes_at__gt=at)
    if not goes_round(case, version) or not await running.update(taken_back_at=at):
        raise MovedOn("十分钟已过，签名已经完成，不能撤回了。要改内容，请提出重新协商。")
    await record("agreement.taken-back", case.key, by=by, at=at, community_id=case.community_id, version=version.n)


@command
async def refuse(code: str, *, by: Person, at: datetime) -> Case:
    """Decline to sign: the talks end without an agreement; nobody need say why (人民调解法 23)."""
    case, seats = await held_case(by, code, at=at)
    if not any(each.settles for each in await stands(by, case.id, at=at)):
        raise Forbidden(NO_POWER if seats & PARTIES else NOT_YOURS)
    await move(case, Event.SIGN_REFUSED, seats=seats, by=by, at=at, outcome=Outcome.SIGN_REFUSED)
    await call_off_all(case, by=by, at=at)
    return case


async def seal(code: str, *, shown: str, method: Method, typed: str, host: str, by: Person, at: datetime) -> SealUse:
    """Set the organisation's seal; with it the agreement takes effect.

    Raises:
        Forbidden: ``by`` does not keep the seal.
        Unfit: somebody has not signed, a window is still open, or the words are not the frozen ones.
        MovedOn: sealed already.
    """
    about = await _about(code, by, at)
    async with proven(about, method, typed, host=host, by=by, at=at) as proof:
        return await _seal(code, shown, proof, by=by, at=at)


@command
async def _seal(code: str, shown: str, proof: Proof, *, by: Person, at: datetime) -> SealUse:
    case, _ = await held_case(by, code, at=at)
    await require_in_org(by, case.org_id, Right.SEAL_USE, at=at)
    if case.org.seal_custodian_id != by.id:
        raise Forbidden("公章由登记的保管人使用，请联系保管人来盖。")
    version = await out_of(case)
    if not goes_round(case, version):
        raise MovedOn("这份协议已经盖过章，或者已经退回，请刷新后再看。")
    demand(Event.SIGN, "hash_matches", holds=intact(version, shown=shown), field="form")
    now = await standing(case, version)
    require_sealable(now, version, at)
    await require_scan(case, version)
    require_ratified(await rosters(case, version), version, at=at)
    await use_up(proof, by=by, at=at)
    used = await SealUse.create(
        version=version, org_id=case.org_id, custodian=by, method=proof.method, doc_sha256=shown, at=at
    )
    facts = {"version": version.n, "sha256": shown, "org": case.org_id}
    await record("agreement.sealed", case.key, by=by, at=at, community_id=case.community_id, **facts)
    if version.supplement:
        await _amend(case, version, at)
    else:
        await _take_effect(case, version, now, at)
    return used


def goes_round(case: Case, version: AgreementVersion) -> bool:
    """Return whether a wording is out to be signed."""
    return case.state is State.SIGNING or (version.supplement > 0 and version.in_effect_at is None)


@command
async def complete(case: Case, *, at: datetime) -> bool:
    """Let the system bring into effect what needs no seal (特邀调解规定 24), and return whether it did.

    Not before everybody in a group has spoken or their days are over: it binds who said yes.
    """
    version = await out_of(case)
    now = await standing(case, version)
    ready = now.sealable_at
    if Need.SEAL in EFFECT[version.agreement.rule] or ready is None or at < ready or not goes_round(case, version):
        return False
    if not intact(version) or not ratified(await rosters(case, version), version, at=at):
        return False
    if version.supplement:
        await _amend(case, version, at)
    else:
        await _take_effect(case, version, now, ready)
    return True


async def _take_effect(case: Case, version: AgreementVersion, now: Standing, at: datetime) -> None:
    """Let the system take the step, and write down what the words oblige to."""
    rule = version.agreement.rule
    moment = effect_at(rule, **now.asked, sealed_at=at)
    demand(Event.EFFECT, "effect_rule_true", holds=moment is not None)
    await Agreement.filter(id=version.agreement_id, effective_at=None).update(effective_at=moment)
    await oblige(case, version)
    outcome = Outcome.AGREED_WRITTEN
    await move(case, Event.EFFECT, seats=(), by=None, at=moment or at, outcome=outcome, version=version.n)
    await call_off_all(case, by=None, at=at)


async def _amend(case: Case, version: AgreementVersion, at: datetime) -> None:
    """Let a supplement take effect: what is owed is what it says; what was kept, or paid in part, stays so.

    The first wording is not touched, and the period for judicial confirmation runs on from its own effect, unless a
    court dismissed that one.
    """
    kept, paid = await settled_before(case)
    first = await AgreementVersion.filter(agreement_id=version.agreement_id, supplement=0, voided_at=None).exists()
    demand(Event.AMEND, "first_version_kept", holds=first)
    await AgreementVersion.filter(id=version.id).update(in_effect_at=at)
    await oblige(case, version, kept=kept, paid=paid)
    await move(case, Event.AMEND, seats=(), by=None, at=at, version=version.n, sha256=version.sha256)
    await anew(case, at)
    await finish(case, at)


async def ask_code(code: str, *, host: str, by: Person, at: datetime) -> None:
    """Mail ``by`` a code for signing or sealing the wording that is out."""
    await send_code(await _about(code, by, at), host=host, by=by, at=at)


async def _about(code: str, by: Person, at: datetime) -> str:
    """Return what a mailed code for the wording that is out is good for."""
    case, _ = await readable_case(by, code, at=at)
    return f"version-{(await out_of(case)).id}"
