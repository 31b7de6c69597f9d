"""Who is told of a matter: its author of every turn, the offices of what waits for them, endorsers of new words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.states import RIGHTS, Actor
from web.teller import Teller
from web.words import N_

REACHED: Final = N_("附议够了，您提的“{title}”进入受理。")
SCREEN: Final = N_("有一件事等您受理：{title}")
STUDY: Final = N_("有一件事等党组织研究：{title}")
RETURNED: Final = N_("您提的“{title}”退回来了，请看理由，改好再交。")
ACCEPTED: Final = N_("您提的“{title}”受理了。")
TALK: Final = N_("您提的“{title}”可以开议事会了。")
NOTICED: Final = N_("“{title}”公示了，定了表决的时间。")
EXPIRED: Final = N_("您提的“{title}”附议到期，人数还不够。您可以再征集一次。")
CHANGED: Final = N_("您附议过的“{title}”改了文字，请看看还愿不愿意附议。")
COUNT: Final = N_("有一次表决等您计票：{title}")

Whom = Callable[[Event, Matter], Awaitable[list[int]]]


async def author(_event: Event, matter: Matter) -> list[int]:
    """Return the author."""
    return [matter.author_id]


async def endorsers(_event: Event, matter: Matter) -> list[int]:
    """Return those who seconded other words, and the author never."""
    gave = Endorsement.filter(matter_id=matter.id).exclude(version=matter.version)
    people = {int(str(number)) for number in await gave.values_list("person_id", flat=True)}
    return sorted(people - {matter.author_id})


async def concerned(_event: Event, matter: Matter) -> list[int]:
    """Return the author and everybody who seconded."""
    gave = await Endorsement.filter(matter_id=matter.id).values_list("person_id", flat=True)
    return sorted({matter.author_id, *(int(str(number)) for number in gave)})


def office(actor: Actor) -> Whom:
    """Return how to find those who hold the office of an actor where the matter is decided."""

    async def holders(event: Event, matter: Matter) -> list[int]:
        return await people_with(RIGHTS[actor], place_id=matter.body.place_id, at=event.at)

    return holders


SAID: Final[Mapping[str, tuple[tuple[Whom, str], ...]]] = {
    "matter.revise": ((endorsers, CHANGED),),
    "matter.reach": ((author, REACHED), (office(Actor.CLERK), SCREEN)),
    "matter.expire": ((author, EXPIRED),),
    "matter.accept": ((author, ACCEPTED), (office(Actor.PARTY), STUDY)),
    "matter.send_back": ((author, RETURNED),),
    "matter.study": ((author, TALK),),
    "matter.announce": ((concerned, NOTICED),),
    "matter.close": ((office(Actor.TELLER), COUNT),),
}
"""By kind of event: whom to tell, and in which words."""


async def said(event: Event) -> None:
    """Tell those whom an event concerns."""
    matter = await Matter.get(id=int(event.subject.removeprefix("matter-"))).select_related("body")
    for whom, sentence in SAID[event.kind]:
        people = [number for number in await whom(event, matter) if number != event.actor_id]
        await tell(
            people, sentence, {"title": matter.title}, url=f"/matters/{matter.id}", at=event.at, topic=Topic.MATTER
        )


TELLERS: Final[Mapping[str, Teller]] = dict.fromkeys(SAID, said)
