"""What the clock does to a matter by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.states import State
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


TIMERS: Final[Mapping[str, Handler]] = {"matter.expire": expires}
