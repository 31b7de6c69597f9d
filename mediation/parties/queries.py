"""Reading who stands beside the parties of a case. What is locked is opened for those who work on the case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from community.calendar.rules import local_day
from mediation.case.capacity import Capacity, capacity_of, needs_guardian, turns_of_age
from mediation.case.keys import opened, opened_in
from mediation.case.models import Case, Party
from mediation.parties.models import Attendant, GroupMember, Guardian, Interpreter, Representative
from mediation.parties.rules import Power, powers_of

Row = Guardian | Representative | Interpreter | GroupMember | Attendant
ABOUT: Final[Mapping[type[Row], str]] = {
    Guardian: "guardian",
    Representative: "representative",
    Interpreter: "interpreter",
    GroupMember: "member",
    Attendant: "attendant",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A party with the capacity they have today and who stands beside them today."""

    party: Party
    capacity: Capacity
    of_age_on: date | None
    guardians: tuple[Guardian, ...]
    representatives: tuple[Representative, ...]
    interpreters: tuple[Interpreter, ...]
    members: int
    grown: bool
    """Acts alone now, though a guardian is still on file: came of age during the case (民法典 17)."""

    @property
    def lacks_guardian(self) -> bool:
        """Return whether nobody fit acts for a party who cannot act alone."""
        return needs_guardian(self.capacity) and all(each.conflict for each in self.guardians)

    @property
    def may_settle(self) -> bool:
        """Return whether some representative may reach an agreement for the party."""
        return any(Power.SETTLE in powers_of(each.powers) for each in self.representatives)


def about(row: Row, column: str) -> str:
    """Return what a locked column of a row is bound to."""
    return f"{ABOUT[type(row)]}|{row.code}|{column}"


def clear(row: Row, column: str) -> str:
    """Return a locked column in the clear."""
    sealed: str = getattr(row, column)
    return opened_in(row, sealed, about=about(row, column))


def born(party: Party) -> date | None:
    """Return a party's day of birth, when it is on file."""
    return date.fromisoformat(opened(party, "born")) if party.born else None


def capacity_at(party: Party, day: date) -> Capacity:
    """Return the capacity of a party on ``day``; who turned eighteen acts alone from that day's first minute."""
    return capacity_of(born(party), day, incapable=party.incapable, entity=party.entity)


async def standings(parties: Iterable[Party], *, at: datetime) -> list[Standing]:
    """Return where each party stands at ``at``; a guardian of somebody who acts alone now has no part any more."""
    rows, day = list(parties), local_day(at)
    ids = [party.id for party in rows]
    beside = Beside(
        await Guardian.filter(party_id__in=ids, ended_at=None).order_by("id"),
        await Representative.filter(party_id__in=ids, ended_at=None).order_by("id"),
        await Interpreter.filter(party_id__in=ids, ended_at=None).order_by("id"),
        [each.party_id for each in await GroupMember.filter(party_id__in=ids).only("party_id")],
    )
    return [_standing(party, day, beside) for party in rows]


class Beside(NamedTuple):
    """Everybody who stands beside any of some parties; of group members only whose they are."""

    guardians: list[Guardian]
    representatives: list[Representative]
    interpreters: list[Interpreter]
    members: list[int]


def _standing(party: Party, day: date, beside: Beside) -> Standing:
    capacity, birth = capacity_at(party, day), born(party)
    alone = not needs_guardian(capacity)
    voices = [each for each in beside.representatives if each.party_id == party.id]
    guards = tuple(each for each in beside.guardians if each.party_id == party.id)
    return Standing(
        party=party,
        capacity=capacity,
        of_age_on=turns_of_age(birth) if birth and not alone else None,
        guardians=() if alone else guards,
        representatives=tuple(each for each in voices if each.until is None or each.until >= day),
        interpreters=tuple(each for each in beside.interpreters if each.party_id == party.id),
        members=beside.members.count(party.id),
        grown=alone and bool(guards),
    )


async def guarded(parties: Iterable[Party], *, at: datetime) -> bool:
    """Return whether everybody who cannot act alone has somebody fit who acts for them."""
    return not any(each.lacks_guardian for each in await standings(parties, at=at))


async def attendants(case: Case) -> list[Attendant]:
    """Return who was asked in or writes the minutes now, with their accounts."""
    return await Attendant.filter(case_id=case.id, ended_at=None).order_by("id").select_related("person")


async def members_of(party: Party) -> list[GroupMember]:
    """Return the members of a group in the order of its roster."""
    return await GroupMember.filter(party_id=party.id).order_by("ordinal")
