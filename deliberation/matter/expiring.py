"""What the clock does to a matter by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.states import CHASED, State
from deliberation.matter.workflow import Verb


@command
async def expire(matter_id: int, *, at: datetime) -> State:
    """End a period of seconding that ran out below the threshold."""
    return await move(await Matter.get(id=matter_id), Verb.EXPIRE, by=None, at=at)


async def expires(subject: str, at: datetime) -> None:
    """End the period of seconding whose time is over; one that moved on meanwhile is left alone."""
    number = int(subject.removeprefix("matter-"))
    if await Matter.exists(id=number, state=State.ENDORSING, due_at__lte=at):
        await expire(number, at=at)


@command
async def remind(matter_id: int, *, at: datetime) -> State:
    """Put on record that an office let its time run out; the step stays due, and is shown as overdue."""
    return await move(await Matter.get(id=matter_id), Verb.REMIND, by=None, at=at)


async def falls_late(subject: str, at: datetime) -> None:
    """Remind of a step whose time is over; one that was taken meanwhile is left alone."""
    number = int(subject.removeprefix("matter-"))
    if await Matter.exists(id=number, state__in=CHASED, due_at__lte=at):
        await remind(number, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"matter.expire": expires, "matter.late": falls_late}
