"""What the people of the demo say about a matter, and what the host makes of it."""

from datetime import timedelta
from typing import Final

from deliberation.body import correcting
from deliberation.body.models import RollVersion
from deliberation.debate import opinions
from deliberation.debate.commands import comment
from deliberation.debate.marking import mark_helpful
from deliberation.debate.models import Opinion
from deliberation.debate.rewording import reword
from deliberation.debate.rules import Accord, Position
from deliberation.matter import hosting
from deliberation.matter.models import Matter
from deliberation.outcome.answering import answer
from deliberation.publicity.objecting import object_to
from deliberation.publicity.rules import Verdict
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.rules import Capacity
from web.demo.people import Town
from web.demo.story import Story

DOUBT: Final = "3 号楼 602 去年过户了，名册上请核对是不是新业主。"
CHECKED: Final = "查了不动产登记，过户手续还没有办完，名册照登记写，不改。办完以后会出新的一版。"
ANSWER: Final = "物业答应晚上十点以后不施工、不开水泵，写进合同；有声响打物业值班电话，当晚来人。"


async def talk_over(story: Story, town: Town, number: int) -> int:
    """Comments with their marks and a reworded one, a sitting, every dissent answered, and the words frozen."""
    staff, people = town.staff, town.residents
    words = (
        (Position.FOR, "早该办了，楼道里充电太吓人。"),
        (Position.MORE, "喷淋要接市政水，别用消防水箱的。"),
        (Position.AGAINST, "离 2 号楼太近，夜里会不会吵？"),
    )
    said = [
        await comment(number, position, text, by=people[n + 6], at=story.at + timedelta(hours=4 + n))
        for n, (position, text) in enumerate(words)
    ]
    for n, each in enumerate(said):
        for reader in people[10 : 18 - 2 * n]:
            await mark_helpful(each.code, by=reader, at=story.at + timedelta(hours=8))
    louder = f"{said[-1].words}请物业说清楚几点停。"
    await reword(said[-1].code, louder, by=people[8], at=story.at + timedelta(hours=9))
    story.at += timedelta(days=4)
    await opinions.note(number, Accord.DISSENT, "", comment=said[-1].code, by=staff["clerk"], at=story.at)
    minutes = "到会的住户逐条看了方案，问了花钱、施工时间和以后谁管，物业当场答复。"
    kept = {
        "consensus": "同意做。\n先试一年再看要不要加口子。",
        "dissent": "有两户担心夜里噪声。",
    }
    await hosting.discuss(number, story.today, 46, minutes, **kept, by=staff["clerk"], at=story.at)
    for open_one in await Opinion.filter(matter_id=number, kind=Accord.DISSENT):
        await opinions.answer(open_one.code, ANSWER, by=staff["clerk"], at=story.at + timedelta(hours=1))
    await _declare(story, town, number)
    await hosting.finalise(number, by=staff["clerk"], at=story.at + timedelta(hours=2))
    return number


async def _declare(story: Story, town: Town, number: int) -> None:
    author = (await Matter.get(id=number).select_related("author")).author
    has = "我的两辆电动车要停进去，算有利益。" if number % 3 == 0 else ""
    await declare(number, Capacity.AUTHOR, interested=bool(has), words=has, by=author, at=story.at)
    for capacity in (Capacity.HOST, Capacity.CLERK):
        await declare(number, capacity, interested=False, by=town.staff["clerk"], at=story.at)


async def object_to_roll(story: Story, town: Town, roll: RollVersion) -> None:
    """One objection to a roll, answered with its reasons within three days."""
    hung = await correcting.hung(roll)
    said = await object_to(hung.id, DOUBT, by=town.residents[40], at=story.at + timedelta(days=1))
    await answer(said.id, Verdict.DISMISSED, CHECKED, by=town.staff["clerk"], at=story.at + timedelta(days=2))
