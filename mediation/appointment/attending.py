"""The day itself: people are reminded before it, and who came is written down afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import Handler
from mediation.appointment.letters import News, write_to_all
from mediation.appointment.models import Appointment, AppointmentPresence
from mediation.appointment.offering import REMIND, led, noted, step
from mediation.appointment.queries import answers_to, stand_in_about
from mediation.appointment.rules import EARLY, MEETING, Came, Deed, Fixing
from mediation.case.events import Event
from mediation.case.keys import lock_with
from mediation.case.models import Case, Party
from mediation.case.moving import move
from mediation.case.noting import fitting
from mediation.case.queries import seats_of
from mediation.case.states import State
from mediation.risk.queries import held_back


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a party came, and who came for it."""

    came: Came
    stand_in: str = ""


@command
async def attend(case_code: str, code: str, seen: Mapping[str, Seen], *, by: Person, at: datetime) -> Appointment:
    """Write down for every party, by its code, whether it came; a talk that took place goes on the case's record.

    Raises:
        Unfit: it has not begun, a party is left out, or it is not said who came for one.
    """
    row, case = await led(case_code, code, by=by, at=at)
    if row.starts_at and at < row.starts_at - EARLY:
        raise Unfit("还没有到约好的时间，到场以后再登记。", field="form")
    parties = [each.party for each in await answers_to(row)]
    for party in parties:
        await _write_down(row, case, party, seen.get(party.code), at)
    await step(row, Deed.ATTEND)
    there = [each for each in parties if seen[each.code].came is not Came.ABSENT]
    await noted(row, "attended", by, at, round=row.round, came=len(there), asked=len(parties))
    if there and case.state is State.MEDIATING:
        seats = await seats_of(by, case, at=at)
        await move(case, Event.SESSION, seats=seats, by=by, at=at, appointment=row.id)
    return row


async def _write_down(row: Appointment, case: Case, party: Party, seen: Seen | None, at: datetime) -> None:
    if seen is None:
        raise Unfit("请给每一位当事人选一项：来了、迟到、没来，或者别人替他来的。", field=f"came_{party.sign}")
    name = fitting(seen.stand_in, f"who_{party.sign}")
    if seen.came is Came.PROXY and not name:
        raise Unfit("请写明是谁替他来的。", field=f"who_{party.sign}")
    locked = lock_with(case, name if seen.came is Came.PROXY else "", about=stand_in_about(row, party.id))
    await AppointmentPresence.create(appointment=row, party=party, came=seen.came, stand_in=locked, at=at)


async def due(subject: str, at: datetime) -> None:
    """Remind everybody of the appointment named ``subject``, unless it was moved, called off or is held back."""
    fixed = Appointment.filter(id=int(subject.removeprefix("appointment-")), state=Fixing.FIXED, starts_at__gt=at)
    row = await fixed.select_related("case__org", "party").first()
    if row is None or row.case.state not in MEETING:
        return
    if row.party_id is None and await held_back(row.case):
        return
    await remind(row, at=at)


@command
async def remind(row: Appointment, *, at: datetime) -> None:
    """Write to everybody that it is soon."""
    left = (row.starts_at or at) - at
    await noted(row, "reminded", None, at, round=row.round, hours=left // timedelta(hours=1))
    await write_to_all(row, row.case, News.SOON, at=at)


TIMERS: Final[Mapping[str, Handler]] = {REMIND: due}
