"""Replacing the mediator: at once on the people's track, by decision or by everybody's yes on the others."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Holding, Person
from community.rights import Role
from mediation.assignment.commands import assign
from mediation.assignment.models import Recusal
from mediation.assignment.recusing import decide, let_go_on, opened_plea, plead
from mediation.assignment.rules import NEXT, WAYS, Plea
from mediation.case.models import Assignment, Case, Period, Track
from mediation.case.queries import seats_of
from mediation.case.states import Clock, State
from mediation.room.models import RoomMember
from tests.mediation.agreement import making
from tests.mediation.filing import accepted
from tests.world import NOON, World, sign_in

SAID = {"clear": True, "willing": True}
AT = NOON + timedelta(days=4)


async def before(world: World, track: Track = Track.PEOPLE) -> Case:
    """Bring a case before 吴老师, with its rooms."""
    case = await accepted(world)
    await Case.filter(id=case.id).update(track=track)
    return await assign(case.code, world.mediator.code, **SAID, by=world.director, at=NOON + timedelta(days=3))


def test_every_track_has_a_way_and_every_wish_an_end() -> None:
    assert set(WAYS) == set(Track)
    assert {way.first for way in WAYS.values()} == NEXT[Plea.RAISED]
    assert set(NEXT) == set(Plea)


async def test_a_wish_is_enough_and_every_room_is_left_in_one_go(world: World) -> None:
    case = await before(world)
    running = await Period.get(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == 4
    plea = await plead(case.code, by=world.lan, at=AT)
    assert plea.state is Plea.AUTO_GRANTED
    assert (await Case.get(id=case.id)).state is State.ASSIGNING
    assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == 0
    assert await seats_of(world.mediator, await Case.get(id=case.id), at=AT) == {"former", "colleague"}
    assert (await Period.get(id=running.id)).due == running.due
    with pytest.raises(Unfit, match="利害关系"):
        await assign(case.code, world.mediator.code, **SAID, by=world.director, at=AT)
    other = await Person.create(name="郑老师", email="zheng@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=other, role=Role.PEOPLE_MEDIATOR, org=world.mediation_committee, since=NOON)
    await assign(case.code, other.code, **SAID, by=world.director, at=AT)
    assert await Assignment.filter(case_id=case.id, until=None).count() == 1


async def test_signing_stops_when_the_mediator_is_replaced(world: World) -> None:
    case, _ = await making.finalized(world)
    await plead(case.code, by=world.qiang, at=making.DAY)
    clocks = [each.clock for each in await Period.filter(case_id=case.id, ended_at=None)]
    assert clocks == [Clock.MEDIATE]


async def test_a_court_case_is_decided_with_a_reason(world: World) -> None:
    case = await before(world, Track.COURT_PRE)
    plea = await plead(case.code, words="他看起来很凶", by=world.qiang, at=AT)
    assert "凶" not in plea.words
    assert opened_plea(case, plea, "words") == "他看起来很凶"
    with pytest.raises(MovedOn):
        await plead(case.code, by=world.lan, at=AT)
    with pytest.raises(Forbidden):
        await decide(case.code, granted=True, answer="同意", by=world.mediator, at=AT)
    with pytest.raises(Unfit):
        await decide(case.code, granted=False, answer="", by=world.director, at=AT)
    await decide(case.code, granted=False, answer="不属于应当回避的情形", by=world.director, at=AT)
    assert (await Recusal.get(id=plea.id)).state is Plea.REJECTED
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    again = await plead(case.code, by=world.mediator, at=AT)
    await decide(case.code, granted=True, answer="与一方是同学", by=world.director, at=AT)
    assert (await Recusal.get(id=again.id)).state is Plea.GRANTED
    assert (await Case.get(id=case.id)).state is State.ASSIGNING


async def test_everybody_may_let_the_mediator_go_on_where_the_track_allows_it(world: World) -> None:
    case = await before(world, Track.COURT_POST)
    plea = await plead(case.code, by=world.mediator, at=AT)
    await let_go_on(case.code, by=world.lan, at=AT)
    assert (await Recusal.get(id=plea.id)).state is Plea.REVIEW
    await let_go_on(case.code, by=world.qiang, at=AT)
    assert (await Recusal.get(id=plea.id)).state is Plea.WAIVED
    assert (await Case.get(id=case.id)).state is State.MEDIATING


async def test_on_the_administrative_track_nobody_waives(world: World) -> None:
    case = await before(world, Track.ADMIN)
    await plead(case.code, by=world.mediator, at=AT)
    with pytest.raises(Forbidden, match="放弃回避"):
        await let_go_on(case.code, by=world.lan, at=AT)


async def test_who_is_not_in_it_may_not_wish(world: World) -> None:
    case = await before(world)
    with pytest.raises(Forbidden):
        await plead(case.code, by=world.intake, at=AT)


async def test_one_tap_without_a_reason(client: httpx2.AsyncClient, town: World) -> None:
    case = await before(town)
    client.cookies.update(await sign_in(town.lan))
    here = f"/cases/{case.code}"
    assert f"{here}/recusal" in (await client.get(here)).text
    assert "不用说理由" in (await client.get(f"{here}/recusal")).text
    assert (await client.post(f"{here}/recusal")).status_code == 303
    assert (await Case.get(id=case.id)).state is State.ASSIGNING


async def test_the_director_decides_on_the_page(client: httpx2.AsyncClient, town: World) -> None:
    case = await before(town, Track.COURT_PRE)
    await plead(case.code, words="同学", by=town.lan, at=AT)
    here = f"/cases/{case.code}/recusal"
    client.cookies.update(await sign_in(town.director))
    assert "作出决定" in (await client.get(here)).text
    assert (await client.post(f"{here}/ruling", data={"granted": "yes"})).status_code == 422
    assert (await client.post(f"{here}/ruling", data={"granted": "yes", "answer": "属实"})).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    assert (await client.post(f"{here}/waiver")).status_code == 409
