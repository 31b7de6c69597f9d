"""What the end of a period means: for a few clocks the road goes on by itself, for all others somebody is late."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.performing import overdue_in
from mediation.agreement.queries import latest, standing
from mediation.appointment.offering import call_off_all
from mediation.case.deadlines import named
from mediation.case.events import Event
from mediation.case.models import Case, Period
from mediation.case.moving import move
from mediation.case.states import Clock, Outcome
from mediation.case.terms import Force
from mediation.case.workflow import actors
from mediation.confirmation.applying import lapse
from mediation.confirmation.queries import open_of
from mediation.confirmation.rules import GATHERING
from mediation.intake.reaching import reached_enough
from mediation.paying.queries import unanswered
from mediation.paying.rules import urging_waits

Ending = Callable[[Case, Period, datetime], Awaitable[bool]]
"""Takes the step that the end of a period calls for, or returns False when there is none to take."""


async def run_out(period: Period, *, at: datetime) -> None:
    """Do what the end of ``period`` means; where nothing follows by itself, note that somebody is late."""
    ending = ENDINGS.get(Clock(period.clock))
    if ending is None or not await ending(period.case, period, at):
        await note_late(period, at=at)


@command
async def note_late(period: Period, *, at: datetime) -> None:
    """Note that a period is over and its work is not done, so that it is followed up (督办); nothing else changes."""
    case = period.case
    facts: dict[str, Any] = {"period": period.id, "clock": period.clock, "rule": period.rule, "due": period.due}
    await record("case.late", case.key, by=None, at=at, community_id=case.community_id, **facts)


@command
async def urge(period: Period, *, at: datetime) -> None:
    """Urge whoever has not kept a promise; the last of the three days stays open until the mediator goes on.

    Nobody is urged while all that is late is said to be done and the other side still has time to answer.
    """
    case, which = period.case, named(period.rule)
    if which.variant != "final":
        await Period.filter(id=period.id).update(ended_at=at)
        period.ended_at = at
    late = [each.id for each in await overdue_in(case, at)]
    kind = "case.urge-waits" if urging_waits(late, await unanswered(case.id)) else "case.urged"
    await record(kind, case.key, by=None, at=at, community_id=case.community_id, turn=which.variant)


@command
async def _by_itself(case: Case, event: Event, outcome: Outcome | None, at: datetime) -> None:
    await move(case, event, seats=(), by=None, at=at, outcome=outcome)
    if outcome:
        await call_off_all(case, by=None, at=at)
    if outcome in (Outcome.LAPSED, Outcome.UNREACHABLE):
        await Case.filter(id=case.id).update(closed_at=at)


async def _lapse(case: Case, _period: Period, at: datetime) -> bool:
    await _by_itself(case, Event.SUPPLEMENT_LAPSE, Outcome.LAPSED, at)
    return True


async def _unreachable(case: Case, _period: Period, at: datetime) -> bool:
    enough = await reached_enough(case)
    if enough:
        await _by_itself(case, Event.UNREACHABLE, Outcome.UNREACHABLE, at)
    return enough


async def _unsigned(case: Case, _period: Period, at: datetime) -> bool:
    """End the talks when somebody has not signed; a seal that is missing is the committee's own delay."""
    version = await latest(case)
    if version and (await standing(case, version)).sealable_at:
        return False
    await _by_itself(case, Event.SIGN_REFUSED, Outcome.SIGN_REFUSED, at)
    return True


async def _expire(case: Case, period: Period, at: datetime) -> bool:
    """End the talks where the law says that they have failed; a soft period ends nothing (若干规定 33)."""
    ends = named(period.rule).force is Force.HARD and bool(actors(case.state, Event.EXPIRE))
    if ends:
        await _by_itself(case, Event.EXPIRE, Outcome.PERIOD_EXPIRED, at)
    return ends


async def _not_taken(case: Case, _period: Period, at: datetime) -> bool:
    await _by_itself(case, Event.HANDOVER_OVERDUE, None, at)
    return True


async def _lapsed(case: Case, _period: Period, at: datetime) -> bool:
    """End an application for confirmation that never reached a court; that the right is over is noted as well."""
    found = await open_of(case)
    if found and found.stage in GATHERING:
        await lapse(case, at=at)
    return False


ENDINGS: Final[Mapping[Clock, Ending]] = {
    Clock.SUPPLEMENT: _lapse,
    Clock.INVITE: _unreachable,
    Clock.SIGN: _unsigned,
    Clock.MEDIATE: _expire,
    Clock.HANDOVER: _not_taken,
    Clock.JC: _lapsed,
}
"""Clocks whose end moves a case; the end of any other leaves it where it is."""
