"""Who is told when matters are merged or parted: the author and everybody who seconded, and where their voice went."""

from collections.abc import Mapping, Sequence
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler
from deliberation.matter.models import Matter
from web.crowd import Crowd, Line
from web.deliberation.matter.tellers import concerned
from web.teller import Teller
from web.words import N_

MERGED: Final = N_("“{title}”并入了“{into}”，附议算到那一件上。")
PARTED: Final = N_("“{title}”的合并撤销了，回到原来的地方。")


async def merged(event: Event) -> Sequence[Line]:
    """Tell the author and everybody who seconded what was merged."""
    matter = await _matter(event)
    into = await Matter.get(id=int(str(facts_of(event)["into"])))
    return [await _line(event, matter, MERGED, {"title": matter.name, "into": into.name}, into.id)]


async def parted(event: Event) -> Sequence[Line]:
    """Tell the same people that it goes on by itself."""
    matter = await _matter(event)
    return [await _line(event, matter, PARTED, {"title": matter.name}, matter.id)]


async def _matter(event: Event) -> Matter:
    return await Matter.get(id=int(event.subject.removeprefix("matter-"))).select_related("body")


async def _line(event: Event, matter: Matter, sentence: str, facts: Mapping[str, object], to: int) -> Line:
    return Line(people=await concerned(event, matter), sentence=sentence, facts=facts, url=f"/matters/{to}")


_CROWD: Final = Crowd("lineage.more", {"matter.merge": merged, "matter.separate": parted})
TELLERS: Final[Mapping[str, Teller]] = _CROWD.tellers
TIMERS: Final[Mapping[str, Handler]] = _CROWD.timers
