"""What the pages of an agreement show, cut to what this person may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from community.people.models import Person
from community.people.proof import ways
from community.people.rules import LEVELS
from mediation.agreement.models import AgreementVersion, Signature
from mediation.agreement.queries import (
    Standing,
    clause_text,
    latest,
    obligations_of,
    paper_of,
    signed_name,
    standing,
    supplement_of,
)
from mediation.agreement.ratifying import rosters
from mediation.agreement.ready import scanned
from mediation.agreement.rules import OWED, Capacity, Duty, PaperMark, may_see_performance, may_see_text
from mediation.agreement.text import sections
from mediation.case.access import PARTIES, Seat, Thing, may_read
from mediation.case.capacity import Capacity as Ability
from mediation.case.capacity import needs_guardian
from mediation.case.keys import opened
from mediation.case.models import Case, Party, Side
from mediation.case.standing import stands, stood_for
from mediation.case.states import State
from mediation.confirmation.queries import history
from mediation.parties.queries import capacity_at, clear
from mediation.paying.queries import stages_in
from mediation.paying.rules import ClaimStage

TITLE: Final = "人民调解协议书"
SUPPLEMENT: Final = "人民调解补充协议书"


@dataclass(frozen=True, slots=True)
class Hand:
    """One who must sign: name, as what, and the signature if there is one."""

    name: str
    capacity: Capacity
    signature: Signature | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise as the list of promises shows it; ``paid`` of ``whole`` fen while some of a payment is owed.

    ``mine``: the reader owes it. ``said``: where the newest claim that it was kept stands.
    """

    code: str
    text: str
    state: Duty
    due_on: object
    late: bool
    to_me: bool
    paid: int
    whole: int
    mine: bool
    said: ClaimStage | None


async def view_of(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    """Return everything the page of an agreement shows this person."""
    stands, changing = await latest(case), await supplement_of(case)
    drafted = changing is not None and changing.frozen_at is None
    version = stands if drafted or not _concerned(case, seats, me) else changing or stands
    base = {"case": case, "seats": seats, "now": at, "paper": None, "version": version, "changing": changing}
    if version is None or version.frozen_at is None or not may_see_text(seats, case.state):
        return base
    now = await standing(case, version)
    return {
        **base,
        **words_of(version),
        **await _signing(case, version, now, me, at),
        **await _keeping(case, seats, me, at),
    }


def _concerned(case: Case, seats: frozenset[Seat], me: Person) -> bool:
    """Return whether the reader is shown a supplement before it is in effect: who signs it, and who seals it."""
    return bool(seats & {*PARTIES, Seat.MEDIATOR}) or case.org.seal_custodian_id == me.id


def words_of(version: AgreementVersion) -> dict[str, object]:
    """Return the words of a frozen wording, under the names the templates know."""
    paper = paper_of(version)
    return {
        "paper": paper,
        "sections": list(sections(paper)),
        "title": SUPPLEMENT if paper.amends else TITLE,
        "name": paper.name,
    }


async def _signing(case: Case, version: AgreementVersion, now: Standing, me: Person, at: datetime) -> dict[str, object]:
    mine = now.of(me)
    out = case.state is State.SIGNING or (version.supplement > 0 and version.in_effect_at is None)
    leads = now.mediator is not None and now.mediator.id == me.id
    joined = me.id in {each.id for each in now.beside}
    mine_to_sign = await _to_sign(case, now, me, at)
    return {
        "hands": hands(now, me, at=at),
        "rosters": await rosters(case, version),
        "member_name": lambda member: clear(member, "name"),
        "by_hand": [party for party in now.parties if now.lacks(party)] if leads and out else [],
        "marks": list(PaperMark),
        "name_of": lambda party: opened(party, "name"),
        "mine": mine,
        "signs": out and not version.on_paper and (mine_to_sign or ((leads or joined) and mine is None)),
        "signs_sheet": out and version.on_paper and (leads or joined) and mine is None,
        "scan_missing": out and version.on_paper and not await scanned(case, version),
        "leads": leads,
        "seals": case.org.seal_custodian_id == me.id and out and now.with_seal,
        "out": out,
        "in_effect_at": version.in_effect_at if version.supplement else version.agreement.effective_at,
        "sealable_at": now.sealable_at,
        "seal": now.seal,
        "ways": ways(me),
        "levels": LEVELS,
    }


async def _to_sign(case: Case, now: Standing, me: Person, at: datetime) -> bool:
    """Return whether a party for whom the reader acts still lacks a hand, and theirs is not there."""
    done = {each.party_id for each in now.signatures if each.signer_id == me.id}
    acts = {each.party_id for each in await stands(me, case.id, at=at) if each.settles}
    return any(party.id in acts - done and now.lacks(party) for party in now.parties)


def hands(now: Standing, me: Person | None = None, *, at: datetime) -> list[Hand]:
    """Return everybody who must sign, with their signatures."""
    mine = me.id if me else 0
    signers = [hand for party in now.parties for hand in _party(now, party, mine, local_day(at))]
    if now.mediator and now.with_mediator:
        who = now.mediator
        led = next((each for each in now.signatures if each.capacity is Capacity.MEDIATOR), None)
        signers.append(Hand(who.name, Capacity.MEDIATOR, led, who.id == mine))
    beside = now.beside if now.with_mediator else ()
    return [*signers, *(Hand(one.name, Capacity.CO, now.of(one), one.id == mine) for one in beside)]


def _party(now: Standing, party: Party, mine: int, day: date) -> list[Hand]:
    """Return the hands given for a party, then those that are still missing today."""
    own = [each for each in now.signatures if each.party_id == party.id]
    given = [Hand(signed_name(each), Capacity(each.capacity), each, each.signer_id == mine) for each in own]
    ability, signed = capacity_at(party, day), {each.capacity for each in own}
    missing = [Capacity.GUARDIAN] if needs_guardian(ability) and Capacity.GUARDIAN not in signed else []
    if ability is not Ability.NONE and Capacity.PARTY not in signed:
        missing.append(Capacity.PARTY)
    name = opened(party, "name")
    return [*given, *(Hand(name, each, None, party.person_id == mine) for each in missing if now.lacks(party))]


async def _keeping(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    if not may_see_performance(seats, case.state):
        return {"owed": [], "confirmable": False, "confirming": None}
    today, acts = local_day(at), await stood_for(me, case.id, at=at)
    said = await stages_in(case)
    owed = [
        Owed(
            each.code,
            clause_text(each.clause),
            Duty(each.state),
            each.due_on,
            each.state in OWED and each.due_on is not None and each.due_on < today,
            each.clause.obligee_id in acts,
            each.paid_fen if each.state is Duty.PARTIAL else 0,
            (each.clause.amount_fen or 0) if each.state in OWED else 0,
            each.clause.obligor_id in acts,
            said.get(each.id),
        )
        for each in await obligations_of(case)
    ]
    rows = await history(case)
    told = {"confirmable": may_read(seats, Thing.CONFIRMATION, case.state), "confirming": rows[0] if rows else None}
    return {
        **told,
        "owed": owed,
        "late": any(each.late and (not acts or each.to_me) for each in owed),
        "open": case.state in (State.PERFORMING, State.BREACHED),
    }


async def choices_for(case: Case) -> list[tuple[str, str, Side, bool]]:
    """Return whom a row of the form can name: sign, name, side, whether they left; a draft may name those still."""
    every = await Party.filter(case_id=case.id).order_by("side", "ordinal")
    return [(party.sign, opened(party, "name"), party.side, party.left_at is not None) for party in every]
