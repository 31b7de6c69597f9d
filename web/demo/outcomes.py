"""What became of the charging shed in the demo: a plan, a step that is late, a note to answer, the accounts on show."""

from datetime import timedelta

from community.orgs.models import Org, OrgKind
from deliberation.matter.states import Actor
from deliberation.outcome import doing, watching
from deliberation.outcome.rules import Outline, Step
from deliberation.publicity.objecting import object_to
from deliberation.publicity.opening import Bill, publish
from deliberation.publicity.rules import Kind
from web.demo.people import Town
from web.demo.story import Story


async def carry_out(story: Story, town: Town, matter_id: int) -> None:
    """Begin to carry a decision out, with a first step that will be late by now."""
    await story.play(story.at + timedelta(hours=1))  # the result has been shown for its days meanwhile
    clerk, day = town.staff["clerk"], timedelta(days=1)
    unit = await Org.get(kind=OrgKind.RESIDENTS_COMMITTEE, place_id=town.community.id)
    steps = [
        Step("拆掉旧车棚，清运干净", story.today + 10 * day),
        Step("接好喷淋和充电口", story.today + 40 * day),
        Step("消防和居委会一起验收", story.today + 50 * day),
    ]
    plan = Outline(org_id=unit.id, lead_id=clerk.id, budget=8_600_000, due_on=story.today + 60 * day, steps=steps)
    await doing.carry_out(matter_id, plan, by=clerk, at=story.at)
    await story.play(story.at + timedelta(days=2))
    words = "施工队的报价只贴了一家。请把三家报价都公开。"
    note = await watching.note(matter_id, Actor.EXECUTOR, words, days=5, by=town.staff["supervisor"], at=story.at)
    answer = "三家报价已经贴在东门公告栏，最低的一家中选。"
    await watching.answer(note.id, answer, by=clerk, at=story.at + day)
    await _accounts(story, town)


async def _accounts(story: Story, town: Town) -> None:
    """Hang up the common income of a month, without a photograph yet, and let somebody ask about it."""
    words = "上月公共收益：电梯广告 6,200 元，临时停车 3,150 元。支出：楼道灯 1,480 元。结余转入公共账户。"
    bill = Bill(kind=Kind.AFFAIRS, title="上月公共收益和开支", words=words, boards="社区公告栏\n东门公告栏")
    hung = await publish(town.community.id, bill, by=town.staff["clerk"], at=story.at)
    said = "楼道灯换了几盏没有写，请补上数量。"
    await object_to(hung.id, said, by=town.residents[3], at=story.at + timedelta(hours=3))
