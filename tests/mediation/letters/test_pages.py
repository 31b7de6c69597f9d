"""From silence to a letter: invited, met, told and ended on paper, with the office's pages and the addressee's own."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.record.outbox import deliver
from mediation.case.keys import lock_party
from mediation.case.models import Case, Invitation, Party, Side, Will
from mediation.intake.reaching import attempts_of
from mediation.letters.models import Letter
from mediation.letters.queries import word
from mediation.letters.rules import LetterKind, LetterState
from tests.clock import TestClock
from tests.mediation.filing import filed
from tests.world import NOON, World, sign_in
from web.telling import tell


async def mailless(case: Case) -> Party:
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    lock_party(party, "email", "")
    lock_party(party, "address", "云州区清河路 5 号 302")
    await party.save()
    return party


@pytest.mark.database
async def test_who_has_no_mailbox_hears_by_letter(
    app: Starlette, client: httpx2.AsyncClient, clock: TestClock, town: World
) -> None:
    clock.move(timedelta(days=1))
    case = await filed(town)
    party = await mailless(case)
    client.cookies.update(await sign_in(town.intake))
    asked = await client.post(f"/cases/{case.code}/invitation", data={"scope_ok": "on", "screened": "on"})
    assert asked.status_code == 303
    letter = await Letter.get()
    assert (letter.kind, letter.state, letter.party_id) == (LetterKind.INVITATION, LetterState.WAITS, party.id)
    assert (await attempts_of(case))[party.id] == [], "nobody was asked yet"
    assert "有 1 封信等着送出" in (await client.get("/desk")).text
    one = f"/letters/{letter.code}"
    assert one in (await client.get("/letters")).text
    assert one in (await client.get(f"/cases/{case.code}/letters")).text
    assert (await client.get(f"/l/{letter.code}")).status_code == 404, "it lies in the office"
    assert (await client.post(f"{one}/going", data={"how": "post"})).status_code == 409
    pdf = await client.post(f"{one}/print")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content[:5] == b"%PDF-"
    first = await Invitation.get(party_id=party.id)
    await client.post(f"{one}/print")
    again = await Invitation.get(party_id=party.id)
    assert (again.id, again.token_hash == first.token_hash) == (first.id, False), "one attempt, a new link"
    assert (await client.post(f"{one}/going", data={"how": "registered", "tracking": "1"})).status_code == 422
    sent = await client.post(f"{one}/going", data={"how": "registered", "tracking": "XA 1234 5678 9 CN"})
    assert sent.status_code == 303
    await letter.refresh_from_db()
    await letter.fetch_related("party")
    assert (letter.state, word(letter, "tracking")) == (LetterState.SENT, "XA123456789CN")
    assert letter.tracking != "XA123456789CN", "locked"
    assert (await attempts_of(case))[party.id] == ["letter"]
    seen = (await client.get(one)).text
    assert "XA123456789CN" in seen
    client.cookies.clear()
    own = (await client.get(f"/l/{letter.code}")).text
    assert "我收到了" in own
    assert not [each for each in ("阿强", "阿兰", "清河路", "漏", "赔") if each in own]
    assert (await client.post(f"/l/{letter.code}")).status_code == 303
    assert (await client.post(f"/l/{letter.code}")).status_code == 409
    assert (await Letter.get()).state is LetterState.RECEIVED
    client.cookies.update(await sign_in(town.lan))
    for path in (one, f"/cases/{case.code}/letters"):
        assert (await client.get(path)).status_code == 404, "the office alone"
    assert (await client.get("/letters")).status_code == 403
    await _accepted(app, client, town, case, party)


async def _accepted(app: Starlette, client: httpx2.AsyncClient, town: World, case: Case, party: Party) -> None:
    """Acceptance is told by letter too, which a visit hands over against a finger and a witness."""
    client.cookies.update(await sign_in(town.intake))
    await client.post(f"/cases/{case.code}/parties/{party.code}/letter")
    assert "封信等着送出" in (await client.get("/desk")).text, "another one, printed from the case"
    said = {"party": party.code, "answer": "yes", "method": "visit"}
    assert (await client.post(f"/cases/{case.code}/answers", data=said)).status_code == 303
    assert "封信等着送出" not in (await client.get("/desk")).text, "who has answered needs no invitation"
    assert (await client.post(f"/cases/{case.code}/acceptance")).status_code == 303
    assert (await Party.get(id=party.id)).will is Will.CONSENTED
    await deliver(tell, consumer="notice", at=NOON + timedelta(days=1))
    letter = await Letter.get(kind=LetterKind.NOTICE)
    assert letter.sentence == "您的事已经受理，正在选调解员（查询码 {code}）"
    one = f"/letters/{letter.code}"
    assert (await client.post(f"{one}/print")).status_code == 404, "names are the mediator's from now on"
    card = {"how": "handed", "proof": "finger", "name": "阿强", "witness": ""}
    assert (await client.post(f"{one}/going", data=card)).status_code == 422
    assert (await client.post(f"{one}/going", data={**card, "witness": "刘晨"})).status_code == 303
    png = b"\x89PNG\r\n\x1a\n"
    scan = {"file": ("card.txt", "上门卡，阿强按手印".encode(), "text/plain")}
    assert (await client.post(f"{one}/card", files={"file": ("x.png", png, "image/png")})).status_code == 422
    assert (await client.post(f"{one}/card", files=scan)).status_code == 303
    assert (await client.post(f"{one}/card", files=scan)).status_code == 409
    kept = await Letter.get(id=letter.id)
    assert (kept.state, len(kept.sha256)) == (LetterState.RECEIVED, 64)
    assert (await client.get(f"/files/{kept.receipt}")).status_code == 200
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(f"/files/{kept.receipt}")).status_code == 404
