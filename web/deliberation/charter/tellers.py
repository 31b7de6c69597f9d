"""Who is told of new rules of procedure: everybody on the roll of the body, and those who oversee it."""

from collections.abc import Mapping, Sequence
from typing import Final

from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from community.timers.commands import Handler
from deliberation.body.models import Body
from deliberation.body.queries import latest_roll, people_on
from web.crowd import Crowd, Line
from web.teller import Teller
from web.words import N_

ADOPTED: Final = N_("{body}的议事规则登记了第 {number} 版，{day} 起施行")


async def adopted(event: Event) -> Sequence[Line]:
    """Tell who votes by these rules, so that anybody can object in time, and who sees that they are kept."""
    body, facts = await Body.get(id=int(event.subject.removeprefix("body-"))), facts_of(event)
    roll = await latest_roll(body.id)
    people = set(await people_on(roll.id)) if roll else set()
    people.update(await people_with(Right.MATTER_SUPERVISE, place_id=body.place_id, at=event.at))
    said = {"body": body.name, "number": facts["number"], "day": facts["valid_from"]}
    return [Line(people=people, sentence=ADOPTED, facts=said, url=f"/bodies/{body.id}/rules")]


_CROWD: Final = Crowd("charter.more", {"charter.adopted": adopted})
TELLERS: Final[Mapping[str, Teller]] = _CROWD.tellers
TIMERS: Final[Mapping[str, Handler]] = _CROWD.timers
