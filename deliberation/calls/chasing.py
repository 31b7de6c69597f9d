"""What the clock does to an unanswered question: a reminder a day before, and a mark for everybody when it is late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.errors import MovedOn
from community.record.outbox import record
from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.calls.models import Call
from deliberation.calls.queries import count_for
from deliberation.matter.workflow import MOVED_ON


@command
async def nudge(call: Call, *, at: datetime) -> None:
    """Put on record that the office was reminded."""
    await _say("call.nudged", call, at)


@command
async def mark_late(call: Call, *, at: datetime) -> None:
    """Mark a question whose day has passed; the mark stays when the answer comes."""
    if not await Call.filter(id=call.id, answered_at=None, late_at=None).update(late_at=at):
        raise MovedOn(MOVED_ON)
    await count_for(call.matter_id)
    await _say("call.overdue", call, at)


async def _say(kind: str, call: Call, at: datetime) -> None:
    await record(
        kind, f"call-{call.id}", by=None, at=at, community_id=call.community_id, matter=call.matter_id, org=call.org_id
    )


async def _unanswered(subject: str) -> Call | None:
    return await Call.get_or_none(id=int(subject.removeprefix("call-")), answered_at=None)


async def nudges(subject: str, at: datetime) -> None:
    """Remind of a question that is due tomorrow."""
    call = await _unanswered(subject)
    if call and call.due_at > at:
        await nudge(call, at=at)


async def falls_late(subject: str, at: datetime) -> None:
    """Mark a question whose day is over."""
    call = await _unanswered(subject)
    if call and call.late_at is None:
        await mark_late(call, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"call.nudge": nudges, "call.late": falls_late}
