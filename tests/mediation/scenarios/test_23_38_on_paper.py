"""What is signed by hand, and a day without power."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.rules import Level as Strength
from mediation.agreement.by_hand import sign_on_paper, sign_own
from mediation.agreement.models import Agreement, AgreementVersion
from mediation.agreement.queries import paper_of
from mediation.agreement.rules import ClauseKind, Line, PaperMark
from mediation.agreement.text import sections
from mediation.case.keys import opened
from mediation.case.models import Case
from mediation.case.noting import notes_of
from mediation.case.queries import parties_of
from mediation.case.states import Clock, State
from mediation.confirmation.grounds import Bar
from mediation.confirmation.queries import bars_of, in_force
from mediation.evidence.commands import bring, withdraw
from mediation.evidence.queries import piece_of
from mediation.evidence.rules import ProofForm, ProofKind
from mediation.intake.models import PaperForm
from mediation.intake.rules import Kind
from tests.mediation.evidence.making import PAPER, paper, told
from tests.mediation.scenarios.play import Play, at, begin, draft, due, number_of, pay
from tests.world import World, sign_in

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


async def test_23_a_divorce_is_signed_on_paper(play: Play, tmp_path: Path) -> None:
    wife, husband = await play.person("妻"), await play.person("夫")
    case = await play.talking(wife, husband, "离婚协议。", at("2026-06-01"), kind=Kind.FAMILY)
    status = Line(kind=ClauseKind.STATUS, who="R1", whom="A1", what="双方自愿离婚。")
    await play.write(case, draft(status), at("2026-06-02"))
    with pytest.raises(Unfit, match="纸质签署") as refused:
        await play.send_out(case, at("2026-06-02"))
    assert refused.value.field == "kind-1"
    sent = await play.send_out(case, at("2026-06-02"), on_paper=True)
    assert paper_of(sent).copies == 4
    assert [each for _, lines in sections(paper_of(sent)) for each in lines][-1] == (
        "本协议一式四份，当事人各执一份，清河居人民调解委员会留存一份，办理登记等手续用一份。"
    )
    for person in (wife, husband, play.world.mediator):
        with pytest.raises(Unfit, match="不能电子签名"):
            await play.sign(case, at("2026-06-02"), person)
    await _by_hand(play, case, sent)
    with pytest.raises(Unfit, match="扫描下来"):
        await play.seal(case, at("2026-06-03"))
    await _scan(play, case, wife, husband, tmp_path)
    case = await play.seal(case, at("2026-06-03"))
    assert case.state is State.PERFORMING
    assert (await Agreement.get(case_id=case.id)).effective_at == at("2026-06-03")
    assert await bars_of(case, await in_force(case)) == (Bar.STATUS,)
    split = draft(pay("R1", "A1", 1500000, "2026-12-31"), pay("R1", "A1", 1500000, "2027-06-30"))
    money = await play.talking(wife, husband, "离婚后的分期付款。", at("2026-06-03"), kind=Kind.FAMILY)
    money = await play.bind(money, split, at("2026-06-04"), wife, husband)
    assert money.state is State.PERFORMING
    assert not await bars_of(money, await in_force(money))


async def _by_hand(play: Play, case: Case, sent: AgreementVersion) -> None:
    """Let both and the mediator sign the sheets by hand, before a witness; nobody else writes that down."""
    lead: dict[str, Any] = {"shown": sent.sha256 or "", "by": play.world.mediator, "at": at("2026-06-03")}
    for party in await parties_of(case):
        await sign_on_paper(case.code, party.code, PaperMark.INK, name=opened(party, "name"), witness="王见证", **lead)
    with pytest.raises(Unfit, match="姓名"):
        await sign_own(case.code, name="别人", **lead)
    with pytest.raises(Forbidden):
        await sign_own(case.code, name="妻", **{**lead, "by": await Person.get(name="妻")})
    mark = await sign_own(case.code, name=play.world.mediator.name, **lead)
    assert (mark.level, mark.mark) == (Strength.S3, PaperMark.INK)
    with pytest.raises(MovedOn):
        await sign_own(case.code, name=play.world.mediator.name, **lead)


async def _scan(play: Play, case: Case, wife: Person, husband: Person, folder: Path) -> None:
    """Keep the scan of the sheet they signed by hand where both sides find it, and nobody can exchange it."""
    lead, on = play.world.mediator, at("2026-06-03")
    scan = told("签好字的离婚协议", kind=ProofKind.SIGNED, form=ProofForm.COPY)
    kept = await paper(case, folder, "扫描件.pdf")
    with pytest.raises(Unfit):
        await bring(case.code, scan, kept, shown=True, by=lead, at=on)
    item = await bring(case.code, scan, kept, shown=True, sure=True, by=lead, at=on)
    for reader in (wife, husband):
        _, piece = await piece_of(reader, case.code, item.code, at=on)
        assert [each.sha256 for each in piece.files] == [hashlib.sha256(PAPER).hexdigest()]
        with pytest.raises(Forbidden):
            await withdraw(case.code, item.code, why="不要了", by=reader, at=on)


async def test_38_a_day_on_paper(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town, before=4)
    qiang, other = await play.person("周强"), await play.person("王刚")
    client.cookies.update(await sign_in(town.intake))
    assert "/forms/blank/application.pdf" in (await client.get("/forms/blank")).text
    later = await play.accepted(other, qiang, "噪音。", at("2026-05-04 11:00"))
    typed = {"channel": "window", "applicant_name": "李梅", "phone": "13800138000", "other_name": "周强"}
    typed |= {"statement": "漏水。", "kind": "02", "authorised": "signed", "on_paper": "true"}
    assert (await client.post("/desk/intake/new", data=typed)).status_code == 422
    typed["received_at"] = "2026-04-30T10:00"
    assert (await client.post("/desk/intake/new", data=typed)).status_code == 303
    case = await Case.get(on_paper=True)
    assert (case.filed_at, (await due(case, Clock.REVIEW)).began_on) == (at("2026-04-30 10:00"), date(2026, 4, 30))
    await play.invite(case, at("2026-05-04 11:30"))
    await play.agree(case, qiang, at("2026-05-04 11:31"))
    accepted_on = {"on": "2026-05-01"}
    assert (await client.post(f"/cases/{case.code}/paper/acceptance", data=accepted_on)).status_code == 422
    scan = {"file": ("application.pdf", PDF, "application/pdf")}
    assert (await client.post(f"/cases/{case.code}/paper", files=scan)).status_code == 303
    paper = await PaperForm.get(case_id=case.id)
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert paper.sha256 in (await client.get(f"/cases/{case.code}/paper")).text
    for wrong in ("2026-04-29", "2026-05-05"):
        assert (await client.post(f"/cases/{case.code}/paper/acceptance", data={"on": wrong})).status_code == 422
    assert (await client.post(f"/cases/{case.code}/paper/acceptance", data=accepted_on)).status_code == 303
    case = await Case.get(id=case.id)
    assert [await number_of(each) for each in (later, case)] == [f"（2026）清河居人调字第{n}号" for n in (5, 6)]
    assert (await due(case, Clock.MEDIATE)).began_on == date(2026, 5, 1)
    assert "补录，编号按补录的先后给" in (await notes_of(case))[0][1]
