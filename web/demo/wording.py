"""A matter of the demo whose words are being worked on: three versions, two amendments, seconds to be confirmed."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from deliberation.matter import amending, confirming, drafting, seconding
from deliberation.matter.meaning import Change
from deliberation.matter.text import Text
from web.demo.matters import Council
from web.demo.story import Story

FIRST: Final = Text(
    title="小区西门外加一条斑马线和减速带",
    what="请交管部门在西门外划一条斑马线，两边各装一条减速带。",
    cost="不用居民出钱，社区先垫 800 元做提示牌。",
    who="居委会报给街道和交管部门，物业配合。",
    body="西门外是单行道，车开得快，放学时候孩子要自己跑过去。去年碰倒过一位老人，好在没有大伤。\n\n"
    "西门两边各五十米内没有斑马线，最近的在菜场门口。\n\n提示牌挂在门口岗亭旁边，由物业看管。",
)
WORDED: Final = replace(FIRST, body=FIRST.body.replace("好在没有大伤", "所幸没有大伤").replace("看管", "照看"))


async def play(story: Story, council: Council) -> None:
    """Play it to three hours ago, when an amendment changed what it costs."""
    people = council.town.residents
    author, friends = people[3], [people[0], people[1], people[4]]
    matter = await drafting.draft(council.residents.id, FIRST, by=author, at=story.at)
    await drafting.submit(matter.id, by=author, at=story.at)
    for hours, friend in enumerate(friends, 1):
        await seconding.endorse(matter.id, version=1, by=friend, at=story.at + timedelta(hours=hours))
    story.at += timedelta(hours=9)
    await drafting.revise(matter.id, WORDED, by=author, at=story.at)
    await story.to(1)
    paint = "提示牌和地面的“慢行”两个字一起做，社区先垫 1,500 元，不用居民出钱。"
    why = "光有牌子夜里看不清，地面也写上才管用。"
    dear = await amending.amend(matter.id, "cost", paint, why, version=2, by=people[5], at=story.at)
    light = "提示牌挂在门口岗亭旁边，夜里亮灯，由物业照看。"
    await amending.amend(matter.id, "p3", light, "夜里也要看得见。", version=2, by=people[2], at=story.at)
    await story.play(story.now - timedelta(hours=3))
    await amending.adopt(dear.code, Change.MEANING, answer="说得对，钱数照改。", by=author, at=story.at)
    await confirming.confirm(matter.id, version=3, by=friends[2], at=story.at + timedelta(hours=1))
