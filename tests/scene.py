"""A neighbourhood in the middle of things: matters and disputes at many points of their roads, played by commands.

The clock stands at `EVENING`, while one ballot takes papers and another is shown as decided.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from starlette.applications import Starlette

from community.moderation.hiding import Order, hide
from community.moderation.models import Hiding
from community.moderation.reporting import report
from community.moderation.rules import Reason
from community.people.models import Person
from community.timers.commands import fire_due
from deliberation.ballot import announcing, casting, counting
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body import commands as bodies
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import voices_of
from deliberation.body.rules import Basis, BodyKind, Effect, Weight
from deliberation.budget import commands as budgets
from deliberation.budget.models import BudgetRound
from deliberation.budget.rules import Kind
from deliberation.calls.asking import ask_answer
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.lineage.linking import mark_duplicate
from deliberation.matter import amending, drafting, hosting, screening, seconding
from deliberation.matter.models import Matter
from deliberation.matter.text import Text
from deliberation.meeting import minuting
from deliberation.meeting.models import Meeting
from deliberation.meeting.rules import Form
from deliberation.stakeholder.inviting import invite
from deliberation.stakeholder.rules import Seat
from mediation.case.models import Case
from tests.deliberation.meeting import hall
from tests.deliberation.stage import declared
from tests.mediation.cases import disputes
from tests.world import NOON, World, build
from web.clocks import TIMERS
from web.courier import duties, once

EVENING = datetime(2026, 6, 2, 11, 0, tzinfo=NOON.tzinfo)  # 19:00 in Beijing
DAY = timedelta(days=1)
PLAIN = Text(
    title="把东门旧车棚改成充电棚",
    what="拆掉旧车棚，建六十个充电位。",
    cost="八万六千元，从公共收益出。",
    who="物业施工，业委会监督，居委会验收。",
    body="旧车棚漏雨，飞线充电已经三年。\n\n充电棚带喷淋和断电保护，收费由业委会公布。",
)
OPEN = announcing.Plan(
    weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 5)
)
EARLY = replace(OPEN, opens_on=date(2026, 5, 20), closes_on=date(2026, 5, 24))
LATER = replace(OPEN, opens_on=date(2026, 6, 20), closes_on=date(2026, 6, 25))


@dataclass
class Scene:
    """What was played, under plain names."""

    world: World
    body: Body
    roll: RollVersion
    matters: dict[str, Matter] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    hidden: Hiding | None = None
    budget: BudgetRound | None = None


async def play(app: Starlette, world: World | None = None) -> Scene:
    """Play the scene inside the running application, move its clock to `EVENING` and let the courier run."""
    town = world or await build()
    body = await bodies.found(BodyKind.RESIDENTS_ASSEMBLY, town.community.id, "幸福里居民会议", by=town.clerk, at=NOON)
    roll = await bodies.freeze_roll(body.id, Basis.RESIDENTS, by=town.clerk, at=NOON)
    scene = Scene(town, body, roll)
    await _matters(scene)
    await _ballots(scene)
    await _roads(scene)
    await _moderation(scene)
    await _wording(scene)
    await _meetings(scene)
    await _purse(scene)
    scene.cases = await disputes(town)
    app.state.clock.move(EVENING - NOON)
    await once(duties(app), app.state.clock)
    return scene


# Money


async def _purse(scene: Scene) -> None:
    """Let one sum be voted on."""
    clerk = scene.world.clerk
    plan = budgets.Plan(title="今年的公共收益怎么花", words="", budget=100_000_00, kind=Kind.APPROVAL, most=2)
    made = await budgets.plan_round(scene.body.id, plan, by=clerk, at=NOON)
    for title, cost in (("楼道换灯", 30_000_00), ("花坛修补", 60_000_00), ("加两张长椅", 8_000_00)):
        await budgets.add_project(made.id, title, "物业报价，居委会验收。", cost, by=clerk, at=NOON)
    await budgets.announce(made.id, OPEN.opens_on, OPEN.closes_on, by=clerk, at=NOON)
    scene.budget = made


# Matters


async def _second(scene: Scene, matter: Matter) -> None:
    for person in scene.world.residents:
        await matter.refresh_from_db()
        if matter.seconded < matter.threshold and person.id != scene.world.zhao.id:
            await seconding.endorse(matter.id, by=person, at=NOON)


async def _deliberate(scene: Scene, matter: Matter) -> None:
    await screening.study(matter.id, NOON.date(), "同意提交议事。", by=scene.world.moderator, at=NOON)
    await hosting.discuss(matter.id, NOON.date(), 12, "大家都来了，谈得很细。", by=scene.world.clerk, at=NOON)


async def _finalise(scene: Scene, matter: Matter) -> None:
    await declared(matter.id, scene.world.zhao, scene.world.clerk)
    await hosting.finalise(matter.id, by=scene.world.clerk, at=NOON)


ROAD: tuple[tuple[str, str, Callable[[Scene, Matter], Awaitable[object]]], ...] = (
    ("screening", "一号楼门前加两盏路灯", _second),
    ("returned", "小区游泳池收归集体经营", lambda s, m: screening.send_back(
        m.id, "这里没有游泳池，请先说清楚指的是哪里。", by=s.world.clerk, at=NOON)),
    ("party_study", "垃圾分类投放点迁到北门", lambda s, m: screening.accept(m.id, by=s.world.clerk, at=NOON)),
    ("deliberating", "给小广场装遮阳棚和长椅", _deliberate),
    ("finalised", "东门夜里十一点以后关闭", _finalise),
)  # fmt: skip


async def _matters(scene: Scene) -> None:
    world = scene.world
    await _propose(scene, "draft", "草拟中的楼道粉刷计划", submit=False)
    endorsing = await _propose(scene, "endorsing", "周末开放社区活动室")
    withdrawn = await _propose(scene, "withdrawn", "地下车库改成夜市")
    await drafting.withdraw(withdrawn.id, by=world.zhao, at=NOON)
    first = await comment(endorsing.id, Position.FOR, "孩子放学正好有地方去。", by=world.lan, at=NOON)
    await comment(
        endorsing.id, Position.MORE, "钥匙谁管，要先说好。", answers=first.code, by=world.qiang, at=NOON + DAY
    )
    for name, title, _ in ROAD:
        await _along(scene, await _propose(scene, name, title), upto=name)


async def _propose(scene: Scene, name: str, title: str, *, submit: bool = True) -> Matter:
    matter = await drafting.draft(scene.body.id, replace(PLAIN, title=title), by=scene.world.zhao, at=NOON)
    if submit:
        await drafting.submit(matter.id, by=scene.world.zhao, at=NOON)
    scene.matters[name] = matter
    return matter


async def _along(scene: Scene, matter: Matter, *, upto: str) -> None:
    for name, _, deed in ROAD:
        if name != "returned" or upto == "returned":
            await deed(scene, matter)
        if name == upto:
            break
    await matter.refresh_from_db()


# Ballots


async def _ballots(scene: Scene) -> None:
    for name, title, plan in (
        ("decided", "修好二号楼漏水的天台", EARLY),
        ("voting", PLAIN.title, OPEN),
        ("noticed", "更换四部老电梯的钢缆", LATER),
    ):
        matter = await _propose(scene, name, title)
        await _along(scene, matter, upto="finalised")
        scene.ballots[name] = await announcing.announce(matter.id, plan, by=scene.world.clerk, at=NOON)
    await fire_due(TIMERS, scene.ballots["decided"].opens_at)
    await _vote(scene, "decided", scene.world.residents, at=scene.ballots["decided"].opens_at + DAY)
    await fire_due(TIMERS, scene.ballots["decided"].closes_at)
    await _count(scene, "decided", at=scene.ballots["decided"].closes_at + timedelta(hours=1))
    await fire_due(TIMERS, scene.ballots["voting"].opens_at)
    await _vote(scene, "voting", [scene.world.qiang], at=scene.ballots["voting"].opens_at + timedelta(hours=3))
    await comment(scene.matters["voting"].id, Position.AGAINST, "离一楼窗户太近了。", by=scene.world.xiu, at=NOON)


async def _vote(scene: Scene, name: str, people: list[Person], *, at: datetime) -> None:
    ballot = scene.ballots[name]
    for person, choice in zip(people, (Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN), strict=False):
        voice = (await voices_of(person, ballot.roll_id))[0]
        await casting.cast(ballot.id, voice.head_id, choice, by=person, at=at)


async def _count(scene: Scene, name: str, *, at: datetime) -> None:
    await counting.tell(scene.ballots[name].id, by=scene.world.clerk, at=at)
    await counting.tell(scene.ballots[name].id, by=scene.world.supervisor, at=at + timedelta(minutes=5))


# Words


async def _wording(scene: Scene) -> None:
    """Change what a seconded matter means, so that somebody is asked whether they still second it."""
    matter = scene.matters["endorsing"]
    await seconding.endorse(matter.id, by=scene.world.lan, at=EVENING - DAY)
    await amending.amend(
        matter.id, "p1", "旧车棚漏雨，飞线充电已经四年。", "年数不对。", by=scene.world.qiang, at=EVENING - DAY
    )
    text = replace(PLAIN, title=matter.title, cost="六万元，从公共收益出。")
    await drafting.revise(matter.id, text, by=scene.world.zhao, at=EVENING - timedelta(hours=1))


# What was asked, and how matters hang together


async def _roads(scene: Scene) -> None:
    world, matter, at = scene.world, scene.matters["voting"], EVENING - DAY
    words = "充电棚由谁看管，夜里几点断电？"
    await ask_answer(matter.id, world.residents_committee.code, words, by=world.clerk, at=at)
    await invite(matter.id, Seat.EXPERT, email="moderator@example.org", by=world.clerk, at=at)
    other = scene.matters["noticed"]
    await mark_duplicate(matter.id, other.id, "说的是一个地方。", by=world.clerk, at=at)


# Meetings


async def _meetings(scene: Scene) -> None:
    world, body = scene.world, scene.body
    soon, past = EVENING + 3 * DAY, NOON + 5 * DAY
    scene.meetings = {
        "planned": await hall.planned(world, body=body, starts=soon),
        "called": await hall.called(world, Form.ASSEMBLY, body=body, starts=soon),
        "open": await hall.opened(world, body=body, starts=EVENING),
        "closed": await hall.written(world, body=body, starts=past + DAY),
        "minuted": await hall.written(world, body=body, starts=past),
    }
    await hall.polled(world, scene.meetings["open"])
    for person in (world.moderator, world.clerk, world.lan, world.qiang):
        await hall.signed(scene.meetings["minuted"], person)
    await minuting.publish(scene.meetings["minuted"].id, by=world.clerk, at=past + DAY)


# Moderation


async def _moderation(scene: Scene) -> None:
    world, matter = scene.world, scene.matters["voting"]
    rude = await comment(matter.id, Position.AGAINST, "出这种主意的人脑子进水了。", by=world.zhao, at=EVENING - DAY)
    await report(f"comment-{rude.id}", Reason.ABUSE, "骂人。", by=world.xiu, at=EVENING - DAY)
    order = Order(Reason.ABUSE, "里面有一句是骂人的话，请换一种说法。")
    scene.hidden = await hide(f"comment-{rude.id}", order, by=world.moderator, at=EVENING - DAY)
    doubtful = await comment(matter.id, Position.MORE, "加我好友低价代办充电卡。", by=world.xiu, at=EVENING - DAY)
    await report(f"comment-{doubtful.id}", Reason.SPAM, "广告。", by=world.lan, at=EVENING - DAY)
