"""Who is told when matters are merged or parted: the author and everybody who seconded, and where their voice went."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.matter.models import Matter
from web.deliberation.matter.tellers import concerned
from web.teller import Teller
from web.words import N_

MERGED: Final = N_("“{title}”并入了“{into}”，附议算到那一件上。")
PARTED: Final = N_("“{title}”的合并撤销了，回到原来的地方。")


async def merged(event: Event) -> None:
    """Tell the author and everybody who seconded what was merged."""
    matter = await _matter(event)
    into = await Matter.get(id=int(str(facts_of(event)["into"])))
    await _tell(event, matter, MERGED, {"title": matter.name, "into": into.name}, into.id)


async def parted(event: Event) -> None:
    """Tell the same people that it goes on by itself."""
    matter = await _matter(event)
    await _tell(event, matter, PARTED, {"title": matter.name}, matter.id)


async def _matter(event: Event) -> Matter:
    return await Matter.get(id=int(event.subject.removeprefix("matter-"))).select_related("body")


async def _tell(event: Event, matter: Matter, sentence: str, facts: Mapping[str, object], to: int) -> None:
    people = [number for number in await concerned(event, matter) if number != event.actor_id]
    await tell(people, sentence, facts, url=f"/matters/{to}", at=event.at, topic=Topic.MATTER)


TELLERS: Final[Mapping[str, Teller]] = {"matter.merge": merged, "matter.separate": parted}
