"""Whether a party could be reached: every attempt is written down, with the way it was made (人民调解法 17)."""

from datetime import datetime
from typing import Final

from community.calendar.rules import ends_at
from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case, Invitation, Party, Period, Will
from mediation.case.moving import demand, move
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.states import Clock, Outcome, State
from mediation.intake.rules import new_token
from mediation.letters.models import Letter
from mediation.letters.rules import UNSENT

LEAST: Final = 3
"""Attempts before somebody counts as not to be reached, our own figure; by two ways at least, one of them a visit."""
WAYS: Final = 2
VISIT: Final = "visit"
CALL: Final = "phone"
SILENT: Final = (Will.PENDING, Will.INVITED, Will.OPENED)


async def attempts_of(case: Case) -> dict[int, list[str]]:
    """Return by party the ways in which each attempt was made, for parties who are needed and have not answered."""
    waiting = await Party.filter(case_id=case.id, left_at=None, indispensable=True, will__in=SILENT)
    ways: dict[int, list[str]] = {party.id: [] for party in waiting}
    unsent = Letter.filter(party_id__in=list(ways), state__in=UNSENT).exclude(invitation_id=None)
    never = set(await unsent.values_list("invitation_id", flat=True))
    for each in await Invitation.filter(party_id__in=list(ways)).exclude(id__in=never).order_by("id"):
        ways[each.party_id].append(each.channel)
    return ways


def enough(ways: list[str]) -> bool:
    """Return whether these attempts are enough to say that nobody was reached."""
    return len(ways) >= LEAST and len(set(ways)) >= WAYS and VISIT in ways


async def reached_enough(case: Case) -> bool:
    """Return whether some party who is needed and silent was tried often enough."""
    return any(enough(ways) for ways in (await attempts_of(case)).values())


@command
async def attempt(code: str, party_code: str, *, way: str, by: Person, at: datetime) -> Case:
    """Write down that somebody was called or visited and not met, or did not answer.

    Raises:
        Hidden: ``by`` takes no cases in here, or there is no such party.
        Unfit: ``way`` is neither a call nor a visit.
        MovedOn: nobody is being asked any more, or this party has answered.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None or not seats & {Seat.INTAKE, Seat.DIRECTOR}:
        raise Hidden(HIDDEN)
    if way not in (CALL, VISIT):
        raise Unfit("请选打电话或者上门。", field="way")
    if case.state is not State.INVITING or party.will not in SILENT:
        raise MovedOn("这位当事人已经答复过了，请刷新后再看。")
    _, digest = new_token()
    n = await Invitation.filter(party_id=party.id).count() + 1
    await Invitation.create(
        party=party, token_hash=digest, channel=way, attempt=n, sent_at=at, expires_at=at, ended_at=at
    )
    where = case.community_id
    await record("case.tried", case.key, by=by, at=at, community_id=where, party=party.code, way=way, attempt=n)
    return case


@command
async def unreachable(code: str, *, by: Person, at: datetime) -> Case:
    """Close a case whose other side could not be reached: the days to answer are over and enough was tried."""
    case, seats = await visible_case(by, code, at=at)
    running = Period.filter(case_id=case.id, clock=Clock.INVITE, ended_at=None)
    open_until = [each.due for each in await running if not _over(each, at)]
    demand(Event.UNREACHABLE, "invite_expired", holds=not open_until, field="unreachable")
    demand(Event.UNREACHABLE, "attempts_enough", holds=await reached_enough(case), field="unreachable")
    await move(case, Event.UNREACHABLE, seats=seats, by=by, at=at, outcome=Outcome.UNREACHABLE)
    await Case.filter(id=case.id).update(closed_at=at)
    return case


def _over(period: Period, at: datetime) -> bool:
    return period.waits_since is None and ends_at(period.due) <= at
