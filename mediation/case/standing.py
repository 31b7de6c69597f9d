"""For whom somebody stands in a case: for themselves, for a ward, under a mandate; or beside whom they sit.

A guardian stands for a party only while that party cannot act alone, counted from the day of birth at that moment;
a mandate holds until its last day. Source: 民法典 23, 35, 163, 173; 民事诉讼法 60–62.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from tortoise.expressions import Q, Subquery

from community.calendar.rules import local_day
from community.people.models import Person
from community.record.reading import rows
from mediation.case.access import PARTIES, Seat
from mediation.case.capacity import needs_guardian
from mediation.case.models import Party, Side
from mediation.parties.models import Attendant, Guardian, Interpreter, Representative
from mediation.parties.queries import capacity_at
from mediation.parties.rules import Power, powers_of

NO_POWER: Final = "委托书没有写明这一项特别授权，请补交授权，或者请本人来办。"
_SIDES: Final = MappingProxyType(
    {Side.APPLICANT: Seat.APPLICANT, Side.RESPONDENT: Seat.RESPONDENT, Side.THIRD: Seat.RESPONDENT}
)
_LIVE: Final = "p.case_id = $1 AND p.left_at IS NULL"
_STANDS: Final = f"""
SELECT 'party', p.id, p.side, '', '' FROM party p WHERE {_LIVE} AND p.person_id = $2
UNION ALL SELECT 'guardian', p.id, p.side, '', '' FROM party_guardian g JOIN party p ON p.id = g.party_id
WHERE {_LIVE} AND g.person_id = $2 AND g.ended_at IS NULL AND NOT g.conflict
UNION ALL SELECT 'agent', p.id, p.side, r.powers, coalesce(CAST(r.until AS text), '')
FROM party_representative r JOIN party p ON p.id = r.party_id
WHERE {_LIVE} AND r.person_id = $2 AND r.ended_at IS NULL
UNION ALL SELECT 'interpreter', p.id, p.side, '', '' FROM party_interpreter i JOIN party p ON p.id = i.party_id
WHERE {_LIVE} AND i.person_id = $2 AND i.ended_at IS NULL
UNION ALL SELECT a.role, 0, 'T', '', '' FROM case_attendant a
WHERE a.case_id = $1 AND a.person_id = $2 AND a.ended_at IS NULL"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Stand:
    """One reason why somebody is let near a case; ``party_id`` is 0 for whoever stands beside no party."""

    seat: Seat
    party_id: int
    side: Side
    powers: frozenset[Power] = frozenset()

    @property
    def acts(self) -> bool:
        """Return whether they stand for the party, not only beside it."""
        return self.seat in PARTIES

    @property
    def settles(self) -> bool:
        """Return whether they may agree to something that binds the party."""
        return self.seat in PARTIES and (self.seat is not Seat.AGENT or Power.SETTLE in self.powers)


async def stands(person: Person, case_id: int, *, at: datetime) -> list[Stand]:
    """Return every part that ``person`` has in a case at ``at``, that of a party first."""
    found = await rows(_STANDS, case_id, person.id)
    day = str(local_day(at))
    live = [row for row in found if not row[4] or row[4] >= day]
    lacking = await _lacking((row[1] for row in live if row[0] == "guardian"), local_day(at))
    return [_stand(*row[:4]) for row in live if row[0] != "guardian" or row[1] in lacking]


def _stand(how: str, party_id: int, side: str, powers: str) -> Stand:
    seat = _SIDES[Side(side)] if how == "party" else Seat(how)
    return Stand(seat, party_id, Side(side), powers_of(powers))


async def _lacking(party_ids: Iterable[int], day: date) -> set[int]:
    """Return those of some parties who cannot act alone on that day."""
    wanted = list(party_ids)
    parties = await Party.filter(id__in=wanted) if wanted else []
    return {party.id for party in parties if needs_guardian(capacity_at(party, day))}


async def stood_for(person: Person, case_id: int, *, at: datetime) -> list[int]:
    """Return the parties for whom ``person`` acts: themselves, wards, whoever gave them a mandate."""
    return list(dict.fromkeys(each.party_id for each in await stands(person, case_id, at=at) if each.seat in PARTIES))


async def acting_for(party: Party, *, at: datetime) -> list[int]:
    """Return the accounts of everybody who acts for a party now, its own first."""
    day = local_day(at)
    people = [party.person_id] if party.person_id else []
    if needs_guardian(capacity_at(party, day)):
        guardians = Guardian.filter(party_id=party.id, ended_at=None, conflict=False).exclude(person_id=None)
        people += [each.person_id for each in await guardians.order_by("id") if each.person_id]
    agents = Representative.filter(party_id=party.id, ended_at=None).exclude(person_id=None).order_by("id")
    people += [each.person_id for each in await agents if each.person_id and (not each.until or each.until >= day)]
    return list(dict.fromkeys(people))


def stood(person: Person) -> Q:
    """Return the condition on cases in which ``person`` took a seat beside a party, or was asked in."""
    ids = Q()
    for model in (Guardian, Representative, Interpreter):
        near = model.filter(person_id=person.id, ended_at=None, party__left_at=None).values("party__case_id")
        ids |= Q(id__in=Subquery(near))
    return ids | Q(id__in=Subquery(Attendant.filter(person_id=person.id, ended_at=None).values("case_id")))
