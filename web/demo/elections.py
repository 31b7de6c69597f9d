"""What the demo chooses: the representatives of a building, the plants of a flower bed, the places of new benches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from community.people.models import Person
from deliberation.ballot import announcing, casting, counting
from deliberation.ballot.models import Ballot, Channel
from deliberation.body.queries import voices_of
from deliberation.body.rules import Effect, Weight
from deliberation.matter.text import Text
from deliberation.question.asking import Asked
from deliberation.question.marks import Marks
from deliberation.question.rules import Kind, Method, Post
from web.demo.people import Town
from web.demo.story import Story

REPRESENTATIVES: Final = Text(
    title="推选本楼的三位业主代表",
    what="推选三位业主代表，验收公共收益花的钱，替本楼参加业主大会的会前商量。",
    cost="不用花钱，代表不领补贴。",
    who="业委会主持，居委会到场看着。",
    body="任期两年。代表每季度在门厅贴一次做了什么。",
)
FLOWERS: Final = Text(
    title="中心花坛明年春天种什么",
    what="请大家给四样花草排先后，园艺队照排在最前的准备。",
    cost="约 2,000 元，从绿化养护费里出。",
    who="物业园艺队，居委会公布结果。",
    body="四样都能在半日晒的地方长，价钱差不多。只征求意见，不作决定。",
)
BENCHES: Final = Text(
    title="五张新长椅先放哪里",
    what="五张旧长椅要换新，请说说您认可放在哪几个地方。",
    cost="约 5,500 元，从公共收益里出。",
    who="物业安装，居委会公布结果。",
    body="能放的地方有六处，先放认可最多的五处。只征求意见。",
)
PEOPLE: Final = "何静宜｜住这幢楼六年，会看账\n邱明远｜退休电工\n陶巧珍｜做过楼组长\n葛志强｜在家办公，白天都在"
PLANTS: Final = "月季｜花期长，要修剪\n绣球｜喜阴，夏天好看\n麦冬｜常绿，好打理\n香草｜有香味，孩子喜欢"
PLACES: Final = "东门公交站旁\n小广场西边\n3 号楼门前\n健身角\n湖边步道\n西门快递柜旁"

ELECT: Final = Asked(kind=Kind.SEATS, lines=PEOPLE, seats=3, post=Post.REPRESENTATIVES)
RANK: Final = Asked(kind=Kind.RANKED, lines=PLANTS, method=Method.SCHULZE)
APPROVE: Final = Asked(kind=Kind.APPROVAL, lines=PLACES, seats=5)
HAPPY: Final[Sequence[Marks]] = (
    {"1": 1, "2": 1, "3": 1},
    {"1": 1, "2": 1},
    {"2": 1, "3": 1, "4": 1},
    {"1": 1, "3": 1, "4": 1},
    {},
)
ORDERS: Final = [
    {key: rank for rank, key in enumerate(order, 1)} for order in ("132", "2143", "3412", "41", "1234", "214", "2314")
]
LIKED: Final[Sequence[Marks]] = (
    {"1": 1, "4": 1},
    {"2": 1, "3": 1, "5": 1},
    {"4": 1},
    {"1": 1, "2": 1, "4": 1, "6": 1},
    {"5": 1, "4": 1},
)


async def put(story: Story, town: Town, number: int, asked: Asked, *, opens_in: int, lasts: int) -> Ballot:
    """Announce a vote of that kind."""
    opens = story.today + timedelta(days=opens_in)
    plan = announcing.Plan(
        weight=Weight.GENERAL,
        effect=Effect.BINDING if asked.kind is Kind.SEATS else Effect.ADVISORY,
        opens_on=opens,
        closes_on=opens + timedelta(days=lasts),
        asked=asked,
        channels=(Channel.SITE, Channel.LINK),
    )
    return await announcing.announce(number, plan, by=town.staff["clerk"], at=story.at)


async def cast(story: Story, people: Sequence[Person], ballot: Ballot, papers: Sequence[Marks]) -> None:
    """Let these people hand the papers in, over and over in the same order."""
    for n, person in enumerate(people):
        for voice in await voices_of(person, ballot.roll_id):
            marks = papers[n % len(papers)]
            await casting.cast(ballot.id, voice.head_id, marks, by=person, at=story.at)


async def ask(story: Story, town: Town, flowers: int, benches: int) -> tuple[Ballot, Ballot]:
    """Announce the two questions that only ask for opinions."""
    return (
        await put(story, town, flowers, RANK, opens_in=12, lasts=0),
        await put(story, town, benches, APPROVE, opens_in=12, lasts=9),
    )


async def answer(story: Story, town: Town, flowers: Ballot, benches: Ballot) -> None:
    """Let people answer: the flower bed is counted, the benches are still open."""
    await story.play(flowers.opens_at + timedelta(hours=3))
    await cast(story, town.residents[20:50], benches, LIKED)
    await count(story, replace(town, residents=town.residents[10:70]), flowers, ORDERS)


async def count(story: Story, town: Town, ballot: Ballot, papers: Sequence[Marks]) -> None:
    """Let everybody of the town vote once the ballot is open, and two tellers count once it is closed."""
    await story.play(ballot.opens_at + timedelta(hours=3))
    await cast(story, town.residents, ballot, papers)
    await story.play(ballot.closes_at + timedelta(hours=1))
    for teller in ("clerk", "supervisor"):
        await counting.tell(ballot.id, by=town.staff[teller], at=story.at)
