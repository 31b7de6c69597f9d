"""Taking a case that a court sends for mediation: its letter, the consent it recorded, its number beside ours.

Source: 特邀调解规定 10–12, 27 (the period runs from the day the papers are signed for); 在线调解规则 12, 24.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.agreement.queries import held_case
from mediation.case import numbers
from mediation.case.deadlines import rule
from mediation.case.events import Event
from mediation.case.models import Case, Consent, Party, Proceeding, Track, Will
from mediation.case.moving import demand, move, permitted
from mediation.case.queries import parties_of
from mediation.intake.rules import NOTICE_VERSION
from mediation.papers.numbering import give
from mediation.papers.rules import Made

LETTER_MOST: Final = 64


class Commission(StrEnum):
    """How a court sends a case: before docketing, or out of a trial by ordinary or summary procedure."""

    PRE = "pre"  # 委派
    ORDINARY = "ordinary"  # 委托，普通程序
    SUMMARY = "summary"  # 委托，简易程序


ROADS: Final = MappingProxyType(
    {
        Commission.PRE: (Track.COURT_PRE, rule("D10")),
        Commission.ORDINARY: (Track.COURT_POST, rule("D11", "ordinary")),
        Commission.SUMMARY: (Track.COURT_POST, rule("D11", "summary")),
    }
)
"""On which track a commission goes, and by which rule its period is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What came from the court.

    Attributes:
        kind: how it was sent.
        number: the court's own number, as written there.
        agreed: the court recorded that every party agrees to mediation.
        received: the day the papers were signed for; the period is counted from it.
    """

    kind: Commission
    number: str
    agreed: bool
    received: date


@command
async def accept_commission(code: str, letter: Letter, *, by: Person, at: datetime) -> Case:
    """Take a case that a court sent; only the director can.

    Raises:
        Unfit: the letter, the consent or a day that has come is missing.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.ACCEPT_COMMISSION, seats=seats, by=by)
    given = _checked(letter, case, at)
    track, measure = ROADS[letter.kind]
    number = await give(case, numbers.Kind.PEOPLE, Made.CASE, by=by, at=at)
    await Proceeding.create(
        case=case, seq=1, track=track, org=case.org, number=number, court_number=given, accepted_on=local_day(at)
    )
    await _agreed(case, at)
    facts: dict[str, Any] = {"number": number, "track": track, "received": letter.received}
    await move(
        case, Event.ACCEPT_COMMISSION, seats=seats, by=by, at=at, since=letter.received, measured=measure, **facts
    )
    await Case.filter(id=case.id).update(track=track)
    case.track = track
    return case


def _checked(letter: Letter, case: Case, at: datetime) -> str:
    """Return the letter's number, or raise `Unfit` for the first thing to mend."""
    given = letter.number.strip()
    demand(Event.ACCEPT_COMMISSION, "court_letter", holds=0 < len(given) <= LETTER_MOST, field="number")
    demand(Event.ACCEPT_COMMISSION, "court_consent_recorded", holds=letter.agreed, field="agreed")
    if letter.received > local_day(at):
        raise Unfit("签收的日子还没有到，请核对。", field="received")
    if letter.received < local_day(case.filed_at):
        raise Unfit("签收的日子早于登记的日子，请核对。", field="received")
    return given


async def _agreed(case: Case, at: datetime) -> None:
    """Write down that each party agreed before the court, where they had not agreed before us."""
    told: dict[str, Any] = {
        "act": "mediate",
        "given": True,
        "text_version": NOTICE_VERSION,
        "method": "court",
        "at": at,
    }
    for party in await parties_of(case):
        if party.will is not Will.CONSENTED:
            await Consent.create(party=party, **told)
    await Party.filter(case_id=case.id, left_at=None).update(will=Will.CONSENTED)
