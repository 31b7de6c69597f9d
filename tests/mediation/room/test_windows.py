"""Two neighbours and a mediator at real windows: with script, without, on a phone and at a desk."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, Page, expect

from mediation.room.commands import send
from tests.browser.axe import violations
from tests.browser.people import House, Look, Size, chromium, sideways
from tests.mediation.room.conftest import Stage
from tests.world import NOON

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    """Give one Chromium to the tests of this file."""
    async with chromium() as started:
        yield started


@pytest.fixture
async def house(stage: Stage, browser: Browser) -> AsyncGenerator[House]:
    """Let people in; no script may fail and nothing be refused."""
    made = House(browser, stage.url)
    yield made
    await made.close()
    assert made.wrong == []


async def write(page: Page, words: str) -> None:
    await page.get_by_label("写消息").fill(words)
    await page.locator(".btn--send").click()


async def test_two_talk_live_and_a_third_without_script(stage: Stage, house: House) -> None:
    lan, qiang = await house.window(stage.world.lan), await house.window(stage.world.qiang, "desk")
    plain = await house.window(stage.world.mediator, javascript=False)
    for page in (lan, qiang, plain):
        await page.goto(stage.path("joint"))
    for page in (lan, qiang):
        await expect(page.locator("[data-live=on]")).to_be_attached()
    await expect(lan.locator("[data-presence]")).to_contain_text("阿强")
    await write(lan, "墙上湿了一大片\n您看怎么办")
    await expect(qiang.locator(".msg__t")).to_have_text(["墙上湿了一大片\n您看怎么办"])
    await expect(lan.locator(".msg--me .msg__t")).to_have_text(["墙上湿了一大片\n您看怎么办"])
    await write(plain, "两位好，我是调解员")
    await expect(plain.locator(".msg__t")).to_have_count(2)
    await expect(qiang.locator(".msg__t")).to_have_count(2)
    await write(qiang, "我今天就找人来看")
    await expect(lan.locator(".msg__t").last).to_have_text("我今天就找人来看")
    await plain.reload()
    await expect(plain.locator(".msg__t").last).to_have_text("我今天就找人来看")
    await lan.get_by_role("button", name="撤回").click()
    await expect(qiang.locator("#m-1")).to_contain_text("已撤回")
    await expect(qiang.locator(".sys")).to_contain_text("阿兰撤回了一条消息")
    await expect(lan.locator(".sys")).to_contain_text("您撤回了一条消息")


async def test_the_newest_words_are_in_sight_and_the_composer_stays(stage: Stage, house: House) -> None:
    for n in range(60):
        await send(stage.rooms["joint"].code, f"m{n}", f"第{n}句，说来话长。" * 3, by=stage.world.qiang, at=NOON)
    sizes: list[Size] = ["phone", "desk", "narrow"]
    for size in sizes:
        page = await house.window(stage.world.lan, size)
        await page.goto(stage.path("joint"))
        await expect(page.locator("#m-60")).to_be_in_viewport()
        await expect(page.locator(".btn--send")).to_be_in_viewport()
        assert await sideways(page) <= 0
        await page.get_by_role("link", name="看更早的消息").click()
        await expect(page.locator("#m-10")).to_be_attached()
        await expect(page.locator("#m-11")).not_to_be_attached()


@pytest.mark.parametrize("look", [Look(), Look(theme="dark"), Look(mode="elder"), Look(lang="en", text="xl")], ids=str)
async def test_nothing_stands_in_anybodys_way(stage: Stage, house: House, look: Look) -> None:
    await send(stage.rooms["joint"].code, "m1", "您好", by=stage.world.qiang, at=NOON)
    await send(stage.rooms["joint"].code, "m2", "您好", reply_to=1, by=stage.world.lan, at=NOON)
    await send(stage.rooms["A1"].code, "m3", "我心里的数是一千五", by=stage.world.lan, at=NOON)
    for person, room, size in (
        ("lan", "joint", "phone"),
        ("mediator", "A1", "desk"),
        ("mediator", "internal", "phone"),
    ):
        page = await house.window(getattr(stage.world, person), size, look)  # type: ignore[arg-type]
        await page.goto(stage.path(room))
        await expect(page.locator("[data-live=on]")).to_be_attached()
        assert await violations(page) == []
        assert await sideways(page) <= 0


async def test_signing_out_elsewhere_is_told_in_the_room(stage: Stage, house: House) -> None:
    page = await house.window(stage.world.lan)
    await page.goto(stage.path("joint"))
    await expect(page.locator("[data-live=on]")).to_be_attached()
    await stage.sign_out(stage.world.lan)
    await expect(page.locator("[data-conn]")).to_contain_text("您已退出登录", timeout=3000)
