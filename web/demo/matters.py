"""Matters of the demo, one in every state that can be reached by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from community.files.storage import Storage
from community.people.models import Person
from deliberation.ballot import announcing, casting, counting
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body import commands as body
from deliberation.body.models import Body
from deliberation.body.queries import voices_of
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from deliberation.matter import drafting, screening, seconding
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.matter.text import Text
from web.demo import elections, finished, reached, roads, spending
from web.demo.doors import knock
from web.demo.helping import doors
from web.demo.moderating import moderate
from web.demo.outcomes import carry_out
from web.demo.people import Town
from web.demo.story import Story
from web.demo.talk import object_to_roll, talk_over

SECONDS: Final = 32
"""Enough heads to second a matter in a roll of some six hundred."""


def _text(title: str, what: str, cost: str, who: str, body: str = "") -> Text:
    return Text(title=title, what=what, cost=cost, who=who, body=body)


SHED: Final = _text(
    "东门旧车棚改成充电棚",
    "把东门不用的旧自行车棚改成电动车充电棚，装 24 个充电口和喷淋。",
    "约 8.6 万元，从公共收益里出，三年内不用住户另外交钱。",
    "居委会牵头，物业施工和日常看管，业委会监督花钱。",
    "旧车棚空了两年，电动车还在楼道里充电，去年冒过两次烟。物业量过，改造以后能停 60 辆。",
)
LIFT: Final = _text(
    "更换 3 号楼两部电梯的主机",
    "更换 3 号楼两部电梯的曳引主机和控制柜。",
    "约 31 万元，用 3 号楼的专项维修资金，按面积分摊。",
    "业委会委托有资质的单位，物业配合，监督委员会全程看账。",
)
PARKING: Final = _text(
    "夜间潮汐车位：晚七点到早七点开放学校门口 40 个车位",
    "和实验小学商量，晚七点到早七点开放校门口 40 个车位给本社区住户停。",
    "划线和道闸约 1.2 万元，从社区服务专项里出。",
    "居委会和学校签协议，物业夜间巡查。",
)
IDEAS: Final = (
    _text(
        "小广场晚上九点半以后不放音箱",
        "小广场晚上九点半以后不用音箱跳舞。",
        "不用花钱，做两块牌子约 300 元。",
        "居委会公告，网格员劝导。",
    ),
    _text(
        "给 7 号楼到菜场的台阶装扶手",
        "在 7 号楼到菜场的 14 级台阶两边装不锈钢扶手。",
        "约 4,800 元，申请社区微更新资金。",
        "居委会报批，物业安装。",
    ),
    _text(
        "中心花园的灯换成声控灯",
        "把中心花园 22 盏常亮的灯换成声控节能灯。",
        "约 6,000 元，两年省下的电费就够了。",
        "物业更换，业委会核对电费。",
    ),
    _text(
        "周三下午借社区活动室办老人智能手机课",
        "每周三下午两点借活动室办一个半小时的手机课。",
        "不收费，志愿者来讲。",
        "居委会开门，社会组织排课。",
    ),
    _text(
        "把快递架从消防通道挪开",
        "把 11 号楼北边占着消防通道的快递架挪到西门岗亭旁。",
        "挪架子约 500 元，物业出。",
        "物业一周内挪好，网格员复查。",
    ),
    _text(
        "社区公众号每月公布一次公共收益",
        "每月五号前在公告栏和公众号公布上个月的公共收益和开支。",
        "不用花钱。",
        "业委会提供账目，居委会公布。",
    ),
    _text(
        "建一个流浪猫喂养点",
        "在西南角绿地边建一个固定喂养点，统一绝育。",
        "约 3,000 元，自愿捐款。",
        "志愿者值班，居委会备案。",
    ),
    _text(
        "把老年食堂的晚饭时间提前到五点",
        "把老年食堂晚饭从五点半提前到五点。",
        "不用花钱。",
        "食堂调整排班，居委会公告。",
    ),
)


@dataclass
class Council:
    """The bodies of the demo and those who act for them."""

    town: Town
    residents: Body
    owners: Body


async def convene(story: Story, town: Town) -> Council:
    """Found the residents' and the owners' assembly and freeze their rolls."""
    clerk, place = town.staff["clerk"], town.community.id
    found = [
        await body.found(BodyKind.RESIDENTS_ASSEMBLY, place, "幸福里社区居民会议", by=clerk, at=story.at),
        await body.found(BodyKind.OWNERS_ASSEMBLY, place, "幸福里业主大会", by=clerk, at=story.at),
    ]
    for each, basis in zip(found, (Basis.HOUSEHOLDS, Basis.OWNERS), strict=True):
        roll = await body.freeze_roll(each.id, basis, by=clerk, at=story.at)
        await object_to_roll(story, town, roll)
    return Council(town, *found)


async def play(story: Story, council: Council, storage: Storage) -> None:
    """Play every matter to where it stands today."""
    house, stairs = await finished.stairs(story, council.town)
    inner = Council(stairs, house, house)
    place = house.name.removesuffix("业主")
    old = [await _ready(story, house, inner, text, days_ago=104) for text in finished.texts(place)]
    early = [await _put(story, inner, each, Weight.GENERAL, days_ago=98, opens_in=17, lasts=2) for each in old]
    await finished.photographed(story, stairs, storage, await finished.hanging(*old))
    shed = await _ready(story, council.residents, council, SHED, days_ago=95)
    lift = await _ready(story, council.owners, council, LIFT, days_ago=93)
    await story.play(max(each.opens_at for each in early) + timedelta(hours=3))
    for each in early:
        await _cast(story, stairs.residents, each, [Choice.YES] * (len(stairs.residents) - 1) + [Choice.NO])
    await story.play(max(each.closes_at for each in early) + timedelta(hours=3))
    await _count(story, inner, *early)
    await finished.photographed(story, stairs, storage, await finished.hanging(*old))
    passed = await _put(story, council, shed, Weight.GENERAL, days_ago=75, opens_in=12, lasts=7)
    await reached.agree(story, council.owners, storage, by=council.town.staff["clerk"])
    failed = await _put(story, council, lift, Weight.MAJOR, days_ago=74, opens_in=17, lasts=10)
    await _vote(story, council, passed, yes=330, no=52, abstain=9, days_ago=60)
    await _vote(story, council, failed, yes=150, no=48, abstain=4, days_ago=55)
    await reached.carry_round(story, failed, by=council.town.staff["clerk"])
    await finished.done_well(story, stairs, storage, *old)
    await finished.well_judged(story, stairs.residents, *old)
    opinions = [
        await _ready(story, council.residents, council, each, days_ago=54)
        for each in (elections.FLOWERS, elections.BENCHES)
    ]
    await story.to(42)
    await story.play(story.at + timedelta(minutes=1))
    await _count(story, council, passed, failed)
    people = await _ready(story, house, inner, elections.REPRESENTATIVES, days_ago=41)
    chosen = await elections.put(story, stairs, people, elections.ELECT, opens_in=17, lasts=2)
    parking = await _ready(story, council.residents, council, PARKING, days_ago=36)
    await finished.kept(story, stairs, storage, old[0])
    await finished.open_day(story, council.town, storage)
    await _young(story, council)
    await carry_out(story, council.town, shed)
    await elections.count(story, stairs, chosen, elections.HAPPY)
    asked = await elections.ask(story, council.town, *opinions)
    ballot = await _put(story, council, parking, Weight.GENERAL, days_ago=16, opens_in=12, lasts=9)
    await _late(story, council, storage)
    spent = await spending.begin(story, council.town, council.residents)
    await elections.answer(story, council.town, *asked)
    await _half(story, council, ballot)
    await spending.choose(story, council.town, spent)
    await reached.lend(story, ballot, council.town.residents)
    await moderate(story, council.town, IDEAS[0].title)


async def _ready(story: Story, of: Body, council: Council, text: Text, *, days_ago: int) -> int:
    """Bring a matter from its first word to frozen words."""
    await story.to(days_ago)
    await story.play(story.at + timedelta(minutes=1))  # let the clocks strike where the day is past already
    number = await _second(story, of, council, text)
    await _screen(story, council, number)
    return await talk_over(story, council.town, number)


async def _second(story: Story, of: Body, council: Council, text: Text, *, enough: bool = True) -> int:
    people = council.town.residents
    author = people[len(text.title) % 5]
    matter = await drafting.draft(of.id, text, by=author, at=story.at)
    await drafting.submit(matter.id, by=author, at=story.at)
    friends = [person for person in people if person.id != author.id][: SECONDS if enough else 3]
    for friend in friends:
        await seconding.endorse(matter.id, by=friend, at=story.at + timedelta(hours=1))
        if await _seconded(matter.id):
            break
    return matter.id


async def _seconded(matter_id: int) -> bool:
    return (await Matter.get(id=matter_id)).state is not State.ENDORSING


async def _screen(story: Story, council: Council, number: int) -> None:
    staff = council.town.staff
    story.at += timedelta(days=2)
    await screening.accept(number, by=staff["clerk"], at=story.at)
    if (await Matter.get(id=number)).state is State.PARTY_STUDY:
        opinion = "党总支开会研究，同意提交居民讨论，建议把消防和日常看管的责任写清楚。"
        await screening.study(number, story.today, opinion, by=staff["moderator"], at=story.at + timedelta(hours=3))


async def _put(
    story: Story,
    council: Council,
    number: int,
    weight: Weight,
    *,
    days_ago: int,
    opens_in: int,
    lasts: int,
) -> Ballot:
    await story.to(days_ago)
    opens = story.today + timedelta(days=opens_in)
    plan = announcing.Plan(
        weight=weight, effect=Effect.BINDING, opens_on=opens, closes_on=opens + timedelta(days=lasts)
    )
    return await announcing.announce(number, plan, by=council.town.staff["clerk"], at=story.at)


async def _vote(
    story: Story, council: Council, ballot: Ballot, *, yes: int, no: int, abstain: int, days_ago: int
) -> None:
    await story.to(days_ago)
    choices = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain
    await _cast(story, council.town.residents, ballot, choices)


async def _cast(story: Story, people: Sequence[Person], ballot: Ballot, choices: Sequence[Choice]) -> None:
    for person, choice in zip(people, choices, strict=False):
        for voice in await voices_of(person, ballot.roll_id):
            await casting.cast(ballot.id, voice.head_id, choice, by=person, at=story.at)


async def _count(story: Story, council: Council, *ballots: Ballot) -> None:
    staff = council.town.staff
    for ballot in ballots:
        for teller in ("clerk", "supervisor"):
            await counting.tell(ballot.id, by=staff[teller], at=story.at)
        story.at += timedelta(hours=1)


async def _young(story: Story, council: Council) -> None:
    """Matters that are still being talked about, or were sent back."""
    await story.to(27)
    noise = await _second(story, council.residents, council, IDEAS[0])
    await _screen(story, council, noise)
    await roads.suggest(story, council.town, noise)
    rail = await _second(story, council.residents, council, IDEAS[1])
    await _screen(story, council, rail)
    await talk_over(story, council.town, rail)
    await roads.table(story, council.town, rail)
    await roads.ask_around(story, council.town, rail)
    back = await _second(story, council.residents, council, IDEAS[2])
    reasons = "物业去年已经换过一半，请先和物业核对哪些灯还没换，再写清楚数量。"
    await screening.send_back(back, reasons, by=council.town.staff["clerk"], at=story.at)
    await roads.object_to(story, back)


async def _late(story: Story, council: Council, storage: Storage) -> None:
    """Matters that came up lately."""
    people = council.town.residents
    await story.to(10)
    study = await _second(story, council.residents, council, IDEAS[3])
    await screening.accept(study, by=council.town.staff["clerk"], at=story.at)
    await roads.take_apart(story, study)
    await roads.stop(story, council.town, await _second(story, council.residents, council, IDEAS[4]))
    young = await _second(story, council.residents, council, IDEAS[5], enough=False)
    await doors(story, council.town, storage, young)
    gone = await _second(story, council.residents, council, IDEAS[6], enough=False)
    await drafting.withdraw(gone, by=people[len(IDEAS[6].title) % 5], at=story.at)
    await drafting.draft(council.residents.id, IDEAS[7], by=people[0], at=story.at)


async def _half(story: Story, council: Council, ballot: Ballot) -> None:
    """Part of the votes of the ballot that is open now; the residents who may sign in have not voted yet."""
    await story.to(2)
    choices = [Choice.YES] * 160 + [Choice.NO] * 34 + [Choice.ABSTAIN] * 5
    await _cast(story, council.town.residents[10:], ballot, choices)
    await knock(story, ballot, council.town.staff)
