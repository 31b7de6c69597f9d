"""People at a browser: each with a window of their own, signed in or not, on a phone or at a desk."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from community.people.models import Mode, Person
from tests.world import sign_in

CHROMIUM = os.environ.get("HEYI_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Size = Literal["phone", "desk", "narrow"]
SIZES: dict[Size, tuple[int, int]] = {"phone": (390, 844), "desk": (1440, 900), "narrow": (320, 640)}


@dataclass(frozen=True)
class Look:
    """How somebody wants pages to look."""

    mode: str = "std"
    text: str = ""
    theme: str = ""
    lang: str = "zh-CN"

    def __str__(self) -> str:
        return "+".join(filter(None, (self.mode, self.text, self.theme, self.lang)))


STANDARD = Look()


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Start Debian's Chromium with an empty profile."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class House:
    """The served application and the browsers of those who visit it.

    Attributes:
        wrong: what the browsers complained about: console errors, broken scripts, refused resources.
    """

    browser: Browser
    url: str
    wrong: list[str] = field(default_factory=list)
    windows: list[BrowserContext] = field(default_factory=list)

    async def window(
        self, person: Person | None = None, size: Size = "phone", look: Look = STANDARD, *, javascript: bool = True
    ) -> Page:
        """Open a window in which ``person`` is signed in, or nobody; the look of a person stays with the account."""
        width, height = SIZES[size]
        context = await self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            is_mobile=size != "desk",
            has_touch=size != "desk",
            java_script_enabled=javascript,
            locale="zh-CN",
        )
        self.windows.append(context)
        await context.add_cookies([{"name": "heyi-prefs", "value": urlencode(vars(look)), "url": self.url}])
        if person:
            await dress(person, look)
            for name, value in (await sign_in(person)).items():
                await context.add_cookies([{"name": name, "value": value, "url": self.url}])
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.set_default_navigation_timeout(60_000)  # a crowded machine is slow to answer; it is not wrong
        self._listen(page)
        return page

    def _listen(self, page: Page) -> None:
        def heard(message: ConsoleMessage) -> None:
            refusal = "status of 4" in message.text and message.location["url"] == page.url  # a page that says no
            if message.type in {"error", "warning"} and not refusal:
                self.wrong.append(f"{page.url}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))

    async def close(self) -> None:
        """Close every window."""
        for context in self.windows:
            await context.close()
        self.windows.clear()


async def dress(person: Person, look: Look) -> None:
    """Keep with the account how ``person`` wants pages."""
    await Person.filter(id=person.id).update(
        mode=Mode(look.mode), text_size=look.text, theme=look.theme, lang=look.lang
    )


async def stretch(page: Page, size: Size, *, most: int = 14_000) -> None:
    """Make the window as tall as the page, so that a sticky bar covers nothing by chance."""
    width, height = SIZES[size]
    await page.set_viewport_size({"width": width, "height": height})
    tall = await page.evaluate("document.documentElement.scrollHeight")
    await page.set_viewport_size({"width": width, "height": max(height, min(int(tall) + 20, most))})


async def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
