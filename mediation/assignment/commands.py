"""Giving a case its mediator."""

from datetime import datetime
from typing import Final

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import roles_in_org
from community.places.models import Resident
from community.record.transaction import command
from community.rights import Right, may
from mediation.assignment.recusing import disclose, recused_from
from mediation.assignment.ties import ties_to, waivable
from mediation.case.events import Event
from mediation.case.models import Assignment, Case, Party
from mediation.case.moving import demand, move, permitted
from mediation.case.queries import visible_case
from mediation.register.queries import in_term
from mediation.room.opening import open_rooms

MOST: Final = 30
"""Open cases one mediator may lead at a time; our own figure."""
TOLD_FIRST: Final = "这位调解员申报过和当事人有关系。请先书面告诉各方，再勾选；各方都同意才由他继续。"


@command
async def assign(
    code: str,
    mediator_code: str,
    *,
    clear: bool,
    willing: bool,
    chosen: bool = False,
    disclosed: bool = False,
    by: Person,
    at: datetime,
) -> Case:
    """Give the lead to a mediator and open the rooms.

    Args:
        code: the case's query code.
        mediator_code: the mediator's public code.
        clear: the director asked about conflicts of interest and none was named.
        willing: the mediator said yes.
        chosen: the parties chose (人民调解法 19), rather than the committee designating.
        disclosed: the parties are told of the tie the mediator declared, where the track lets them waive it.
        by: the director.
        at: when.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.ASSIGN, seats=seats, by=by)  # first: what is in the way of somebody tells of the parties
    mediator = await Person.get_or_none(code=mediator_code)
    roles = await roles_in_org(mediator, case.org_id, at=at) if mediator else frozenset()
    if mediator is None or not may(roles, Right.CASE_MEDIATE):
        raise Hidden("请从名单里选一位本调委会在任的调解员。")
    if not await in_term(case.org_id, mediator.id, at=at):
        raise Unfit("这位调解员不在任期内，不能再接新的。请先续聘，或者选别人。", field="mediator")
    tied = mediator.id in await recused_from(case) or await related(case, mediator)
    declared = bool(await ties_to(case, [mediator.id]))
    warned = declared and waivable(case)
    tied = tied or (declared and not warned)
    demand(Event.ASSIGN, "conflicts_clear", holds=(clear or warned) and not tied, field="clear")
    if warned and not disclosed:
        raise Unfit(
            "这位调解员申报过和当事人有关系。请先书面告诉各方，再勾选；各方都同意才由他继续。", field="disclosed"
        )
    demand(Event.ASSIGN, "mediator_accepted", holds=willing, field="willing")
    demand(Event.ASSIGN, "load_below_cap", holds=await load_of(mediator) < MOST, field="mediator")
    await move(case, Event.ASSIGN, seats=seats, by=by, at=at, mediator=mediator.id)
    mode = "party_chosen" if chosen else "designated"
    await Assignment.create(case=case, mediator=mediator, mode=mode, since=at)
    await open_rooms(case, mediator, at=at)
    if warned:
        await disclose(case, "", by=by, at=at)
    return case


async def load_of(mediator: Person) -> int:
    """Return how many open cases a mediator leads."""
    return await Assignment.filter(mediator_id=mediator.id, until=None).count()


async def related(case: Case, mediator: Person) -> bool:
    """Return whether the roll shows the mediator as a party, or in the same home as one."""
    parties = [party.person_id for party in await Party.filter(case_id=case.id) if party.person_id]
    if mediator.id in parties:
        return True
    homes = await Resident.filter(person_id__in=[*parties, mediator.id], moved_out=None).exclude(unit_id=None)
    own = {each.unit_id for each in homes if each.person_id == mediator.id}
    return any(each.unit_id in own for each in homes if each.person_id != mediator.id)
