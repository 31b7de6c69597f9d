"""From figures to a proposal: what is frequent, who may take it up, and that nothing else goes along."""

import httpx2
import pytest

from community.errors import Hidden, Unfit
from community.people.models import Holding, Person
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Role
from deliberation.matter.models import Matter, MatterVersion
from mediation.case.models import Case
from mediation.intake.rules import Kind
from mediation.report.hotspots import Spot, frequent, hotspots, offer
from tests.deliberation.stage import body_of
from tests.mediation.making import made_case
from tests.world import NOON, World, sign_in


def test_what_is_rare_is_not_told_and_counts_are_rounded_down() -> None:
    found = [(1, "02")] * 4 + [(1, "1401")] * 9 + [(1, "1402")] * 3 + [(2, "14")] * 5
    assert frequent(found) == [Spot(1, Kind.PROPERTY, 10), Spot(2, Kind.PROPERTY, 5)]


async def test_figures_become_a_draft_of_the_director_or_the_centre(client: httpx2.AsyncClient, town: World) -> None:
    centre = await Person.create(name="调度", email="c@example.org", confirmed_at=NOON, joined_at=NOON)
    await Holding.create(person=centre, role=Role.DISPATCHER, place=town.community, since=NOON)
    for _ in range(6):
        await made_case(town)
    kind = Kind((await Case.all().first() or Case()).type_code[:2])
    assert [(each.kind, each.least) for each in await hotspots(town.director, at=NOON)] == [(kind, 5)]
    with pytest.raises(Hidden):
        await hotspots(town.lan, at=NOON)
    with pytest.raises(Unfit):
        await offer(town.community.id, Kind.TRAVEL, by=town.director, at=NOON)
    body, _ = await body_of(town)
    form = {"community": str(town.community.id), "kind": str(kind), "body": str(body.id)}
    for number, person in enumerate((town.director, centre), start=1):
        client.cookies.update(await sign_in(person))
        assert "不少于 5 件" in (await client.get("/desk/hotspots")).text
        first = await client.post("/desk/hotspots", data=form)
        again = await client.post("/desk/hotspots", data=form)
        assert first.headers["location"] == again.headers["location"]
        assert await Matter.all().count() == number
        assert (await client.get(first.headers["location"])).status_code == 200
        assert (await client.post("/desk/hotspots", data={**form, "kind": "17"})).status_code == 422
    text = await MatterVersion.all().order_by("id").first()
    assert text
    assert "不少于 5 件" in text.what
    event = await Event.filter(kind="hotspot.offered").order_by("id").first()
    assert event
    assert facts_of(event) == {"type": str(kind), "community": town.community.code, "least": 5}
    client.cookies.update(await sign_in(town.moderator))
    assert (await client.post("/desk/hotspots", data=form)).status_code == 403
