"""The desk in groups, and the statistics of a committee, as its director and its mediator see them."""

import io
from datetime import timedelta

import httpx2
import pytest
from python_calamine import CalamineWorkbook
from tortoise.exceptions import IntegrityError

from community.errors import Hidden
from mediation.agreement.models import Obligation
from mediation.case.desk_queries import most_urgent
from mediation.case.models import Assignment, Period
from mediation.case.states import Clock, State
from mediation.report.queries import sets_of
from tests.mediation.agreement import making
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World, sign_in


async def test_the_most_urgent_stands_on_top_in_its_group(
    world: World, app: object, client: httpx2.AsyncClient
) -> None:
    late, soon, none = [await made_case(world) for _ in range(3)]
    calm = await made_case(world, State.PERFORMING)
    today = NOON.date()
    for case, days in ((soon, 9), (late, -1), (calm, 20)):
        due = today + timedelta(days=days)
        await Period.create(case=case, clock=Clock.MEDIATE, rule="D06/month", began_on=today, raw_due=due, due=due)
    joint = (await made_rooms(soon, world.mediator))["joint"]
    await joint.__class__.filter(id=joint.id).update(last_seq=3)
    assert [each.id for each in await most_urgent(world.mediator, most=9, at=NOON)] == [
        late.id,
        soon.id,
        calm.id,
        none.id,
    ]
    assert [each.id for each in await most_urgent(world.mediator, most=1, at=NOON)] == [late.id]
    assert await most_urgent(world.stranger, most=9, at=NOON) == []
    client.cookies.update(await sign_in(world.mediator))
    page = (await client.get("/desk")).text
    order = [page.index(each.code) for each in (late, soon, calm, none)]
    assert order == sorted(order)
    assert "3<span" in page
    one = (await client.get("/desk?show=waiting")).text
    assert calm.code in one
    assert late.code not in one


async def test_a_case_has_one_lead(world: World) -> None:
    case = await made_case(world)
    with pytest.raises(IntegrityError):
        await Assignment.create(case=case, mediator=world.director, mode="designated", since=NOON)


async def test_the_director_reads_the_quarter(world: World, app: object, client: httpx2.AsyncClient) -> None:
    await making.performing(world)
    with pytest.raises(Hidden):
        await sets_of(world.mediator, at=NOON)
    client.cookies.update(await sign_in(world.director))
    page = (await client.get("/desk/report?from=2026-05-01&to=2026-12-31")).text
    assert "各类纠纷" in page
    assert "没有可以算的" in page  # nothing is concluded yet, which is not 0 %
    table = (await client.get("/desk/report.csv?from=2026-05-01&to=2026-12-31")).text
    assert table.splitlines()[1] == "02,<5,0,0"
    assert (await client.get("/desk/report?from=x&to=2026-99-99")).status_code == 200
    span = "?from=2026-05-01&to=2026-12-31"
    exact = (await client.get(f"/desk/report/form{span}")).text
    assert "当事人申请" in exact
    assert "&lt;5" not in exact.split("<table", 1)[1]
    assert "&lt;5" in (await client.get(f"/desk/report/form{span}&as=public")).text.split("<table", 1)[1]
    book = CalamineWorkbook.from_object(io.BytesIO((await client.get(f"/desk/report/form.xlsx{span}")).content))
    assert book.sheet_names == ["纠纷类型", "调解的系统", "案件来源", "办理结果", "协议金额"]
    assert [row[1] for row in book.get_sheet_by_index(0).to_python()] == ["受理", 1, 1]
    assert "合计,1,0,0,0.00,0" in (await client.get(f"/desk/report/form.csv{span}")).text
    lower = f"/desk/report/form.csv{span}&part=after"
    assert "到期的义务合计（项）,0,,0.00" in (await client.get(lower)).text
    await Obligation.all().update(due_on=NOON.date() - timedelta(days=1))
    assert "到期的义务合计（项）,3,,0.32" in (await client.get(lower)).text
    assert "到期的义务合计（项）,<5,,—" in (await client.get(f"{lower}&as=public")).text
    assert "没有可以算的" in (await client.get(f"/desk/report/work{span}")).text
    client.cookies.update(await sign_in(world.moderator))
    assert "各位调解员" not in (await client.get(f"/desk/report/work{span}")).text
    client.cookies.update(await sign_in(world.lan))
    assert (await client.get(f"/desk/report/form{span}")).status_code == 404
