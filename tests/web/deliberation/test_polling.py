"""Voting without the site, through the pages: a code, a kiosk, a sheet, a helper; and all of it in one result."""

import re
from datetime import timedelta
from typing import Any

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail
from deliberation.ballot import casting
from deliberation.ballot.models import Ballot, Channel, Paper, Pass
from deliberation.ballot.votes import Choice
from deliberation.polling.models import DoorNote, Kiosk, ReturnedSheet
from tests.deliberation.polling.stand import SOON, Stand, only, stand
from tests.deliberation.stage import AFTER, VOTING, counted
from tests.web.crawl import client_of
from tests.world import NOON, World, sign_in
from web.courier import duties, once
from web.deliberation.ballot.mails import OPENED

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


async def at_noon(app: Starlette, town: World) -> Stand:
    """Open a ballot with printed sheets and put the clock into it."""
    play = await stand(town)
    app.state.clock.move(SOON - NOON)
    return play


def path(answer: httpx2.Response) -> str:
    return str(answer.headers["location"])


async def test_a_code_leads_from_paper_to_receipt_without_a_session(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    play = await at_noon(app, town)
    code = play.codes[play.heads["阿秀"]]
    assert (await client.get(f"/vote?code={code}")).text.count(code) == 1
    assert (await client.get("/vote/paper")).status_code == 404
    wrong = await client.post("/vote", data={"code": "2222-2222"})
    assert (wrong.status_code, "这个投票码不对" in wrong.text) == (422, True)
    assert path(await client.post("/vote", data={"code": code.lower()})) == "/vote/paper"
    paper = await client.get("/vote/paper")
    assert "充电棚" in paper.text
    assert "checked" not in paper.text
    assert (await client.post("/vote/paper", data={})).status_code == 422
    assert await Paper.all().count() == 0
    receipt = await client.get(path(await client.post("/vote/paper", data={"choice": "no"})))
    assert "您投的是：反对" in receipt.text
    await client.post("/vote/leave")
    client.cookies.clear()
    assert (await client.get("/vote/paper")).status_code == 404
    assert (await Paper.get()).channel is Channel.SLIP
    assert (await client.get("/me")).status_code == 303


async def test_a_kiosk_knows_nothing_else_and_forgets(app: Starlette, town: World) -> None:
    play = await at_noon(app, town)
    async with await client_of(app, town.clerk) as device, await client_of(app, play.teller) as desk:
        opened = await device.post(f"/ballots/{play.ballot.id}/kiosk")
        assert path(opened) == "/kiosk"
        assert (await device.get("/desk")).status_code == 303
        kiosk = await Kiosk.get()
        where = f"/ballots/{play.ballot.id}/kiosk"
        assert (await desk.get(where)).status_code == 200
        head = play.heads["阿强"]
        assert path(await desk.post(f"{where}/{kiosk.code}/voter", data={"head": head})) == where
        shown = await device.get("/kiosk")
        assert ('data-mode="elder"' in shown.text, "充电棚" in shown.text, "checked" in shown.text) == (
            True,
            True,
            False,
        )
        done = await device.post("/kiosk/choice", data={"choice": "yes"})
        said = await device.get(path(done))
        assert "您的表决已收到" in said.text
        assert "赞成" not in said.text
        assert "投票码" in (await device.get("/kiosk")).text
        await desk.post(f"{where}/{kiosk.code}/voter", data={"head": play.heads["阿秀"]})
        app.state.clock.move(timedelta(seconds=50))
        assert path(await device.post("/kiosk/stay")) == "/kiosk"
        app.state.clock.move(timedelta(seconds=50))
        shown = await device.get("/kiosk")
        assert ("充电棚" in shown.text, shown.headers["refresh"]) == (True, "60;url=/kiosk")
        app.state.clock.move(timedelta(seconds=11))
        await device.post("/kiosk/stay")
        late = await device.post("/kiosk/choice", data={"choice": "no"})
        assert (late.status_code, "忘记" in late.text) == (422, True)
    paper = await Paper.get()
    assert (paper.channel, paper.checked_by_id) == (Channel.KIOSK, play.teller.id)


def entry(code: str, choice: str, token: str) -> dict[str, Any]:
    return {"code": code, "choice": choice, "received_at": "2026-06-02T12:00", "token": token}


async def test_paper_and_web_meet_in_one_result(app: Starlette, town: World) -> None:
    play = await at_noon(app, town)
    ballot, code = play.ballot, play.codes[play.heads["阿秀"]]
    where = f"/ballots/{ballot.id}/papers"
    await casting.cast(ballot.id, play.heads["阿兰"], Choice.YES, by=town.lan, at=VOTING)
    await casting.cast(ballot.id, play.heads["阿秀"], Choice.NO, by=town.xiu, at=VOTING - timedelta(hours=2))
    async with await client_of(app, town.clerk) as one, await client_of(app, play.teller) as other:
        assert (await one.get(where)).status_code == 200
        unknown = await one.post(where, data=entry("ZZZZ-2222", "yes", "token-0000"))
        assert (unknown.status_code, "没有发过这个票号" in unknown.text) == (422, True)
        assert path(await one.post(where, data=entry(code, "yes", "token-0001"))).startswith(where)
        assert "等另一个人录第二遍" in (await other.get(where)).text
        again = await one.post(where, data=entry(code, "yes", "token-0002"))
        assert "另一个人" in again.text
        await other.post(where, data=entry(code, "yes", "token-0001"))
        lost = play.codes[play.heads["阿强"]]
        await one.post(where, data=entry(lost, "yes", "token-0003"))
        await other.post(where, data=entry(lost, "no", "token-0003"))
        sheet = await ReturnedSheet.get(state="different")
    async with await client_of(app, town.supervisor) as third:
        look = f"{where}/{sheet.id}"
        assert "两个人录得不一样" in (await third.get(look)).text
        assert (await third.post(look, data={"choice": "yes"})).status_code == 422
        assert path(await third.post(look, data={"choice": "yes", "why": "原件上是赞成"})).startswith(where)
    assert await Paper.filter(ballot_id=ballot.id).count() == 4
    result = await counted(town, await Ballot.get(id=ballot.id), at=AFTER)
    assert '"yes":{"area":0,"heads":3}' in result.tally
    assert '"no":{"area":0,"heads":0}' in result.tally


async def test_sheets_are_printed_with_a_code_each_and_replaced_on_the_record(app: Starlette, town: World) -> None:
    play = await at_noon(app, town)
    where = f"/ballots/{play.ballot.id}/sheets"
    async with await client_of(app, town.clerk) as client:
        assert "都印过了" in (await client.get(where)).text
        one = await client.post(f"{where}/reissue", data={"head": play.heads["阿秀"], "why": "弄丢了一张"})
        codes = CODE.findall(one.text)
        assert len(codes) == 1
        assert (codes[0].replace("-", ""), "<svg" in one.text) != (play.codes[play.heads["阿秀"]], False)
        await client.post(f"{where}/register", data={"deed": "spoilt", "number": "3", "why": "卡纸印坏"})
        assert (await client.post(f"{where}/register", data={"deed": "spoilt"})).status_code == 422
        assert "弄丢了一张" in (await client.get(where)).text


async def test_doors_take_notes_once_and_help_with_a_witness(app: Starlette, town: World) -> None:
    play = await at_noon(app, town)
    where = f"/ballots/{play.ballot.id}/doors"
    async with await client_of(app, play.grid) as helper, await client_of(app, town.clerk) as colleague:
        front = await helper.get(where)
        assert "还差 3 人" in front.text
        page = await helper.get(f"{where}/building", params={"name": "1号楼"})
        assert ("1号楼 302" in page.text, "阿*" in page.text, "阿兰" in page.text) == (True, True, False)
        note = {"head": play.heads["阿兰"], "met": "nobody", "token": "token-0001"}
        for _ in range(2):
            sent = await helper.post(f"{where}/building?name=1号楼", data=note)
            assert (await helper.get(path(sent))).status_code == 200
        assert await DoorNote.all().count() == 1
        vote = f"{where}/{play.heads['阿秀']}/vote"
        assert "checked" not in (await helper.get(vote)).text
        unread = await helper.post(vote, data={"choice": "yes", "token": "token-0001"})
        assert (unread.status_code, "读给本人听" in unread.text) == (422, True)
        await helper.post(vote, data={"choice": "yes", "read_back": "on", "token": "token-0001"})
        asked = re.search(rf"/ballots/{play.ballot.id}/witness/(\w+)", (await colleague.get(where)).text)
        assert asked
        await colleague.post(asked[0], data={"right": "yes"})
    assert (await Paper.get()).checked_by_id == town.clerk.id


async def test_turnout_is_open_and_says_nothing_of_choices(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    play = await at_noon(app, town)
    answer = (await client.get(f"/api/v1/ballots/{play.ballot.id}/turnout")).json()
    assert (answer["heads"], answer["by_way"], answer["missing"][0]["missing"]) == (0, {}, 3)
    assert answer["ways"] == [str(way) for way in Channel]
    client.cookies.update(await sign_in(town.lan))
    shown = await client.get(f"/ballots/{play.ballot.id}")
    assert "以最后收到的为准" in shown.text


async def test_no_letter_and_no_page_offers_a_way_the_notice_does_not_name(app: Starlette, town: World) -> None:
    play = await stand(town, only("paper", "kiosk"))
    app.state.clock.move(SOON - NOON)
    await once(duties(app), app.state.clock)
    letters = await Mail.filter(template=OPENED)
    assert {letter.values["by"] for letter in letters} == {"elsewhere"}
    assert await Pass.all().count() == 0
    async with await client_of(app, town.lan) as lan:
        here = f"/ballots/{play.ballot.id}"
        paper = (await lan.get(f"{here}/vote")).text
        assert ("不能在这里投" in paper, 'name="choice"' in paper) == (True, False)
        assert "不在网站上投" in (await lan.get(here)).text
        assert "不能委托别人" in (await lan.get(f"{here}/mandates")).text
        answer = await lan.post(f"{here}/vote", data={"head": play.heads["阿兰"], "choice": "yes"})
        assert (answer.status_code, "没有这一种" in answer.text) == (422, True)
