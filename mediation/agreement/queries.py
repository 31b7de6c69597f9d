"""Reading agreements: the wording that stands, who signed it, what is owed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn
from community.people.models import Person
from community.privacy import vault
from mediation.agreement.models import Agreement, AgreementVersion, Clause, Obligation, SealUse, Signature
from mediation.agreement.rules import (
    EFFECT,
    HANDS,
    WRITTEN,
    Capacity,
    Given,
    Need,
    Signed,
    bound_at,
    may_come,
    may_see_text,
    sealable_from,
)
from mediation.agreement.stroke import picture_of
from mediation.agreement.text import Paper, digest, paper_from
from mediation.assignment.models import JointOrg
from mediation.case.access import Seat
from mediation.case.keys import lock_in, opened_from, opened_in
from mediation.case.models import Case, Party, Proceeding
from mediation.case.numbers import read
from mediation.case.queries import HIDDEN, lead_of, parties_of, visible_case
from mediation.parties.queries import capacity_at


async def held_case(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat]]:
    """Return a case with the person's seats, its row held until the command ends, so that two deeds go in turn."""
    await Case.filter(code=code.upper()).update(version=F("version"))
    return await visible_case(person, code, at=at)


async def near_case(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat]]:
    """Return a case to whose agreement ``person`` may come, even while there is nothing to read; else `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    if not may_come(seats, case.state):
        raise Hidden(HIDDEN)
    return case, seats


async def readable_case(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat]]:
    """Return a case whose agreement ``person`` may read now, or raise `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    if not may_see_text(seats, case.state):
        raise Hidden(HIDDEN)
    return case, seats


async def latest(case: Case) -> AgreementVersion | None:
    """Return the newest wording that was not voided, with its agreement; a supplement only once it is in effect."""
    whole = AgreementVersion.filter(agreement__case_id=case.id, voided_at=None).select_related("agreement")
    stands = Q(supplement=0) | Q(in_effect_at__isnull=False)
    return await unerased(whole).filter(stands).order_by("-agreement__seq", "-n").first()


def unerased(rows: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """Return the wordings whose words were not destroyed with the dossier."""
    return rows.exclude(body="")


async def in_force(case: Case, n: int) -> AgreementVersion:
    """Return wording ``n`` of the newest agreement in effect, if it was itself in effect; else raise `Hidden`."""
    of_case = AgreementVersion.filter(agreement__case_id=case.id, n=n, voided_at=None).exclude(frozen_at=None)
    was = of_case.filter(Q(supplement=0) | Q(in_effect_at__isnull=False)).exclude(agreement__effective_at=None)
    version = await unerased(was).select_related("agreement").order_by("-agreement__seq").first()
    if version is None:
        raise Hidden(HIDDEN)
    return version


async def supplement_of(case: Case) -> AgreementVersion | None:
    """Return the supplement that is being written or signed while the agreement it changes is in force."""
    version = await latest(case) if case.state in HANDS else None
    if version is None:
        return None
    open_ = AgreementVersion.filter(agreement_id=version.agreement_id, voided_at=None, in_effect_at=None)
    return await open_.filter(supplement__gt=0).select_related("agreement").first()


async def at_work(case: Case) -> AgreementVersion | None:
    """Return the wording that is written or signed now: the supplement where there is one."""
    return await supplement_of(case) or await latest(case)


def number_for(version: AgreementVersion) -> str:
    """Return the number of a wording, empty before it first went out; a supplement's ends in 补 and its count."""
    number = version.agreement.number or ""
    return str(replace(read(number), amendment=version.supplement)) if number and version.supplement else number


async def draft_of(case: Case) -> AgreementVersion:
    """Return the wording being written, or raise `MovedOn`."""
    version = await at_work(case)
    if version is None or version.frozen_at:
        raise MovedOn("协议已经定稿，不能再改。要改，请先退回协商。")
    return version


async def out_of(case: Case) -> AgreementVersion:
    """Return the wording that goes round to be signed, or raise `MovedOn`."""
    version = await at_work(case)
    return version if version and version.supplement and version.frozen_at else await frozen_of(case)


async def frozen_of(case: Case) -> AgreementVersion:
    """Return the wording that goes round to be signed first or is in effect, or raise `MovedOn`."""
    version = await latest(case)
    if version is None or version.frozen_at is None:
        raise MovedOn("协议还没有定稿，请等调解员发出后再签。")
    return version


def locked_body(version: AgreementVersion, text: str) -> str:
    """Return canonical text as it is stored in a version."""
    return lock_in(version, text, about=f"agreement_version|{version.code}|body")


def opened_body(version: AgreementVersion) -> str:
    """Return the canonical text of a version."""
    return opened_in(version, version.body, about=f"agreement_version|{version.code}|body")


def intact(version: AgreementVersion, *, shown: str | None = None) -> bool:
    """Return whether the stored words are the frozen ones, and the ones that were ``shown`` (a SHA-256)."""
    try:
        stored = digest(opened_body(version))
    except vault.Tampered:
        return False
    return stored == version.sha256 and (shown is None or shown == stored)


def paper_of(version: AgreementVersion) -> Paper:
    """Return a frozen wording."""
    return paper_from(opened_body(version))


def signed_name(signature: Signature) -> str:
    """Return the name that was typed when signing, or that stands beside the mark on paper."""
    return opened_in(signature.version, signature.name, about=name_of(signature))


def drawn_name(signature: Signature) -> bytes:
    """Return the picture of what was written with finger or mouse, as PNG; empty when the name was only typed."""
    text = signature.drawn
    return picture_of(opened_in(signature.version, text, about=f"{name_of(signature)}|drawn")) if text else b""


def witness_of(signature: Signature) -> str:
    """Return who saw somebody sign on paper; empty for a signature on a screen."""
    text = signature.witness
    return opened_in(signature.version, text, about=f"{name_of(signature)}|witness")


def name_of(signature: Signature) -> str:
    """Return what the name of a signature is bound to."""
    return f"signature|{signature.version_id}|{signature.signer_id or signature.party_id}"


async def signatures_of(version: AgreementVersion) -> list[Signature]:
    """Return the signatures that were not taken back, the first to sign first."""
    found = await Signature.filter(version_id=version.id, taken_back_at=None).order_by("signed_at", "id")
    for each in found:
        each.version = version
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Who must sign and who has, and since when the seal may be set."""

    parties: list[Party]
    mediator: Person | None
    signatures: list[Signature]
    seal: SealUse | None
    rule: str = WRITTEN
    beside: tuple[Person, ...] = ()
    """The mediators of the organisations that joined; they sign as well (联合调解)."""

    @property
    def signed(self) -> list[Signed]:
        """Return the signatures as the rules read them."""
        bound = [(party.id, bound_at(self.given(party))) for party in self.parties]
        led = [each for each in self.signatures if each.capacity in {Capacity.MEDIATOR, Capacity.CO}]
        return [
            *(Signed(party_id, Capacity.PARTY, moment) for party_id, moment in bound if moment),
            *(Signed(each.signer_id or 0, Capacity(each.capacity), each.completes_at) for each in led),
        ]

    def given(self, party: Party) -> list[Given]:
        """Return the signatures for a party, each with what the party could do on its day."""
        own = [each for each in self.signatures if each.party_id == party.id]
        return [
            Given(Capacity(each.capacity), capacity_at(party, local_day(each.signed_at)), each.completes_at)
            for each in own
        ]

    def lacks(self, party: Party) -> bool:
        """Return whether a hand is still missing for a party."""
        return bound_at(self.given(party)) is None

    @property
    def people(self) -> list[int]:
        """Return who must be bound."""
        return [party.id for party in self.parties]

    @property
    def with_mediator(self) -> bool:
        """Return whether the mediator's signature is needed, or there."""
        signed = any(each.capacity is Capacity.MEDIATOR for each in self.signatures)
        return signed or Need.MEDIATOR in EFFECT.get(self.rule, ())

    @property
    def with_seal(self) -> bool:
        """Return whether the committee's seal is needed."""
        return Need.SEAL in EFFECT.get(self.rule, ())

    @property
    def sealable_at(self) -> datetime | None:
        """Return when the last window ends, or ``None`` while somebody has not signed."""
        return sealable_from(**self.asked, rule=self.rule)

    @property
    def asked(self) -> dict[str, Any]:
        """Return who must sign and who has, as the rules of effect take it."""
        lead = self.mediator.id if self.mediator else None
        beside = [each.id for each in self.beside]
        return {"parties": self.people, "mediator": lead, "signed": self.signed, "beside": beside}

    def of(self, person: Person | None) -> Signature | None:
        """Return the signature of ``person``, if it is there."""
        return next((each for each in self.signatures if person and each.signer_id == person.id), None)


async def standing(case: Case, version: AgreementVersion) -> Standing:
    """Return how far a wording has come."""
    lead = await lead_of(case)
    seal = await SealUse.get_or_none(version_id=version.id)
    signatures = await signatures_of(version)
    mediator = lead.mediator if lead else None
    beside = await beside_of(case)
    return Standing(await parties_of(case), mediator, signatures, seal, version.agreement.rule, beside)


async def beside_of(case: Case) -> tuple[Person, ...]:
    """Return the mediators of the organisations that joined a case."""
    joined = JointOrg.filter(case_id=case.id, left_at=None).exclude(joined_at=None).order_by("id")
    return tuple(each.mediator for each in await joined.select_related("mediator") if each.mediator)


async def obligations_of(case: Case) -> list[Obligation]:
    """Return what the agreement in effect obliges to, in its order, each with its clause and both parties."""
    found = Obligation.filter(case_id=case.id)
    return await found.order_by("id").select_related("clause", "clause__obligor", "clause__obligee")


def clause_text(clause: Clause) -> str:
    """Return the sentence of a clause that was read with whom it binds; the key comes from there."""
    return opened_from(clause.obligor, clause.text, about=f"clause|{clause.code}|text")


async def case_number_of(case: Case) -> str:
    """Return the number of the case's running proceeding, empty before acceptance."""
    last = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    return (last.number or "") if last else ""


async def next_seq(case: Case) -> int:
    """Return the number of the next agreement of a case, from 1."""
    return await Agreement.filter(case_id=case.id).count() + 1
