"""Changing an agreement in effect: the first stays, everybody signs the supplement, what is owed is what it says."""

from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event as Fact
from mediation.agreement import commands, performing
from mediation.agreement.amending import begin_supplement, drop_supplement
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Agreement, AgreementVersion, Obligation
from mediation.agreement.queries import in_force, latest, obligations_of, opened_body, out_of, paper_of
from mediation.agreement.rules import OWED, ClauseKind, Duty, Line
from mediation.agreement.running import sealable
from mediation.agreement.signing import take_back
from mediation.case.models import Case, Period
from mediation.case.states import Clock, State
from tests.mediation.agreement import making
from tests.world import World, sign_in

WHY = "余款应为1,100元，误写为1,200元。"
NEXT = making.LATER + timedelta(days=2)
SEALED = NEXT + timedelta(minutes=10)
PIPE = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="更换漏水的水管", until=date(2026, 5, 20))
FIRST = Line(who="R1", whom="A1", amount=200000, until=date(2026, 5, 31))
REST = Line(who="R1", whom="A1", amount=110000, until=date(2026, 6, 30), what="余款")


async def sent(world: World) -> Case:
    """Send a supplement round: the pipe is mended already, the rest becomes less."""
    case = await making.performing(world)
    mended = await Obligation.filter(case_id=case.id).order_by("id").first()
    assert mended
    await performing.confirm(case.code, mended.code, by=world.lan, at=making.LATER)
    paid = await Obligation.get(case_id=case.id, clause__row=2)
    await performing.pay_part(case.code, paid.code, 50000, by=world.lan, at=making.LATER)
    told = {"because": WHY, "filed": False, "court_told": False}
    await begin_supplement(case.code, **told, by=world.mediator, at=NEXT)  # type: ignore[arg-type]
    draft = making.draft(PIPE, FIRST, REST, total=310000)
    await commands.save(case.code, draft, by=world.mediator, at=NEXT)
    await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=NEXT)
    return case


async def sign(world: World, case: Case) -> None:
    """Have everybody sign the supplement."""
    shown = (await out_of(case)).sha256
    for person in (world.lan, world.qiang, world.mediator):
        await making.sign(case, person, NEXT, shown=shown)


async def test_the_first_wording_stays_and_what_is_owed_is_what_the_supplement_says(world: World) -> None:
    case = await sent(world)
    first = await latest(case)
    assert first
    words, due = opened_body(first), (await Period.get(case_id=case.id, clock=Clock.JC, ended_at=None)).due
    await sign(world, case)
    await take_back(case.code, by=world.qiang, at=NEXT)
    await sealable(case.key, SEALED)
    assert not await Fact.filter(kind="agreement.sealable", at=SEALED).exists()
    shown = (await out_of(case)).sha256
    await making.sign(case, world.qiang, NEXT, shown=shown)
    await sealable(case.key, SEALED)
    assert await Fact.filter(kind="agreement.sealable", at=SEALED).count() == 1
    assert await Obligation.filter(case_id=case.id, state=Duty.REPLACED).count() == 0
    await making.seal_out(case, world.director, SEALED)
    case = await Case.get(id=case.id)
    now = await latest(case)
    assert now
    assert (case.state, now.supplement, now.in_effect_at) == (State.PERFORMING, 1, SEALED)
    paper = paper_of(now)
    assert (paper.number, paper.amends) == ("（2026）幸福里居人调字第1号-协1-补1", "（2026）幸福里居人调字第1号-协1")
    assert opened_body(await in_force(case, 1)) == words
    assert (await Agreement.get(case_id=case.id)).effective_at == making.LATER
    assert (await Period.get(case_id=case.id, clock=Clock.JC, ended_at=None)).due == due
    owed = [(each.state, each.clause.amount_fen, each.paid_fen) for each in await obligations_of(case)]
    assert owed == [
        (Duty.DONE, None, 0),
        (Duty.REPLACED, 200000, 50000),
        (Duty.REPLACED, 120000, 0),
        (Duty.PARTIAL, 200000, 50000),  # what came of it is not owed again
        (Duty.PENDING, 110000, 0),
    ]
    assert await Fact.filter(kind="case.amend", subject=case.key).count() == 1


async def test_reason_court_and_hand_are_needed_and_one_goes_at_a_time(world: World) -> None:
    case = await making.performing(world)
    wrong: list[tuple[dict[str, object], str]] = [
        ({"because": " ", "filed": False, "court_told": False}, "because"),
        ({"because": WHY, "filed": True, "court_told": False}, "court_told"),
    ]
    for told, field in wrong:
        with pytest.raises(Unfit) as refusal:
            await begin_supplement(case.code, **told, by=world.mediator, at=NEXT)  # type: ignore[arg-type]
        assert refusal.value.field == field
    right = {"because": WHY, "filed": True, "court_told": True}
    with pytest.raises(Forbidden):
        await begin_supplement(case.code, **right, by=world.director, at=NEXT)  # type: ignore[arg-type]
    await begin_supplement(case.code, **right, by=world.mediator, at=NEXT)  # type: ignore[arg-type]
    with pytest.raises(MovedOn):
        await begin_supplement(case.code, **right, by=world.mediator, at=NEXT)  # type: ignore[arg-type]
    with pytest.raises(Hidden):
        await in_force(case, 2)


async def test_whoever_will_not_sign_leaves_the_agreement_as_it_was(world: World) -> None:
    case = await sent(world)
    await drop_supplement(case.code, by=world.qiang, at=NEXT)
    with pytest.raises(MovedOn):
        await drop_supplement(case.code, by=world.mediator, at=NEXT)
    now = await latest(case)
    assert now
    assert now.supplement == 0
    assert await Obligation.filter(case_id=case.id, state__in=OWED).count() == 2
    assert await AgreementVersion.exclude(voided_at=None).count() == 1
    again = {"because": WHY, "filed": False, "court_told": False}
    version = await begin_supplement(case.code, **again, by=world.mediator, at=NEXT)  # type: ignore[arg-type]
    assert (version.supplement, version.n) == (1, 3)


async def test_it_goes_over_its_pages(client: httpx2.AsyncClient, town: World) -> None:
    case = await making.performing(town)
    client.cookies.update(await sign_in(town.mediator))
    here = f"/cases/{case.code}/steps/amend"
    assert (await client.get(here)).status_code == 200
    assert (await client.post(here, data={"because": WHY, "filed": "yes"})).status_code == 422
    begun = await client.post(here, data={"because": WHY, "filed": "no"})
    assert begun.headers["location"].endswith("/agreement/draft")
    assert "接着写补充协议" in (await client.get(f"/cases/{case.code}/agreement")).text
    assert "-协1-补1" in (await client.get(f"/cases/{case.code}/agreement/preview")).text
    final = {"legality": list(LEGALITY), "on_paper": "no"}
    assert (await client.post(f"/cases/{case.code}/agreement/final", data=final)).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    shown = (await client.get(f"/cases/{case.code}/agreement")).text
    assert WHY in shown
    assert "不同意变更" in shown
    assert "签名" in shown
    assert WHY not in (await client.get(f"/cases/{case.code}/agreement/paper")).text
    assert (await client.post(f"/cases/{case.code}/agreement/supplement/end")).status_code == 303
    assert (await client.get(f"/cases/{case.code}/agreement/versions/1")).status_code == 200
    assert (await client.get(f"/cases/{case.code}/agreement/versions/2")).status_code == 404
