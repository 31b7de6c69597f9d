"""A round from its first project to its result, on both engines, and on pages without any script."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.models import Event
from community.timers.commands import fire_due
from deliberation.body.models import Body
from deliberation.budget import commands, queries
from deliberation.budget.commands import Plan
from deliberation.budget.models import BudgetPaper, BudgetRound, Stage
from deliberation.budget.pabulib import parse
from deliberation.budget.rules import Kind
from deliberation.budget.running import TIMERS, counting
from tests.deliberation.stage import body_of
from tests.world import NOON, World, sign_in
from web.clock import Clock

PLAN = Plan(title="今年的公共收益怎么花", words="", budget=100_000_00, kind=Kind.APPROVAL, most=3)
OPENS, CLOSES = date(2026, 5, 10), date(2026, 5, 12)
VOTING, AFTER = NOON + timedelta(days=7), NOON + timedelta(days=9)
PROJECTS = (("充电棚", 60_000_00), ("长椅", 30_000_00), ("花坛", 40_000_00))


async def planned(world: World, plan: Plan = PLAN) -> tuple[Body, BudgetRound]:
    body, _roll = await body_of(world)
    made = await commands.plan_round(body.id, plan, by=world.clerk, at=NOON)
    for title, cost in PROJECTS:
        await commands.add_project(made.id, title * 2, "修一修。", cost, by=world.clerk, at=NOON)
    return body, made


async def opened(world: World, plan: Plan = PLAN) -> BudgetRound:
    _body, made = await planned(world, plan)
    await commands.announce(made.id, OPENS, CLOSES, by=world.clerk, at=NOON)
    await fire_due(TIMERS, VOTING)
    return await queries.find(made.id)


async def hand_in(round_: BudgetRound, person: Person, chosen: Sequence[str]) -> BudgetPaper:
    mine = await queries.mine(person, round_)
    return await commands.cast(round_.id, mine[0].head_id, dict.fromkeys(chosen, 1), by=person, at=VOTING)


async def test_a_round_is_counted_in_both_ways_with_a_reason_for_every_project(world: World) -> None:
    round_ = await opened(world)
    lan, qiang, xiu, zhao = world.residents
    for person, chosen in ((lan, "12"), (qiang, "12"), (xiu, "3"), (zhao, "1")):
        await hand_in(round_, person, chosen)
    await hand_in(round_, zhao, "3")
    assert (await queries.find(round_.id)).cast == 4
    await fire_due(TIMERS, AFTER)
    assert await counting(AFTER) == 1
    assert await counting(AFTER) == 0
    done = await queries.find(round_.id)
    votes, shares = queries.told(done)
    assert {line.number: line.support for line in votes.lines} == {1: 2, 2: 2, 3: 2}
    assert [line.number for line in votes.lines if line.won] == [2, 3]
    assert sum(len(told.lines) for told in (votes, shares)) == 6
    assert shares.spent <= PLAN.budget
    assert [event.kind for event in await Event.filter(subject=done.key).order_by("id")] == [
        "budget.planned", *["budget.project-added"] * 3, "budget.announced", "budget.opened", *["budget.cast"] * 5,
        "budget.closed", "budget.counted",
    ]  # fmt: skip


async def test_what_is_wrong_with_a_ballot_is_said_and_nothing_is_stored(world: World) -> None:
    round_ = await opened(world, Plan(title="今年的钱", words="", budget=100_000_00, kind=Kind.KNAPSACK, most=3))
    with pytest.raises(Unfit) as why:
        await hand_in(round_, world.lan, "123")
    assert "超过了总额" in why.value.reason
    for wrong in ("", "9"):
        with pytest.raises(Unfit):
            await hand_in(round_, world.lan, wrong)
    head = (await queries.mine(world.lan, round_))[0].head_id
    with pytest.raises(Forbidden):
        await commands.cast(round_.id, head, {"1": 1}, by=world.qiang, at=VOTING)
    with pytest.raises(Unfit, match="不收票"):
        await commands.cast(round_.id, head, {"1": 1}, by=world.lan, at=AFTER)
    assert await BudgetPaper.all().count() == 0


async def test_ballots_at_once_for_one_head_follow_one_another(world: World) -> None:
    round_ = await opened(world)
    await asyncio.gather(*(hand_in(round_, world.lan, str(n % 3 + 1)) for n in range(9)))
    papers = await BudgetPaper.filter(round_id=round_.id).order_by("order")
    assert [paper.order for paper in papers] == list(range(1, 10))
    assert (await queries.find(round_.id)).cast == 1
    assert (await queries.as_cast(round_)).voters == 1


async def test_the_list_is_fixed_once_announced_but_a_project_may_be_dropped_with_a_reason(world: World) -> None:
    _body, made = await planned(world)
    with pytest.raises(Unfit):
        await commands.drop_project(made.id, 3, " ", by=world.clerk, at=NOON)
    await commands.announce(made.id, OPENS, CLOSES, by=world.clerk, at=NOON)
    with pytest.raises(MovedOn):
        await commands.add_project(made.id, "再来一个", "修一修。", 1, by=world.clerk, at=NOON)
    await commands.drop_project(made.id, 3, "和地下管线冲突。", by=world.clerk, at=NOON)
    with pytest.raises(MovedOn):
        await commands.drop_project(made.id, 3, "又一次。", by=world.clerk, at=NOON)
    await fire_due(TIMERS, VOTING)
    with pytest.raises(Unfit):
        await hand_in(await queries.find(made.id), world.lan, "3")
    assert [row.why for row in await queries.projects(made)] == ["", "", "和地下管线冲突。"]


async def test_a_draft_is_the_offices_own_and_only_the_office_plans(world: World) -> None:
    _body, made = await planned(world)
    with pytest.raises(Hidden):
        await queries.find(made.id)
    with pytest.raises(Forbidden):
        await commands.add_project(made.id, "长椅长椅", "修。", 5, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await commands.plan_round(made.body_id, PLAN, by=world.moderator, at=NOON)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": "钱"}, "title"), ({"budget": 0}, "budget"), ({"most": 0}, "most"), ({"kind": Kind.RANKED}, "kind")],
)
async def test_a_plan_that_cannot_be_is_refused_by_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    body, _roll = await body_of(world)
    facts = {"title": PLAN.title, "words": "", "budget": 5, "kind": Kind.APPROVAL, "most": 2, **changes}
    with pytest.raises(Unfit) as why:
        await commands.plan_round(body.id, Plan(**facts), by=world.clerk, at=NOON)  # type: ignore[arg-type]
    assert why.value.field == field


@pytest.mark.parametrize(
    ("opens", "closes", "field"), [(NOON.date(), CLOSES, "opens_on"), (OPENS, date(2026, 5, 9), "closes_on")]
)
async def test_days_that_cannot_be_are_refused(world: World, opens: date, closes: date, field: str) -> None:
    _body, made = await planned(world)
    with pytest.raises(Unfit) as why:
        await commands.announce(made.id, opens, closes, by=world.clerk, at=NOON)
    assert why.value.field == field


async def test_the_pages_lead_from_the_plan_to_the_file(client: httpx2.AsyncClient, town: World) -> None:
    body, _roll = await body_of(town)
    client.cookies.update(await sign_in(town.clerk))
    typed = {"meeting": body.id, "title": "今年的钱", "budget": "10万", "kind": "approval", "most": "2"}
    wrong = await client.post("/budgets", data=typed)
    assert (wrong.status_code, "10万" in wrong.text) == (422, True)
    made = await client.post("/budgets", data={**typed, "budget": "100000"})
    url = made.headers["location"].removesuffix("/list")
    for title, cost in (("充电棚子", "60000"), ("长椅长椅", "30000.50")):
        data = {"title": title, "what": "修一修。", "cost": cost}
        assert (await client.post(f"{url}/projects", data=data)).status_code == 303
    assert "30,000.50" in (await client.get(f"{url}/list")).text
    days = {"opens_on": OPENS.isoformat(), "closes_on": CLOSES.isoformat()}
    assert (await client.post(f"{url}/announcement", data=days)).status_code == 303
    await fire_due(TIMERS, VOTING)
    round_ = await BudgetRound.get(title="今年的钱")
    assert round_.stage is Stage.OPEN
    assert "今年的钱" in (await client.get("/budgets")).text


async def test_a_resident_votes_without_a_script_and_reads_the_result(
    client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    round_ = await opened(town)
    clock.move(timedelta(days=7))
    client.cookies.update(await sign_in(town.lan))
    url, head = f"/budgets/{round_.id}", (await queries.mine(town.lan, round_))[0].head_id
    assert "checked" not in (await client.get(url)).text
    wrong = await client.post(f"{url}/vote", data={"head": head})
    assert (wrong.status_code, "至少选一个" in wrong.text) == (422, True)
    assert (await client.post(f"{url}/vote", data={"head": head, "projects": ["1", "2"]})).status_code == 303
    assert (await client.get(f"{url}/ballots.pb")).status_code == 404
    await fire_due(TIMERS, AFTER)
    await counting(AFTER)
    page = (await client.get(url)).text
    assert "等份计票" in page
    assert "按票数从多到少" in page
    file = await client.get(f"{url}/ballots.pb")
    assert parse(file.text).round.votes()["1"] == 1
    assert town.lan.name not in file.text
