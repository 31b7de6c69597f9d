"""As whom somebody signs: for themselves, for a ward, under a mandate, or as who led the talks.

What a party can do is counted from the day of birth in the case at the moment of signing; the residents' roll is asked
only where the case knows none. Source: 民法典 19, 20, 23, 165; 民事诉讼法 62.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.places.models import Resident
from mediation.agreement.models import AgreementVersion, Signature
from mediation.agreement.queries import beside_of
from mediation.agreement.rules import Capacity, Given, bound_at
from mediation.case.access import Seat
from mediation.case.capacity import Capacity as Ability
from mediation.case.capacity import needs_guardian, of_age
from mediation.case.events import Event
from mediation.case.keys import opened
from mediation.case.models import Case, Party
from mediation.case.moving import NOT_YOURS, demand
from mediation.case.queries import lead_of, parties_of
from mediation.case.standing import Stand, stands
from mediation.parties.models import Guardian, Representative
from mediation.parties.queries import born, capacity_at, clear
from mediation.parties.rules import Power, powers_of

_AS: Final = {Seat.GUARDIAN: Capacity.GUARDIAN, Seat.AGENT: Capacity.AGENT}
_ORDER: Final = (Seat.GUARDIAN, Seat.APPLICANT, Seat.RESPONDENT, Seat.AGENT)


@dataclass(frozen=True, slots=True)
class Pen:
    """In what capacity somebody signs, for which party, and the name that stands on the paper for them."""

    party: Party | None
    capacity: Capacity
    name: str


async def pen_of(case: Case, version: AgreementVersion, person: Person, *, at: datetime) -> Pen:
    """Return as what ``person`` signs next on a screen, or raise `Forbidden` when they are no signer of this case.

    Raises:
        Unfit: it is signed on paper alone, the guardian has to sign first, or the mandate does not reach so far.
    """
    if version.on_paper:
        raise Unfit("这份协议依法不能电子签名。请打印出来，当着调解员的面签字。", field="form")
    held = [each for each in await stands(person, case.id, at=at) if each.acts]
    parties = {party.id: party for party in await parties_of(case)}
    done = set(await _signed(version, person))
    open_ = [each for each in held if each.party_id not in done] or held
    for stand in sorted(open_, key=lambda each: _ORDER.index(each.seat)):
        party = parties[stand.party_id]
        await _require(version, party, stand, at)
        return Pen(party, _AS.get(stand.seat, Capacity.PARTY), await _name(party, stand, person))
    return await pen_of_mediator(case, person)


async def pen_of_mediator(case: Case, person: Person) -> Pen:
    """Return as what somebody who mediates signs, or raise `Forbidden` for everybody else."""
    lead = await lead_of(case)
    if lead and lead.mediator_id == person.id:
        return Pen(None, Capacity.MEDIATOR, lead.mediator.name)
    if person.id in {each.id for each in await beside_of(case)}:
        return Pen(None, Capacity.CO, person.name)
    raise Forbidden(NOT_YOURS)


async def _signed(version: AgreementVersion, person: Person) -> list[int]:
    live = Signature.filter(version_id=version.id, signer_id=person.id, taken_back_at=None)
    return [each.party_id for each in await live if each.party_id]


async def _name(party: Party, stand: Stand, person: Person) -> str:
    if stand.seat not in _AS:
        return opened(party, "name")
    model = Guardian if stand.seat is Seat.GUARDIAN else Representative
    row = await model.filter(party_id=party.id, person_id=person.id, ended_at=None).order_by("-id").first()
    return clear(row, "name") if row else person.name


async def _require(version: AgreementVersion, party: Party, stand: Stand, at: datetime) -> None:
    """Raise `Unfit` unless this hand may sign for the party on this day."""
    if stand.seat is Seat.AGENT:
        demand(Event.SIGN, "mandate_covers_settling", holds=stand.settles, field="form")
    if stand.seat is not Seat.GUARDIAN:
        await require_grown(version, party, at)


async def require_grown(version: AgreementVersion, party: Party, at: datetime) -> None:
    """Raise `Unfit` for a party who cannot act alone, until the guardian has signed; a small child never signs."""
    ability = capacity_at(party, local_day(at))
    if born(party) is None and not needs_guardian(ability) and not await _grown_on_roll(party, at):
        raise Unfit(
            "房屋名册上这位当事人还没有满 18 岁。请先在“当事人和代理人”里登记出生日期和法定代理人。", field="form"
        )
    guarded = Signature.filter(version_id=version.id, party_id=party.id, capacity=Capacity.GUARDIAN, taken_back_at=None)
    alone = not needs_guardian(ability)
    demand(
        Event.SIGN,
        "guardian_signs",
        holds=alone or (ability is Ability.LIMITED and await guarded.exists()),
        field="form",
    )


async def _grown_on_roll(party: Party, at: datetime) -> bool:
    rows = await Resident.filter(person_id=party.person_id).exclude(born_on=None) if party.person_id else []
    return all(row.born_on is None or of_age(row.born_on, local_day(at)) for row in rows)


async def unbound(version: AgreementVersion, party: Party, before: Signature) -> bool:
    """Return whether an earlier signature binds nobody: a minor's, before coming of age, with no guardian's beside."""
    rows = await Signature.filter(version_id=version.id, party_id=party.id, taken_back_at=None)
    given = [
        Given(Capacity(each.capacity), capacity_at(party, local_day(each.signed_at)), each.completes_at)
        for each in rows
    ]
    return before.capacity is Capacity.PARTY and bound_at(given) is None


async def paper_hand(version: AgreementVersion, party: Party, name: str, *, at: datetime) -> Capacity:
    """Return as what somebody called ``name`` signs the printed sheet for a party.

    Raises:
        Unfit: nobody of that name may, or the guardian has to sign first.
        MovedOn: they have signed.
    """
    said, own = "".join(name.split()), "".join(opened(party, "name").split())
    guardians = await Guardian.filter(party_id=party.id, ended_at=None, conflict=False)
    guard = said in {"".join(clear(each, "name").split()) for each in guardians}
    capacity = Capacity.GUARDIAN if guard and needs_guardian(capacity_at(party, local_day(at))) else Capacity.PARTY
    if capacity is Capacity.PARTY and said != own:
        await _require_mandate(party, said, at)
        capacity = Capacity.AGENT
    if capacity is not Capacity.GUARDIAN:
        await require_grown(version, party, at)
    if await Signature.filter(version_id=version.id, party_id=party.id, capacity=capacity, taken_back_at=None).exists():
        raise MovedOn("这位当事人已经签过了，不用再签。")
    return capacity


async def _require_mandate(party: Party, said: str, at: datetime) -> None:
    """Raise `Unfit` unless whoever is called ``said`` may settle for a party today (民事诉讼法 62, 民法典 173)."""
    rows = await Representative.filter(party_id=party.id, ended_at=None)
    named = [each for each in rows if "".join(clear(each, "name").split()) == said]
    if not named:
        raise Unfit("请写协议上的姓名，一字不差；代理人签的，写委托书上代理人的姓名。", field="name")
    valid = [each for each in named if each.until is None or each.until >= local_day(at)]
    if not valid:
        raise Unfit("委托书的最后一天已经过了。请补交新的委托书，或者请本人来签。", field="name")
    settles = any(Power.SETTLE in powers_of(each.powers) for each in valid)
    demand(Event.SIGN, "mandate_covers_settling", holds=settles, field="name")
