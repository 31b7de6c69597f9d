"""What the clock does to a matter by itself."""

from datetime import datetime

from community.record.transaction import command
from deliberation.matter.models import Matter
from deliberation.matter.moving import move
from deliberation.matter.states import State
from deliberation.matter.workflow import Verb


@command
async def expire(matter_id: int, *, at: datetime) -> State:
    """End a period of seconding that ran out below the threshold."""
    return await move(await Matter.get(id=matter_id), Verb.EXPIRE, by=None, at=at)


async def run_out(at: datetime) -> int:
    """Let every period of seconding end that is over at ``at``, and return how many."""
    over = await Matter.filter(state=State.ENDORSING, due_at__lte=at).order_by("id").limit(100)
    for matter in over:
        await expire(matter.id, at=at)
    return len(over)
