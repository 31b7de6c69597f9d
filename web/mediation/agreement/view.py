"""What the pages of an agreement show, cut to what this person may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.people.models import Person
from community.people.proof import ways
from community.people.rules import LEVELS, Method
from mediation.agreement.models import AgreementVersion, Signature
from mediation.agreement.queries import (
    Standing,
    clause_text,
    frozen_of,
    latest,
    obligations_of,
    paper_of,
    signed_name,
    standing,
    supplement_of,
)
from mediation.agreement.rules import OWED, Capacity, Duty, may_see_performance, may_see_text
from mediation.agreement.text import ROLES, Paper, sections
from mediation.case.access import Seat
from mediation.case.keys import opened
from mediation.case.models import Case, Party, Side
from mediation.case.queries import parties_of
from mediation.case.states import State
from web.clock import BEIJING

TITLE: Final = "人民调解协议书"
SUPPLEMENT: Final = "人民调解补充协议书"
MEANS: Final = {Method.PASSWORD: "再次输入密码", Method.MAIL: "邮件验证码", Method.TOTP: "手机验证码"}


@dataclass(frozen=True, slots=True)
class Hand:
    """One who must sign: name, as what, and the signature if there is one."""

    name: str
    capacity: Capacity
    signature: Signature | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise as the list of promises shows it; ``paid`` of ``whole`` fen while some of a payment is owed."""

    code: str
    text: str
    state: Duty
    due_on: object
    late: bool
    to_me: bool
    paid: int
    whole: int


async def view_of(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    """Return everything the page of an agreement shows this person."""
    stands, changing = await latest(case), await supplement_of(case)
    drafted = changing is not None and changing.frozen_at is None
    version = stands if drafted or not _concerned(case, seats, me) else changing or stands
    base = {"case": case, "seats": seats, "now": at, "paper": None, "version": version, "changing": changing}
    if version is None or version.frozen_at is None or not may_see_text(seats, case.state):
        return base
    now = await standing(case, version)
    return {**base, **_words(version), **await _signing(case, version, now, me), **await _keeping(case, seats, me, at)}


def _concerned(case: Case, seats: frozenset[Seat], me: Person) -> bool:
    """Return whether the reader is shown a supplement before it is in effect: who signs it, and who seals it."""
    return bool(seats & {Seat.APPLICANT, Seat.RESPONDENT, Seat.MEDIATOR}) or case.org.seal_custodian_id == me.id


def _words(version: AgreementVersion) -> dict[str, object]:
    paper = paper_of(version)
    return {
        "paper": paper,
        "sections": list(sections(paper)),
        "title": SUPPLEMENT if paper.amends else TITLE,
        "name": paper.name,
    }


async def _signing(case: Case, version: AgreementVersion, now: Standing, me: Person) -> dict[str, object]:
    mine = now.of(me)
    out = case.state is State.SIGNING or (version.supplement > 0 and version.in_effect_at is None)
    signer = me.id in now.people or (now.mediator is not None and now.mediator.id == me.id)
    return {
        "hands": hands(now, me),
        "mine": mine,
        "signs": signer and mine is None and out,
        "seals": case.org.seal_custodian_id == me.id and out,
        "out": out,
        "in_effect_at": version.in_effect_at if version.supplement else version.agreement.effective_at,
        "sealable_at": now.sealable_at,
        "seal": now.seal,
        "ways": ways(me),
        "levels": LEVELS,
    }


def hands(now: Standing, me: Person | None = None) -> list[Hand]:
    """Return everybody who must sign, with their signatures."""
    mine = me.id if me else 0
    by = {each.signer_id: each for each in now.signatures}
    signers = [_party(party, by, mine) for party in now.parties]
    if now.mediator:
        who = now.mediator
        signers.append(Hand(who.name, Capacity.MEDIATOR, by.get(who.id), who.id == mine))
    return signers


def _party(party: Party, by: Mapping[int, Signature], mine: int) -> Hand:
    person = party.person_id or 0
    return Hand(opened(party, "name"), Capacity.PARTY, by.get(person), person == mine)


async def _keeping(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    if not may_see_performance(seats, case.state):
        return {"owed": []}
    today = local_day(at)
    owed = [
        Owed(
            each.code,
            clause_text(each.clause),
            Duty(each.state),
            each.due_on,
            each.state in OWED and each.due_on is not None and each.due_on < today,
            each.clause.obligee.person_id == me.id,
            each.paid_fen if each.state is Duty.PARTIAL else 0,
            (each.clause.amount_fen or 0) if each.state in OWED else 0,
        )
        for each in await obligations_of(case)
    ]
    return {"owed": owed, "open": case.state in (State.PERFORMING, State.BREACHED)}


async def sheet_of(case: Case, wanted: AgreementVersion | None = None) -> dict[str, object]:
    """Return what the printed agreement shows; of the wording in force unless another is ``wanted``."""
    version = wanted or await frozen_of(case)
    paper, now = paper_of(version), await standing(case, version)
    lines = [*_inked(paper, now), _sealed(paper, now)]
    return {**_words(version), "case": case, "version": version, "sign": lines}


def _inked(paper: Paper, now: Standing) -> list[str]:
    by = {each.party_id: each for each in now.signatures if each.party_id}
    sign = {party.sign: by.get(party.id) for party in now.parties}
    lines = [f"{ROLES[party.side]}（签名）：{_ink(sign.get(party.sign))}" for party in paper.parties]
    mediator = next((each for each in now.signatures if each.capacity is Capacity.MEDIATOR), None)
    return [*lines, f"人民调解员（签名）：{_ink(mediator)}"]


def _ink(signature: Signature | None) -> str:
    if signature is None:
        return "＿＿＿＿＿＿＿＿＿＿　　　　年　　月　　日"
    how = f"电子签名 {signature.level}，{MEANS[Method(signature.method)]}"
    return f"{signed_name(signature)}　{_moment(signature.completes_at)}（{how}）"


def _sealed(paper: Paper, now: Standing) -> str:
    if now.seal is None:
        return f"{paper.org}（印章）　　　　年　　月　　日"
    return f"{paper.org}（印章已由保管人加盖）　{_moment(now.seal.at)}"


def _moment(at: datetime) -> str:
    local = at.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}"


async def choices_for(case: Case) -> list[tuple[str, str, Side]]:
    """Return the parties to choose from in a row of the form: sign, name, side."""
    return [(party.sign, opened(party, "name"), party.side) for party in await parties_of(case)]
