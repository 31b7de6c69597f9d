"""Mediating together with another organisation."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.notice.models import Notice
from community.orgs.models import Org, OrgKind
from community.people.models import Holding, Person
from community.record.outbox import deliver
from community.rights import Role
from mediation.assignment.commands import assign
from mediation.assignment.joining import answer, invite_org, join
from mediation.assignment.models import JointOrg
from mediation.assignment.rules import Left
from mediation.assignment.together import leave
from mediation.case.commands import terminate
from mediation.case.models import Assignment, Case, Consent
from mediation.case.queries import seats_of, visible_case
from mediation.case.states import Outcome
from mediation.risk.commands import note_sign
from mediation.risk.rules import Sign
from mediation.room.commands import send
from mediation.room.models import Room, RoomMember
from mediation.room.queries import visible_room
from tests.mediation.filing import accepted
from tests.world import NOON, World, sign_in
from web.telling import tell

AT = NOON + timedelta(days=4)
YES = {"told": True, "lead": True}


async def another(world: World) -> tuple[Org, Person, Person]:
    """Found another committee with a director and a mediator."""
    org = await Org.create(
        kind=OrgKind.MEDIATION_COMMITTEE, name="邻街调委会", short_name="邻街", place=world.street, community_id=None
    )
    made = []
    for key, role in (("head", Role.DIRECTOR), ("co", Role.PEOPLE_MEDIATOR)):
        person = await Person.create(name=key, email=f"{key}@example.org", joined_at=NOON, confirmed_at=NOON)
        await Holding.create(person=person, role=role, org=org, since=NOON)
        made.append(person)
    return org, made[0], made[1]


async def before(world: World) -> Case:
    case = await accepted(world)
    return await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=AT)


async def test_it_is_asked_says_yes_and_sits_in_the_joint_room_alone(world: World) -> None:
    case, (org, head, co) = await before(world), await another(world)
    joint = await invite_org(case.code, org.code, why="漏水处跨了两个社区", by=world.director, at=AT)
    assert "漏水" not in joint.why
    with pytest.raises(Hidden):
        await visible_case(co, case.code, at=AT)
    with pytest.raises(Unfit):
        await join(case.code, joint.code, **YES, by=world.director, at=AT)
    with pytest.raises(Unfit) as tied:
        await answer(joint.code, co.code, clear=False, by=head, at=AT)
    assert tied.value.field == "clear"
    await answer(joint.code, co.code, clear=True, by=head, at=AT)
    for field in YES:
        with pytest.raises(Unfit) as refusal:
            await join(case.code, joint.code, **{**YES, field: False}, by=world.director, at=AT)
        assert refusal.value.field == field
    await join(case.code, joint.code, **YES, by=world.director, at=AT)
    assert await seats_of(co, case, at=AT) == {"co"}
    sits = await RoomMember.filter(person_id=co.id, until=None).select_related("room")
    assert [str(each.room.kind) for each in sits] == ["joint"]
    assert (await Assignment.get(case_id=case.id, until=None)).mediator_id == world.mediator.id


async def test_who_says_no_does_not_join_and_only_its_head_answers(world: World) -> None:
    case, (org, head, _) = await before(world), await another(world)
    joint = await invite_org(case.code, org.code, why="跨社区", by=world.director, at=AT)
    with pytest.raises(Hidden):
        await answer(joint.code, "", clear=False, by=world.clerk, at=AT)
    await answer(joint.code, "", clear=False, by=head, at=AT)
    with pytest.raises(Unfit, match="复函同意"):
        await join(case.code, joint.code, **YES, by=world.director, at=AT)


async def test_both_heads_do_it_on_pages(client: httpx2.AsyncClient, town: World) -> None:
    case, (org, head, co) = await before(town), await another(town)
    here = f"/cases/{case.code}/joint"
    client.cookies.update(await sign_in(town.director))
    assert "邻街调委会" in (await client.get(here)).text
    assert (await client.post(here, data={"org": org.code})).status_code == 422
    assert (await client.post(here, data={"org": org.code, "why": "跨社区"})).status_code == 303
    joint = await JointOrg.get(case_id=case.id)
    client.cookies.update(await sign_in(head))
    there = f"/joint/{joint.code}"
    assert "跨社区" in (await client.get(there)).text
    assert (await client.post(there, data={"answer": "yes"})).status_code == 422
    said = {"answer": "yes", "mediator": co.code, "clear": "true"}
    assert (await client.post(there, data=said)).status_code == 303
    client.cookies.update(await sign_in(town.director))
    done = await client.post(here, data={"joint": joint.code, "told": "true", "lead": "true"})
    assert done.status_code == 303
    room = await Room.get(case_id=case.id, kind="joint")
    assert await Consent.filter(act=f"joint-{joint.id}", method="window").count() == 2
    client.cookies.update(await sign_in(co))
    assert (await client.get(f"/cases/{case.code}")).status_code == 200
    assert (await client.get(f"/cases/{case.code}/rooms/{room.code}")).status_code == 200
    await _works_and_leaves(client, town, case, joint, (co, room))
    assert "跨社区" not in (await client.get(f"/cases/{case.code}/recusal")).text
    client.cookies.update(await sign_in(town.stranger))
    assert (await client.get(there)).status_code == 404


async def _works_and_leaves(
    client: httpx2.AsyncClient, town: World, case: Case, joint: JointOrg, there: tuple[Person, Room]
) -> None:
    """Let the mediator who joined do what a mediator beside the lead does, until a party objects."""
    co, room = there
    word, page = f"/cases/{case.code}/joint/{joint.code}", f"/cases/{case.code}/recusal"
    assert (await send(room.code, "co", "我是邻街的调解员。", by=co, at=AT)).seq
    await note_sign(case.code, Sign.MANY, by=co, at=AT)
    assert "我要回避" in (await client.get(page)).text
    for alone in await Room.filter(case_id=case.id).exclude(id=room.id):
        with pytest.raises(Hidden):
            await visible_room(co, case.code, alone.code, at=AT)
    with pytest.raises(Forbidden):
        await terminate(case.code, Outcome.FAILED_GAP, by=co, at=AT)
    client.cookies.update(await sign_in(town.lan))
    asked = (await client.get(page)).text
    assert ("跨社区" in asked, "同意他们一起调解" in asked) == (True, False)
    assert (await client.post(word, data={"word": "leave"})).status_code == 403
    assert (await client.post(word, data={"word": "object"})).status_code == 303
    assert (await client.post(word, data={"word": "object"})).status_code == 409
    left = await JointOrg.get(id=joint.id)
    assert (left.left_because, left.left_at is None) == (Left.OBJECTED, False)
    with pytest.raises(Hidden):
        await visible_case(co, case.code, at=AT)


async def test_an_official_is_told_of_first_and_steps_aside(client: httpx2.AsyncClient, town: World) -> None:
    case, (org, head, co) = await before(town), await another(town)
    await Org.filter(id=org.id).update(kind=OrgKind.DEPARTMENT)
    joint = await invite_org(case.code, org.code, why="要看规划", by=town.director, at=AT)
    await answer(joint.code, co.code, clear=True, by=head, at=AT)
    client.cookies.update(await sign_in(town.lan))
    page = f"/cases/{case.code}/recusal"
    assert "不能拿去处罚您" in (await client.get(page)).text
    assert (await client.post(f"/cases/{case.code}/joint/{joint.code}", data={"word": "agree"})).status_code == 303
    assert "您同意了" in (await client.get(page)).text
    await join(case.code, joint.code, **YES, by=town.director, at=AT)
    said = await Consent.filter(act=f"joint-{joint.id}").order_by("id")
    assert [each.method for each in said] == ["click", "window"]
    await leave(case.code, joint.code, by=co, at=AT)
    assert (await JointOrg.get(id=joint.id)).left_because is Left.ASIDE
    assert not await RoomMember.filter(person_id=co.id, until=None).exists()
    await deliver(tell, consumer="notice", at=AT)
    assert await Notice.filter(person_id=town.director.id, sentence__contains="不参加了").count() == 1
