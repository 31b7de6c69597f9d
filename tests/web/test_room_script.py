"""The live talk in a real browser: nothing that was written is lost, nothing is said twice."""

import asyncio
import os
from collections.abc import AsyncGenerator

import pytest
import uvicorn
from playwright.async_api import Page, async_playwright, expect

from tests.web.talk import Talk

pytestmark = pytest.mark.browser


@pytest.fixture
def talk() -> Talk:
    """Give the room."""
    return Talk()


@pytest.fixture
async def server(talk: Talk) -> AsyncGenerator[str]:
    """Serve the room on a free port of this machine."""
    running = uvicorn.Server(uvicorn.Config(talk.app(), port=0, lifespan="off", log_level="error"))
    task = asyncio.create_task(running.serve())
    await talk.until(lambda: running.started)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}/"
    running.should_exit = True
    await task


@pytest.fixture
async def page(server: str) -> AsyncGenerator[Page]:
    """Open the room in Chromium; no script may fail."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("HEYI_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        opened = await browser.new_page()
        wrong: list[str] = []
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        yield opened
        await browser.close()
        assert wrong == []


async def say(page: Page, words: str) -> None:
    """Write and press the button."""
    await page.get_by_label("写给大家").fill(words)
    await page.get_by_role("button", name="发给双方").click()


async def test_words_appear_once_and_in_order(talk: Talk, server: str, page: Page) -> None:
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    await say(page, "那就按一千九算")
    await expect(page.locator("[data-log] > li")).to_have_text(["第1句", "第2句", "那就按一千九算"])
    await talk.sockets[0].send_json({"type": "message", "seq": 5, "html": '<li data-seq="5">五</li>'})
    await talk.sockets[0].send_json({"type": "message", "seq": 4, "html": '<li data-seq="4">四</li>'})
    await talk.sockets[0].send_json({"type": "message", "seq": 5, "html": '<li data-seq="5">五，改过</li>'})
    await expect(page.locator("[data-log] > li")).to_have_text(["第1句", "第2句", "那就按一千九算", "四", "五，改过"])
    await expect(page.get_by_label("写给大家")).to_have_value("")
    await talk.until(lambda: {"type": "seen", "seq": 5} in talk.frames)
    talk.paused = "请您先停一停"
    await talk.sockets[0].send_json({"type": "message", "seq": 6, "html": '<li data-seq="6" data-hush>停</li>'})
    await expect(page.locator("[data-quiet]")).to_have_text("请您先停一停")
    talk.paused = ""
    await expect(page.locator("[data-quiet]")).to_be_empty()


async def test_unacknowledged_words_are_sent_again_under_the_same_name(talk: Talk, server: str, page: Page) -> None:
    talk.deaf = True
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    await say(page, "我先修地漏")
    await talk.until(lambda: talk.told("send"))
    talk.deaf = False
    await talk.sockets[0].close(1012)
    await expect(page.locator("[data-seq='3']")).to_have_text("我先修地漏")
    first, again = talk.told("send")
    assert first["client_id"] == again["client_id"]
    assert talk.told("resume") == [{"type": "resume", "after": 2}] * 2
    assert talk.posted == []


async def test_unsent_words_survive_a_reload(talk: Talk, server: str, page: Page) -> None:
    talk.deaf = True
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    await say(page, "这句还没到")
    await page.get_by_label("写给大家").fill("这句还没写完")
    await talk.until(lambda: talk.told("send"))
    talk.deaf = False
    await page.reload()
    await expect(page.locator("[data-seq='3']")).to_have_text("这句还没到")
    await expect(page.get_by_label("写给大家")).to_have_value("这句还没写完")


async def test_refused_words_come_back_to_the_writer(server: str, page: Page) -> None:
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    await say(page, "骂人")
    await expect(page.locator("[data-conn]")).to_have_text("请换一种说法。")
    await expect(page.get_by_label("写给大家")).to_have_value("骂人")
    await expect(page.locator("[data-log] > li")).to_have_count(2)


@pytest.mark.parametrize(("code", "words"), [(4401, "重新登录"), (4403, "发言权"), (4404, "打不开")])
async def test_a_final_end_says_why_and_stops(talk: Talk, server: str, page: Page, code: int, words: str) -> None:
    talk.ends = [code]
    await page.goto(server)
    await expect(page.locator("[data-conn]")).to_contain_text(words)
    await asyncio.sleep(1.2)
    assert talk.opened == 1
    assert await page.locator("[data-room]").get_attribute("data-live") == "off"


async def test_a_slow_reader_resumes(talk: Talk, server: str, page: Page) -> None:
    talk.ends = [4408]
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    assert talk.opened == 2


async def test_a_gap_is_filled_from_the_page(talk: Talk, server: str, page: Page) -> None:
    await page.goto(server)
    await expect(page.locator("[data-live=on]")).to_be_attached()
    talk.seq = 4
    await talk.sockets[0].send_json({"type": "gap"})
    await expect(page.locator("[data-log] > li")).to_have_text(["第1句", "第2句", "第3句", "第4句"])


async def test_without_sockets_the_form_is_sent(talk: Talk, server: str, page: Page) -> None:
    await page.add_init_script("window.WebSocket = undefined")
    await page.goto(server)
    await say(page, "平常的表单")
    await talk.until(lambda: talk.posted)
    assert talk.posted[0]["text"] == "平常的表单"


async def test_where_sockets_never_open_the_form_is_sent(talk: Talk, server: str, page: Page) -> None:
    talk.shut = True
    await page.goto(server)
    await expect(page.locator("[data-conn]")).to_contain_text("照样可以发出去")
    await say(page, "平常的表单")
    await talk.until(lambda: talk.posted)
    assert talk.posted[0]["client_id"]
    await expect(page.get_by_label("写给大家")).to_have_value("")
