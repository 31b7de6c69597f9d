"""From a decision to its archived file, through the pages alone, without script."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
from PIL import Image
from starlette.applications import Starlette

from community.notice.models import Notice
from community.record.models import Event
from deliberation.archive.package import verify
from deliberation.ballot.models import Ballot
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.outcome.models import Milestone, Note
from deliberation.publicity.models import Objection, Publication
from tests.deliberation.outcome.stage import DAY, result_shown
from tests.deliberation.stage import AFTER, Settled
from tests.scene import Scene
from tests.web.deliberation.test_journey import Hand, ring
from tests.world import NOON, World
from web.clock import Clock


def photo() -> bytes:
    """Return a small picture."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "JPEG")
    return made.getvalue()


async def send(hand: Hand, url: str, status: int = 303, **data: str) -> str:
    """Send a form with a photograph."""
    answer = await hand.client.post(url, data=data, files={"file": ("照片.jpg", photo(), "image/jpeg")})
    assert answer.status_code == status, (url, answer.status_code, answer.text[-1500:])
    return answer.headers["location"] if status == 303 else answer.text


@dataclass
class Play:
    """Who plays, and the ballot it is about."""

    world: World
    ballot: Ballot
    people: list[Settled]


async def effective(app: Starlette, town: World, clock: Clock, client: httpx2.AsyncClient) -> tuple[Play, Hand, str]:
    """Give a decision that took effect, and a hand to work with."""
    ballot, voted = await result_shown(town)
    scene, hand = Play(town, ballot, voted), Hand(client)
    clock.move(AFTER + DAY - NOON)
    await ring(app)
    await objected(scene, hand, app, clock)
    url = f"/matters/{ballot.matter_id}"
    assert "已通过" in await hand.get(f"{url}/outcome")
    return scene, hand, url


async def objected(scene: Play, hand: Hand, app: Starlette, clock: Clock) -> None:
    """Let a result be objected to, counted again and take effect."""
    town, ballot = scene.world, scene.ballot
    hung = await Publication.get(subject=f"ballot-{ballot.id}", kind="result")
    page = f"/publications/{hung.id}"
    await hand.be(town.lan)
    assert "要改一下" in await hand.post(f"{page}/objections", 422, words="错")
    await hand.post(f"{page}/objections", words="我家的票好像没有算进去。")
    objection = await Objection.get()
    await hand.post(f"/objections/{objection.id}/answer", 403, verdict="upheld", answer="我自己说成立。")
    await hand.be(town.moderator)
    assert "要改一下" in await hand.post(f"/objections/{objection.id}/answer", 422, verdict="upheld")
    await hand.post(f"/objections/{objection.id}/answer", verdict="upheld", answer="请计票人再数一遍。")
    clock.move(timedelta(days=20))
    await ring(app)
    assert (await Matter.get(id=ballot.matter_id)).state is State.RESULT_NOTICE
    for teller in (town.clerk, town.supervisor):
        await hand.be(teller)
        assert "重新计票，确认" in await hand.get(f"/matters/{ballot.matter_id}/outcome")
        await hand.post(f"/ballots/{ballot.id}/recount")
    await ring(app)


async def planned(scene: Play, hand: Hand, url: str) -> None:
    """Let the clerk make a plan, wrong at first."""
    org, lead = scene.world.residents_committee.id, scene.world.clerk.id
    plan: dict[str, Any] = {"org": org, "lead": lead, "budget": "8,600.50", "due_on": "2026-08-31"}
    await hand.be(scene.world.lan)
    await hand.get(f"{url}/plan", 403)
    await hand.be(scene.world.clerk)
    assert "定计划，开始落实" in await hand.get(url)
    for wrong in ({"steps": "明天拆"}, {"budget": "很多"}, {"steps": "2026-13-01 拆掉旧天台"}, {"steps": ""}):
        page = await hand.post(f"{url}/plan", 422, **{**plan, "steps": "2026-07-20 补好天台", **wrong})
        assert "errsum" in page
        assert "8,600.50" in page or "很多" in page
    await hand.post(f"{url}/plan", **plan, steps="2026-07-03 买好材料\n2026-07-20 补好天台")
    assert "8,600.50" in await hand.get(f"{url}/outcome")


async def step_late(scene: Play, hand: Hand, app: Starlette, clock: Clock, url: str) -> None:
    """Let a step run out, the overseer press, and the executor answer."""
    clock.move(timedelta(days=10))
    await ring(app)
    note = await Note.get()
    await hand.be(scene.world.supervisor)
    lane = await hand.get("/desk/supervision")
    assert "买好材料" in lane
    assert "缺张贴照片" in lane
    clock.move(timedelta(days=6))
    await ring(app)
    await hand.post(f"/notes/{note.id}/press")
    assert "督办过 1 次" in await hand.get(f"/notes/{note.id}")
    await hand.be(scene.world.clerk)
    assert f"/notes/{note.id}" in await hand.get("/desk/notes")
    assert "要改一下" in await hand.post(f"/notes/{note.id}/answer", 422, words="")
    await hand.post(f"/notes/{note.id}/answer", words="材料涨价，重新比了价，下周到。")
    assert "到期没有办完" in await hand.get(f"{url}/outcome")
    assert await Notice.filter(sentence__contains="到期没有办完", person_id=scene.people[1].person.id).exists()


async def all_done(scene: Play, hand: Hand, url: str) -> None:
    """Report both steps and the whole."""
    for step in await Milestone.all().order_by("id"):
        assert "证明" in await hand.post(f"{url}/steps/{step.id}", 422, note="办完了，验收过。", spent="100")
        await send(hand, f"{url}/steps/{step.id}", note="办完了，验收过。", spent="100.25")
    page = await hand.get(f"{url}/outcome")
    assert "200.50" in page
    code = re.search(r'href="(/files/[^"]+)"', page)
    assert code
    await hand.be(None)
    assert (await hand.client.get(code[1])).headers["content-type"] == "image/webp"
    await hand.be(scene.world.clerk)
    await hand.post(f"{url}/report", words="天台不漏了，雨天看过。")


async def judged(scene: Play, hand: Hand, app: Starlette, clock: Clock, url: str) -> None:
    """Let those who took part say how good it is."""
    await ring(app)
    for each, score in zip(scene.people, (5, 4, 5, 1, 5), strict=False):
        await hand.be(each.person)
        assert "checked" not in await hand.get(f"{url}/evaluation")
        await hand.post(f"{url}/evaluation", 422, words="没有选分。")
        await hand.post(f"{url}/evaluation", score=score, words="不漏了。")
    await hand.be(scene.world.stranger)
    await hand.get(f"{url}/evaluation", 403)
    clock.move(timedelta(days=16))
    await ring(app)
    shown = await hand.get(f"{url}/outcome")
    assert "大家满意" in shown
    assert "4 / 5" in shown


async def archived(scene: Play, hand: Hand, url: str) -> None:
    """Archive with reasons for what is missing, and check both packages."""
    await hand.be(scene.world.lan)
    await hand.get(f"{url}/archiving", 403)
    await hand.be(scene.world.clerk)
    page = await hand.get(f"{url}/archiving")
    assert "有公示缺张贴照片" in page
    assert "errsum" in await hand.post(f"{url}/archiving", 422)
    await hand.post(f"{url}/archiving", photos="那时还没有拍照的规矩。")
    await hand.get(f"{url}/archiving", 409)
    event = await Event.get(kind="matter.archive")
    roots = json.loads(event.body)
    full = (await hand.client.get(f"{url}/archive/full.zip")).content
    assert verify(io.BytesIO(full)) == (roots["root"], [])
    await hand.be(scene.world.lan)
    await hand.get(f"{url}/archive/full.zip", 404)
    public = (await hand.client.get(f"{url}/archive/public.zip")).content
    assert verify(io.BytesIO(public)) == (roots["public_root"], [])
    with zipfile.ZipFile(io.BytesIO(public)) as package, zipfile.ZipFile(io.BytesIO(full)) as whole:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert "阿兰".encode() not in everything
        assert "阿兰".encode() in b"".join(whole.read(name) for name in whole.namelist())
        assert len(json.loads(package.read("data/record.json"))) > 20
        assert "补好天台" in package.read("14-execution.html").decode()


async def test_from_a_decision_to_its_file(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    scene, hand, url = await effective(app, town, clock, client)
    await planned(scene, hand, url)
    await step_late(scene, hand, app, clock, url)
    await all_done(scene, hand, url)
    await judged(scene, hand, app, clock, url)
    await archived(scene, hand, url)
    assert "卷宗" in await hand.get(f"{url}/archive")


async def test_publications_are_listed_hung_and_proved(played: Scene, client: httpx2.AsyncClient) -> None:
    scene, hand = played, Hand(client)
    for query in ("", "?show=running", "?show=over&kind=roll", "?show=lacking", "?kind=nonsense&show=nonsense"):
        await hand.get(f"/publications{query}")
    await hand.be(scene.world.lan)
    await hand.get("/publications/new", 404)
    await hand.be(scene.world.clerk)
    bill: dict[str, Any] = {
        "kind": "affairs",
        "title": "五月的公共收益",
        "words": "收入三千元，支出一千元。",
        "boards": "东门公告栏",
    }
    assert "errsum" in await hand.post("/publications", 422, **bill, days="14")
    page = await hand.post("/publications", **bill, days="15")
    assert "缺张贴照片" in await hand.get(page)
    assert "errsum" in await hand.post(f"{page}/photos", 422, board="东门公告栏")
    assert "errsum" in await send(hand, f"{page}/photos", 422, board="东门公告栏", taken_at="2026-01-01T10:00")
    await send(hand, f"{page}/photos", board="东门公告栏", taken_at="2026-06-02T19:00")
    assert "老陈 拍于" in await hand.get(page)
    await hand.be(scene.world.supervisor)
    assert "errsum" in await hand.post(f"{page}/note", 422, words="看", days="5")
    await hand.post(f"{page}/note", words="请把账目明细也贴出来。", days="5")
    for lang in ("en", "zh-CN"):
        await hand.post("/prefs", lang=lang, next="/")
        for url in ("/open", "/transparency", "/publications", page, "/desk/supervision", "/notes/1"):
            await hand.get(url)
