"""Whom to ask first: the same facts, the same order, with every reason said."""

from datetime import timedelta

import httpx2

from community.people.models import Holding, Person
from community.places.models import Resident
from community.rights import Role
from mediation.assignment.choosing import suggestions
from mediation.assignment.ranking import BARS, POINTS, Candidate, Why, suggest
from tests.mediation.filing import accepted
from tests.world import NOON, World, sign_in


def test_every_reason_bars_or_weighs() -> None:
    assert set(Why) == BARS | set(POINTS)
    assert not BARS & set(POINTS)


def test_the_order_follows_from_the_reasons() -> None:
    people = [
        Candidate("a", "同楼", building=True),
        Candidate("b", "熟手", kind=9, load=3),
        Candidate("c", "空闲"),
        Candidate("d", "办过", met=1),
        Candidate("e", "同住", tied=True, kind=9),
        Candidate("f", "换下", recused=True),
    ]
    told = suggest(reversed(people))
    assert [each.who.name for each in told] == ["熟手", "空闲", "同楼", "办过", "同住", "换下"]
    assert told[0].points == 7  # five of the kind are enough, two points each, less one for each in hand
    assert told[0].reasons == ((Why.KIND, 9), (Why.LOAD, 3))
    assert [each.free for each in told] == [True] * 4 + [False] * 2
    assert told == suggest(people)


async def test_the_page_says_why(world: World, app: object, client: httpx2.AsyncClient) -> None:
    case = await accepted(world)
    other = await Person.create(name="郑老师", email="zheng@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=other, role=Role.PEOPLE_MEDIATOR, org=world.mediation_committee, since=NOON)
    flat = world.units[0]
    await Resident.create(community_id=world.community.id, unit=flat, name="郑老师", person_id=other.id)
    told = await suggestions(case, at=NOON + timedelta(days=3))
    assert [(each.who.name, each.free) for each in told] == [("吴老师", True), ("郑老师", False)]
    client.cookies.update(await sign_in(world.director))
    shown = (await client.get(f"/cases/{case.code}/assignment")).text
    assert "不能请 郑老师：就是当事人，或者和当事人住在一起" in shown
    assert "手上 0 件" in shown
    work = (await client.get("/desk/workload")).text
    assert "还没有调解员" in work
