"""Outages on their page and in the interface: read by everybody, written down by an administrator of the whole site."""

import httpx2

from community.people.models import Holding
from community.record.models import Event
from community.rights import Role
from community.timers.models import Outage
from tests.world import NOON, World, sign_in

FORM = {"since": "2026-05-04T11:20", "until": "2026-05-04T11:50", "why": "机房外面的网断了。"}


async def test_an_administrator_writes_down_what_the_site_could_not_notice(
    client: httpx2.AsyncClient, town: World
) -> None:
    assert "补记一次停机" not in (await client.get("/outages")).text
    client.cookies.update(await sign_in(town.admin))
    assert (await client.post("/outages", data=FORM)).status_code == 403
    assert await Outage.all().count() == 0
    await Holding.create(person=town.admin, role=Role.ADMIN, since=NOON)
    assert "补记一次停机" in (await client.get("/outages")).text
    for wrong in ({**FORM, "until": "2026-05-04T12:50"}, {**FORM, "why": ""}, {**FORM, "since": "soon"}):
        assert (await client.post("/outages", data=wrong)).status_code == 422
    assert (await client.post("/outages", data=FORM)).status_code == 303
    assert (await Event.get(kind="service.away")).actor_id == town.admin.id
    client.cookies.clear()
    assert "机房外面的网断了。" in (await client.get("/outages")).text
    (found,) = (await client.get("/api/v1/outages")).json()["items"]
    assert (found["why"], found["since"][:16]) == (FORM["why"], "2026-05-04T03:20")
