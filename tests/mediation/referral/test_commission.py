"""Taking a case that a court sent, and giving it back."""

from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Forbidden, Unfit
from mediation.assignment.commands import assign
from mediation.case.commands import close, terminate
from mediation.case.models import Case, Party, Period, Proceeding, Track, Will
from mediation.case.noting import notes_of
from mediation.case.states import Clock, Outcome, State
from mediation.referral.commission import Commission, Letter, accept_commission
from mediation.referral.returning import CourtEnd, told_to_court
from tests.mediation.agreement.making import mediating
from tests.mediation.filing import filed
from tests.world import NOON, World, sign_in

AT = NOON + timedelta(days=1)
NUMBER = "（2026）云0101诉前委派7号"


def letter(kind: Commission = Commission.PRE, /, **changes: object) -> Letter:
    """Return a letter that is right, with ``changes``."""
    given: dict[str, object] = {"kind": kind, "number": NUMBER, "agreed": True, "received": date(2026, 5, 5)}
    return Letter(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "track", "rule", "due"),
    [
        (Commission.PRE, Track.COURT_PRE, "D10", date(2026, 6, 4)),
        (Commission.ORDINARY, Track.COURT_POST, "D11/ordinary", date(2026, 5, 20)),
        (Commission.SUMMARY, Track.COURT_POST, "D11/summary", date(2026, 5, 12)),
    ],
)
async def test_the_period_runs_from_the_day_it_was_signed_for(
    world: World, kind: Commission, track: Track, rule: str, due: date
) -> None:
    case = await filed(world)
    case = await accept_commission(case.code, letter(kind), by=world.director, at=AT)
    assert (case.state, (await Case.get(id=case.id)).track) == (State.ASSIGNING, track)
    period = await Period.get(case_id=case.id, ended_at=None)
    assert (period.clock, period.rule, period.began_on, period.due) == (Clock.MEDIATE, rule, date(2026, 5, 5), due)
    run = await Proceeding.get(case_id=case.id)
    assert (run.court_number, run.number) == (NUMBER, "（2026）幸福里居人调字第1号")
    assert {party.will for party in await Party.filter(case_id=case.id)} == {Will.CONSENTED}


async def test_letter_consent_and_day_are_needed_and_only_the_director_takes_it(world: World) -> None:
    case = await filed(world)
    wrongs = {"number": " ", "agreed": False, "received": date(2027, 1, 1)}
    for field, value in wrongs.items():
        with pytest.raises(Unfit) as wrong:
            await accept_commission(case.code, letter(**{field: value}), by=world.director, at=AT)
        assert wrong.value.field == field
    with pytest.raises(Unfit, match="早于登记"):
        await accept_commission(case.code, letter(received=date(2026, 5, 3)), by=world.director, at=AT)
    with pytest.raises(Forbidden):
        await accept_commission(case.code, letter(), by=world.intake, at=AT)


async def test_it_goes_back_to_the_court_with_its_papers_and_a_reason(client: httpx2.AsyncClient, town: World) -> None:
    case = await filed(town)
    client.cookies.update(await sign_in(town.director))
    here = f"/cases/{case.code}/steps/accept_commission"
    assert (await client.get(here)).status_code == 200
    told = {"kind": "ordinary", "number": NUMBER, "received": "2026-05-04"}
    assert (await client.post(here, data=told)).status_code == 422
    assert (await client.post(here, data={**told, "agreed": "true"})).status_code == 303
    await assign(case.code, town.mediator.code, clear=True, willing=True, by=town.director, at=AT)
    await terminate(case.code, Outcome.UNREACHABLE, by=town.mediator, at=AT)
    with pytest.raises(Unfit) as kept:
        await close(case.code, served=True, by=town.mediator, at=AT)
    assert kept.value.field == "returned"
    client.cookies.update(await sign_in(town.mediator))
    here = f"/cases/{case.code}/closing"
    assert "起诉状等材料已退回法院" in (await client.post(here, data={"served": "true", "returned": "true"})).text
    report = "对方电话三次不通，上门两次没有见到。"
    given = {"served": "true", "returned": "true", "report": report}
    assert (await client.post(here, data=given)).status_code == 303
    after = await Case.get(id=case.id)
    assert (after.state, told_to_court(after.outcome)) == (State.CLOSED, CourtEnd.UNREACHED)
    assert (await Proceeding.get(case_id=case.id)).returned_on == date(2026, 5, 4)
    assert [words for _, words in await notes_of(after)] == [report]


async def test_a_case_of_ones_own_ends_because_nobody_is_reached_only_before_acceptance(world: World) -> None:
    case = await mediating(world)
    with pytest.raises(Unfit):
        await terminate(case.code, Outcome.UNREACHABLE, by=world.mediator, at=AT)
