"""The parties' side: which of the times suit, by a mailed link, signed in, or told to the mediator by phone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.appointment.models import Appointment, AppointmentAnswer
from mediation.appointment.offering import PASSED, hold, led, noted
from mediation.appointment.queries import Planned, by_token, visible_appointment
from mediation.appointment.rules import MEETING, Deed, allowed, numbers, stored
from mediation.case.queries import HIDDEN

BY_OTHERS: Final = ("phone", "visit", "window")
"""How a mediator may have heard an answer."""


async def answer_by_link(token: str, chosen: Iterable[int], *, by: Person | None, at: datetime) -> Appointment:
    """Say by the link that was mailed which times suit; none is an answer too. The same again changes nothing.

    Raises:
        Hidden: the link does not work any more.
        MovedOn: a time is fixed already, or it was called off.
        Unfit: a number is not on offer.
    """
    plan, own = await by_token(token)
    return await _once(plan, own, chosen, "link", by=by, at=at)


async def answer_own(case_code: str, code: str, chosen: Iterable[int], *, by: Person, at: datetime) -> Appointment:
    """Say, as a party or for one, which times suit; raises as `answer_by_link`."""
    plan = await visible_appointment(by, case_code, code, at=at)
    if plan.own is None:
        raise Hidden(HIDDEN)
    return await _once(plan, plan.own, chosen, "click", by=by, at=at)


async def answer_for(
    case_code: str, code: str, party_code: str, chosen: Iterable[int], *, method: str, by: Person, at: datetime
) -> Appointment:
    """Write down, as the mediator, what a party said by phone or in person."""
    row, _ = await led(case_code, code, by=by, at=at)
    plan = await visible_appointment(by, case_code, row.code, at=at)
    own = next((each for each in plan.answers if each.party.code == party_code), None)
    if own is None:
        raise Hidden(HIDDEN)
    if method not in BY_OTHERS:
        raise Unfit("请选是怎么问到的。", field="method")
    return await _once(plan, own, chosen, method, by=by, at=at)


async def _once(
    plan: Planned, own: AppointmentAnswer, chosen: Iterable[int], method: str, *, by: Person | None, at: datetime
) -> Appointment:
    picked = frozenset(chosen)
    if not picked <= {each.n for each in plan.times}:
        raise Unfit("有一个时间不在列出的里面，请刷新后再选。", field="suits")
    if numbers(own.suits) != picked:
        await _answer(plan.appointment, own, stored(picked), method, by=by, at=at)
    return plan.appointment


@command
async def _answer(
    row: Appointment, own: AppointmentAnswer, suits: str, method: str, *, by: Person | None, at: datetime
) -> None:
    if row.case.state not in MEETING or not allowed(Deed.ANSWER, row.state):
        raise MovedOn(PASSED)
    await hold(row)
    facts = {"suits": suits, "method": method, "by_id": by.id if by else None, "at": at}
    await AppointmentAnswer.filter(id=own.id).update(**facts)
    await noted(row, "answered", by, at, party=own.party.code, method=method)
