"""The agreement as it would go out now, and what is still wrong with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Forbidden
from community.people.models import Person
from mediation.agreement.checks import Desk
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import case_number_of, draft_of, number_for, opened_body
from mediation.agreement.rules import Draft, rule_for
from mediation.agreement.text import Named, Paper, draft_from
from mediation.case.access import Seat
from mediation.case.keys import opened
from mediation.case.models import Case, Party
from mediation.case.moving import NOT_YOURS
from mediation.case.numbers import read
from mediation.case.queries import lead_of, parties_of, visible_case


async def desk_of(case: Case, version: AgreementVersion, *, ticked: Iterable[str], on_paper: bool, today: date) -> Desk:
    """Return what the checks look at."""
    signatories = [party.sign for party in await parties_of(case)]
    draft = draft_from(opened_body(version))
    return Desk(draft=draft, signatories=signatories, today=today, ticked=list(ticked), on_paper=on_paper)


async def paper_for(case: Case, version: AgreementVersion, draft: Draft, number: str) -> Paper:
    """Return the whole document as it would go out."""
    lead = await lead_of(case)
    named = [
        Named(sign=party.sign, side=party.side.value, name=opened(party, "name")) for party in await parties_of(case)
    ]
    return Paper(
        number=number,
        case_number=await case_number_of(case),
        org=case.org.name,
        mediator=lead.mediator.name if lead else "",
        version=version.n,
        parties=tuple(named),
        draft=draft,
        amends=_amended(version),
        apart=await _apart(case),
        rule=rule_for(case.track),
        on_paper=version.on_paper,
    )


def _amended(version: AgreementVersion) -> str:
    """Return the number of the wording that a supplement changes: the one before it."""
    before = version.supplement - 1
    number = version.agreement.number or ""
    return str(replace(read(number), amendment=before)) if version.supplement else ""


async def _apart(case: Case) -> tuple[str, ...]:
    """Return the names of parties who did not go along (分案先行)."""
    gone = await Party.filter(case_id=case.id).exclude(left_at=None).order_by("side", "ordinal")
    return tuple(opened(party, "name") for party in gone)


async def preview(code: str, *, by: Person, at: datetime) -> tuple[Paper, Desk]:
    """Return the document as it would go out now, and what the checks say of it; changes nothing."""
    case, seats = await visible_case(by, code, at=at)
    only(Seat.MEDIATOR, seats)
    version = await draft_of(case)
    desk = await desk_of(case, version, ticked=(), on_paper=False, today=local_day(at))
    return await paper_for(case, version, desk.draft, number_for(version)), desk


def only(seat: Seat, seats: Iterable[Seat]) -> None:
    """Raise `Forbidden` unless ``seat`` is among ``seats``."""
    if seat not in seats:
        raise Forbidden(NOT_YOURS)
