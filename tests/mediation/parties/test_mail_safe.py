"""Letters to who is afraid: none to them or to who stands for them, until they say that it is safe."""

import httpx2
import pytest

from community.errors import Hidden
from community.notice.models import Notice
from community.record.outbox import deliver
from mediation.case.mailing import choose_mail, not_mailed
from mediation.case.models import Party
from mediation.parties import commands as parties
from mediation.parties.commands import Someone
from mediation.parties.rules import ProxyKind
from tests.mediation.scenarios.play import at, begin
from tests.world import World, sign_in
from web.mediation.parties.tellers import SEATED
from web.telling import tell


async def test_who_is_afraid_chooses_and_their_agent_is_kept_quiet_too(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang, agent = [await play.person(name) for name in ("李梅", "周强", "代理")]
    case = await play.talking(mei, qiang, "离婚分房子。", at("2026-05-01"), afraid=True)
    party = await Party.get(case_id=case.id, side="A")
    someone = Someone(name="代理")
    row = await parties.appoint(
        case.code, party.code, someone, ProxyKind.RELATIVE, [], until=None, by=town.mediator, at=at("2026-05-02")
    )
    await play.seat(case, row.code, agent, at("2026-05-02"))
    everybody = {mei.id, qiang.id, agent.id}
    assert await not_mailed(case, everybody) == {mei.id, agent.id}
    await deliver(tell, consumer="notice", at=at("2026-05-04"))
    assert {each.person_id for each in await Notice.filter(sentence=SEATED)} == {town.mediator.id}
    url = f"/cases/{case.code}/consents"
    client.cookies.update(await sign_in(qiang))
    assert "可以安全收信" not in (await client.get(url)).text
    client.cookies.update(await sign_in(mei))
    assert "可以安全收信" in (await client.get(url)).text
    assert (await client.post(url, data={"safe": "true"})).status_code == 303
    assert await not_mailed(case, everybody) == set()
    assert (await client.post(url, data={})).status_code == 303
    assert await not_mailed(case, everybody) == {mei.id, agent.id}
    with pytest.raises(Hidden):
        await choose_mail(case.code, safe=True, by=town.mediator, at=at("2026-05-04"))
