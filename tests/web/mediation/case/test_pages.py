"""The desk and the steps that end a case."""

from datetime import timedelta

import httpx2
import pytest

from mediation.assignment.commands import assign
from mediation.case.models import Case, Period
from mediation.case.states import Outcome, State
from mediation.room.commands import send
from mediation.room.models import Room
from tests.mediation.filing import accepted, filed
from tests.world import NOON, World, sign_in


@pytest.fixture
async def talking(town: World) -> Case:
    case = await accepted(town)
    return await assign(case.code, town.mediator.code, clear=True, willing=True, by=town.director, at=NOON)


async def test_the_mediators_desk_names_the_parties_and_counts_what_is_new(
    client: httpx2.AsyncClient, town: World, talking: Case
) -> None:
    room = await Room.get(case_id=talking.id, kind="joint")
    await send(room.code, "one", "您好", by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.mediator))
    desk = (await client.get("/desk")).text
    assert "阿兰、阿强" in desk
    assert "badge" in desk


async def test_an_archivists_or_colleagues_desk_does_not(
    client: httpx2.AsyncClient, town: World, talking: Case
) -> None:
    client.cookies.update(await sign_in(town.moderator))
    desk = (await client.get("/desk")).text
    assert talking.code in desk
    assert "阿兰" not in desk


async def test_a_session_on_record_stops_its_clock(client: httpx2.AsyncClient, town: World, talking: Case) -> None:
    client.cookies.update(await sign_in(town.mediator))
    at = f"/cases/{talking.code}"
    assert (await client.post(f"{at}/sessions", data={"noticed": "true"})).status_code == 422
    assert (await client.post(f"{at}/sessions", data={"noticed": "true", "attended": "true"})).status_code == 303
    assert not await Period.filter(case_id=talking.id, clock="T_FIRST_SESSION", ended_at=None).exists()


async def test_a_party_stops_the_talks_without_a_reason_and_is_told_the_other_ways(
    client: httpx2.AsyncClient, town: World, talking: Case
) -> None:
    client.cookies.update(await sign_in(town.qiang))
    assert (await client.post(f"/cases/{talking.code}/termination")).status_code == 303
    stored = await Case.get(id=talking.id)
    assert (stored.state, stored.outcome) == (State.TERMINATED, Outcome.REFUSED_MIDWAY)
    assert "向人民法院起诉" in (await client.get(f"/cases/{talking.code}")).text


async def test_closing_waits_for_the_notice(client: httpx2.AsyncClient, town: World, talking: Case) -> None:
    client.cookies.update(await sign_in(town.mediator))
    at = f"/cases/{talking.code}"
    await client.post(f"{at}/termination", data={"outcome": "failed_gap"})
    refused = await client.post(f"{at}/closing")
    assert refused.status_code == 422
    assert (await client.post(f"{at}/closing", data={"served": "true"})).status_code == 303
    assert (await Case.get(id=talking.id)).state is State.CLOSED


async def test_a_late_case_stands_on_top(client: httpx2.AsyncClient, town: World, clock: object) -> None:
    await filed(town)
    clock.move(timedelta(days=9))  # type: ignore[attr-defined]
    client.cookies.update(await sign_in(town.intake))
    assert 'id="h-late"' in (await client.get("/desk")).text
