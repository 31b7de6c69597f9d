"""Putting the end off: everybody says yes in time, by link, signed in or on paper."""

from datetime import date, timedelta

import httpx2
import pytest

from community.errors import Hidden, MovedOn, Unfit
from community.notice.models import Mail
from mediation.case.models import Case, Consent, DueChange, Party, Period
from mediation.case.states import Clock, State
from mediation.clock import extending
from mediation.clock.models import ExtensionAsk
from tests.mediation.agreement import making
from tests.mediation.clock.test_ledger import noon, runs
from tests.mediation.clock.test_striking import ring
from tests.mediation.making import made_case
from tests.world import World, sign_in

UNTIL = date(2026, 6, 30)


async def link_of(case: Case, side: str) -> str:
    """Read the link in the mail that went out last to a side."""
    party = await Party.get(case_id=case.id, side=side)
    mails = await Mail.filter(template="mediation/clock/mail_extension").order_by("id")
    sent = {str(mail.values["token"]) for mail in mails}
    found = [token for token in sent if (await extending.asked_by(token)).party_id == party.id]
    return found[0]


async def test_the_last_yes_moves_the_day_and_the_old_one_is_kept(world: World) -> None:
    case = await making.mediating(world)
    period = await Period.get(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    assert period.due == date(2026, 6, 8)
    await extending.ask_all(case.code, UNTIL, by=world.mediator, at=noon("2026-06-01"))
    await extending.answer_by_link(await link_of(case, "R"), given=True, by=None, at=noon("2026-06-02"))
    assert (await Period.get(id=period.id)).due == date(2026, 6, 8)
    await extending.answer_own(case.code, given=True, by=world.lan, at=noon("2026-06-08"))
    after = await Period.get(id=period.id)
    assert (after.due, after.extended_to) == (UNTIL, UNTIL)
    change = await DueChange.get(period_id=period.id)
    assert (change.was, change.because) == (date(2026, 6, 8), "extended")
    assert await Consent.filter(act="extend", given=True).count() == 2
    await ring(noon("2026-06-09"))
    assert (await Case.get(id=case.id)).state is State.MEDIATING


async def test_one_no_ends_the_question_and_nobody_answers_twice(world: World) -> None:
    case = await making.mediating(world)
    await extending.ask_all(case.code, UNTIL, by=world.mediator, at=noon("2026-06-01"))
    token = await link_of(case, "R")
    await extending.answer_own(case.code, given=True, by=world.lan, at=noon("2026-06-02"))
    with pytest.raises(MovedOn):
        await extending.answer_own(case.code, given=True, by=world.lan, at=noon("2026-06-02"))
    await extending.answer_by_link(token, given=False, by=None, at=noon("2026-06-02"))
    with pytest.raises(Hidden):
        await extending.answer_by_link(token, given=True, by=None, at=noon("2026-06-02"))
    assert not (await ExtensionAsk.get()).granted


async def test_after_the_last_day_no_yes_counts_and_a_hard_period_ends(world: World) -> None:
    case = await made_case(world, at=noon("2026-06-10"))
    period = await runs(case, "D07", "", "2026-06-10")
    await extending.ask_all(case.code, date(2026, 8, 31), by=world.mediator, at=noon("2026-07-20"))
    await extending.answer_own(case.code, given=True, by=world.lan, at=noon("2026-07-23"))
    with pytest.raises(Unfit, match="期限届满前"):
        await extending.answer_own(case.code, given=True, by=world.qiang, at=noon("2026-07-24"))
    await ring(noon("2026-07-24"))
    assert (await Case.get(id=case.id)).state is State.TERMINATED
    assert (await Period.get(id=period.id)).due == date(2026, 7, 23)


async def test_papers_count_and_an_earlier_day_is_refused(world: World) -> None:
    case = await making.mediating(world)
    with pytest.raises(Unfit) as refusal:
        await extending.ask_all(case.code, date(2026, 6, 8), by=world.mediator, at=noon("2026-06-01"))
    assert refusal.value.field == "until"
    await extending.ask_all(case.code, UNTIL, by=world.mediator, at=noon("2026-06-01"))
    for party in await Party.filter(case_id=case.id):
        await extending.answer_on_paper(case.code, party.code, by=world.mediator, at=noon("2026-06-02"))
    period = await Period.get(case_id=case.id, clock=Clock.MEDIATE, ended_at=None)
    assert period.due == UNTIL


async def test_two_buttons_by_link_and_signed_in(client: httpx2.AsyncClient, town: World, clock: object) -> None:
    case = await making.mediating(town)
    clock.move(timedelta(days=20))  # type: ignore[attr-defined]
    client.cookies.update(await sign_in(town.mediator))
    here = f"/cases/{case.code}"
    assert (await client.post(f"{here}/steps/extend", data={"until": "2026-06-30"})).status_code == 303
    page = (await client.get(f"{here}/steps/extend")).text
    assert "还没有答复" in page
    token = await link_of(case, "R")
    client.cookies.clear()
    assert "可不可以延长到" in (await client.get(f"/x/{token}")).text
    assert (await client.post(f"/x/{token}", data={"answer": "perhaps"})).status_code == 422
    assert "您的答复记下了" in (await client.post(f"/x/{token}", data={"answer": "yes"})).text
    assert (await client.get("/x/nothing")).status_code == 404
    client.cookies.update(await sign_in(town.lan))
    assert f"{here}/extension" in (await client.get(here)).text
    assert (await client.post(f"{here}/extension", data={"answer": "yes"})).status_code == 303
    assert "6月30日" in (await client.get(f"{here}/clocks")).text
