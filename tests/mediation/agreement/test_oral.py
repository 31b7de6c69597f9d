"""An agreement by word of mouth."""

from datetime import date

import httpx2
import pytest

from community.errors import Unfit
from mediation.agreement.models import Agreement, Obligation
from mediation.agreement.oral import oral_agree
from mediation.agreement.rules import ClauseKind, Draft, Line
from mediation.case.models import Case, Period
from mediation.case.states import Clock, Outcome, State
from tests.mediation.agreement import making
from tests.world import World, sign_in

SAID = Draft(
    facts="阿强三天内修好水管。",
    lines=(Line(kind=ClauseKind.DO, who="R1", whom="A1", what="修好水管", until=date(2026, 5, 20)),),
)
YES = {"waived": True, "read_back": True}


async def test_what_was_said_binds_at_once_and_needs_no_signature(world: World) -> None:
    case = await making.mediating(world)
    await oral_agree(case.code, SAID, **YES, by=world.mediator, at=making.DAY)
    after = await Case.get(id=case.id)
    assert (after.state, after.outcome) == (State.PERFORMING, Outcome.AGREED_ORAL)
    assert (await Agreement.get(case_id=case.id)).effective_at == making.DAY
    assert (await Obligation.get(case_id=case.id)).due_on == date(2026, 5, 20)
    clocks = [each.clock for each in await Period.filter(case_id=case.id, ended_at=None)]
    assert clocks == [Clock.FOLLOWUP]


@pytest.mark.parametrize("missing", ["waived", "read_back"])
async def test_everybody_waived_writing_and_heard_it(world: World, missing: str) -> None:
    case = await making.mediating(world)
    with pytest.raises(Unfit) as refusal:
        await oral_agree(case.code, SAID, **{**YES, missing: False}, by=world.mediator, at=making.DAY)
    assert refusal.value.field == missing


async def test_a_labour_dispute_wants_paper_and_a_promise_must_be_whole(world: World) -> None:
    case = await making.mediating(world)
    with pytest.raises(Unfit) as empty:
        await oral_agree(case.code, Draft(facts="谈好了"), **YES, by=world.mediator, at=making.DAY)
    assert empty.value.field == "what-1"
    await Case.filter(id=case.id).update(type_code="10")
    with pytest.raises(Unfit, match="书面协议"):
        await oral_agree(case.code, SAID, **YES, by=world.mediator, at=making.DAY)


async def test_it_is_registered_on_a_page_and_shown(client: httpx2.AsyncClient, town: World) -> None:
    case = await making.mediating(town)
    client.cookies.update(await sign_in(town.mediator))
    here = f"/cases/{case.code}/steps/oral_agree"
    assert (await client.get(here)).status_code == 200
    row = {"kind-1": "do", "who-1": "R1", "whom-1": "A1", "what-1": "修好水管", "until-1": "2026-05-20"}
    given = {"facts": "三天内修好。", **row, "waived": "true", "read_back": "true"}
    assert (await client.post(here, data={**given, "until-1": "soon"})).status_code == 422
    assert (await client.post(here, data=given)).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    page = (await client.get(f"/cases/{case.code}/agreement")).text
    assert "口头协议" in page
    assert "修好水管" in page
