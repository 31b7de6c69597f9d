"""The alarm: sounded when a case turns red, carried to the next in the chain until somebody answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.people.roles import people_with
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import Handler, set_timer
from mediation.case.models import Case, Party
from mediation.case.queries import lead_of
from mediation.risk.models import RiskAlarm
from mediation.risk.rules import CHAIN

RING: Final = "risk.ring"
"""Timer: nobody has answered, the next in the chain are called."""


async def sound(case: Case, *, at: datetime) -> RiskAlarm:
    """Raise the alarm and set its clock; call it inside a command."""
    alarm = await RiskAlarm.create(case=case, raised_at=at)
    await _next(alarm, case)
    return alarm


async def _next(alarm: RiskAlarm, case: Case) -> None:
    step = alarm.step + 1
    if step < len(CHAIN):
        due = alarm.raised_at + CHAIN[step]
        await set_timer(RING, alarm.key, due, key=str(step), community_id=case.community_id)


async def ring_next(subject: str, at: datetime) -> None:
    """Call the next in the chain unless somebody has answered."""
    waiting = RiskAlarm.filter(id=int(subject.removeprefix("alarm-")), acked_at=None, step__lt=len(CHAIN) - 1)
    alarm = await waiting.select_related("case").first()
    if alarm is not None:
        await _ring(alarm, at)


@command
async def _ring(alarm: RiskAlarm, at: datetime) -> None:
    case: Case = alarm.case
    await RiskAlarm.filter(id=alarm.id, step=alarm.step).update(step=alarm.step + 1)
    alarm.step += 1
    await _next(alarm, case)
    await record("risk.rung", alarm.key, by=None, at=at, community_id=case.community_id, step=alarm.step)


async def called(case: Case, step: int, *, at: datetime) -> list[int]:
    """Return who is called at a step of the chain; never a party of the case."""
    if step == 0:
        lead = await lead_of(case)
        people = await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=at)
        people += [lead.mediator_id] if lead else []
    else:
        right = Right.CASE_SUPERVISE if step == 1 else Right.CASE_DISPATCH
        people = await people_with(right, place_id=case.community_id, at=at)
    own = {each.person_id for each in await Party.filter(case_id=case.id)}
    return sorted(set(people) - own)


TIMERS: Final[Mapping[str, Handler]] = {RING: ring_next}
