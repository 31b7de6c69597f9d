"""Reporting, the queue, the file, appeals and the public log, through the front door and without JavaScript."""

import csv
import io
from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.moderation.appealing import appeal
from community.moderation.hiding import Order, hide
from community.moderation.models import Hiding, Report
from community.moderation.reporting import report
from community.moderation.rules import Reason
from community.moderation.states import State
from community.people.models import Person
from community.record.models import Event
from tests.community.moderation.board import Slip, pin
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once

ABUSE = Order(Reason.ABUSE, "请去掉骂人的话。")
REPORT = {"about": "slip-1", "reason": "M3", "words": "写了人家电话"}
HIDE = {"about": "slip-1", "verdict": "hide", "reason": "M3", "words": "请去掉电话。"}


@pytest.fixture
def board(town: World) -> dict[str, Slip]:
    return pin(town)


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_a_resident_reports_and_is_thanked(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    assert (await client.get("/report?about=slip-1")).status_code == 303
    await as_(client, town.qiang)
    asked = await client.get("/report?about=slip-1")
    assert (asked.status_code, "checked" in asked.text) == (200, False)
    thanked = await client.post("/report", data=REPORT)
    assert (thanked.status_code, await Report.all().count()) == (200, 1)
    for about in ("slip-3", "slip-9", ""):
        assert (await client.get(f"/report?about={about}")).status_code == 404


async def test_a_report_without_a_reason_comes_back_as_typed(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await as_(client, town.qiang)
    wrong = await client.post("/report", data={"about": "slip-1", "words": "电话"})
    assert (wrong.status_code, "电话</textarea>" in wrong.text) == (422, True)
    assert (await client.post("/report", data={**REPORT, "reason": "M9"})).status_code == 422
    assert (await client.post("/report", data={**REPORT, "words": "x" * 501})).status_code == 422
    assert (await client.post("/report", data={**REPORT, "words": "a\x00b"})).status_code == 422
    assert await Report.all().count() == 0


async def test_the_queue_is_for_moderators_masks_numbers_and_prefers_nothing(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await report("slip-1", Reason.PRIVACY, "", by=town.qiang, at=NOON)
    for person in (town.lan, town.clerk):
        await as_(client, person)
        assert (await client.get("/moderation")).status_code == 403
    await as_(client, town.moderator)
    shown = await client.get("/moderation")
    assert ("13812345678" in shown.text, "checked" in shown.text) == (False, False)
    opened = await client.post("/moderation/original", data={"about": "slip-1"})
    assert "13812345678" in opened.text
    assert await Event.filter(kind="content.unmasked").count() == 1


async def test_a_decision_needs_its_parts_and_then_takes_effect(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await report("slip-1", Reason.PRIVACY, "", by=town.qiang, at=NOON)
    await as_(client, town.moderator)
    for wrong in ({"about": "slip-1"}, {**HIDE, "reason": ""}, {**HIDE, "reason": "M6"}):
        answer = await client.post("/moderation", data=wrong)
        assert (answer.status_code, "errsum" in answer.text) == (422, True)
    assert (await client.post("/moderation", data=HIDE)).status_code == 303
    assert board["slip-1"].hidden == "M3"
    assert (await client.post("/moderation", data=HIDE)).status_code == 409
    assert "没有等着看的举报" in (await client.get("/moderation?done=1")).text


async def test_the_author_reads_why_appeals_and_another_answers(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-1", ABUSE, by=town.moderator, at=NOON)
    address = f"/moderation/hidden/{hiding.code}"
    await as_(client, town.qiang)
    assert (await client.get(address)).status_code == 404
    assert (await client.post(f"{address}/appeal", data={"words": "我"})).status_code == 404
    await as_(client, town.lan)
    assert "13812345678" in (await client.get(address)).text
    assert (await client.post(f"{address}/appeal", data={"words": ""})).status_code == 422
    assert (await client.post(f"{address}/appeal", data={"words": "只是意见"})).status_code == 303
    await as_(client, town.supervisor)
    assert address in (await client.get("/appeals")).text
    shown = await client.get(address)
    assert ("只是意见" in shown.text, "13812345678" in shown.text) == (True, False)
    assert "13812345678" in (await client.post(f"{address}/original")).text
    assert (await client.post(f"{address}/answer", data={"words": "不算"})).status_code == 422
    assert (await client.post(f"{address}/answer", data={"words": "不算", "restore": "yes"})).status_code == 303
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.REVERSED)


async def test_whoever_acted_finds_no_appeal_to_answer(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-1", ABUSE, by=town.moderator, at=NOON)
    await appeal(hiding.code, "只是意见", by=town.lan, at=NOON)
    await as_(client, town.moderator)
    assert hiding.code not in (await client.get("/appeals")).text
    posted = {"words": "维持", "restore": "no"}
    assert (await client.post(f"/moderation/hidden/{hiding.code}/answer", data=posted)).status_code == 403
    await as_(client, town.lan)
    assert (await client.get("/appeals")).status_code == 403


async def test_the_second_person_must_be_another(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-2", ABUSE, by=town.moderator, at=NOON)
    await as_(client, town.moderator)
    address = f"/moderation/hidden/{hiding.code}/second"
    assert (await client.post(address, data={"agree": "yes"})).status_code == 403
    assert (await client.post(address, data={"agree": "maybe"})).status_code == 422


async def test_the_public_log_shows_reasons_but_neither_names_nor_words(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    hiding = await hide("slip-1", ABUSE, by=town.moderator, at=NOON)
    shown, table = await client.get("/moderation/log"), await client.get("/moderation/log.csv")
    (row,) = csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff")))
    assert (row["reason"], row["state"], row["community"]) == ("M2", "standing", town.community.code)
    for text in (shown.text, table.text):
        for private in ("13812345678", "阿兰", "书记", "请去掉", hiding.code):
            assert private not in text
    assert "M2 辱骂攻击" in shown.text
    assert "M2" in (await client.get("/moderation/log", headers={"Accept-Language": "en"})).text


async def test_the_courier_restores_what_nobody_confirmed(
    app: Starlette, town: World, board: dict[str, Slip], clock: Clock
) -> None:
    await hide("slip-2", Order(Reason.PRIVACY, "请去掉电话。", conceal=("东门",)), by=town.moderator, at=NOON)
    await once(duties(app), clock)
    assert board["slip-2"].hidden == "M3"
    clock.move(timedelta(days=1))
    await once(duties(app), clock)
    assert board["slip-2"].hidden == ""
