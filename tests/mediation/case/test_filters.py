"""Filters of one's own desk: kept under a name, opened by themselves, seen by nobody else."""

import httpx2

from mediation.case.models import Case
from mediation.case.states import State
from mediation.register.models import DeskFilter
from tests.mediation.making import made_case
from tests.world import World, sign_in


async def test_a_desk_is_looked_through_by_filters_of_ones_own(client: httpx2.AsyncClient, town: World) -> None:
    talked, waits = await made_case(town), await made_case(town, State.PERFORMING)
    await Case.filter(id=talked.id).update(type_code="14")
    client.cookies.update(await sign_in(town.mediator))
    kept = await client.post("/desk/filters", data={"name": "物业", "kind": "14", "opens": "true"})
    assert kept.headers["location"].startswith("/desk?filter=")
    for url, shown in (("/desk", {talked.code}), ("/desk?all=1", {talked.code, waits.code}), ("/desk?kind=02", set())):
        page = (await client.get(url)).text
        assert {code for code in (talked.code, waits.code) if code in page} == (shown or {waits.code})
    assert waits.code in (await client.get("/desk?state=performing")).text
    assert 'accesskey="1"' in (await client.get("/desk")).text
    once = await client.post("/desk/filters", data={"name": "", "state": "performing"})
    assert "state=performing" in once.headers["location"]
    row = await DeskFilter.get()
    client.cookies.update(await sign_in(town.director))
    assert "物业</a>" not in (await client.get("/desk")).text
    assert (await client.post(f"/desk/filters/{row.code}/end")).status_code == 404
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.post(f"/desk/filters/{row.code}/end")).status_code == 303
    assert await DeskFilter.all().count() == 0
