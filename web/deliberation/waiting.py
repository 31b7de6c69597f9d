"""What waits for a person in the deliberation rooms: ballots to vote in, matters sent back, matters on their desk."""

from datetime import datetime

from community.people.models import Person
from deliberation.ballot import queries as ballots
from deliberation.calls import queries as calls
from deliberation.matter import queries as matters
from deliberation.matter.states import State
from web.wait import Wait
from web.words import N_

VOTE = N_("请您表态，还没投")
MEND = N_("退回了，请看理由")
DRAFT = N_("草稿，还没提交")
DESK = N_("等您办")
ASKED = N_("等您单位答复")


async def waits(person: Person, at: datetime) -> list[Wait]:
    """Return it."""
    open_ones = await ballots.waiting_for(person, at=at)
    own = await matters.mine_in(person, (State.DRAFT, State.RETURNED))
    desk = await matters.waiting_for(person, at=at)
    asked = await calls.waiting_for(person, at=at)
    return [
        *[Wait(f"/ballots/{each.id}/vote", each.matter.name, VOTE, each.closes_at) for each in open_ones],
        *[Wait(f"/matters/{each.id}", each.name, DRAFT if each.state is State.DRAFT else MEND) for each in own],
        *[Wait(f"/matters/{each.id}", each.name, DESK, each.due_at) for each in desk],
        *[Wait(f"/desk/calls/{each.id}", each.matter.name, ASKED, each.due_at) for each in asked],
    ]
