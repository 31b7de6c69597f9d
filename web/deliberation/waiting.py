"""What waits for a person in the deliberation rooms: to vote, mend, confirm, answer, evaluate; and at a desk."""

from datetime import datetime

from community.people.models import Person
from deliberation.ballot import queries as ballots
from deliberation.calls import queries as calls
from deliberation.matter import queries as matters
from deliberation.matter.states import State
from deliberation.outcome import lane
from deliberation.outcome import queries as outcomes
from deliberation.stakeholder import queries as stakeholders
from web.wait import Wait
from web.words import N_

VOTE = N_("请您表态，还没投")
MEND = N_("退回了，请看理由")
DRAFT = N_("草稿，还没提交")
CONFIRM = N_("意思改了，请确认附议")
INVITED = N_("请您说说意见")
EVALUATE = N_("请您评一评")
NOTED = N_("请您答复监督意见")
DESK = N_("等您办")
ASKED = N_("等您单位答复")


async def waits(person: Person, at: datetime) -> list[Wait]:
    """Return it."""
    open_ones = await ballots.waiting_for(person, at=at)
    own = await matters.mine_in(person, (State.DRAFT, State.RETURNED))
    return [
        *[Wait(f"/ballots/{each.id}/vote", each.matter.name, VOTE, each.closes_at) for each in open_ones],
        *[Wait(f"/matters/{each.id}", each.name, DRAFT if each.state is State.DRAFT else MEND) for each in own],
        *await _asked_by_name(person, at),
        *await at_desk(person, at),
    ]


async def _asked_by_name(person: Person, at: datetime) -> list[Wait]:
    changed = await matters.to_confirm(person, at=at)
    invited = await stakeholders.asked_of(person)
    done = await outcomes.to_evaluate(person, at=at)
    return [
        *[Wait(f"/matters/{each.id}/confirmation", each.name, CONFIRM, each.confirm_by) for each in changed],
        *[Wait(f"/matters/{each.matter_id}/stakeholders", each.matter.name, INVITED) for each in invited],
        *[Wait(f"/matters/{each.matter_id}/evaluation", each.matter.name, EVALUATE, each.closes_at) for each in done],
    ]


async def at_desk(person: Person, at: datetime) -> list[Wait]:
    """Return what waits for the offices of a person: matters whose move is theirs, and questions to their units."""
    desk = await matters.waiting_for(person, at=at)
    asked = await calls.waiting_for(person, at=at)
    return [
        *[Wait(f"/matters/{each.id}", each.name, DESK, each.due_at) for each in desk],
        *[Wait(f"/desk/calls/{each.id}", each.matter.name, ASKED, each.due_at) for each in asked],
    ]


async def notes_to_answer(person: Person, at: datetime) -> list[Wait]:
    """Return the supervision notes that wait for the offices of a person."""
    notes = await lane.addressed_to(person, at=at)
    return [Wait(f"/notes/{each.id}", each.matter.name if each.matter else "", NOTED, each.due_at) for each in notes]
