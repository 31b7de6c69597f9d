"""The worked examples from rolls, service and papers, through the clocks and two tellers, read off the result page."""

from dataclasses import dataclass, replace

import httpx2
import pytest

from community.calendar.rules import local_day
from community.places.models import Unit, UnitKind
from community.rights import Role
from deliberation.ballot import casting
from deliberation.ballot.announcing import Plan
from deliberation.ballot.compare import Switch
from deliberation.ballot.models import Ballot, Channel
from deliberation.ballot.roll import How
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis, BodyKind, Effect
from deliberation.question.asking import Asked
from deliberation.question.rules import Kind as Way
from deliberation.question.rules import Post
from tests.deliberation.stage import AFTER, VOTING, Settled, empty, opened, own, settle, tick, vote
from tests.web.deliberation.ballot.examples import (
    GENERAL,
    MAJOR,
    ROUND,
    Pair,
    assembly,
    developer_says,
    fill,
    heads_of,
    homes,
    night,
    open_one,
    pairs,
    read_as,
    serve,
    spoil,
    told,
)
from tests.world import NOON, World, sign_in
from web.clock import Clock

Client = httpx2.AsyncClient
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
ELECTION = replace(
    GENERAL,
    effect=Effect.PREPARATORY,
    channels=(Channel.SITE, Channel.LINK),
    asked=Asked(kind=Way.SEATS, lines="甲\n乙\n丙", seats=2, post=Post.RESIDENTS_COMMITTEE),
)
PASSED, REJECTED, LACKING = "通过", "没有通过", "参加的不够，表决不成立"


@dataclass(frozen=True)
class Case:
    """A vote of equal homes: how it is read, how many say yes, no, abstain or spoil their paper, what comes of it."""

    plan: Plan
    split: tuple[int, int, int, int]
    outcome: str
    quorum: Pair
    approve: Pair


def by_area(pair: Pair, each: int) -> Pair:
    return pair[0] * each, pair[1] * each


async def test_three_hundred_equal_homes(client: Client, town: World, clock: Clock) -> None:
    """E1 to E4, E6 and E6' on one roll."""
    await empty(town)
    people = await settle(town, 300)
    await homes(town, people, area=100_00)
    body, roll = await assembly(town)
    every = [each.person for each in people]
    strict = read_as(GENERAL, Switch.INVALID)
    cases = [
        Case(GENERAL, (101, 99, 0, 0), PASSED, (200, 300), (101, 200)),
        Case(GENERAL, (100, 100, 0, 0), REJECTED, (200, 300), (100, 200)),
        Case(MAJOR, (150, 50, 0, 0), PASSED, (200, 300), (150, 200)),
        Case(GENERAL, (199, 0, 0, 0), LACKING, (199, 300), (199, 199)),
        Case(GENERAL, (100, 60, 35, 10), REJECTED, (205, 300), (100, 205)),
        Case(strict, (100, 60, 35, 10), LACKING, (195, 300), (100, 195)),
    ]
    made = [(await opened(town, body, roll, every, case.plan), case) for case in cases]
    clock.move(AFTER - NOON)
    for ballot, case in made:
        yes, no, abstain, spoilt = case.split
        await fill(ballot, people[:yes], YES)
        await fill(ballot, people[yes : yes + no], NO)
        await fill(ballot, people[yes + no : yes + no + abstain], ABSTAIN)
        await fill(ballot, people[300 - spoilt :], YES)
    await tick(AFTER)
    for ballot, case in made:
        await spoil(town, ballot, people[300 - case.split[3] :])
        await night(client, town, ballot)
        lines = [case.quorum, by_area(case.quorum, 100_00), case.approve, by_area(case.approve, 100_00)]
        assert await told(client, ballot) == (case.outcome, lines)


async def neighbourhood(town: World) -> list[Settled]:
    """E5: 98 flats of 50, thirty shops of one owner, what the developer holds, and one flat of two owners."""
    await empty(town)
    people = await settle(town, 101)
    await homes(town, people[:98], area=5000)
    await own(town, [people[98]], area=20000, count=30, kind=UnitKind.SHOP, prefix="s")
    await own(town, area=10000, count=15, developer=True, prefix="d")
    await own(town, [people[0]], area=10000, count=5, delivered=False, prefix="u")
    await own(town, people[99:101], area=9000, prefix="c")
    return people


async def test_a_hundred_and_one_heads_on_thirteen_thousand_square_metres(
    client: Client, town: World, clock: Clock
) -> None:
    """E5a to E5d."""
    people = await neighbourhood(town)
    body, roll = await assembly(town)
    every = [each.person for each in people]
    a, b, c = [await opened(town, body, roll, every, GENERAL) for _ in range(3)]
    d = await opened(town, body, roll, every, MAJOR)
    for ballot in (a, b, c, d):
        await vote(ballot, people[:90], YES)
    await vote(b, [people[98]], YES)
    await vote(c, [people[98]], NO)
    await vote(d, [people[98]], YES)
    await vote(d, people[99:101], ABSTAIN)
    await developer_says(d, NO, town.clerk)
    clock.move(AFTER - NOON)
    for ballot in (a, b, c, d):
        await tick(AFTER)
        await night(client, town, ballot)
    assert await told(client, a) == (LACKING, [(90, 101), (450000, 1299000), (90, 90), (450000, 450000)])
    assert await told(client, b) == (PASSED, [(91, 101), (1050000, 1299000), (91, 91), (1050000, 1050000)])
    assert await told(client, c) == (REJECTED, [(91, 101), (1050000, 1299000), (90, 91), (450000, 1050000)])
    assert await told(client, d) == (PASSED, [(93, 101), (1259000, 1299000), (91, 93), (1050000, 1259000)])


async def test_parking_spaces_decide_as_they_are_read(client: Client, town: World, clock: Clock) -> None:
    """E7: one roll, the same papers, three readings frozen with three ballots, three results."""
    await empty(town)
    people = await settle(town, 210)
    await homes(town, people[:200], area=9000)
    await homes(town, people[:140], area=1250, prefix="p")
    await homes(town, people[200:], area=1250, prefix="q")
    await as_parking(town)
    body, roll = await assembly(town)
    every = [each.person for each in people]
    plans = [
        GENERAL,
        read_as(GENERAL, Switch.PARKING_IN_AREA, Switch.PARKING_IN_HEADS),
        read_as(GENERAL, Switch.PARKING_IN_HEADS),
    ]
    made = [await opened(town, body, roll, every, plan) for plan in plans]
    clock.move(AFTER - NOON)
    for ballot in made:
        await fill(ballot, people[:134], YES)
    await tick(AFTER)
    for ballot in made:
        await night(client, town, ballot)
    first, second, third = [await told(client, ballot) for ballot in made]
    assert (first[0], first[1][0]) == (LACKING, (134, 210))
    assert (second[0], second[1][0], second[1][1]) == (PASSED, (134, 200), (1206000, 1800000))
    assert (third[0], third[1][0], third[1][1][1]) == (PASSED, (134, 200), 1987500)
    notice = (await client.get(f"/ballots/{made[1].id}/notice")).text
    assert "车位面积不计入。" in notice
    assert "只有车位的业主不计户数。" in notice
    compared = (await client.get(f"/ballots/{made[0].id}/compare")).text
    assert "换一种算法，结果会不一样" in compared
    assert (134, 200) in pairs(compared)


async def as_parking(town: World) -> None:
    """Turn the homes whose number begins with p or q into parking spaces, before the roll is frozen."""
    for sign in ("p", "q"):
        here = Unit.filter(community_id=town.community.id, number__startswith=sign)
        await here.update(kind=UnitKind.PARKING)


async def test_silence_decides_as_it_is_read(client: Client, town: World, clock: Clock) -> None:
    """E8: 2261 heads, 1071 of them served with proof and warning and silent, under three readings."""
    await empty(town)
    people = await settle(town, 2261)
    await homes(town, people, area=100_00)
    body, roll = await assembly(town)
    every = [each.person for each in people[:200]]
    plans = [GENERAL, read_as(GENERAL, Switch.ABSTAIN), read_as(GENERAL, Switch.MAJORITY)]
    made = [await opened(town, body, roll, every, plan) for plan in plans]
    clock.move(AFTER - NOON)
    for ballot in made:
        await fill(ballot, people[:995], YES)
        await fill(ballot, people[995:1022], NO)
        await fill(ballot, people[1022:1147], ABSTAIN)
        assert await serve(ballot, await heads_of(ballot, people[1147:2218]), town.clerk) == 1071
    await tick(AFTER)
    for ballot in made:
        await night(client, town, ballot)
    found = [await told(client, ballot) for ballot in made]
    assert [(outcome, lines[0], lines[2]) for outcome, lines in found] == [
        (LACKING, (1147, 2261), (995, 1147)),
        (REJECTED, (2218, 2261), (995, 2218)),
        (PASSED, (2218, 2261), (2066, 2218)),
    ]
    assert "按规则算：赞成" in (await client.get(f"/ballots/{made[2].id}/result")).text


async def test_the_majority_cannot_be_joined_when_heads_and_area_disagree(
    client: Client, town: World, clock: Clock
) -> None:
    """E9: no result is published; the tellers read why and that people have to decide."""
    await empty(town)
    people = await settle(town, 11)
    await homes(town, people[:10], area=50_00)
    await own(town, [people[10]], area=1000_00, prefix="big")
    ballot = await open_one(town, [each.person for each in people], read_as(GENERAL, Switch.MAJORITY))
    await vote(ballot, people[:2], NO)
    await vote(ballot, [people[10]], YES)
    await serve(ballot, await heads_of(ballot, people[2:10]), town.clerk)
    clock.move(AFTER - NOON)
    await tick(AFTER)
    client.cookies.update(await sign_in(town.clerk))
    page = (await client.get(f"/ballots/{ballot.id}/count")).text
    assert "无法判定" in page
    assert "未表态的票无法计入多数意见。请由人决定。" in page
    assert (await client.post(f"/ballots/{ballot.id}/count")).status_code == 422
    assert (await client.get(f"/ballots/{ballot.id}/result")).status_code == 404


Kind = tuple[BodyKind, Basis]
RESIDENTS = (BodyKind.RESIDENTS_ASSEMBLY, Basis.RESIDENTS)
DELEGATES = (BodyKind.DELEGATES_ASSEMBLY, Basis.DELEGATES)
COMMITTEE = (BodyKind.OWNERS_COMMITTEE, Basis.MEMBERS)


async def voted(town: World, kind: tuple[BodyKind, Basis], people: list[Settled], split: tuple[int, int]) -> Ballot:
    """Let so many say yes, and hold so many more present by the list of those who came."""
    ballot = await open_one(town, [each.person for each in people], GENERAL, kind)
    yes, present = split
    await fill(ballot, people[:yes], YES)
    came = replace(ROUND, how=How.ATTENDED)
    await serve(ballot, await heads_of(ballot, people[:present]), town.clerk, came)
    return ballot


@pytest.mark.parametrize(
    ("kind", "members", "split", "told_"),
    [
        (RESIDENTS, 2001, (501, 1001), (PASSED, [(1001, 2001), (501, 1001)])),  # R1
        (RESIDENTS, 2000, (501, 1000), (LACKING, [(1000, 2000), (501, 1000)])),
        (DELEGATES, 60, (21, 40), (PASSED, [(40, 60), (21, 40)])),  # R2
        (DELEGATES, 60, (20, 40), (REJECTED, [(40, 60), (20, 40)])),
        (DELEGATES, 61, (40, 40), (LACKING, [(40, 61), (40, 40)])),
        (COMMITTEE, 7, (3, 4), (REJECTED, [(4, 7), (3, 7)])),  # R4
        (COMMITTEE, 7, (4, 4), (PASSED, [(4, 7), (4, 7)])),
    ],
)
async def test_who_came_and_stayed_silent_abstains(
    client: Client, town: World, clock: Clock, *, kind: Kind, members: int, split: Pair, told_: tuple[str, list[Pair]]
) -> None:
    """R1, R2 and R4: those who came are written down, and count as present whatever they said."""
    await empty(town)
    roles = {DELEGATES: (Role.RESIDENT, Role.DELEGATE), COMMITTEE: (Role.OWNER, Role.OWNERS_COMMITTEE)}
    people = await settle(town, members, roles=roles.get(kind, (Role.RESIDENT,)))
    ballot = await voted(town, kind, people, split)
    clock.move(AFTER - NOON)
    await tick(AFTER)
    assert local_day(AFTER) == local_day(ballot.closes_at)
    await night(client, town, ballot)
    assert await told(client, ballot) == told_


@pytest.mark.parametrize(
    ("cast", "told_"),
    [
        (40, (LACKING, [(40, 60)])),
        (41, ("通过", [(41, 60)])),
    ],
)
async def test_delegates_elect_when_more_than_two_thirds_of_them_vote(
    client: Client, town: World, clock: Clock, *, cast: int, told_: tuple[str, list[Pair]]
) -> None:
    """R3: sixty delegates elect the committee, which nobody else may do on their roll."""
    await empty(town)
    people = await settle(town, 60, roles=(Role.RESIDENT, Role.DELEGATE))
    ballot = await open_one(town, [each.person for each in people], ELECTION, DELEGATES)
    assert (ballot.rule_id, Channel.PROXY in ballot.ways) == ("rc25.elect.reps", False)
    for each in people[:cast]:
        (head,) = await heads_of(ballot, [each])
        await casting.cast(ballot.id, head, {"1": 1, "2": 1}, by=each.person, at=VOTING)
    clock.move(AFTER - NOON)
    await night(client, town, ballot)
    outcome, lines = await told(client, ballot)
    assert (outcome, lines[:1]) == told_
    notice = (await client.get(f"/ballots/{ballot.id}/notice")).text
    assert "参加表决的要超过全部的三分之二" in notice
