"""Going round: figures alone, written down by those who take in, counted on the form, struck out when wrong."""

from datetime import date

import httpx2

from mediation.intake.models import Sweep
from mediation.report.ending import facts_of
from tests.world import NOON, World, sign_in


async def test_a_sweep_is_written_down_counted_and_struck_out(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.intake))
    told = {"on": "2026-05-03", "homes": "30", "found": "2", "settled": "1"}
    for wrong in ({"settled": "3"}, {"homes": "0"}, {"on": "2026-05-05"}, {"found": "x"}):
        assert (await client.post("/desk/sweeps", data={**told, **wrong})).status_code == 422
    assert (await client.post("/desk/sweeps", data=told)).status_code == 303
    assert "走访 30 户，发现 2 件，当场劝好 1 件" in (await client.get("/desk/sweeps")).text
    quarter = (date(2026, 4, 1), date(2026, 7, 1))
    assert (await facts_of(town.director, *quarter, at=NOON)).sweeps == [(30, 2, 1)]
    client.cookies.update(await sign_in(town.director))
    form = (await client.get("/desk/report/form/after?from=2026-04-01&to=2026-06-30")).text
    assert '排查走访（户）</th><td class="num">30</td>' in form
    strike = f"/desk/sweeps/{(await Sweep.get()).code}/striking"
    client.cookies.update(await sign_in(town.lan))
    assert (await client.post(strike)).status_code == 404
    client.cookies.update(await sign_in(town.intake))
    assert [(await client.post(strike)).status_code for _ in range(2)] == [303, 409]
    assert (await facts_of(town.director, *quarter, at=NOON)).sweeps == []
