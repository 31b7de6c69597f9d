"""Reading the shelf: the dossier of a case, what one would hold now, and whether a bound one still says the same."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where
from community.rights import Right
from mediation.archive.contents import sheets_of
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.archive.rules import Leaf, Retention, Sheet, chained, manifest_hash, missing, suggested
from mediation.case.access import Seat, Thing, may_read
from mediation.case.capacity import of_age
from mediation.case.keys import opened_with
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, visible_case
from mediation.confirmation.models import CourtConfirmation
from mediation.parties.queries import born


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a case's dossier would hold now."""

    sheets: list[Sheet]
    manifest: str
    lacks: tuple[Leaf, ...]
    retention: Retention


async def bundle_of(case: Case) -> Bundle:
    """Return what the dossier of a case would hold now, what it lacks, and how long to keep it."""
    sheets = await sheets_of(case)
    there = {sheet.leaf for sheet in sheets}
    parties, filed_on = await Party.filter(case_id=case.id), local_day(case.filed_at)
    minors = any(day is not None and not of_age(day, filed_on) for day in map(born, parties))
    at_court = await CourtConfirmation.filter(case_id=case.id).exclude(filed_at=None).exists()
    term = suggested(case.type_code, parties=len(parties), minors=minors, at_court=at_court)
    return Bundle(sheets, manifest_hash(case.code, sheets), missing(case.state, case.outcome, there), term)


async def dossier_of(person: Person, code: str, *, at: datetime) -> tuple[Case, CaseDossier, list[DossierLeaf]]:
    """Return a dossier with its list; for the archivist, the director and who led the case, else `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    dossier = await CaseDossier.get_or_none(case_id=case.id)
    keeps = seats & {Seat.ARCHIVIST, Seat.DIRECTOR, Seat.MEDIATOR}
    if dossier is None or not keeps or not may_read(seats, Thing.INDEX, case.state):
        raise Hidden(HIDDEN)
    return case, dossier, await DossierLeaf.filter(dossier_id=dossier.id).order_by("row")


def dossier_words(case: Case, dossier: CaseDossier) -> str:
    """Return what the archivist wrote down."""
    return opened_with(case, dossier.words, about=f"case|{case.code}|dossier")


async def unbroken(org_id: int) -> bool:
    """Return whether every dossier of a body names the one before it, and lists what it was bound with."""
    before, sheets = "", defaultdict[int, list[Sheet]](list)
    for row in await DossierLeaf.filter(dossier__org_id=org_id).order_by("dossier_id", "row"):
        sheets[row.dossier_id].append(Sheet(row.leaf, row.n, row.sha256))
    for each in await CaseDossier.filter(org_id=org_id).order_by("id").select_related("case"):
        manifest = manifest_hash(each.case.code, sheets[each.id])
        if each.before != before or each.link != chained(before, each.number, manifest):
            return False
        before = each.link
    return True


async def shelf(person: Person, *, at: datetime, limit: int) -> list[CaseDossier]:
    """Return the newest dossiers of the bodies whose shelf ``person`` keeps or which they direct."""
    keeps = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    directs = await orgs_where(person, Right.CASE_DIRECT, at=at)
    rows = CaseDossier.filter(org_id__in=[*keeps, *directs]).order_by("-id").limit(limit)
    return await rows.select_related("case")
