"""利益关系申报 — author, host, clerk and tellers say whether they have a stake of their own; "无" is an answer."""

from datetime import datetime

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.matter.models import Matter
from deliberation.matter.moving import require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import ENDS, Actor
from deliberation.stakeholder.models import Declaration
from deliberation.stakeholder.rules import Capacity, check

ACTORS = {Capacity.HOST: Actor.HOST, Capacity.CLERK: Actor.CLERK, Capacity.TELLER: Actor.TELLER}


@command
async def declare(
    matter_id: int, capacity: Capacity, *, interested: bool, words: str = "", by: Person, at: datetime
) -> Declaration:
    """Put on record, for everybody, whether ``by`` has an interest of their own in a matter; a later one replaces it.

    Raises:
        Forbidden: they do not act in that capacity here.
        Unfit: they have one and did not say which.
    """
    matter = await find(by, matter_id)
    await _acts(matter, capacity, by, at)
    if matter.state in ENDS:
        raise Unfit("这件事已经结束，不用再申报。")
    if interested:
        check(words, "words")
    said = await Declaration.create(
        community_id=matter.community_id,
        matter=matter,
        person=by,
        capacity=capacity,
        interested=interested,
        words=words if interested else "",
        at=at,
    )
    await record(
        "interest.declared",
        f"matter-{matter.id}",
        by=by,
        at=at,
        community_id=matter.community_id,
        capacity=capacity,
        interested=interested,
        declaration=said.id,
    )
    return said


async def _acts(matter: Matter, capacity: Capacity, by: Person, at: datetime) -> None:
    if capacity is not Capacity.AUTHOR:
        await require_actor(matter, ACTORS[capacity], by=by, at=at)
    elif matter.author_id != by.id:
        raise Forbidden("您不是提议人，请选您自己的身份。")
