"""“I paid”, with a receipt, answered by the other side, through the page."""

import httpx2

from community.notice.models import Notice
from mediation.agreement.models import Obligation
from tests.mediation.agreement.making import LATER
from tests.mediation.agreement.making import performing as in_effect
from tests.mediation.digitised.scans import picture
from tests.world import NOON, World, sign_in
from web.app import Guarded
from web.clock import Clock
from web.courier import duties, once


async def test_a_payment_with_its_receipt_is_denied_looked_at_and_agreed(
    app: Guarded, client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    case = await in_effect(town)
    clock.move(LATER - NOON)
    duty = (await Obligation.filter(case_id=case.id).order_by("id"))[1]
    here, receipt = f"/cases/{case.code}/agreement/promises/{duty.code}/claims", picture("JPEG")
    client.cookies.update(await sign_in(town.qiang))
    assert here in (await client.get(f"/cases/{case.code}/agreement")).text
    paid = {"done_on": "2026-05-09", "amount": "1200", "words": ""}
    assert (await client.post(here, data=paid)).status_code == 422
    assert "不能超过还欠的数" in (await client.post(here, data={**paid, "amount": "9999", "words": "x"})).text
    sent = await client.post(here, data=paid, files=[("files", ("收条.jpg", receipt, "image/jpeg"))])
    assert sent.status_code == 303
    client.cookies.update(await sign_in(town.lan))
    shown = (await client.get(here)).text
    assert "1,200" in shown
    assert f"/cases/{case.code}/evidence/" in shown
    assert (await client.post(f"{here}/denial", data={"words": ""})).status_code == 422
    assert (await client.post(f"{here}/denial", data={"words": "没有收到。"})).status_code == 303
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.post(f"{here}/visits", data={"words": "看了转账记录。"})).status_code == 303
    assert (await client.post(f"{here}/agreement")).status_code == 403
    client.cookies.update(await sign_in(town.lan))
    assert "看了转账记录" in (await client.get(here)).text
    assert (await client.post(f"{here}/agreement")).status_code == 303
    assert "对方认了" in (await client.get(f"/cases/{case.code}/agreement")).text
    await once(duties(app), clock)
    told = await Notice.filter(person_id=town.qiang.id, url=here).count()
    assert told == 3
