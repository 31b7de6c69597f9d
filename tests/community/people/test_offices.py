"""Offices given and ended, and settings, on both engines."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.notice.models import Notice
from community.people import password, signin
from community.people.models import Holding, Person
from community.people.offices import appoint_first, end_role, grant_role
from community.people.profile import Choices, choose
from community.people.queries import offices
from community.people.roles import all_roles, roles_in_org, roles_in_place
from community.record.models import Event
from community.record.outbox import deliver, facts_of
from community.rights import Role
from tests.community.people.given import (
    GOOD,
    HOST,
    LATER,
    join,
    with_factor,
)
from tests.world import NOON, World
from web.telling import tell


async def test_an_office_is_granted_used_and_ended_at_once(world: World) -> None:
    until = NOON + timedelta(days=365)
    holding = await grant_role(
        "stranger@example.org", Role.INTAKE, org=world.mediation_committee, until=until, by=world.admin, at=NOON
    )
    org = world.mediation_committee.id
    assert Role.INTAKE in await roles_in_org(world.stranger, org, at=NOON)
    await end_role(holding.code, by=world.admin, at=LATER)
    assert await roles_in_org(world.stranger, org, at=LATER) == frozenset()
    assert (await Person.get(id=world.stranger.id)).authz_version == 2
    events = await Event.filter(kind__startswith="role.").order_by("id")
    await deliver(tell, consumer="notice", at=LATER)
    told = await Notice.filter(person_id=world.stranger.id).order_by("id")
    assert [("新的任职" in each.sentence, "结束" in each.sentence) for each in told] == [(True, False), (False, True)]
    assert [(event.kind, event.actor_id, facts_of(event)["role"]) for event in events] == [
        ("role.granted", world.admin.id, "intake"),
        ("role.ended", world.admin.id, "intake"),
    ]
    with pytest.raises(MovedOn):
        await end_role(holding.code, by=world.admin, at=LATER)


@pytest.mark.parametrize(
    ("email", "role", "error"),
    [
        ("nobody@example.org", Role.CLERK, Unfit),
        ("admin@example.org", Role.CLERK, Forbidden),
        ("lan@example.org", Role.OWNER, Unfit),
        ("clerk@example.org", Role.CLERK, Unfit),
        ("clerk@example.org", Role.SUPERVISOR, Unfit),
        ("supervisor@example.org", Role.CLERK, Unfit),
    ],
)
async def test_offices_that_may_not_be(world: World, email: str, role: Role, error: type[Exception]) -> None:
    before = await offices(world.admin, at=NOON)
    with pytest.raises(error):
        await grant_role(email, role, place=world.community, by=world.admin, at=NOON)
    assert len(await offices(world.admin, at=NOON)) == len(before)


async def test_one_office_granted_twice_at_once_is_held_once(world: World) -> None:
    again = [
        grant_role("stranger@example.org", Role.INTAKE, org=world.mediation_committee, by=world.admin, at=NOON)
        for _ in range(4)
    ]
    found = await asyncio.gather(*again, return_exceptions=True)
    assert sum(isinstance(each, Holding) for each in found) == 1
    assert sum(isinstance(each, Unfit) for each in found) == 3
    assert await Holding.filter(person_id=world.stranger.id).count() == 1


async def test_only_who_may_grant_grants_and_only_inside_their_place(world: World) -> None:
    for by, place in ((world.clerk, world.community), (world.lan, world.community), (world.admin, world.street)):
        with pytest.raises(Forbidden):
            await grant_role("stranger@example.org", Role.CLERK, place=place, by=by, at=NOON)
    held = (await offices(world.admin, at=NOON))[0]
    with pytest.raises(Forbidden):
        await end_role(held.code, by=world.clerk, at=NOON)


async def test_the_last_administrator_stays(world: World) -> None:
    mine = next(each for each in await offices(world.admin, at=NOON) if each.role is Role.ADMIN)
    with pytest.raises(Unfit, match="最后一位"):
        await end_role(mine.code, by=world.admin, at=NOON)


async def test_the_first_administrator_is_made_once_and_sees_to_everything(database: str) -> None:
    sent = await appoint_first("老王", "wang@example.org", at=NOON)
    person = await Person.get(email="wang@example.org")
    assert await all_roles(person, at=NOON) == {Role.ADMIN}
    await password.reset_password(sent, GOOD, person=person, at=LATER)
    assert (await signin.by_password("wang@example.org", GOOD, host=HOST, at=LATER)).id == person.id
    with pytest.raises(Forbidden):
        await appoint_first("小王", "xiao@example.org", at=NOON)


async def test_a_role_of_the_whole_installation_holds_everywhere(world: World) -> None:
    assert await roles_in_place(world.admin, world.street.id, at=NOON) == frozenset()
    await end_all_admins()
    await appoint_first("老王", "wang@example.org", at=NOON)
    person = await Person.get(email="wang@example.org")
    for place in (world.street, world.building):
        assert Role.ADMIN in await roles_in_place(person, place.id, at=NOON)
    assert await offices(person, at=NOON)
    await grant_role("stranger@example.org", Role.JUSTICE_OFFICE, place=world.street, by=person, at=NOON)


async def end_all_admins() -> None:
    await Holding.filter(role=Role.ADMIN).update(until=NOON)


async def test_settings_are_kept(world: World) -> None:
    wanted = Choices(name="兰姨", lang="en", mode=world.lan.mode, text_size="xl", theme="dark", rhythm="weekly")
    await choose(world.lan, wanted, at=NOON)
    kept = await Person.get(id=world.lan.id)
    assert (kept.name, kept.lang, kept.text_size, kept.theme, kept.mail_digest) == (
        "兰姨",
        "en",
        "xl",
        "dark",
        "weekly",
    )
    with pytest.raises(Unfit):
        await choose(world.lan, Choices("", "en", world.lan.mode, "", "", "now"), at=NOON)


async def test_events_of_accounts_hold_no_names_and_no_addresses(world: World) -> None:
    await join(name="不该出现")
    await with_factor(world.lan)
    await password.set_password(world.lan, GOOD, at=NOON)
    text = "".join(event.body for event in await Event.all())
    assert not any(word in text for word in ("不该出现", "example.org", "阿兰", GOOD))
