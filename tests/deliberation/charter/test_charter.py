"""A body's own rules of procedure: never looser than the law, versioned, followed by the ballots announced later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.ballot import announcing
from deliberation.ballot.decide import Outcome
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, Channel
from deliberation.ballot.rules import Silence
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body
from deliberation.body.rules import Basis, BodyKind
from deliberation.charter import commands, queries
from deliberation.charter.checking import Ground, flaws
from deliberation.charter.held import held
from deliberation.charter.models import Charter
from deliberation.charter.rules import NO, Clause, Point
from deliberation.mandate.commands import rule_of
from deliberation.question.asking import YES_NO, Asked
from deliberation.question.rules import Kind
from tests.deliberation.stage import PLAN, body_of, counted, empty, finalised, own, scan, settle, tick, vote
from tests.world import NOON, World

TODAY = NOON.date()
DAY = timedelta(days=1)
OWNERS = Ground(BodyKind.OWNERS_ASSEMBLY, "999001001001", TODAY)
PEOPLE = Ground(BodyKind.RESIDENTS_ASSEMBLY, "999001001001", TODAY)


def adopted(*clauses: Clause, since: date = TODAY) -> commands.Adopted:
    """Return a version adopted today."""
    return commands.Adopted(clauses=clauses, adopted_on=TODAY, valid_from=since)


@pytest.mark.parametrize(
    ("ground", "clause", "words"),
    [
        (OWNERS, Clause(Point.QUORUM, "over 1/2", 9), "议事规则第 9 条比法律要求的低（民法典 278 条 2 款）"),
        (OWNERS, Clause(Point.GENERAL, "at_least 1/2", 9), "比法律要求的低"),
        (OWNERS, Clause(Point.MAJOR, "at_least 2/3", 9), "比法律要求的低"),
        (OWNERS, Clause(Point.NOTICE, "10", 5), "少于法律的 15 天（物业管理条例 14；民法典 278）"),
        (OWNERS, Clause(Point.CHANNELS, "proxy", 5), "没有留下本人能投的方式"),
        (OWNERS, Clause(Point.CHANNELS, "link,paper", 5), "邮件链接要和网站一起选"),
        (PEOPLE, Clause(Point.SILENCE, "majority", 5), "法律没有把这一点留给议事规则"),
        (PEOPLE, Clause(Point.MAJOR, "at_least 3/4", 5), "没有重大事项这一类表决"),
        (PEOPLE, Clause(Point.AGENTS, "4", 5), "法律最多 3 位"),
        (PEOPLE, Clause(Point.NOTICE, "soon", 5), "请从给出的选项里选一个"),
        (replace(OWNERS, on=date(2020, 12, 31)), Clause(Point.NOTICE, "20", 5), "没有施行中的法律规则"),
        (replace(OWNERS, code="510107001001"), Clause(Point.SILENCE, "none", 5), "四川省物业管理条例"),
    ],
)
def test_a_clause_the_law_does_not_bear_is_named_with_its_article(ground: Ground, clause: Clause, words: str) -> None:
    (wrong,) = flaws(ground, [clause])
    assert words in str(wrong)


def test_clauses_that_ask_for_more_are_fine_and_two_of_one_point_are_not() -> None:
    stricter = [
        Clause(Point.QUORUM, "at_least 3/4", 9),
        Clause(Point.GENERAL, "at_least 2/3", 10),
        Clause(Point.MAJOR, "at_least 4/5", 10),
        Clause(Point.NOTICE, "20", 11),
        Clause(Point.SILENCE, "abstain", 12),
        Clause(Point.AGENTS, "2", 13),
    ]
    assert flaws(OWNERS, stricter) == ()
    (wrong,) = flaws(OWNERS, [Clause(Point.NOTICE, "20", 5), Clause(Point.NOTICE, "30", 6)])
    assert "第 5 条和第 6 条" in str(wrong)


async def test_a_version_needs_its_proof_its_days_and_a_host(world: World) -> None:
    body, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    made = adopted(Clause(Point.SILENCE, "abstain", 21))
    with pytest.raises(Unfit, match="扫描件"):
        await commands.adopt(body.id, made, by=world.clerk, at=NOON)
    with pytest.raises(Unfit, match="没有通过"):
        await commands.adopt(body.id, replace(made, ballot_id=7), by=world.clerk, at=NOON)
    paper = await scan(world.clerk)
    for wrong in (replace(made, adopted_on=TODAY + DAY), replace(made, valid_from=TODAY - DAY)):
        with pytest.raises(Unfit):
            await commands.adopt(body.id, wrong, files=[paper], by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await commands.adopt(body.id, made, files=[paper], by=world.lan, at=NOON)
    nameless = adopted(Clause(Point.SILENCE, "abstain", 0))
    with pytest.raises(Unfit, match="第几条"):
        await commands.adopt(body.id, nameless, files=[paper], by=world.clerk, at=NOON)
    assert await Charter.all().count() == 0
    charter = await commands.adopt(body.id, made, files=[paper], by=world.clerk, at=NOON)
    facts = facts_of(await Event.get(kind="charter.adopted"))
    assert (facts["seal"], facts["sha256"], facts["points"]) == (charter.seal, charter.sha256, ["silence"])


async def test_a_later_version_takes_over_on_its_day(world: World) -> None:
    body, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    first = await take(world, body, Clause(Point.NOTICE, "20", 3))
    second = await take(world, body, Clause(Point.NOTICE, "30", 4), since=TODAY + 5 * DAY)
    assert await queries.in_force(body.id, TODAY - DAY) is None
    assert await queries.in_force(body.id, TODAY + 4 * DAY) == first
    assert await queries.in_force(body.id, TODAY + 5 * DAY) == second
    with pytest.raises(Unfit, match="上一版"):
        await take(world, body, Clause(Point.NOTICE, "40", 4), since=TODAY + DAY)
    assert await held(TODAY) == [(first, ())]


async def take(world: World, body: Body, *clauses: Clause, since: date = TODAY) -> Charter:
    """Take a version down from paper."""
    paper = await scan(world.clerk)
    return await commands.adopt(body.id, adopted(*clauses, since=since), files=[paper], by=world.clerk, at=NOON)


async def test_a_ballot_follows_the_rules_of_its_day_and_keeps_them(world: World) -> None:
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    said = (
        Clause(Point.GENERAL, "at_least 2/3", 9),
        Clause(Point.SILENCE, "abstain", 21),
        Clause(Point.PARKING_IN_HEADS, NO, 8),
        Clause(Point.NOTICE, "20", 5),
        Clause(Point.AGENTS, "1", 24),
        Clause(Point.CHANNELS, "site,proxy,paper", 6),
        Clause(Point.EXTENSION, "7", 19),
    )
    charter = await take(world, body, *said)
    matter = await finalised(world, body, roll, world.residents)
    soon = replace(PLAN, opens_on=TODAY + 20 * DAY, closes_on=TODAY + 25 * DAY)
    with pytest.raises(Unfit, match="公示要满"):
        await announcing.announce(matter.id, soon, by=world.clerk, at=NOON)
    made = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    await take(world, body, since=TODAY)
    ballot = await Ballot.get(id=made.id).select_related("body__place", "roll")
    rule = thaw(ballot.rule_json)
    assert (ballot.charter_id, ballot.extend_days) == (charter.id, 7)
    assert ballot.ways == (Channel.SITE, Channel.PROXY, Channel.PAPER)
    assert (rule.silence, rule.parking_in_heads) == (Silence.ABSTAIN, False)
    assert {line.source for line in rule.approve} == {"议事规则 9 条"}
    assert rule_of(ballot).most == 1
    facts = facts_of(await Event.get(kind="ballot.announced"))
    assert (facts["charter"], facts["readings"]) == (charter.seal, ["ABSTAIN", "PARKING_IN_HEADS"])


async def test_nobody_may_send_another_where_the_rules_say_so(world: World) -> None:
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    await take(world, body, Clause(Point.AGENTS, "0", 24))
    matter = await finalised(world, body, roll, world.residents)
    ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
    assert Channel.PROXY not in ballot.ways


async def test_a_gate_of_their_own_decides_and_a_passed_ballot_adopts_rules(world: World) -> None:
    await empty(world)
    people = await settle(world, 10)
    for number, each in enumerate(people):
        await own(world, [each], area=10_000, prefix=f"h{number}-")
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    await take(world, body, Clause(Point.GENERAL, "at_least 3/4", 9))
    everybody = [each.person for each in people]
    for yes, outcome in ((7, Outcome.REJECTED), (8, Outcome.PASSED)):
        matter = await finalised(world, body, roll, everybody)
        ballot = await announcing.announce(matter.id, PLAN, by=world.clerk, at=NOON)
        await tick(ballot.opens_at)
        ballot = await Ballot.get(id=ballot.id)
        await vote(ballot, people[:yes], Choice.YES)
        await vote(ballot, people[yes:], Choice.NO)
        assert (await counted(world, ballot)).outcome is outcome
    passed = [each.id for each in await commands.adopting(body)]
    assert len(passed) == 1
    made = replace(adopted(Clause(Point.NOTICE, "20", 5)), ballot_id=passed[0])
    charter = await commands.adopt(body.id, made, by=world.clerk, at=NOON)
    assert (charter.ballot_id, charter.number, charter.sha256) == (passed[0], 2, "")


async def test_nobody_joins_a_majority_where_there_is_more_than_yes_and_no(world: World) -> None:
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    await take(world, body, Clause(Point.SILENCE, "majority", 21), Clause(Point.PARKING_IN_AREA, NO, 8))
    made = []
    for asked in (YES_NO, Asked(kind=Kind.SINGLE, lines="甲\n乙")):
        matter = await finalised(world, body, roll, world.residents)
        plan = replace(PLAN, asked=asked, channels=(Channel.SITE, Channel.LINK))
        ballot = await announcing.announce(matter.id, plan, by=world.clerk, at=NOON)
        made.append((thaw(ballot.rule_json).silence, thaw(ballot.rule_json).parking_in_area))
    assert made == [(Silence.MAJORITY, False), (Silence.NONE, False)]
