"""Who is told of a matter: its author of every turn, offices of what waits for them, followers of every step."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.places.models import Place
from community.record.models import Event
from community.timers.commands import Handler, set_timer
from deliberation.following.queries import followers, followers_of_place
from deliberation.following.rules import News
from deliberation.matter.models import Matter
from deliberation.matter.states import RIGHTS, STANDINGS, Actor
from web.teller import Teller
from web.words import N_

CROWD: Final = 100  # people told in one transaction, so that nobody waits long behind it

REACHED: Final = N_("附议够了，您提的“{title}”进入受理。")
SCREEN: Final = N_("有一件事等您受理：{title}")
STUDY: Final = N_("有一件事等党组织研究：{title}")
RETURNED: Final = N_("您提的“{title}”退回来了，请看理由，改好再交。")
ACCEPTED: Final = N_("您提的“{title}”受理了。")
TALK: Final = N_("您提的“{title}”可以开议事会了。")
NOTICED: Final = N_("“{title}”公示了，定了表决的时间。")
NEW: Final = N_("您关注的地方有新的提议：{title}")
F_REACHED: Final = N_("您关注的“{title}”附议够了，进入受理。")
F_RETURNED: Final = N_("您关注的“{title}”退回给提议人修改了，理由写在页面上。")
F_TALK: Final = N_("您关注的“{title}”开始议事了。")
F_FINAL: Final = N_("您关注的“{title}”定稿了，请看最后的文字。")
F_EXPIRED: Final = N_("您关注的“{title}”附议到期，人数还不够。")
F_WITHDRAWN: Final = N_("您关注的“{title}”由提议人撤回了。")
EFFECTIVE: Final = N_("“{title}”公示期满，决定生效了。")
FAILED: Final = N_("“{title}”公示期满，没有通过。")
LAPSED: Final = N_("“{title}”公示期满，参加的人数不够，没有形成决定。")
EXPIRED: Final = N_("您提的“{title}”附议到期，人数还不够。您可以再征集一次。")
HOST: Final = N_("有一件事等您主持商量：{title}")
MEDIATE: Final = N_("您提的“{title}”更像是一件纠纷，建议您申请调解，请看理由。")
NOT_OURS: Final = N_("您提的“{title}”不归这里管，请看理由和该找谁。")
OVERDUE: Final = N_("过了期限还没有办，请尽快：{title}")
CALLED_OFF: Final = N_("“{title}”的表决取消了，名册更正以后重新公示。")
COUNT: Final = N_("有一次表决等您计票：{title}")

Whom = Callable[[Event, Matter], Awaitable[list[int]]]


async def author(_event: Event, matter: Matter) -> list[int]:
    """Return the author."""
    return [matter.author_id]


async def concerned(_event: Event, matter: Matter) -> list[int]:
    """Return everybody who follows a matter: the author, who seconded, who voted, who asked."""
    return await followers(matter)


async def others(_event: Event, matter: Matter) -> list[int]:
    """Return everybody who follows a matter but its author, who is told in words of their own."""
    return [each for each in await followers(matter) if each != matter.author_id]


def neighbours(news: News) -> Whom:
    """Return how to find those who follow this kind of news where a matter is decided."""

    async def found(_event: Event, matter: Matter) -> list[int]:
        place = await Place.get(id=matter.body.place_id)
        return [each for each in await followers_of_place(place, news) if each != matter.author_id]

    return found


def office(actor: Actor) -> Whom:
    """Return how to find those who hold the office of an actor where the matter is decided."""

    async def holders(event: Event, matter: Matter) -> list[int]:
        return await people_with(RIGHTS[actor], place_id=matter.body.place_id, at=event.at)

    return holders


async def in_charge(event: Event, matter: Matter) -> list[int]:
    """Return those whose move it is where the matter stands."""
    owner = STANDINGS[matter.state].owner
    return await office(owner)(event, matter) if owner in RIGHTS else []


SAID: Final[Mapping[str, tuple[tuple[Whom, str], ...]]] = {
    "matter.submit": ((neighbours(News.PROPOSED), NEW),),
    "matter.reach": ((author, REACHED), (office(Actor.CLERK), SCREEN), (others, F_REACHED)),
    "matter.expire": ((author, EXPIRED), (others, F_EXPIRED)),
    "matter.accept": ((author, ACCEPTED), (office(Actor.PARTY), STUDY)),
    "matter.send_back": ((author, RETURNED), (others, F_RETURNED)),
    "matter.study": ((author, TALK), (others, F_TALK)),
    "matter.finalise": ((concerned, F_FINAL),),
    "matter.announce": ((concerned, NOTICED), (neighbours(News.VOTE), NOTICED)),
    "matter.call_off": ((concerned, CALLED_OFF), (office(Actor.CLERK), CALLED_OFF)),
    "matter.take_effect": ((concerned, EFFECTIVE),),
    "matter.fail": ((concerned, FAILED),),
    "matter.lapse": ((concerned, LAPSED),),
    "matter.withdraw": ((others, F_WITHDRAWN),),
    "matter.accept_owners": ((author, TALK), (office(Actor.HOST), HOST)),
    "matter.to_mediation": ((author, MEDIATE),),
    "matter.not_ours": ((author, NOT_OURS),),
    "matter.remind": ((in_charge, OVERDUE), (office(Actor.OVERSEER), OVERDUE)),
    "matter.close": ((office(Actor.TELLER), COUNT),),
}
"""By kind of event: whom to tell, and in which words."""


async def said(event: Event) -> None:
    """Tell those whom an event concerns, many of them some at a time."""
    for line in range(len(SAID[event.kind])):
        await _some(event, line, 0, event.at)


async def more(subject: str, at: datetime) -> None:
    """Go on telling of an event where the last hundred ended."""
    number, line, after = (int(part) for part in subject.removeprefix("event-").split("/"))
    await _some(await Event.get(id=number), line, after, at)


async def _some(event: Event, line: int, after: int, at: datetime) -> None:
    matter = await Matter.get(id=int(event.subject.removeprefix("matter-"))).select_related("body")
    whom, sentence = SAID[event.kind][line]
    waiting = sorted(each for each in set(await whom(event, matter)) if each > after and each != event.actor_id)
    await tell(
        waiting[:CROWD],
        sentence,
        {"title": matter.name},
        url=f"/matters/{matter.id}",
        at=at,
        topic=Topic.MATTER,
        dedupe=f"event-{event.id}",
    )
    if len(waiting) > CROWD:
        await set_timer("matter.more", f"event-{event.id}/{line}/{waiting[CROWD - 1]}", at)


TELLERS: Final[Mapping[str, Teller]] = dict.fromkeys(SAID, said)
TIMERS: Final[Mapping[str, Handler]] = {"matter.more": more}
