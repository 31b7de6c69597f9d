"""An application from its court to the court's answer, with who may see and do what on the way."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tortoise.exceptions import IntegrityError

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.record.models import Event as Fact
from mediation.agreement import commands
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Agreement
from mediation.agreement.rules import BEFORE_COURT
from mediation.case.access import Seat
from mediation.case.models import Case, Party, Period, Track
from mediation.case.queries import seats_of
from mediation.case.states import Clock, State
from mediation.confirmation import applying, ruling
from mediation.confirmation.grounds import Denial, Nexus
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import visible
from mediation.confirmation.rules import Course, Deed
from mediation.confirmation.ruling import Ruling
from mediation.privacy.models import CaseReading
from tests.mediation.agreement import making
from tests.mediation.clock.test_striking import ring
from tests.mediation.referral.making import court_of
from tests.world import World, sign_in

AT = making.LATER + timedelta(days=1)


async def test_everybody_applies_for_themselves(world: World) -> None:
    case = await making.performing(world)
    court, head = await court_of(world)
    for who, kind in ((world.xiu, Hidden), (head, Hidden)):
        with pytest.raises(kind):
            await applying.prepare(case.code, court.code, by=who, at=AT)
    found = await applying.prepare(case.code, court.code, by=world.mediator, at=AT)
    assert found.link is Nexus.BODY
    with pytest.raises(MovedOn):
        await applying.prepare(case.code, court.code, by=world.lan, at=AT)
    with pytest.raises(IntegrityError):
        await CourtConfirmation.create(
            case=case, community_id=case.community_id, version_id=found.version_id, court=court, link=found.link,
            began_at=AT,
        )  # fmt: skip
    with pytest.raises(Unfit, match="自愿"):
        await applying.apply(case.code, sworn=False, by=world.lan, at=AT)
    await applying.apply(case.code, sworn=True, by=world.lan, at=AT)
    with pytest.raises(MovedOn):
        await applying.apply(case.code, sworn=True, by=world.lan, at=AT)
    with pytest.raises(Forbidden):
        await applying.apply(case.code, sworn=True, by=world.mediator, at=AT)
    with pytest.raises(Unfit, match="每一方"):
        await applying.file(case.code, by=world.lan, at=AT)
    other = await Party.get(case_id=case.id, side="R")
    with pytest.raises(Unfit, match="委托书"):
        await applying.apply_for(case.code, other.code, "mandate", by=world.mediator, at=AT)
    with pytest.raises(Forbidden):
        await applying.apply_for(case.code, other.code, "paper", by=world.lan, at=AT)
    await applying.apply_for(case.code, other.code, "paper", by=world.mediator, at=AT)
    with pytest.raises(Hidden):
        await visible(head, found.code, at=AT)


async def test_the_court_wants_more_and_does_not_take_it_up(world: World) -> None:
    case = await making.performing(world)
    court, head = await court_of(world)
    found = await applying.prepare(case.code, court.code, by=world.lan, at=AT)
    for person in (world.lan, world.qiang):
        await applying.apply(case.code, sworn=True, by=person, at=AT)
    await applying.file(case.code, by=world.lan, at=AT)
    assert not await Period.filter(case_id=case.id, clock=Clock.JC, ended_at=None).exists()
    assert await seats_of(head, case, at=AT) == {Seat.COURT_CONFIRMING}
    await ruling.ask_more(found.code, words="请补居住证。", by=head, at=AT)
    with pytest.raises(Forbidden):
        await ruling.bring(case.code, words="补了", by=world.lan, at=AT)
    await ruling.bring(case.code, words="居住证已送。", by=world.mediator, at=AT)
    on = (AT + timedelta(days=2)).date()
    early: dict[str, Any] = {"number": "（2026）云0101民特1号", "on": on, "by": head}
    with pytest.raises(Unfit) as wrong:
        await ruling.admit(found.code, **early, at=AT)
    assert wrong.value.field == "on"
    await ruling.admit(found.code, **early, at=AT + timedelta(days=2))
    no = Ruling(on=on, refusal=Denial.UNCLEAR)
    with pytest.raises(Unfit, match="理由"):
        await ruling.decide(found.code, Deed.NOT_ACCEPT, no, by=head, at=AT + timedelta(days=2))
    no = Ruling(on=on, refusal=Denial.WRONG_COURT, words="请到住所地法院。")
    ended = await ruling.decide(found.code, Deed.NOT_ACCEPT, no, by=world.director, at=AT + timedelta(days=2))
    assert ended.stage is Course.NOT_ACCEPTED
    assert await Period.filter(case_id=case.id, clock=Clock.JC, ended_at=None).count() == 1
    again = await applying.prepare(case.code, court.code, by=world.qiang, at=AT + timedelta(days=3))
    assert again.stage is Course.PREPARING
    kinds = [each.kind for each in await Fact.filter(kind__startswith="confirmation.").order_by("id")]
    told = "prepared applied applied filed wanting supplemented admitted not-accepted prepared".split()  # noqa: SIM905
    assert kinds == [f"confirmation.{each}" for each in told]


async def test_the_pages_and_the_package(client: httpx2.AsyncClient, town: World) -> None:
    case = await making.performing(town)
    court, head = await court_of(town)
    here = f"/cases/{case.code}/confirmation"
    client.cookies.update(await sign_in(town.lan))
    assert "建议最晚" in (await client.get(here)).text
    assert (await client.post(here, data={"court": "nowhere"})).status_code == 422
    assert (await client.post(here, data={"court": court.code})).status_code == 303
    assert (await client.post(f"{here}/application", data={})).status_code == 422
    for person in (town.lan, town.qiang):
        client.cookies.update(await sign_in(person))
        assert (await client.post(f"{here}/application", data={"sworn": "true"})).status_code == 303
    assert "提交给法院" in (await client.get(here)).text
    assert (await client.post(f"{here}/filing")).status_code == 303
    found = await CourtConfirmation.get(case_id=case.id)
    there = f"/confirmations/{found.code}"
    assert (await client.get(there)).status_code == 404
    assert (await client.get(f"{here}/package.pdf")).content.startswith(b"%PDF")
    client.cookies.update(await sign_in(head))
    assert (await client.get(f"/cases/{case.code}")).status_code == 404
    assert found.code in (await client.get("/confirmations")).text
    packed = (await client.get(f"{there}/package.zip")).content
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        names = package.namelist()
        words = "".join(package.read(name).decode() for name in names if name.endswith(".txt"))
    assert len(names) == 7
    assert all(each in words for each in ("司法确认申请书", "阿兰", "主持调解", "第二百零五条", "□"))
    assert await CaseReading.filter(case_id=case.id, seat=Seat.COURT_CONFIRMING).count() == 1
    answer = {"deed": "confirm", "number": "（2026）云0101民特2号", "on": found.filed_at.date().isoformat()}  # type: ignore[union-attr]
    assert (await client.post(there, data={**answer, "number": ""})).status_code == 422
    assert (await client.post(there, data=answer)).status_code == 303
    client.cookies.update({"lang": "en"})
    client.cookies.update(await sign_in(town.qiang))
    assert "民特2号" in (await client.get(here)).text


async def test_for_a_court_the_parties_signatures_are_enough(world: World) -> None:
    case = await making.drafting(world)
    await Case.filter(id=case.id).update(track=Track.COURT_PRE)
    await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=making.DAY)
    for person in (world.lan, world.qiang):
        await making.sign(case, person)
    assert (await Case.get(id=case.id)).state is State.SIGNING
    await ring(making.LATER + timedelta(minutes=5))
    made = await Agreement.get(case_id=case.id)
    assert (made.rule, made.effective_at) == (BEFORE_COURT, making.LATER)
    assert (await Case.get(id=case.id)).state is State.PERFORMING
