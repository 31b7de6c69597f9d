"""One queue for every way in: registering, finding what belongs together, joining it, and taking in a file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.errors import Forbidden, Unfit
from community.places.sheet import read_sheet
from community.record.models import Event
from mediation.case.channels import Channel
from mediation.case.models import Case, Consent, Party, Side, Will
from mediation.case.states import State
from mediation.intake import commands, leading
from mediation.intake.alike import CROSSED, Likeness
from mediation.intake.fingerprints import alike
from mediation.intake.importing import bring, clerk_of, new_ones
from mediation.intake.models import Assistance, ChannelRef, Fingerprint
from mediation.intake.rules import Authorised, Filing, Kind, Named
from mediation.intake.sheets import parse
from mediation.intake.waiting import Sieve, by_channel, desks_of, sieved
from tests.mediation.filing import filed
from tests.world import NOON, World

ORDER = Filing(
    kind=Kind.NEIGHBOURS,
    statement="楼上漏水，请处理。",
    place="1号楼302",
    applicant=Named(name="阿兰", phone="138-0013-8000"),
    respondent=Named(name="阿强"),
    helped=True,
    channel=Channel.HOTLINE,
    number="BJ20260503-887",
    received_at=NOON - timedelta(days=1),
)
CALLED = replace(ORDER, channel=Channel.PHONE, number="", received_at=None, told=True, read_back=True)


async def _registered(world: World, filing: Filing) -> Case:
    return await commands.file(filing, by=world.intake, community_id=world.community.id, at=NOON)


async def test_a_call_is_registered_read_back_and_waits_in_the_queue_with_the_order(world: World) -> None:
    with pytest.raises(Unfit) as silent:
        await _registered(world, CALLED)
    assert silent.value.field == "authorised"
    called = await _registered(world, replace(CALLED, authorised=Authorised.CALL_BACK))
    assert (await Assistance.get(case_id=called.id)).authorised is Authorised.CALL_BACK
    assert (await Consent.get(party__case_id=called.id)).method == "on_behalf"
    order = await _registered(world, ORDER)
    assert order.state is State.REGISTERED
    assert order.filed_at == NOON - timedelta(days=1)
    assert {party.will for party in await Party.filter(case_id=order.id)} == {Will.PENDING}
    assert await Event.filter(subject=order.key, kind="case.discover").count() == 1
    with pytest.raises(Unfit) as twice:
        await _registered(world, ORDER)
    assert twice.value.field == "number"
    orgs = await desks_of(world.intake, at=NOON)
    assert await by_channel(orgs) == {Channel.PHONE: 1, Channel.HOTLINE: 1}
    for words, found in (("BJ20260503-887", 1), ("13800138000", 2), ("阿强", 2), ("阿", 0), (order.code, 1)):
        assert await sieved(orgs, Sieve(words=words)).count() == found
    assert await sieved(orgs, Sieve(channel=Channel.HOTLINE, state=State.REGISTERED, kind=Kind.NEIGHBOURS)).count() == 1
    with pytest.raises(Forbidden):
        await desks_of(world.mediator, at=NOON)


async def test_two_ways_in_are_suggested_as_one_and_joined_by_a_person_at_the_earlier_day(world: World) -> None:
    web = await filed(world, place="一号楼")
    order = await _registered(world, ORDER)
    assert [(each.case.code, each.why) for each in await alike(web)] == [(order.code, Likeness.WHOLE)]
    keeper = await leading.merge(web.code, order.code, same=True, by=world.intake, at=NOON)
    assert (keeper.id, keeper.filed_at) == (order.id, NOON - timedelta(days=1))
    assert (await Case.get(id=web.id)).state is State.MERGED
    assert await ChannelRef.all().count() == 2
    assert await alike(keeper) == []


async def test_who_asks_in_one_and_is_asked_in_the_other_is_linked_and_never_joined(world: World) -> None:
    web = await filed(world, place="1号楼")
    turned = replace(ORDER, applicant=Named(name="阿 强"), respondent=Named(name="阿兰"))
    other = await _registered(world, turned)
    assert [each.why for each in await alike(other)] == [CROSSED]
    with pytest.raises(Unfit, match="各告各的"):
        await leading.merge(web.code, other.code, same=True, by=world.intake, at=NOON)
    named = Named(name="阿秀")
    await leading.add_respondent(other.code, named, needed=False, by=world.intake, at=NOON)
    assert await Party.filter(case_id=other.id, side=Side.RESPONDENT).count() == 2
    assert await Fingerprint.filter(case_id=other.id, kind=Likeness.NAME).count() == 3


async def test_a_file_is_taken_in_once_whole_and_in_a_clerks_name(world: World) -> None:
    sheet = read_sheet("id,text,applicant,respondent\nA1,楼上漏水,甲,乙\nA2,欠钱不还,丙,丁\n".encode())
    cases = parse(sheet, {}, at=NOON)
    with pytest.raises(Forbidden):
        await clerk_of(world.mediator.email, world.community.id, at=NOON)
    clerk, org = await clerk_of(world.intake.email, world.community.id, at=NOON)
    told: list[int] = []
    assert await bring(cases, org, sha256=sheet.sha256, by=clerk, at=NOON, progress=told.append) == 2
    assert sum(told) == 2
    assert await new_ones(cases, org) == []
    assert await Case.filter(channel=Channel.IMPORT, type_code="99", state=State.REGISTERED).count() == 2
    assert await Event.filter(kind="cases.imported").count() == 1
