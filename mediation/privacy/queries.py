"""Reading the log of a case, wishes to open something, and consents. Each starts from a person."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from community.errors import Hidden
from community.people.models import Person
from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.models import Case, Consent
from mediation.case.queries import HIDDEN, seats_of, visible_case
from mediation.case.standing import stood_for
from mediation.privacy.models import CaseReading, GlassPermit
from mediation.privacy.rules import BY_NAME, PURPOSES, SECONDS, Purpose, Standing, standing

MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log as its reader may see it; ``name`` is empty where only the office is shown."""

    seat: Seat
    name: str
    thing: Thing
    purpose: Purpose
    first_at: datetime
    last_at: datetime
    permit: GlassPermit | None


@dataclass(frozen=True, slots=True)
class Log:
    """The log of a case for one reader: ``grade`` says how it is read."""

    case: Case
    seats: frozenset[Seat]
    grade: Grade
    entries: list[Entry]
    permits: list[GlassPermit]


def stands(permit: GlassPermit, at: datetime) -> Standing:
    """Return where a wish stands."""
    given = {"decided_at": permit.decided_at, "until": permit.until}
    return standing(asked_at=permit.asked_at, granted=permit.granted, at=at, **given)


async def log_of(person: Person, code: str, *, at: datetime) -> Log:
    """Return who read what of a case, the newest first, or raise `Hidden` when the log is not for ``person``.

    A party sees what concerns their own side, others' talks alone left out, and by name those who work on the case.
    """
    case, seats = await visible_case(person, code, at=at)
    grade = letter(seats, Thing.LOG, case.state)
    if grade is Grade.NOTHING:
        raise Hidden(HIDDEN)
    rows = CaseReading.filter(case_id=case.id)
    if grade is Grade.SIDE:
        mine = await stood_for(person, case.id, at=at)
        rows = rows.filter(Q(party_id=None) | Q(party_id__in=mine))
    found = await rows.order_by("-last_at", "-id").limit(MOST).select_related("person", "permit")
    permits = await GlassPermit.filter(case_id=case.id).order_by("-id").select_related("asked_by", "decided_by")
    return Log(case, seats, grade, [_entry(each, grade) for each in found], permits)


def _entry(row: CaseReading, grade: Grade) -> Entry:
    named = grade is not Grade.SIDE or (row.seat in BY_NAME and row.permit_id is None)
    purpose = Purpose.PERMIT if row.permit_id else PURPOSES[row.seat]
    name = row.person.name if named else ""
    return Entry(row.seat, name, row.thing, purpose, row.first_at, row.last_at, row.permit)


async def visible_permit(person: Person, permit_code: str, *, at: datetime) -> tuple[GlassPermit, frozenset[Seat]]:
    """Return a wish to who asked it or may be its second person, with their seats, or raise `Hidden`."""
    permit = await GlassPermit.get_or_none(code=permit_code).select_related("case__org", "asked_by", "decided_by")
    seats = await seats_of(person, permit.case, at=at) if permit else frozenset()
    if permit is None or not (seats & SECONDS or (seats and permit.asked_by_id == person.id)):
        raise Hidden(HIDDEN)
    return permit, seats


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing a party said yes or no to: the act, the text's version, how, when, and when it was taken back."""

    act: str
    version: str
    given: bool
    method: str
    at: datetime
    withdrawn_at: datetime | None


async def consents_of(person: Person, code: str, *, at: datetime) -> tuple[Case, list[Agreed]]:
    """Return what ``person`` said yes or no to as a party of a case, in order; nobody else's."""
    case, _ = await visible_case(person, code, at=at)
    mine = await stood_for(person, case.id, at=at)
    if not mine:
        raise Hidden(HIDDEN)
    rows = await Consent.filter(party_id__in=mine).order_by("id")
    return case, [_agreed(row, rows) for row in rows]


def _agreed(row: Consent, rows: list[Consent]) -> Agreed:
    """Withdrawn is what was given and then, to the same words, no longer."""
    same = (row.party_id, row.act, row.text_version)
    later = (each for each in rows if each.id > row.id and (each.party_id, each.act, each.text_version) == same)
    withdrawn = next((each.at for each in later if row.given and not each.given), None)
    return Agreed(row.act, row.text_version, row.given, row.method, row.at, withdrawn)
