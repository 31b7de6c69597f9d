"""What a page shows of a case, cut to what this person may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from community.calendar.rules import local_day
from community.people.models import Person
from mediation.case.access import PARTIES, Grade, Seat, Thing, letter, may_read
from mediation.case.keys import opened, opened_case
from mediation.case.models import Case, Party, Period
from mediation.case.moving import choices
from mediation.case.queries import head_of, lead_of, name_for, parties_of, running
from mediation.case.states import STANDINGS, Outcome, State
from mediation.evidence.rules import may_open
from mediation.intake.rules import Kind
from mediation.papers.rules import makes_papers
from mediation.parties.commands import at_work
from mediation.privacy.rules import can_ask
from mediation.room.queries import rooms_of


@dataclass(frozen=True, slots=True)
class Side:
    """One party as this reader may see it."""

    party: Party
    name: str
    phone: str
    email: str
    mine: bool


ROAD = (State.REGISTERED, State.INVITING, State.ASSIGNING, State.MEDIATING, State.SIGNING, State.PERFORMING)
"""The stops a party is shown; the rest of the nineteen states belong to one of them or end the road."""

_STOP = {
    State.SUPPLEMENT: 0,
    State.SUSPENDED: 3,
    State.DRAFTING: 3,
    State.HANDOVER: 2,
    State.BREACHED: 5,
    State.FOLLOWUP: 6,
    State.CLOSED: 6,
    State.ARCHIVED: 6,
}


def stops(case: Case) -> list[tuple[State, str]]:
    """Return the road as (state, done|now|todo|stopped)."""
    if case.outcome and case.outcome is not Outcome.AGREED_WRITTEN:
        return [(State.REGISTERED, "done"), (case.state, "stopped")]
    here = _STOP.get(case.state, ROAD.index(case.state) if case.state in ROAD else 0)
    return [(state, "done" if n < here else "now" if n == here else "todo") for n, state in enumerate(ROAD)]


async def sides(case: Case, seats: frozenset[Seat], me: Person) -> list[Side]:
    """Return the parties as somebody in ``seats`` may see them."""
    whole = may_read(seats, Thing.IDENTITY, case.state) and not seats <= PARTIES
    return [_side(case, seats, party, me, whole=whole) for party in await parties_of(case)]


def _side(case: Case, seats: frozenset[Seat], party: Party, me: Person, *, whole: bool) -> Side:
    mine = party.person_id == me.id
    reach = whole or mine
    phone, email = (opened(party, "phone"), opened(party, "email")) if reach else ("", "")
    return Side(party, name_for(seats, case, party), phone, email, mine)


def statement(case: Case, seats: Iterable[Seat]) -> dict[str, str]:
    """Return the story, the wish and the place, or nothing when they are not for these seats."""
    if not may_read(seats, Thing.STATEMENT, case.state):
        return {}
    return {column: opened_case(case, column) for column in ("statement", "wish", "place")}


async def view_of(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    """Return everything the page of a case shows this person."""
    lead, index = await lead_of(case), letter(seats, Thing.INDEX, case.state)
    number, restricted = await head_of(case)
    return {
        "case": case,
        "seats": seats,
        "kind": Kind(case.type_code),
        "number": number if index is Grade.WHOLE else "",
        "sides": await sides(case, seats, me),
        "restricted": restricted and is_staff_view(seats),
        "story": statement(case, seats),
        "lead": lead.mediator if lead and index is Grade.WHOLE else None,
        "rooms": await rooms_of(me, case, at=at),
        "periods": await _periods(case, seats),
        "today": local_day(at),
        "stops": stops(case),
        "steps": {step.event: step for step in choices(case, seats)},
        "identified": may_read(seats, Thing.IDENTITY, case.state),
        "logged": letter(seats, Thing.LOG, case.state) is not Grade.NOTHING,
        "watches": bool(seats & {Seat.CENTRE, Seat.JUSTICE}),
        "risky": may_read(seats, Thing.RISK, case.state),
        "asks": bool(can_ask(seats, case.state)),
        "owner": STANDINGS[case.state].owner,
        "peopled": at_work(seats, case.state),
        "proofs": may_open(seats, case.state),
        "agreed": may_read(seats, Thing.AGREEMENT, case.state),
        "papered": makes_papers(seats, case.state),
        "minuted": may_read(seats, Thing.MINUTES, case.state),
    }


async def _periods(case: Case, seats: frozenset[Seat]) -> list[Period]:
    return await running(case) if letter(seats, Thing.INDEX, case.state) is Grade.WHOLE else []


def is_staff_view(seats: Iterable[Seat]) -> bool:
    """Return whether the person works on the case rather than being in it."""
    return not set(seats) & PARTIES
