"""A budget round from its first project to its result."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from tortoise.expressions import F

from community.calendar.rules import SHANGHAI
from community.codes import new_code
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import canonical, record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import set_timer
from deliberation.body.models import Body, RollHead
from deliberation.body.queries import find as find_body
from deliberation.body.queries import latest_roll, voices_of
from deliberation.budget.equal_shares import Completion
from deliberation.budget.models import BudgetPaper, BudgetProject, BudgetRound, BudgetSeat, Stage
from deliberation.budget.queries import find
from deliberation.budget.rules import Counted, Kind, breaches

OPENS: Final = time(8)
CLOSES: Final = time(20)
MOST_PROJECTS: Final = 100
LONGEST: Final = 60  # days a round may last
RECEIPT: Final = 12  # characters, 60 bits
MOVED: Final = "这一轮已经往前走了一步，请刷新后再看。"
TITLE: Final = (4, 60)
SHUT: Final = "这一轮现在不收票。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a round is about: the sum in fen, how ballots are filled in, what becomes of money that is left."""

    title: str
    words: str
    budget: int
    kind: Kind
    most: int
    completion: Completion = Completion.GREEDY


@command
async def plan_round(body_id: int, plan: Plan, *, by: Person, at: datetime) -> BudgetRound:
    """Begin a round, as a draft of the office.

    Raises:
        Unfit: the title, the sum or the limit cannot be.
    """
    body = await find_body(body_id)
    await require_in_place(by, body.place_id, Right.BALLOT_SET_UP, at=at)
    _check(plan)
    made = await BudgetRound.create(
        community_id=body.community_id,
        body=body,
        title=plan.title.strip(),
        words=plan.words.strip(),
        budget=plan.budget,
        kind=plan.kind,
        most=plan.most,
        completion=plan.completion,
        made_by=by,
        made_at=at,
    )
    await record("budget.planned", made.key, by=by, at=at, community_id=made.community_id, sum=made.budget)
    return made


def _check(plan: Plan) -> None:
    fewest, most = TITLE
    if not fewest <= len(plan.title.strip()) <= most:
        raise Unfit("题目请写 {fewest} 到 {most} 个字。", field="title", fewest=fewest, most=most)
    if plan.budget <= 0:
        raise Unfit("总额要大于 0 元。", field="budget")
    if plan.most < 1:
        raise Unfit("每人至少能选 1 个项目或者给 1 分。", field="most")
    if plan.kind is Kind.RANKED:
        raise Unfit("还不能用排先后的方式投，请换一种。", field="kind")


@command
async def add_project(round_id: int, title: str, what: str, cost: int, *, by: Person, at: datetime) -> BudgetProject:
    """Put a project on the list; possible until the round is announced.

    Raises:
        Unfit: it costs nothing or more than the sum, or says too little.
    """
    found = await _office(round_id, by, at, Stage.DRAFT)
    fewest, most = TITLE
    if not fewest <= len(title.strip()) <= most:
        raise Unfit("项目名请写 {fewest} 到 {most} 个字。", field="title", fewest=fewest, most=most)
    if not what.strip():
        raise Unfit("请写一句话说明做什么。", field="what")
    if not 0 < cost <= found.budget:
        raise Unfit("花费要大于 0，不能超过总额。", field="cost")
    number = await BudgetProject.filter(round_id=found.id).count() + 1
    if number > MOST_PROJECTS:
        raise Unfit("一轮最多 {most} 个项目。", most=MOST_PROJECTS)
    row = BudgetProject(round_id=found.id, number=number, title=title.strip(), what=what.strip(), cost=cost)
    await row.save()
    await record("budget.project-added", found.key, by=by, at=at, community_id=found.community_id, project=number)
    return row


@command
async def drop_project(round_id: int, number: int, why: str, *, by: Person, at: datetime) -> None:
    """Take a project off the list before the vote opens; it stays to be seen, with the reason."""
    found = await _office(round_id, by, at, Stage.DRAFT, Stage.ANNOUNCED)
    if not why.strip():
        raise Unfit("请写明为什么不列入，会公开。", field="why")
    rows = BudgetProject.filter(round_id=found.id, number=number, dropped_at=None)
    if not await rows.update(dropped_at=at, why=why.strip()[:300]):
        raise MovedOn(MOVED)
    await record("budget.project-dropped", found.key, by=by, at=at, community_id=found.community_id, project=number)


@command
async def announce(round_id: int, opens_on: date, closes_on: date, *, by: Person, at: datetime) -> BudgetRound:
    """Announce a round: list, sum, way of counting and roll are fixed from now on.

    Raises:
        Unfit: fewer than two projects, no roll, or days that cannot be.
    """
    found = await _office(round_id, by, at, Stage.DRAFT)
    if await BudgetProject.filter(round_id=found.id, dropped_at=None).count() < 2:  # noqa: PLR2004 - else no choice
        raise Unfit("至少要有两个项目才能表决。")
    roll = await latest_roll(found.body_id)
    if roll is None:
        raise Unfit("这个会议还没有冻结名册。请先冻结名册，再定表决时间。")
    opens, closes = (datetime.combine(day, hour, SHANGHAI) for day, hour in ((opens_on, OPENS), (closes_on, CLOSES)))
    if opens <= at:
        raise Unfit("开始那天要在今天以后。", field="opens_on")
    if not 0 <= (closes_on - opens_on).days <= LONGEST:
        raise Unfit("截止要在开始那天或以后，最长 {most} 天。", field="closes_on", most=LONGEST)
    await _swap(found, Stage.DRAFT, Stage.ANNOUNCED, roll_id=roll.id, opens_at=opens, closes_at=closes)
    await _issue(found, roll.id)
    await set_timer("budget.open", found.key, opens, community_id=found.community_id)
    await set_timer("budget.close", found.key, closes, community_id=found.community_id)
    here, fixed = found.community_id, roll.content_hash
    await record("budget.announced", found.key, by=by, at=at, community_id=here, roll=fixed, opens=opens, closes=closes)
    return await find(found.id)


async def _issue(found: BudgetRound, roll_id: int) -> None:
    """Issue one blank ballot to every head, so that no two can ever be stored for one."""
    heads = await RollHead.filter(roll_id=roll_id).values_list("id", flat=True)
    blank = [BudgetSeat(round_id=found.id, head_id=int(str(head))) for head in heads]
    await BudgetSeat.bulk_create(blank, batch_size=500)


@command
async def cast(round_id: int, head_id: int, points: Mapping[str, int], *, by: Person, at: datetime) -> BudgetPaper:
    """Hand in a ballot for a head; the last one counts.

    Raises:
        Forbidden: not on the roll, or not for this head.
        Unfit: not open, or the ballot breaks a rule of the round.
    """
    found = await _running(round_id, head_id, by, at)
    costs = dict(await BudgetProject.filter(round_id=found.id, dropped_at=None).values_list("number", "cost"))
    known = {str(number): int(cost) for number, cost in costs.items()}
    if said := breaches(points, known, kind=found.kind, budget=found.budget, most=found.most):
        raise Unfit(said, field="points", most=found.most)
    paper = await _hand_in(found, head_id, points, by, at)
    here = found.community_id
    await record("budget.cast", found.key, by=by, at=at, community_id=here, head=head_id, order=paper.order)
    return paper


async def _running(round_id: int, head_id: int, by: Person, at: datetime) -> BudgetRound:
    """Return a round that takes ballots, for somebody who may act for this head, or raise."""
    found = await find(round_id)
    await require_in_place(by, found.body.place_id, Right.BALLOT_CAST, at=at)
    if found.stage is not Stage.OPEN or found.closes_at is None or at >= found.closes_at:
        raise Unfit(SHUT)
    if found.roll_id is None or head_id not in [voice.head_id for voice in await voices_of(by, found.roll_id)]:
        raise Forbidden("您不在这次表决的名册上，或者不能代表这一户。有疑问请联系居委会。")
    return found


async def _hand_in(
    found: BudgetRound, head_id: int, points: Mapping[str, int], by: Person, at: datetime
) -> BudgetPaper:
    """Store a paper for a head, its seat held, so that two at once follow one another."""
    await BudgetSeat.filter(round_id=found.id, head_id=head_id).update(papers=F("papers") + 1)
    if (await BudgetRound.get(id=found.id)).stage is not Stage.OPEN:
        raise Unfit(SHUT)
    seat = await BudgetSeat.get(round_id=found.id, head_id=head_id)
    if seat.papers == 1:
        await BudgetRound.filter(id=found.id).update(cast=F("cast") + 1)
    words, receipt = canonical(dict(points)), new_code(RECEIPT)
    paper = BudgetPaper(round_id=found.id, seat=seat, order=seat.papers, points=words, by=by, receipt=receipt, at=at)
    await paper.save()
    return paper


@command
async def open_round(round_id: int, *, at: datetime) -> None:
    """Let ballots in."""
    found = await find(round_id)
    await _swap(found, Stage.ANNOUNCED, Stage.OPEN)
    await record("budget.opened", found.key, by=None, at=at, community_id=found.community_id)


@command
async def close_round(round_id: int, *, at: datetime) -> None:
    """Let no more in, once those that were being handed in are stored."""
    found = await find(round_id)
    await _swap(found, Stage.OPEN, Stage.CLOSED)
    await BudgetSeat.filter(round_id=found.id).update(papers=F("papers"))  # waits for every row that a voter holds
    await record("budget.closed", found.key, by=None, at=at, community_id=found.community_id)


@command
async def publish(round_id: int, counts: tuple[Counted, ...], *, at: datetime) -> BudgetRound:
    """Publish what was counted; the counting itself is long work and done outside the transaction."""
    found = await find(round_id)
    result = canonical({"counts": [_plain(each) for each in counts]})
    seal = hashlib.sha256(result.encode()).hexdigest()
    await _swap(found, Stage.CLOSED, Stage.COUNTED, result=result, seal=seal, counted_at=at)
    await record("budget.counted", found.key, by=None, at=at, community_id=found.community_id, seal=seal)
    return await find(round_id)


def _plain(counted: Counted) -> dict[str, object]:
    """Return a count as it is stored; fractions of a fen are rounded down for show."""
    steps = [
        {
            "key": step.project.key,
            "why": step.why,
            "support": step.support,
            "left": int(step.left),
            "each": None if step.each is None else int(step.each),
        }
        for step in counted.steps
    ]
    return {"method": counted.method, "spent": counted.spent, "steps": steps}


async def _office(round_id: int, by: Person, at: datetime, *stages: Stage) -> BudgetRound:
    found = await find(round_id, drafts=True)
    body = await Body.get(id=found.body_id)
    await require_in_place(by, body.place_id, Right.BALLOT_SET_UP, at=at)
    if found.stage not in stages:
        raise MovedOn(MOVED)
    return found


async def _swap(found: BudgetRound, old: Stage, new: Stage, **values: object) -> None:
    if not await BudgetRound.filter(id=found.id, stage=old).update(stage=new, **values):
        raise MovedOn(MOVED)
