"""Who is told of invitations and of what came of them: those who were asked, and the host when they have spoken."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.envoys import envoys
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.stakeholder.models import Slot
from web.teller import Teller
from web.words import N_

INVITED: Final = N_("请您来商量“{title}”，请写下您这一方的意见。")
STATED: Final = N_("您邀请的一方写了意见：{title}")


async def invited(event: Event) -> None:
    """Tell those who were asked; they are expected to answer, so it is mailed at once."""
    slot = await _slot(event)
    people = [slot.person_id] if slot.person_id else await envoys(slot.org, at=event.at) if slot.org else []
    await _tell(event, slot, people, INVITED, binding=True)


async def stated(event: Event) -> None:
    """Tell who asked."""
    slot = await _slot(event)
    await _tell(event, slot, [slot.invited_by_id], STATED)


async def _slot(event: Event) -> Slot:
    return await Slot.get(id=int(str(facts_of(event)["slot"]))).select_related("matter", "org")


async def _tell(event: Event, slot: Slot, people: list[int], sentence: str, *, binding: bool = False) -> None:
    url, facts = f"/matters/{slot.matter_id}/stakeholders", {"title": slot.matter.name}
    whom = [number for number in people if number != event.actor_id]
    await tell(whom, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, binding=binding)


TELLERS: Final[Mapping[str, Teller]] = {"slot.invited": invited, "slot.stated": stated}
