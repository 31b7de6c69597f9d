"""Who is in the register, for whoever directs the organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where, people_with
from community.rights import Right
from mediation.register.models import MediatorEntry, MediatorTraining
from mediation.register.rules import Term, term_on


@dataclass(frozen=True, slots=True)
class Sheet:
    """One mediator in office, and what the register says; ``entry`` and ``term`` are None when it says nothing."""

    org_id: int
    person: Person
    entry: MediatorEntry | None
    term: Term | None
    hours: int

    @property
    def kinds(self) -> list[str]:
        """Return the codes of the kinds of dispute known."""
        return self.entry.kinds.split() if self.entry else []

    @property
    def tongues(self) -> list[str]:
        """Return the codes of the languages spoken."""
        return self.entry.tongues.split() if self.entry else []


async def register_of(me: Person, *, at: datetime) -> list[Sheet]:
    """Return the mediators in office of the organisations that ``me`` directs, by name.

    Raises:
        Hidden: ``me`` directs none.
    """
    orgs = await orgs_where(me, Right.CASE_DIRECT, at=at)
    if not orgs:
        raise Hidden("只有调委会主任看得到。请换一个账号登录。")
    return [sheet for org_id in orgs for sheet in await _sheets(org_id, at)]


async def _sheets(org_id: int, at: datetime) -> list[Sheet]:
    ids, day = await people_with(Right.CASE_MEDIATE, org_id=org_id, at=at), local_day(at)
    entries = await entries_of(org_id, ids)
    trained = await MediatorTraining.filter(entry__org_id=org_id, year=day.year)
    hours = {each.entry_id: each.hours for each in trained}
    found = []
    for person in await Person.filter(id__in=ids).order_by("name", "id"):
        entry = entries.get(person.id)
        term = term_on(day, entry.since, entry.until) if entry else None
        found.append(Sheet(org_id, person, entry, term, hours.get(entry.id, 0) if entry else 0))
    return found


async def sheet_of(me: Person, person_code: str, *, at: datetime) -> Sheet:
    """Return the sheet of one mediator, in the first organisation that ``me`` directs and they mediate for.

    Raises:
        Hidden: there is none.
    """
    for sheet in await register_of(me, at=at):
        if sheet.person.code == person_code:
            return sheet
    raise Hidden("请从名单里选一位本调委会在任的调解员。")


async def entries_of(org_id: int, ids: Iterable[int]) -> dict[int, MediatorEntry]:
    """Return what the register of an organisation says, by person."""
    return {each.person_id: each for each in await MediatorEntry.filter(org_id=org_id, person_id__in=list(ids))}


async def in_term(org_id: int, person_id: int, *, at: datetime) -> bool:
    """Return whether somebody may be given a case today; whom the register does not know yet may."""
    entry = await MediatorEntry.get_or_none(org_id=org_id, person_id=person_id)
    return entry is None or running(entry, at=at)


def running(entry: MediatorEntry, *, at: datetime) -> bool:
    """Return whether the term of an entry has begun and is not over."""
    return term_on(local_day(at), entry.since, entry.until) in (Term.RUNNING, Term.ENDING)
