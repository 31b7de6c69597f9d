"""Versions, amendments, confirmations and rules of procedure as people meet them, without script."""

import re
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from deliberation.body.models import Body
from deliberation.matter import amending, drafting, seconding
from deliberation.matter.models import Amendment, Endorsement, Matter
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.web.deliberation.test_journey import TEXT as PLAIN
from tests.web.deliberation.test_journey import Hand, ring
from tests.world import NOON, World, sign_in
from web.clock import Clock

TYPED: dict[str, Any] = {**PLAIN}
DEARER = replace(TEXT, cost="二十万元，各家分摊。")
NEW: dict[str, Any] = {"title": TEXT.title, "what": TEXT.what, "cost": DEARER.cost, "who": TEXT.who, "body": TEXT.body}


@pytest.fixture
async def matter(town: World) -> Matter:
    body, _ = await body_of(town)
    made = await proposed(body, town.lan)
    await seconding.endorse(made.id, by=town.qiang, at=NOON)
    return await Matter.get(id=made.id)


async def test_a_change_of_meaning_is_declared_told_seen_and_confirmed(
    app: Starlette, town: World, client: httpx2.AsyncClient, matter: Matter
) -> None:
    hand, url = Hand(client), f"/matters/{matter.id}"
    await hand.be(town.lan)
    assert "这次改了什么" in await hand.get(f"{url}/text")
    await hand.post(f"{url}/text", **NEW, change="words")
    await ring(app)
    told = await Notice.get(person_id=town.qiang.id, url=f"{url}/confirmation")
    assert "改了意思" in told.sentence
    assert await Mail.filter(person_id=town.qiang.id, binding=True).count() == 1
    assert not await Notice.filter(person_id=town.lan.id, url=f"{url}/confirmation").exists()
    await hand.be(town.qiang)
    assert "要重新确认" in await hand.get(url)
    page = await hand.get(f"{url}/confirmation")
    assert re.search(r"<del>.*八万六千.*</del><ins>.*二十万.*</ins>", page)
    assert "“花多少”变了" in page
    assert 'name="version" value="2"' in page
    await hand.post(f"{url}/confirmation", 409, version=1)
    await hand.post(f"{url}/confirmation", version=2)
    assert "您的附议算数，针对第 2 版" in await hand.get(f"{url}/confirmation")
    await hand.post(f"{url}/retraction")
    assert "已经收回" in await hand.get(f"{url}/confirmation")
    assert (await Endorsement.get(person_id=town.qiang.id)).ended == "retracted"
    await hand.be(town.xiu)
    assert "您没有附议过" in await hand.get(f"{url}/confirmation")
    await hand.post(f"{url}/retraction", 403)
    await hand.post(f"{url}/endorsement", 409, version=1)
    await hand.post(f"{url}/endorsement", 409, version="x")
    await hand.post(f"{url}/endorsement", version=2)


async def test_one_that_lapsed_is_told_and_may_be_given_again(
    app: Starlette, town: World, client: httpx2.AsyncClient, matter: Matter, clock: Clock
) -> None:
    await drafting.revise(matter.id, DEARER, by=town.lan, at=NOON)
    await ring(app)
    clock.move(drafting.TWICE * 6 * 25)
    await ring(app)
    assert await Notice.filter(person_id=town.qiang.id, sentence__contains="不再算数").exists()
    client.cookies.update(await sign_in(town.qiang))
    assert "没有重新确认" in (await client.get(f"/matters/{matter.id}/confirmation")).text
    assert "我附议" in (await client.get(f"/matters/{matter.id}")).text


async def test_mere_words_are_mailed_to_nobody(app: Starlette, town: World, matter: Matter) -> None:
    await ring(app)
    before = await Notice.all().count()
    await drafting.revise(matter.id, replace(TEXT, body="第一段，写清楚。\n\n第二段。"), by=town.lan, at=NOON)
    await ring(app)
    assert await Notice.all().count() == before


@pytest.mark.parametrize("mode", ["std", "elder"])
async def test_what_changed_is_shown_to_everybody_in_words_for_those_who_listen(
    town: World, client: httpx2.AsyncClient, matter: Matter, mode: str
) -> None:
    await drafting.revise(matter.id, replace(DEARER, body="第一段。\n\n中间一段。\n\n第二段。"), by=town.lan, at=NOON)
    client.cookies.set("heyi-prefs", f"mode={mode}")
    listed = (await client.get(f"/matters/{matter.id}/versions")).text
    assert f"/matters/{matter.id}/versions/2" in listed
    page = (await client.get(f"/matters/{matter.id}/versions/2")).text
    assert '<ins><span class="vh">（增加）</span>中间一段。' in page
    assert "按规则算意思变了" in page
    assert f'data-mode="{mode}"' in page
    back = (await client.get(f"/matters/{matter.id}/versions/1?against=2")).text
    assert '<del><span class="vh">（删去）</span>中间一段。' in back
    assert "这是第一版" in (await client.get(f"/matters/{matter.id}/versions/1")).text
    for gone in ("3", "0", "2?against=9"):
        assert (await client.get(f"/matters/{matter.id}/versions/{gone}")).status_code == 404


async def test_hidden_words_are_hidden_in_every_version_and_amendment(
    town: World, client: httpx2.AsyncClient, matter: Matter
) -> None:
    await amending.amend(matter.id, "p1", "换一种写法。", "说不清楚。", by=town.qiang, at=NOON)
    await drafting.revise(matter.id, DEARER, by=town.lan, at=NOON)
    await Matter.filter(id=matter.id).update(hidden_at=NOON, hidden_why="M2")
    client.cookies.update(await sign_in(town.qiang))
    for page in ("versions", "versions/2", "amendments", "confirmation"):
        shown = (await client.get(f"/matters/{matter.id}/{page}")).text
        assert not [words for words in (TEXT.title, TEXT.what, DEARER.cost, "换一种写法") if words in shown], page
    for page in ("versions/2", "amendments"):
        api = (await client.get(f"/api/v1/matters/{matter.id}/{page}")).text
        assert not [words for words in (TEXT.title, TEXT.what, DEARER.cost, "换一种写法") if words in api], page


async def test_an_amendment_from_the_first_word_to_its_answer(
    app: Starlette, town: World, client: httpx2.AsyncClient, matter: Matter
) -> None:
    hand, url = Hand(client), f"/matters/{matter.id}/amendments"
    await hand.be(town.qiang)
    assert f"{url}/new?part=p1" in await hand.get(f"{url}/new")
    assert "现在这样写" in await hand.get(f"{url}/new?part=p1")
    wrong = await hand.post(url, 422, part="p1", version=1, words="第一段改了。", reason="少")
    assert "第一段改了。" in wrong
    await hand.post(url, part="p1", version=1, words="第一段改了。", reason="原来不清楚。")
    await hand.post(url, part="p2", version=1, words="", reason="这一段不需要。")
    first, second = await Amendment.all().order_by("id")
    await hand.post(f"{url}/{first.code}", 403, how="words")
    await ring(app)
    assert await Notice.filter(person_id=town.lan.id, url=url).count() == 2
    await hand.be(town.lan)
    page = await hand.get(url)
    assert "采纳，意思变了" in page
    assert "阿**" in page
    assert "阿强" not in page
    bare = await hand.post(f"{url}/{first.code}", 422, how="no")
    assert "至少写" in bare
    await hand.post(f"{url}/{first.code}", 422, how="perhaps")
    await hand.post(f"{url}/{first.code}", how="no", answer="原来的写法大家都看过。")
    await hand.post(f"{url}/{second.code}", how="words")
    await hand.post(f"{url}/{second.code}", 409, how="words")
    await ring(app)
    said = {notice.sentence for notice in await Notice.filter(person_id=town.qiang.id, url=url)}
    assert {"没有采纳" in each for each in said} == {True, False}
    assert "成了第 2 版" in await hand.get(url)
    await hand.be(None)
    assert "原来的写法大家都看过" in await hand.get(url)
    await hand.post(f"{url}/{first.code}/withdrawal", 303)  # to the way in


async def test_the_same_thing_twice_is_offered_as_one(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    hand = Hand(client)
    await hand.be(town.lan)
    url = await hand.post("/matters", **TYPED, meeting=body.id)
    again = await hand.post("/matters", 409, **TYPED, meeting=body.id)
    assert "您刚才提过同样的一件事" in again
    assert f'href="{url.removesuffix("/alike")}"' in again
    assert await Matter.all().count() == 1


async def test_a_text_too_long_is_told_by_how_much_and_kept(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    hand = Hand(client)
    await hand.be(town.lan)
    long = await hand.post("/matters", 422, **{**TYPED, "body": "字" * 20_000, "meeting": body.id})
    assert "正文有 20000 个字，最多 10000 个" in long
    assert "字" * 20_000 in long
    await hand.post("/matters", **{**TYPED, "body": "字" * 7_000, "meeting": body.id})


async def test_what_is_asked_for_sets_the_number_and_the_page_says_why(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    hand = Hand(client)
    await hand.be(town.lan)
    assert "要求召开居民会议" in await hand.get("/matters/new")
    wrong = await hand.post("/matters", 422, **{**TYPED, "meeting": body.id, "request": "owners_meeting"})
    assert "不收这一类" in wrong
    url = await hand.post("/matters", **{**TYPED, "meeting": body.id, "request": "residents_meeting"})
    await hand.post(f"{url}/submission")
    assert (await Matter.get()).threshold == 1
    other = await hand.post("/matters", **{**TYPED, "title": "另外一件事", "meeting": body.id})
    other = other.removesuffix("/alike")
    await hand.post(f"{other}/submission")
    assert "名册共 4 票，至少 1/100，并且至少 5 票，也就是 4 票附议才进入受理（本平台的默认规则）" in await hand.get(
        other
    )


async def test_a_host_writes_down_the_rules_of_procedure(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    hand, url = Hand(client), f"/desk/bodies/{body.id}/rules"
    await hand.be(town.clerk)
    assert url in await hand.get("/desk/bodies")
    page = await hand.get(url)
    assert "《城市居民委员会组织法》第二十六条" in page
    wrong = await hand.post(url, 422, percent=50, least=3, hours=48, agreed_on="2026-05-01")
    assert "不能" in wrong or "至多" in wrong
    await hand.post(url, percent=10, least=3, hours=48, agreed_on="2026-05-01")
    assert (await Body.get(id=body.id)).seconds_percent == 10
    assert "3 票" in await hand.get(url)
    await hand.be(town.lan)
    await hand.get(url, 403)
