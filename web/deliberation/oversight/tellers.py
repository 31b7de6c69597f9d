"""Who is told of decisions from outside and of appeals: author and endorsers, and whoever has to decide."""

from collections.abc import Mapping, Sequence
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.models import Holding
from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right, Role
from community.timers.commands import Handler
from deliberation.matter.models import Matter
from web.crowd import Crowd, Line
from web.deliberation.matter.tellers import author, concerned
from web.teller import Teller
from web.words import N_

STOPPED: Final = N_("“{title}”暂停了，请看是谁的决定、为什么。")
RESUMED: Final = N_("“{title}”恢复了，期限顺延。")
ORDERED: Final = N_("“{title}”被责令改正，请看要改什么。")
REVOKED: Final = N_("“{title}”被撤销了，请看是谁的决定、为什么。")
CORRECTED: Final = N_("“{title}”改正了，重新商量。")
APPEALED: Final = N_("有一件退回的事申诉了，等您裁定：{title}")
ESCALATED: Final = N_("一件申诉过期没有裁定，转到街道：{title}")
PASSED_ON: Final = N_("您的申诉过期没有裁定，已经转到街道：{title}")
UPHELD: Final = N_("您的申诉裁定了，维持退回：{title}")
REINSTATED: Final = N_("您的申诉成立，这件事受理了：{title}")

ORDERS: Final = {
    "matter.suspend": STOPPED,
    "matter.resume": RESUMED,
    "matter.order_correction": ORDERED,
    "matter.revoke": REVOKED,
    "matter.correct": CORRECTED,
}
RULED: Final = {
    "matter.uphold": UPHELD,
    "matter.reinstate": REINSTATED,
    "matter.reinstate_owners": REINSTATED,
}


async def _matter(event: Event) -> Matter:
    return await Matter.get(id=int(event.subject.removeprefix("matter-"))).select_related("body")


async def _tell(event: Event, matter: Matter, people: list[int], sentence: str, page: str) -> None:
    whom = [number for number in people if number != event.actor_id]
    url, facts = f"/matters/{matter.id}{page}", {"title": matter.name}
    await tell(whom, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, binding=bool(page))


async def ordered(event: Event) -> Sequence[Line]:
    """Tell the author and everybody who seconded."""
    matter = await _matter(event)
    people, url = await concerned(event, matter), f"/matters/{matter.id}/orders"
    return [Line(people=people, sentence=ORDERS[event.kind], facts={"title": matter.name}, url=url, binding=True)]


async def appealed(event: Event) -> None:
    """Tell the supervision committee."""
    matter = await _matter(event)
    await _tell(event, matter, await _overseers(event, matter, Role.SUPERVISOR), APPEALED, "/appeal")


async def escalated(event: Event) -> None:
    """Tell the street, the committee that let the time pass, and the author."""
    matter = await _matter(event)
    overseers = await people_with(Right.MATTER_SUPERVISE, place_id=matter.body.place_id, at=event.at)
    await _tell(event, matter, overseers, ESCALATED, "/appeal")
    await _tell(event, matter, [matter.author_id], PASSED_ON, "/appeal")


async def ruled(event: Event) -> None:
    """Tell the author."""
    matter = await _matter(event)
    await _tell(event, matter, await author(event, matter), RULED[event.kind], "/appeal")


async def _overseers(event: Event, matter: Matter, role: Role) -> list[int]:
    people = await people_with(Right.MATTER_SUPERVISE, place_id=matter.body.place_id, at=event.at)
    held = Holding.filter(person_id__in=people, role=role)
    return sorted({int(str(number)) for number in await held.values_list("person_id", flat=True)})


_CROWD: Final = Crowd("oversight.more", dict.fromkeys(ORDERS, ordered))
TIMERS: Final[Mapping[str, Handler]] = _CROWD.timers
TELLERS: Final[Mapping[str, Teller]] = {
    **_CROWD.tellers,
    **dict.fromkeys(RULED, ruled),
    "matter.appeal": appealed,
    "matter.escalate": escalated,
}
