"""The moderators' desk, batches, limits, the monthly report and the whole of the log, through the front door."""

import csv
import io
from datetime import timedelta

import httpx2
import pytest

from community.moderation.appealing import TIMERS, answer, appeal
from community.moderation.clauses import LETTERS
from community.moderation.hiding import hide
from community.moderation.models import Claim, Hiding
from community.moderation.orders import Order
from community.moderation.reporting import report
from community.moderation.rules import Reason
from community.moderation.states import State
from community.people.models import Person
from community.timers.commands import fire_due
from tests.community.moderation.board import Slip, pin
from tests.community.moderation.cast import ABUSE, street_moderator
from tests.world import NOON, World, sign_in
from web.clock import Clock

REPORT = {"about": "slip-1", "reason": "M3", "words": "写了人家电话"}
HIDE = {"about": "slip-1", "verdict": "hide", "reason": "M3", "words": "请去掉电话。"}


@pytest.fixture
def board(town: World) -> dict[str, Slip]:
    return pin(town)


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_a_moderator_decides_in_three_taps_with_the_letter_that_is_ready(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await as_(client, town.moderator)
    asked = await client.get("/report?about=slip-1")
    assert (asked.status_code, asked.headers["location"]) == (303, "/moderation?about=slip-1&verdict=hide")
    shown = (await client.get("/moderation?about=slip-1&verdict=hide")).text
    assert "没有“批评干部”“批评物业”这样的理由" in shown
    taps = {"about": "slip-1", "verdict": "hide", "reason": "M2", "words": "", "link": "", "document": ""}
    decided = await client.post("/moderation", data=taps)
    hiding = await Hiding.get()
    assert (decided.status_code, decided.headers["location"]) == (303, f"/moderation?done={hiding.code}")
    assert hiding.words == LETTERS[Reason.ABUSE]
    await Person.filter(id=town.lan.id).update(lang="en")
    await as_(client, town.lan)
    assert "please put it another way" in (await client.get(f"/moderation/hidden/{hiding.code}")).text


async def test_the_letter_that_is_ready_can_be_changed(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await as_(client, town.moderator)
    shown = (await client.get("/moderation?about=slip-1&verdict=hide&reason=M2")).text
    assert f"{LETTERS[Reason.ABUSE]}</textarea>" in shown


async def test_a_decision_is_taken_back_from_the_desk(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip], clock: Clock
) -> None:
    await as_(client, town.moderator)
    there = (await client.post("/moderation", data=HIDE)).headers["location"]
    code = there.removeprefix("/moderation?done=")
    assert f"/moderation/hidden/{code}/undo" in (await client.get(there)).text
    clock.move(timedelta(minutes=9))
    assert (await client.post(f"/moderation/hidden/{code}/undo")).status_code == 303
    assert (board["slip-1"].hidden, (await Hiding.get()).state) == ("", State.UNDONE)
    assert "经办人十分钟内撤销" in (await client.get("/moderation/log")).text
    there = (await client.post("/moderation", data=HIDE)).headers["location"]
    clock.move(timedelta(minutes=10))
    assert "/undo" not in (await client.get(there)).text
    late = await client.post(there.replace("?done=", "/hidden/") + "/undo")
    assert (late.status_code, board["slip-1"].hidden) == (422, "M3")


async def test_it_is_masked_or_moved_from_the_desk(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    await as_(client, town.moderator)
    masked = {"about": "slip-1", "verdict": "mask", "reason": "M3", "conceal": "4号楼302\n老许"}
    assert (await client.post("/moderation", data={**masked, "conceal": "", "reason": "M4"})).status_code == 422
    assert (await client.post("/moderation", data=masked)).status_code == 303
    assert board["slip-1"].excerpt.startswith("＊＊＊＊＊＊的＊＊，电话138****5678")
    moved = {"about": "slip-2", "verdict": "move", "target": "7"}
    board["slip-2"].protected = False
    assert (await client.post("/moderation", data={**moved, "target": "-7"})).status_code == 422
    assert (await client.post("/moderation", data=moved)).status_code == 303
    assert board["slip-2"].below == "matter-7"
    assert [each.reason for each in await Hiding.all().order_by("id")] == [Reason.PRIVACY, Reason.OFF_TOPIC]


async def test_a_colleague_sees_who_is_working_on_what(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    other = await street_moderator(town)
    for subject in ("slip-1", "slip-2"):
        await report(subject, Reason.ABUSE, "", by=town.qiang, at=NOON)
    await as_(client, other)
    assert (await client.post("/moderation/claim", data={"about": "slip-1"})).status_code == 303
    assert "您认领了" in (await client.get("/moderation")).text
    await as_(client, town.moderator)
    assert (await client.post("/moderation/claim", data={"about": "slip-1"})).status_code == 409
    assert "同事正在处理" in (await client.get("/moderation")).text
    assert (await client.post("/moderation", data=HIDE)).status_code == 409
    await as_(client, other)
    assert (await client.post("/moderation/release", data={"about": "slip-1"})).status_code == 303
    await as_(client, town.moderator)
    assert (await client.post("/moderation", data=HIDE)).status_code == 303
    assert [claim.subject for claim in await Claim.all()] == ["slip-2"], "the next is taken at once"


async def test_spam_is_chosen_and_hidden_together(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    board["slip-4"] = Slip(town.lan.id, town.community.id, "加微信送安装", kin=["slip-1", "slip-2"])
    await as_(client, town.moderator)
    asked = await client.get("/moderation/batch?about=slip-4")
    assert ("slip-1" in asked.text, "slip-2" in asked.text, "checked" in asked.text) == (True, False, False)
    assert (await client.post("/moderation/batch", data={"about": "slip-4"})).status_code == 422
    chosen = {"about": "slip-4", "subjects": ["slip-4", "slip-1"]}
    decided = await client.post("/moderation/batch", data=chosen)
    batch = decided.headers["location"]
    assert [board[each].hidden for each in ("slip-4", "slip-1")] == ["M4", "M4"]
    for person, status in ((town.lan, 200), (town.qiang, 404)):
        await as_(client, person)
        assert (await client.get(batch)).status_code == status
        assert (await client.get("/moderation/batch?about=slip-4")).status_code == 403
        assert (await client.post(f"{batch}/undo")).status_code in (403, 404)
    await as_(client, town.moderator)
    assert (await client.post(f"{batch}/undo")).status_code == 303
    assert [board[each].hidden for each in ("slip-4", "slip-1")] == ["", ""]


async def test_groundless_reporting_is_limited_from_its_page(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip]
) -> None:
    for n in range(5):
        board[f"slip-1{n}"] = Slip(town.lan.id, town.community.id, "x")
        await report(f"slip-1{n}", Reason.ABUSE, "", by=town.qiang, at=NOON)
    await as_(client, town.moderator)
    address, form = f"/moderation/reporter?about={town.qiang.id}", {"about": str(town.qiang.id)}
    assert (await client.get(address)).status_code == 200
    assert (await client.post("/moderation/reporter", data=form)).status_code == 422
    for n in range(5):
        await client.post("/moderation", data={"about": f"slip-1{n}", "verdict": "keep"})
    assert (await client.post("/moderation/reporter", data=form)).status_code == 303
    await as_(client, town.qiang)
    assert (await client.get(address)).status_code == 403
    await client.post("/report", data={**REPORT, "about": "slip-2"})
    assert (await client.post("/report", data=REPORT)).status_code == 429


async def test_the_monthly_report_counts_itself_for_readers_and_programs(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip], clock: Clock
) -> None:
    hiding = await hide("slip-1", ABUSE, by=town.moderator, at=NOON)
    await appeal(hiding.code, "只是意见", by=town.lan, at=NOON)
    await hide("slip-2", Order(Reason.PRIVACY, "请改。", conceal=("东门",)), by=town.moderator, at=NOON)
    await fire_due(TIMERS, NOON + timedelta(days=14))
    found = (await client.get("/api/v1/moderation/reports/2026-05")).json()
    assert (found["decisions"], found["by_reason"], found["by_source"]) == (2, {"M2": 1, "M3": 1}, {"own": 2})
    assert (found["appeals"], found["expired"], found["lapsed"]) == (1, 1, 1)
    assert found["reversed_share"] == {"numerator": 1, "denominator": 1}
    assert found["median_seconds_to_notice"] == 0
    page = await client.get("/moderation/reports/2026-05")
    for words in ("审核月报", "2026-05", "100.0%", "M2 辱骂攻击", "自动恢复"):
        assert words in page.text
    assert hiding.code not in page.text
    assert (await client.get("/moderation/reports/2026-04")).status_code == 200
    for wrong in ("2026-06", "2026-13", "may", "2026-05-01"):
        assert (await client.get(f"/moderation/reports/{wrong}")).status_code == 404
        assert (await client.get(f"/api/v1/moderation/reports/{wrong}")).status_code == 404
    elsewhere = (await client.get("/api/v1/moderation/reports/2026-05?community=000")).json()
    assert elsewhere["decisions"] == 0
    listed = (await client.get("/api/v1/moderation/log")).json()["items"]
    assert [each["state"] for each in listed] == ["lapsed", "expired"]
    assert "/moderation/reports/2026-05" in (await client.get("/moderation/reports")).text


async def test_the_public_log_tells_the_whole_of_it(
    client: httpx2.AsyncClient, town: World, board: dict[str, Slip], clock: Clock
) -> None:
    hiding = await hide("slip-1", ABUSE, by=town.moderator, at=NOON)
    await appeal(hiding.code, "只是意见", by=town.lan, at=NOON + timedelta(hours=1))
    await answer(hiding.code, "骂人了", restore=False, by=town.supervisor, at=NOON + timedelta(hours=2))
    await appeal(hiding.code, "还是不同意", by=town.lan, at=NOON + timedelta(hours=3))
    await fire_due(TIMERS, NOON + timedelta(days=30))
    text = (await client.get("/moderation/log")).text
    places = [
        text.index(words, text.index("经过"))
        for words in ("已处理", "申诉中", "申诉后维持", "再次申诉中", "没按时答复")
    ]
    assert places == sorted(places)
    (row,) = csv.DictReader(io.StringIO((await client.get("/moderation/log.csv")).text.removeprefix("\ufeff")))
    assert row["state"] == "expired"
    assert all(row[name] for name in ("appealed_at", "answered_at", "appealed_again_at", "ended_at", "told_at"))
    assert row["answered_again_at"] == ""
