"""Organisations and their seals."""

from dataclasses import replace
from datetime import date

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.orgs.commands import OrgFacts, change_org, hand_over_seal, set_up_org
from community.orgs.models import Org, OrgKind
from community.orgs.queries import custodian, members, org_of, orgs_around
from community.record.models import Event
from tests.world import NOON, World

OWNERS = OrgFacts(
    kind=OrgKind.OWNERS_COMMITTEE,
    name="幸福里业主委员会",
    short_name="幸福里业委",
    term_from=date(2026, 1, 1),
    term_until=date(2030, 12, 31),
)


async def test_an_administrator_sets_up_an_organisation(world: World) -> None:
    org = await set_up_org(OWNERS, world.community, by=world.admin, at=NOON)
    found = await org_of(org.code)
    assert (found.kind, found.name, found.term_until, found.community_id) == (
        OWNERS.kind,
        OWNERS.name,
        OWNERS.term_until,
        world.community.id,
    )
    assert await Event.filter(kind="org.set-up", subject=f"org-{org.id}").count() == 1


async def test_the_list_has_the_own_ones_first_and_those_around(world: World) -> None:
    street = OrgFacts(kind=OrgKind.STREET_OFFICE, name="清河街道办事处", short_name="清河街道")
    await set_up_org(street, world.street, by=None, at=NOON)
    names = [org.name for org in await orgs_around(world.community)]
    assert names == ["幸福里社区居民委员会", "幸福里社区人民调解委员会", "清河街道办事处"]


async def test_a_change_names_its_fields_only(world: World) -> None:
    org = await set_up_org(OWNERS, world.community, by=world.admin, at=NOON)
    await change_org(org, replace(OWNERS, phone="010-00000000"), by=world.admin, at=NOON)
    assert (await Org.get(id=org.id)).phone == "010-00000000"
    (event,) = await Event.filter(kind="org.changed")
    assert event.body == '{"fields":["phone"]}'


async def test_terms_and_names_must_make_sense(world: World) -> None:
    with pytest.raises(Unfit, match="任期"):
        await set_up_org(replace(OWNERS, term_until=date(2025, 1, 1)), world.community, by=world.admin, at=NOON)
    with pytest.raises(Unfit, match="同名"):
        await set_up_org(replace(OWNERS, name="幸福里社区居民委员会"), world.community, by=world.admin, at=NOON)
    org = await set_up_org(OWNERS, world.community, by=world.admin, at=NOON)
    with pytest.raises(Unfit, match="同名"):
        await change_org(org, replace(OWNERS, name="幸福里社区居民委员会"), by=world.admin, at=NOON)


async def test_the_seal_goes_to_somebody_in_office_and_is_handed_over_once(world: World) -> None:
    org = world.mediation_committee
    assert {person.id for person in await members(org)} == {world.intake.id, world.director.id, world.mediator.id}
    await hand_over_seal(org, world.mediator, by=world.admin, at=NOON)
    keeper = await custodian(await org_of(org.code))
    assert keeper is not None
    assert keeper.id == world.mediator.id
    with pytest.raises(MovedOn):
        await hand_over_seal(org, world.intake, by=world.admin, at=NOON)
    with pytest.raises(Unfit, match="任职"):
        await hand_over_seal(await org_of(org.code), world.lan, by=world.admin, at=NOON)


async def test_only_administrators_do_so(world: World) -> None:
    with pytest.raises(Forbidden):
        await set_up_org(OWNERS, world.community, by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await hand_over_seal(world.mediation_committee, world.mediator, by=world.director, at=NOON)
    with pytest.raises(Hidden):
        await org_of("nothing")
