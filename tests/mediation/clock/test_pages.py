"""The page that says why a day is the last."""

import httpx2

from mediation.case.models import Case
from mediation.case.states import State
from mediation.case.terms import PauseReason
from mediation.case.waiting import resume, suspend
from tests.mediation.agreement import making
from tests.mediation.clock.test_ledger import noon, runs
from tests.mediation.filing import asked, inviting
from tests.mediation.making import made_case
from tests.world import NOON, World, sign_in


async def test_a_period_says_its_rule_its_source_and_the_days_left_out(client: httpx2.AsyncClient, town: World) -> None:
    case = await made_case(town, at=noon("2026-06-10"))
    await runs(case, "D07", "", "2026-06-10")
    await suspend(case.code, PauseReason.APPRAISAL, words="等鉴定意见", by=town.mediator, at=noon("2026-06-22"))
    await resume(case.code, solved="已到", by=town.mediator, at=noon("2026-07-10"))
    client.cookies.update(await sign_in(town.mediator))
    html = (await client.get(f"/cases/{case.code}/clocks")).text
    for words in (
        "8月13日",
        "30 工作日",
        "医疗纠纷预防和处理条例第38条",
        "等鉴定：",
        "原来是",
        "7月23日",
        "等鉴定意见",
    ):
        assert words in html, words
    client.cookies.update(await sign_in(town.lan))
    own = (await client.get(f"/cases/{case.code}/clocks")).text
    assert "8月13日" in own
    assert "等鉴定意见" not in own


async def test_a_mediator_suspends_and_goes_on_without_scripts(client: httpx2.AsyncClient, town: World) -> None:
    case = await making.mediating(town)
    client.cookies.update(await sign_in(town.mediator))
    here = f"/cases/{case.code}"
    assert "steps/suspend" in (await client.get(here)).text
    assert (await client.get(f"{here}/steps/suspend")).status_code == 200
    wrong = await client.post(f"{here}/steps/suspend", data={"reason": "sham"})
    assert wrong.status_code == 422
    assert "请先报告本单位和法院" in wrong.text
    assert (await client.post(f"{here}/steps/suspend", data={"reason": "appraisal"})).status_code == 303
    assert (await Case.get(id=case.id)).state is State.SUSPENDED
    assert (await client.post(f"{here}/steps/resume", data={"solved": "鉴定好了"})).status_code == 303
    assert (await Case.get(id=case.id)).state is State.MEDIATING


async def test_a_party_or_a_stranger_may_not(client: httpx2.AsyncClient, town: World) -> None:
    case = await made_case(town, at=NOON)
    here = f"/cases/{case.code}/steps/suspend"
    client.cookies.update(await sign_in(town.lan))
    assert (await client.post(here, data={"reason": "appraisal"})).status_code == 403
    client.cookies.update(await sign_in(town.stranger))
    assert (await client.get(here)).status_code == 404
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.get(f"/cases/{case.code}/steps/nothing")).status_code == 404


async def test_attempts_are_written_down_at_the_desk(client: httpx2.AsyncClient, town: World) -> None:
    case = await inviting(town)
    party = await asked(case)
    client.cookies.update(await sign_in(town.intake))
    here = f"/cases/{case.code}"
    assert "上了门，没见到" in (await client.get(here)).text
    assert (await client.post(f"{here}/attempts", data={"party": party.code, "way": "visit"})).status_code == 303
    assert (await client.post(f"{here}/attempts", data={"party": party.code, "way": "telegram"})).status_code == 422
    assert (await client.post(f"{here}/steps/unreachable")).status_code == 422
