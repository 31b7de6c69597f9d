"""The desk of intake through its pages, without JavaScript, and within the budget of every page."""

import re

import httpx2

from community.places.sheet import read_sheet
from mediation.assignment.commands import assign
from mediation.case.channels import Channel
from mediation.case.keys import opened_case
from mediation.case.models import Case
from mediation.intake.importing import bring
from mediation.intake.sheets import parse
from mediation.intake.waiting import SHOWN
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.asked import asked
from tests.mediation.filing import accepted, filed, inviting
from tests.mediation.filing import asked as asked_party
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


async def test_a_sheet_shows_what_to_decide_and_what_was_said_alone_keeps_the_two_apart(
    client: httpx2.AsyncClient, town: World
) -> None:
    first, second = await filed(town, place="1号楼"), await filed(town, place="一号楼")
    client.cookies.update(await sign_in(town.intake))
    here = f"/desk/intake/{second.code}"
    with asked() as seen:
        page = (await client.get(here)).text
    assert len(seen) <= 12, seen
    assert "双方、类型和楼栋都相同" in page
    assert "滴水" in page
    assert "人民调解法 17 条" in page
    assert (await client.post(f"{here}/kind", data={"kind": "14"})).status_code == 303
    assert "双方相同" in (await client.get(here)).text
    frightened = {"alone": "true", "afraid": "yes"}
    mend = await client.post(f"{here}/screening", data=frightened)
    assert "怎样联系才安全" in mend.text
    assert (await client.post(f"{here}/screening", data={**frightened, "reach": "白天打单位电话"})).status_code == 303
    kept = await Case.get(id=second.id)
    assert (kept.afraid, kept.screened, kept.meets) == (True, True, False)
    assert opened_case(kept, "safe_contact") == "白天打单位电话"
    assert (await client.post(f"{here}/merge", data={"other": first.code})).status_code == 422
    joined = await client.post(f"{here}/merge", data={"other": first.code, "same": "true"})
    assert joined.headers["location"] == f"/cases/{first.code}"
    assert (await client.get(here)).headers["location"] == f"/cases/{second.code}"
    left = await client.post("/leave")
    assert left.headers["location"] == "/calendar"
    assert "storage" in left.headers["clear-site-data"]
    client.cookies.clear()
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(f"/desk/intake/{first.code}")).status_code == 404


async def test_nobody_who_is_afraid_is_put_into_one_room_unless_they_wish(town: World) -> None:
    case = await accepted(town)
    await Case.filter(id=case.id).update(afraid=True)
    await assign(case.code, town.mediator.code, clear=True, willing=True, by=town.director, at=NOON)
    assert not await Room.filter(case_id=case.id, kind=RoomKind.JOINT).exists()
    assert await Room.filter(case_id=case.id, kind=RoomKind.CAUCUS).count() == 2


async def test_a_letter_a_script_and_a_card_say_nothing_of_the_matter(client: httpx2.AsyncClient, town: World) -> None:
    case = await inviting(town)
    party = (await asked_party(case)).code
    client.cookies.update(await sign_in(town.intake))
    paper = await client.post(f"/cases/{case.code}/parties/{party}/letter", data={"form": "pdf"})
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["cache-control"] == "no-store"
    sheet = (await client.post(f"/cases/{case.code}/parties/{party}/letter")).text
    here = f"/cases/{case.code}/parties/{party}/script"
    script = (await client.get(here)).text
    assert len(re.findall("<li>[^<]*(?:邮件|信)", script)) == 3
    for text in (sheet, script):
        assert "阿兰" not in text
        assert "滴水" not in text
        assert "吊顶" not in text
    assert "上门卡" in script
    client.cookies.clear()
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.get(here)).status_code == 404
