"""The desk of intake through its pages, without JavaScript, and within the budget of every page."""

import httpx2

from community.places.sheet import read_sheet
from mediation.case.channels import Channel
from mediation.case.models import Case
from mediation.intake.importing import bring
from mediation.intake.sheets import parse
from mediation.intake.waiting import SHOWN
from tests.asked import asked
from tests.world import NOON, World, sign_in

CALL = {
    "channel": "phone",
    "applicant_name": "李梅",
    "phone": "13800138000",
    "other_name": "402室住户",
    "place": "1号楼",
    "statement": "楼上漏水，邻居不肯修。",
    "kind": "02",
    "authorised": "call-back",
}


async def test_a_clerk_registers_a_call_and_finds_it_among_many(client: httpx2.AsyncClient, town: World) -> None:
    lines = "\n".join(f"N{n},邻居吵闹 {n},甲{n},乙{n}" for n in range(SHOWN + 5))
    sheet = read_sheet(f"id,text,applicant,respondent\n{lines}\n".encode())
    await bring(parse(sheet, {}, at=NOON), town.mediation_committee, sha256="0" * 64, by=town.intake, at=NOON)
    client.cookies.update(await sign_in(town.intake))
    assert "登记一件纠纷" in (await client.get("/desk/intake/new")).text
    missing = await client.post("/desk/intake/new", data={**CALL, "authorised": ""})
    assert missing.status_code == 422
    assert "楼上漏水" in missing.text
    assert "邻里" in (await client.post("/desk/intake/kinds", data={"statement": CALL["statement"]})).text
    done = await client.post("/desk/intake/new", data=CALL)
    assert done.status_code == 303
    case = await Case.get(channel=Channel.PHONE)
    assert case.code in (await client.get(done.headers["location"])).text
    with asked() as seen:
        first = await client.get("/desk/intake")
    assert len(seen) <= 12, seen
    assert case.code not in first.text
    assert len(first.content) < 60_000
    assert case.code in (await client.get("/desk/intake?page=2")).text
    assert case.code in (await client.get("/desk/intake?q=李梅")).text
    assert case.code in (await client.get("/desk/intake?channel=phone&kind=02&state=registered")).text
    assert case.code not in (await client.get("/desk/intake?channel=12345&page=")).text


async def test_the_desk_is_for_clerks(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get("/desk/intake")).status_code == 403
    assert (await client.get("/desk/intake/new")).status_code == 403
    assert (await client.post("/desk/intake/new", data=CALL)).status_code == 403
    assert await Case.all().count() == 0
