"""The side roads of the demo: a return appealed and overdue, a part split off, offices called, one late, a suspension."""

from datetime import timedelta
from typing import Final

from community.people.models import Person
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer, whistle
from deliberation.lineage.linking import split
from deliberation.matter.amending import amend, decline
from deliberation.matter.drafting import submit
from deliberation.matter.models import Matter
from deliberation.matter.text import Text
from deliberation.oversight.appealing import appeal
from deliberation.oversight.orders import order
from deliberation.oversight.rules import Deed, Document, Issuer
from deliberation.stakeholder.inviting import invite, state
from deliberation.stakeholder.rules import Seat
from web.demo.people import Town
from web.demo.story import Story

WHY: Final = "第二段写了：物业换过的是楼道灯，花园里的 22 盏一盏也没换，数量是数出来的。"


async def table(story: Story, town: Town, number: int) -> None:
    """Ask those concerned to the table; one of them speaks."""
    clerk = town.staff["clerk"]
    for seat, org in ((Seat.PROPERTY, "示范物业服务有限公司"), (Seat.OWNERS_COMMITTEE, "幸福里业主委员会")):
        code = next(each.code for each in town.orgs.values() if each.name == org)
        await invite(number, seat, org=code, by=clerk, at=story.at)
    asked = await invite(number, Seat.NEWCOMER, email=town.residents[3].email, by=clerk, at=story.at)
    words = "租户也要走这段路，扶手装在两边才好用。"
    await state(number, asked.id, words, by=town.residents[3], at=story.at + timedelta(hours=2))


async def suggest(story: Story, town: Town, number: int) -> None:
    """Two residents propose other words; one gets an answer, the other waits for it."""
    matter, people = await Matter.get(id=number).select_related("author"), town.residents
    words = "小广场晚上九点以后不用音箱跳舞。"
    early = await amend(number, "what", words, "九点孩子要睡了。", by=people[21], at=story.at + timedelta(hours=2))
    why = "大家在议事会上说九点半合适，先按九点半试三个月。"
    await decline(early.code, why, by=matter.author, at=story.at + timedelta(days=1))
    words = "居委会公告，网格员劝导，九点半物业关掉广场的电源插座。"
    await amend(
        number, "who", words, "光劝导管不住，关了插座就没有争执。", by=people[22], at=story.at + timedelta(days=2)
    )


async def ask_around(story: Story, town: Town, number: int) -> None:
    """Call two offices; one answers in time, the other lets its day pass."""
    clerk, committee = town.staff["clerk"], next(iter(town.orgs.values()))
    called = await ask_answer(number, committee.code, "台阶归谁管，能不能先贴防滑条？", by=clerk, at=story.at)
    words = "台阶是公共部分，居委会先贴防滑条，本周贴完。"
    await answer(called.id, words, by=clerk, at=story.at + timedelta(days=1))
    late = next(each.code for each in town.orgs.values() if each.short_name == "示范物业")
    due = story.today + timedelta(days=7)
    await whistle(number, [late], "请到场量尺寸，报扶手的样式和价钱。", due, by=clerk, at=story.at)


async def object_to(story: Story, number: int) -> None:
    """Let the author appeal against a return; nobody decides it in time."""
    author: Person = (await Matter.get(id=number).select_related("author")).author
    await appeal(number, WHY, by=author, at=story.at + timedelta(days=1))


async def stop(story: Story, town: Town, number: int) -> None:
    """Suspend a matter on a letter of the street."""
    letter = Document(
        issuer=Issuer.STREET,
        number="清街办函〔2026〕18 号（演示）",
        issued_on=story.today,
        reason="消防通道正在重新划线，线划好以前先停一停。",
    )
    await order(number, Deed.SUSPEND, letter, by=town.staff["supervisor"], at=story.at)


async def take_apart(story: Story, number: int) -> None:
    """Let the author take a part out of a matter into one of its own."""
    author: Person = (await Matter.get(id=number).select_related("author")).author
    part = Text(
        title="每月第一个周六办一堂防诈骗课",
        what="每月第一个周六上午借活动室讲一个小时防诈骗。",
        cost="不用花钱。",
        who="居委会开门，请派出所民警来讲。",
    )
    new = await split(number, part, by=author, at=story.at)
    await submit(new.id, by=author, at=story.at)
