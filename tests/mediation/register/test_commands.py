"""The register: who writes it, what an expired term bars, and what it does not."""

from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Hidden, Unfit
from community.record.models import Event
from mediation.assignment.choosing import suggestions
from mediation.assignment.commands import assign
from mediation.assignment.ranking import Why
from mediation.case.queries import lead_of
from mediation.intake.rules import Kind
from mediation.register.commands import Entry, enter
from mediation.register.models import MediatorEntry, MediatorTraining
from mediation.register.rules import Post, Tongue
from mediation.room.models import RoomMember
from tests.mediation.filing import accepted
from tests.world import NOON, World, sign_in

AT = NOON + timedelta(days=3)
TOLD = Entry(Post.FULL, date(2026, 5, 4), kinds=(Kind.NEIGHBOURS,), tongues=(Tongue.WU, Tongue.SIGN), hours=12)


async def test_a_sheet_is_written_and_written_anew_with_one_event_each(world: World) -> None:
    for hours in (12, 16):
        await enter(world.mediator.code, Entry(TOLD.post, TOLD.since, hours=hours), by=world.director, at=AT)
    entry = await MediatorEntry.get(person_id=world.mediator.id)
    assert entry.until == date(2029, 5, 3)
    assert (await MediatorTraining.get(entry_id=entry.id, year=2026)).hours == 16
    assert await Event.filter(kind="mediator.entered").count() == 2
    for who in (world.intake, world.mediator, world.admin, world.lan):
        with pytest.raises(Hidden):
            await enter(world.mediator.code, TOLD, by=who, at=AT)
    with pytest.raises(Hidden):
        await enter(world.lan.code, TOLD, by=world.director, at=AT)
    for until in (date(2026, 5, 3), date(2029, 5, 4)):
        with pytest.raises(Unfit, match="最后一天"):
            await enter(world.mediator.code, Entry(TOLD.post, TOLD.since, until), by=world.director, at=AT)


async def test_whose_term_is_over_takes_no_new_case_and_keeps_the_old(world: World) -> None:
    head = world.director
    running, waiting = await accepted(world), await accepted(world)
    await assign(running.code, world.mediator.code, clear=True, willing=True, by=head, at=AT)
    await enter(world.mediator.code, TOLD, by=world.director, at=AT)
    first = (await suggestions(waiting, at=AT))[0]
    assert (first.free, Why.SKILL in dict(first.reasons)) == (True, True)
    await enter(world.mediator.code, Entry(Post.FULL, date(2026, 5, 4), date(2026, 5, 6)), by=world.director, at=AT)
    told = (await suggestions(waiting, at=AT))[0]
    assert (told.free, Why.EXPIRED in dict(told.reasons)) == (False, True)
    with pytest.raises(Unfit, match="不在任期内"):
        await assign(waiting.code, world.mediator.code, clear=True, willing=True, by=head, at=AT)
    lead = await lead_of(running)
    assert lead is not None
    assert lead.mediator_id == world.mediator.id
    assert await RoomMember.filter(person_id=world.mediator.id, until=None).count() == 4


async def test_the_pages_of_the_director(world: World, client: httpx2.AsyncClient) -> None:
    case = await accepted(world)
    client.cookies.update(await sign_in(world.director))
    assert "还没登记" in (await client.get("/desk/mediators")).text
    here = f"/desk/mediators/{world.mediator.code}"
    assert (await client.post(here, data={"post": "full"})).status_code == 422
    given = {"post": "part", "since": "2026-05-04", "kinds": ["02", "14"], "tongues": ["yue"], "hours": "8"}
    assert (await client.post(here, data=given)).status_code == 303
    shown = (await client.get("/desk/mediators")).text
    assert [each in shown for each in ("粤语", "兼职", "在任期内", "今年培训 8 学时")] == [True] * 4
    assert 'value="yue" checked' in (await client.get(here)).text
    choosing = f"/cases/{case.code}/assignment"
    assert "吴老师" in (await client.get(f"{choosing}?tongue=yue")).text
    assert "名册里没有会说这种话" in (await client.get(f"{choosing}?tongue=uig")).text
