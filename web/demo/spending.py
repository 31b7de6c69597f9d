"""A budget round of the demo: five projects for last year's common income, open for votes now."""

from datetime import timedelta
from typing import Final

from deliberation.body.models import Body
from deliberation.body.queries import voices_of
from deliberation.budget import commands as budgets
from deliberation.budget.queries import find
from deliberation.budget.rules import Kind
from web.demo.people import Town
from web.demo.story import Story

PLAN: Final = budgets.Plan(
    title="去年的公共收益怎么花",
    words="去年车位和电梯广告的公共收益结余 12 万元。每一户最多选三项，没选上的留到明年。",
    budget=120_000_00,
    kind=Kind.APPROVAL,
    most=3,
)
PROJECTS: Final = (
    ("小广场换防滑地砖", "把小广场 260 平方米的旧砖换成防滑砖。", 46_000_00),
    ("每栋楼装一个折叠休息椅", "在 20 栋楼的一楼电梯口各装一把折叠椅。", 18_000_00),
    ("东门加一段雨棚", "从东门岗亭到 2 号楼加 18 米雨棚。", 39_000_00),
    ("活动室装新风和空调", "活动室装一套新风和两台空调。", 31_000_00),
    ("修两处儿童滑梯", "换掉开裂的滑梯和地垫。", 22_000_00),
)
LIKED: Final = ((1, 2), (2, 5), (1, 3), (2, 4, 5), (3,), (1, 2, 5))
VOTERS: Final = 120


async def begin(story: Story, town: Town, body: Body) -> int:
    """Announce the round; the clock opens it five days later."""
    clerk = town.staff["clerk"]
    made = await budgets.plan_round(body.id, PLAN, by=clerk, at=story.at)
    for title, what, cost in PROJECTS:
        await budgets.add_project(made.id, title, what, cost, by=clerk, at=story.at)
    opens, closes = story.today + timedelta(days=5), story.today + timedelta(days=19)
    await budgets.announce(made.id, opens, closes, by=clerk, at=story.at)
    return made.id


async def choose(story: Story, town: Town, number: int) -> None:
    """Hand in the ballots of some households; those who may sign in have not chosen yet."""
    made = await find(number)
    for n, person in enumerate(town.residents[10 : 10 + VOTERS]):
        points = {str(each): 1 for each in LIKED[n % len(LIKED)]}
        for voice in await voices_of(person, made.roll_id or 0):
            await budgets.cast(number, voice.head_id, points, by=person, at=story.at)
