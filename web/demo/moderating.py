"""Moderation in the demo: a comment hidden and appealed, a report that waits, a decision that needs a second person."""

from datetime import datetime, timedelta
from typing import Final

from community.moderation import content
from community.moderation.appealing import appeal
from community.moderation.hiding import Order, hide
from community.moderation.reporting import report
from community.moderation.rules import Measure, Reason
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from deliberation.publicity.models import Objection
from web.demo.people import Town
from web.demo.story import Story
from web.demo.talk import DOUBT
from web.moderated import CONTENTS


async def moderate(story: Story, town: Town, title: str) -> None:
    """One comment hidden for its abuse and appealed, one report that still waits."""
    content.install(CONTENTS)
    people, staff = town.residents, town.staff
    noise = await Matter.get(title=title)
    rude = await comment(noise.id, Position.AGAINST, "跳舞的都是没事干的老糊涂。", by=people[30], at=story.at)
    advert = await comment(noise.id, Position.MORE, "专业隔音窗，加微信送安装。", by=people[31], at=story.at)
    await report(f"comment-{rude.id}", Reason.ABUSE, "骂人。", by=people[32], at=story.at + timedelta(hours=1))
    order = Order(reason=Reason.ABUSE, words="可以反对，请不要骂人。改掉“老糊涂”三个字可以重发。")
    hidden = await hide(f"comment-{rude.id}", order, by=staff["moderator"], at=story.at + timedelta(hours=2))
    words = "我说的是气话，意思是音量要管，请让我改一下。"
    await appeal(hidden.code, words, by=people[30], at=story.at + timedelta(hours=3))
    await report(f"comment-{advert.id}", Reason.SPAM, "广告。", by=people[33], at=story.at + timedelta(hours=4))


DOOR: Final = Order(
    reason=Reason.PRIVACY,
    words="别人家的门牌号请不要公开写。已经打码，意思没有变，答复照旧。",
    measure=Measure.MASK,
    conceal=("602",),
)


async def four_eyes(town: Town, *, at: datetime) -> None:
    """Cover a door number in an objection, which is a remedy: a moderator of the street has a day to agree."""
    content.install(CONTENTS)
    found = await Objection.filter(words=DOUBT).order_by("id").first()
    if found:
        await hide(f"objection-{found.id}", DOOR, by=town.staff["moderator"], at=at)
