"""Handing a case on, through the pages: asked, answered, sent, taken, sent back, dispatched."""

import io
import zipfile
from datetime import timedelta

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from community.orgs.models import OrgKind
from community.people.models import Person
from mediation.case.models import Case, Proceeding, Track
from mediation.case.states import State
from mediation.referral.models import Handover
from tests.mediation.filing import STATEMENT
from tests.mediation.referral.making import AT, DUTY, WHY, court_of, dispatcher_of, org_of, sent, talking
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once

NUMBER = "（2026）云0101诉前调88号"


async def _as(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_from_the_desk_to_the_court_and_taken(client: httpx2.AsyncClient, town: World) -> None:
    case, (court, head) = await talking(town), await court_of(town)
    here = f"/cases/{case.code}/handover"
    await _as(client, town.director)
    assert here in (await client.get(f"/cases/{case.code}")).text
    assert court.name in (await client.get(here)).text
    assert (await client.post(here, data={"org": court.code})).status_code == 422
    told = {"org": court.code, "track": "court_pre", "basis": "consent", "reason": WHY}
    assert (await client.post(here, data={**told, "track": "admin"})).status_code == 422
    assert (await client.post(here, data=told)).status_code == 303
    await _as(client, town.lan)
    assert here in (await client.get(f"/cases/{case.code}")).text
    asked = (await client.get(here)).text
    assert court.name in asked
    assert WHY in asked
    assert (await client.post(f"{here}/answers", data={"answer": "yes"})).status_code == 303
    await _as(client, town.director)
    assert (await client.post(f"{here}/sending")).status_code == 422
    await _as(client, town.qiang)
    assert (await client.post(f"{here}/answers", data={"answer": "yes"})).status_code == 303
    await _as(client, town.director)
    assert (await client.post(f"{here}/sending")).status_code == 303
    handover = await Handover.get()
    there = f"/handovers/{handover.code}"
    shown = (await client.get(there)).text
    assert handover.manifest in shown
    assert "下载材料" not in shown
    assert (await client.get(f"{there}/package.zip")).status_code == 404
    await _as(client, head)
    assert there in (await client.get("/handovers")).text
    assert "下载材料" in (await client.get(there)).text
    got = await client.get(f"{there}/package.zip")
    with zipfile.ZipFile(io.BytesIO(got.content)) as held:
        assert STATEMENT in "".join(held.read(name).decode() for name in held.namelist())
    assert (await client.post(f"{there}/acceptance", data={})).status_code == 422
    assert (await client.post(f"{there}/acceptance", data={"number": NUMBER})).status_code == 303
    assert NUMBER in (await client.get(f"/cases/{case.code}")).text
    assert (await Proceeding.get(case_id=case.id, ended_on=None)).org_id == court.id
    await _as(client, town.director)
    assert (await client.get(f"/cases/{case.code}")).status_code == 404
    await _as(client, town.lan)
    assert court.name in (await client.get(f"/cases/{case.code}")).text


async def test_sent_back_with_reason_and_law(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    clock.move(AT - NOON)
    case, (court, head) = await talking(town), await court_of(town)
    there = f"/handovers/{(await sent(town, case, court)).code}"
    await _as(client, head)
    assert (await client.post(f"{there}/rejection", data={"reason": "不归我们管"})).status_code == 422
    said = {"reason": "不归我们管", "article": DUTY}
    assert (await client.post(f"{there}/rejection", data=said)).status_code == 303
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    assert (await client.get(f"{there}/package.zip")).status_code == 404
    assert (await client.get(f"/cases/{case.code}")).status_code == 404
    await _as(client, town.director)
    past = (await client.get(f"/cases/{case.code}/handover")).text
    assert "不归我们管" in past
    assert DUTY in past


async def test_the_centre_sees_the_overdue_first_and_decides(
    client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    clock.move(AT - NOON)
    centre = await dispatcher_of(town)
    waiting, case, (court, _) = await talking(town), await talking(town), await court_of(town)
    await sent(town, waiting, court)
    for name in ("甲部门", "乙部门"):
        org, head = await org_of(town, OrgKind.DEPARTMENT, name)
        await _as(client, head)
        there = f"/handovers/{(await sent(town, case, org, Track.ADMIN)).code}"
        assert (await client.post(f"{there}/rejection", data={"reason": "不归", "article": DUTY})).status_code == 303
    clock.move(timedelta(days=14))
    await _as(client, centre)
    board = (await client.get("/dispatch")).text
    assert board.index(waiting.code) < board.index(case.code)
    assert "过期没有答复" in board
    assert "等您决定" in board
    here = f"/cases/{case.code}/handover"
    assert "由原来的单位接着办" in (await client.get(here)).text
    assert (await client.post(f"{here}/ruling", data={"reason": ""})).status_code == 422
    assert (await client.post(f"{here}/ruling", data={"reason": "就地办"})).status_code == 303
    assert (await client.post(f"/cases/{waiting.code}/handover/recall", data={"reason": "太久"})).status_code == 303
    assert (await Case.get(id=waiting.id)).state is State.MEDIATING


async def test_strangers_and_parties_stay_out_of_the_papers(client: httpx2.AsyncClient, town: World) -> None:
    case, (court, _) = await talking(town), await court_of(town)
    _, other = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    there = f"/handovers/{(await sent(town, case, court)).code}"
    for person in (town.lan, town.qiang, town.stranger, town.mediator, town.intake, other):
        await _as(client, person)
        for path in (there, f"{there}/package.zip"):
            assert (await client.get(path)).status_code == 404, (person.name, path)
        assert (await client.post(f"{there}/acceptance", data={"number": NUMBER})).status_code == 404
    assert (await client.get("/dispatch")).status_code == 403


async def test_what_people_are_told_says_that_it_moves_and_nothing_about_it(
    app: Starlette, client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    case, (court, head) = await talking(town), await court_of(town)
    handover = await sent(town, case, court)
    clock.move(AT - NOON + timedelta(minutes=1))
    await once(duties(app), clock)
    told = await Notice.filter(url__in=[f"/handovers/{handover.code}", f"/cases/{case.code}"])
    assert {each.person_id for each in told} >= {head.id, town.lan.id, town.qiang.id}
    said = " ".join(f"{each.sentence} {each.facts}" for each in told)
    mailed = " ".join(each.facts for each in await Mail.filter(secret=False))
    assert not [secret for secret in (WHY, STATEMENT, "13900139000") if secret in said + mailed]
    assert not [name for name in ("阿强", "阿兰") if name in said]
