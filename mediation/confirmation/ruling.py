"""The court's answer: entered by its own liaison, or by the director from the paper the court sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.queries import held_case
from mediation.case.access import Seat, Thing
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.confirmation import window
from mediation.confirmation.applying import swap, whose
from mediation.confirmation.grounds import DISMISSED, NOT_ACCEPTED, Denial
from mediation.confirmation.models import ConfirmationPaper, CourtConfirmation
from mediation.confirmation.queries import HIDDEN, locked, open_of, papers_of, visible
from mediation.confirmation.rules import Course, Deed, Who, demand, row_for
from mediation.privacy.logging import put_down

NUMBER_MOST: Final = 64
ENDS: Final = {
    Deed.CONFIRM: Course.CONFIRMED,
    Deed.DISMISS: Course.DISMISSED,
    Deed.NOT_ACCEPT: Course.NOT_ACCEPTED,
}
GROUNDS: Final = {Deed.DISMISS: DISMISSED, Deed.NOT_ACCEPT: NOT_ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a court decided: its number and day, on which ground where it said no, and its words."""

    number: str = ""
    on: date | None = None
    refusal: Denial | None = None
    words: str = ""


@command
async def admit(code: str, *, number: str, on: date | None, by: Person, at: datetime) -> CourtConfirmation:
    """Write down that the court took the application up, under its number."""
    found, who = await visible(by, code, at=at)
    row_for(Deed.ADMIT, found.stage, who)
    given = _numbered(Deed.ADMIT, number)
    _dated(Deed.ADMIT, found, on, at)
    await swap(found, Course.FILED, court_number=given, admitted_on=on)
    await _told(found, "admitted", who, by=by, at=at, number=given, on=on)
    return found


@command
async def ask_more(code: str, *, words: str, by: Person, at: datetime) -> CourtConfirmation:
    """Write down what the court still wants to see."""
    found, who = await visible(by, code, at=at)
    row_for(Deed.ASK_MORE, found.stage, who)
    told = fitting(words, "words")
    demand(Deed.ASK_MORE, "listed", holds=bool(told), field="words")
    await swap(found, Course.SUPPLEMENT, words=locked(found, told))
    await _told(found, "wanting", who, by=by, at=at)
    return found


@command
async def bring(case_code: str, *, words: str, by: Person, at: datetime) -> CourtConfirmation:
    """Write down that what was lacking went to the court; the mediator or the director does."""
    case, seats = await held_case(by, case_code, at=at)
    found = await open_of(case)
    if found is None:
        raise Hidden(HIDDEN)
    found.case = case
    who = whose(seats)
    row_for(Deed.BRING, found.stage, who)
    told = fitting(words, "words")
    demand(Deed.BRING, "brought", holds=bool(told), field="words")
    await swap(found, Course.FILED, words=locked(found, told))
    await _told(found, "supplemented", who, by=by, at=at)
    return found


@command
async def decide(code: str, deed: Deed, ruling: Ruling, *, by: Person, at: datetime) -> CourtConfirmation:
    """End an application as the court decided: confirmed, dismissed, or not accepted.

    Whatever it is not, the agreement stays binding as a contract; what is left of the days runs on when the court
    did not take the application up.

    Raises:
        Unfit: number, day or ground is missing or not of this kind of decision.
    """
    found, who = await visible(by, code, at=at)
    row_for(deed, found.stage, who)
    number = ruling.number.strip() if deed is Deed.NOT_ACCEPT else _numbered(deed, ruling.number)
    _dated(deed, found, ruling.on, at)
    refusal = ruling.refusal if deed in GROUNDS else None
    demand_ground = deed not in GROUNDS or refusal in GROUNDS[deed]
    if not demand_ground:
        demand(deed, "reasoned", holds=False, field="refusal")
    words = locked(found, fitting(ruling.words, "words"))
    more: dict[str, Any] = {"ruling": number[:NUMBER_MOST], "decided_on": ruling.on, "refusal": refusal}
    await swap(found, ENDS[deed], words=words, ended_at=at, **more)
    if deed is Deed.NOT_ACCEPT:
        await window.go_on(found.case, at)
    await _told(found, ENDS[deed].value.replace("_", "-"), who, by=by, at=at, refusal=refusal, on=ruling.on)
    return found


def _numbered(deed: Deed, number: str) -> str:
    given = number.strip()
    demand(deed, "numbered", holds=0 < len(given) <= NUMBER_MOST, field="number")
    return given


def _dated(deed: Deed, found: CourtConfirmation, on: date | None, at: datetime) -> None:
    first = local_day(found.filed_at) if found.filed_at else local_day(at)
    demand(deed, "dated", holds=on is not None and first <= on <= local_day(at), field="on")


@command
async def open_papers(code: str, *, by: Person, at: datetime) -> tuple[CourtConfirmation, list[ConfirmationPaper]]:
    """Return the papers to the court's liaison, and put on record that they were read (个人信息保护法 51)."""
    found, who = await visible(by, code, at=at)
    if Who.COURT not in who:
        raise Hidden(HIDDEN)
    case: Case = found.case
    await put_down(case, f"confirmation-{found.id}", Thing.CONFIRMATION, Seat.COURT_CONFIRMING, by=by, at=at)
    await _told(found, "opened", who, by=by, at=at)
    return found, await papers_of(found)


async def _told(
    found: CourtConfirmation,
    deed: str,
    who: frozenset[Who],
    *,
    by: Person,
    at: datetime,
    **facts: Any,  # noqa: ANN401 - passed on to the record as they are
) -> None:
    """Record a deed with its case, and whether the court itself entered it."""
    case: Case = found.case
    facts |= {"confirmation": found.id, "by_court": Who.COURT in who}
    await record(f"confirmation.{deed}", case.key, by=by, at=at, community_id=found.community_id, **facts)
