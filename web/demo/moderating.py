"""Moderation in the demo: an appeal that waits, one that nobody answered, a mask, a move, a batch, one taken back."""

from datetime import timedelta
from typing import Final

from community.moderation import content
from community.moderation.appealing import appeal
from community.moderation.batches import hide_many
from community.moderation.clauses import LETTERS
from community.moderation.hiding import hide
from community.moderation.orders import Order
from community.moderation.reporting import report
from community.moderation.rules import Measure, Reason
from community.moderation.undoing import undo
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from web.demo.people import Town
from web.demo.story import Story
from web.moderated import CONTENTS

ADS: Final = ("专业疏通下水，加微信优惠。", "专业疏通下水，加微信再优惠。")


def _order(reason: Reason, measure: Measure = Measure.HIDE, target: str = "", *conceal: str) -> Order:
    return Order(reason, LETTERS[reason], measure=measure, conceal=conceal, target=target)


async def moderate(story: Story, town: Town, *, talk: int, other: int) -> None:
    """Say things under the matter ``talk`` and decide about them; what belongs to ``other`` is moved there."""
    content.install(CONTENTS)
    people, moderator, at = town.residents, town.staff["moderator"], story.at
    rude = await comment(talk, Position.AGAINST, "跳舞的都是没事干的老糊涂。", by=people[30], at=at)
    advert = await comment(talk, Position.MORE, "专业隔音窗，加微信送安装。", by=people[31], at=at)
    await report(f"comment-{rude.id}", Reason.ABUSE, "骂人。", by=people[32], at=at + timedelta(hours=1))
    words = "可以反对，请不要骂人。改掉“老糊涂”三个字可以重发。"
    hidden = await hide(f"comment-{rude.id}", Order(Reason.ABUSE, words), by=moderator, at=at + timedelta(hours=2))
    said = "我说的是气话，意思是音量要管，请让我改一下。"
    await appeal(hidden.code, said, by=people[30], at=at + timedelta(hours=3))
    await report(f"comment-{advert.id}", Reason.SPAM, "广告。", by=people[33], at=at + timedelta(hours=4))
    await _measures(story, town, talk=talk, other=other)


async def _measures(story: Story, town: Town, *, talk: int, other: int) -> None:
    people, moderator, at = town.residents, town.staff["moderator"], story.at
    door = await comment(talk, Position.MORE, "放音箱的是 9 号楼 1101 的，大家去敲门。", by=people[34], at=at)
    order = _order(Reason.PRIVACY, Measure.MASK, "", "9 号楼 1101")
    await hide(f"comment-{door.id}", order, by=moderator, at=at)
    stray = await comment(talk, Position.MORE, "校门口的车位早上能不能晚收半小时？", by=people[35], at=at)
    order = _order(Reason.OFF_TOPIC, Measure.MOVE, f"matter-{other}")
    await hide(f"comment-{stray.id}", order, by=moderator, at=at)
    ads = [await comment(talk, Position.MORE, words, by=people[36], at=at) for words in ADS]
    await hide_many([f"comment-{each.id}" for each in ads], _order(Reason.SPAM), by=moderator, at=at)
    sharp = await comment(talk, Position.AGAINST, "居委会管得太慢了，群众意见很大。", by=people[37], at=at)
    hasty = await hide(f"comment-{sharp.id}", _order(Reason.ABUSE), by=moderator, at=at)
    await undo(hasty.code, by=moderator, at=at + timedelta(minutes=4))
