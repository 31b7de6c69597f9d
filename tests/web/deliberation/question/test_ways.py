"""Questions with more to choose than yes and no, off the site: the code, the kiosk, the door, the printed sheet."""

import re

import httpx2
import pytest
from starlette.applications import Starlette

from deliberation.ballot.models import Paper
from deliberation.polling.models import Kiosk, ReturnedSheet
from deliberation.question.rules import Kind
from tests.deliberation.polling.stand import SOON, Stand, stand
from tests.deliberation.polling.test_kinds import KINDS, plan
from tests.web.crawl import client_of
from tests.world import NOON, World

MARKED: dict[Kind, list[str]] = {
    Kind.SINGLE: ["2"],
    Kind.SEATS: ["1", "2"],
    Kind.APPROVAL: ["1", "2", "3"],
    Kind.SCORE: ["1:", "2:5", "3:0", "4:"],
    Kind.RANKED: ["1:2", "2:1", "3:", "4:"],
}
TOLD: dict[Kind, str] = {
    Kind.SINGLE: "乙",
    Kind.SEATS: "甲、乙",
    Kind.APPROVAL: "甲、乙、丙",
    Kind.SCORE: "乙 5 分、丙 0 分",
    Kind.RANKED: "1. 乙、2. 甲",
}
FILL: dict[Kind, str] = {
    Kind.SINGLE: "只在一个前面打勾",
    Kind.SEATS: "最多勾 2 个",
    Kind.APPROVAL: "勾几个都行",
    Kind.SCORE: "每一项勾一个分",
    Kind.RANKED: "最想要的写 1",
}


async def at_noon(app: Starlette, town: World, kind: Kind) -> Stand:
    play = await stand(town, plan(kind))
    app.state.clock.move(SOON - NOON)
    return play


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_code_opens_the_whole_paper(
    app: Starlette, town: World, client: httpx2.AsyncClient, kind: Kind
) -> None:
    play = await at_noon(app, town, kind)
    await client.post("/vote", data={"code": play.codes[play.heads["阿秀"]]})
    paper = main((await client.get("/vote/paper")).text)
    assert (" checked" in paper, " selected" in paper, "您同意吗" in paper) == (False, False, False)
    blank = await client.post("/vote/paper", data={"asks": "marks"})
    assert (blank.status_code, "请先选" in blank.text) == (422, True)
    other = await client.post("/vote/paper", data={"choice": "yes"})
    assert (other.status_code, "不是这样问" in other.text) == (422, True)
    sent = await client.post("/vote/paper", data={"asks": "marks", "mark": MARKED[kind]})
    assert f"您投的是：{TOLD[kind]}" in (await client.get(sent.headers["location"])).text


@pytest.mark.parametrize("kind", KINDS)
async def test_a_kiosk_and_a_helper_take_the_whole_paper(app: Starlette, town: World, kind: Kind) -> None:
    play = await at_noon(app, town, kind)
    here, said = f"/ballots/{play.ballot.id}", {"asks": "marks", "mark": MARKED[kind]}
    async with await client_of(app, town.clerk) as device, await client_of(app, play.teller) as desk:
        await device.post(f"{here}/kiosk")
        code = (await Kiosk.get()).code
        await desk.post(f"{here}/kiosk/{code}/voter", data={"head": play.heads["阿强"]})
        assert "住 1 号楼" in (await device.get("/kiosk")).text
        void = await device.post("/kiosk/choice", data={"asks": "marks", "mark": ["none", *MARKED[kind]]})
        assert (void.status_code, "只留一样" in void.text) == (422, True)
        done = await device.post("/kiosk/choice", data=said)
        assert TOLD[kind] not in (await device.get(done.headers["location"])).text
    async with await client_of(app, play.grid) as helper, await client_of(app, play.teller) as colleague:
        vote = f"{here}/doors/{play.heads['阿秀']}/vote"
        assert "住 1 号楼" in (await helper.get(vote)).text
        await helper.post(vote, data={**said, "read_back": "on", "token": "token-0001"})
        street = (await colleague.get(f"{here}/doors")).text
        assert f"记的是：{TOLD[kind]}。" in street
        asked = re.search(rf"{here}/witness/(\w+)", street)
        assert asked
        await colleague.post(asked[0], data={"right": "yes"})
    assert [paper.channel.value for paper in await Paper.all().order_by("id")] == ["kiosk", "helper"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_sheet_is_printed_read_twice_and_settled(app: Starlette, town: World, kind: Kind) -> None:
    play = await at_noon(app, town, kind)
    here, head = f"/ballots/{play.ballot.id}", play.heads["阿秀"]
    async with await client_of(app, town.clerk) as one, await client_of(app, play.teller) as other:
        sheet = (await one.post(f"{here}/sheets/reissue", data={"head": head, "why": "弄丢了一张"})).text
        for words in (FILL[kind], "1. <b>甲</b>", "4. <b>丁</b>", "□ 弃权"):
            assert words in sheet, words
        assert (sheet.count("sheet__number"), sheet.count("□ 5")) == (
            4 * (kind is Kind.RANKED),
            4 * (kind is Kind.SCORE),
        )
        code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", sheet)[0]
        form = {"code": code, "received_at": "2026-06-02T12:00", "asks": "marks", "token": "token-0001"}
        blank = await one.post(f"{here}/papers", data=form)
        assert (blank.status_code, "什么都没写" in blank.text) == (422, True)
        await one.post(f"{here}/papers", data={**form, "mark": MARKED[kind]})
        assert "等另一个人录第二遍" in (await other.get(f"{here}/papers")).text
        await other.post(f"{here}/papers", data={**form, "mark": ["none", *MARKED[kind]]})
    row = await ReturnedSheet.get(state="different")
    async with await client_of(app, town.supervisor) as third:
        look = f"{here}/papers/{row.id}"
        shown = main((await third.get(look)).text)
        assert "录得不一样的" in shown
        assert "<td>弃权" in shown or "弃权</t" in shown
        assert "<td>甲" not in shown
        said = {"asks": "marks", "mark": ["none", *MARKED[kind]], "why": "原件上又选又弃权"}
        assert (await third.post(look, data=said)).status_code == 303
        assert "自相矛盾" in (await third.get(f"{here}/papers")).text
    assert (await Paper.get()).spoilt


async def test_what_cannot_be_read_is_one_tick(app: Starlette, town: World) -> None:
    play = await at_noon(app, town, Kind.RANKED)
    here, code = f"/ballots/{play.ballot.id}", play.codes[play.heads["阿秀"]]
    form = {"code": code, "received_at": "2026-06-02T12:00", "asks": "marks", "token": "token-0001"}
    for person in (town.clerk, play.teller):
        async with await client_of(app, person) as client:
            sent = await client.post(f"{here}/papers", data={**form, "mark": ["1:", "2:", "unreadable"]})
            assert sent.status_code == 303
    assert (await ReturnedSheet.get()).fault == "unreadable"
