"""Everybody's window, the letters they get, and the courier that moves things on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from playwright.async_api import Page, expect
from starlette.applications import Starlette

from community.people.models import Person
from tests.browser.axe import violations
from tests.browser.people import House, Size
from web.courier import duties, once


@dataclass
class Street:
    """The served neighbourhood: its house of browsers, with or without JavaScript, and its clock."""

    house: House
    app: Starlette
    javascript: bool

    async def window(self, person: Person | None = None, size: Size = "phone") -> Page:
        """Open a window for ``person``, or for somebody who is not signed in."""
        return await self.house.window(person, size, javascript=self.javascript)

    async def wait(self, **time: float) -> None:
        """Let time pass, and let the courier do what has come due."""
        self.app.state.clock.move(timedelta(**time))
        await self.deliver()

    async def until(self, when: datetime) -> None:
        """Let time pass until a moment, and let the courier do what has come due."""
        await self.wait(seconds=(when - self.app.state.clock.now()).total_seconds())

    async def deliver(self) -> None:
        """Let the courier do what there is to do."""
        await once(duties(self.app), self.app.state.clock)

    async def looks_well(self, page: Page) -> None:
        """Find nothing with axe; it needs a page whose scripts run."""
        if self.javascript:
            await page.evaluate("scrollTo(0, 0)")  # after a jump to a part, the bar at the foot may cover a button
            found = await violations(page)
            assert found == [], f"{page.url}: {found}"


async def press(page: Page, name: str) -> None:
    """Press the button of that name and wait for the page that answers."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=True).first.click()


async def follow(page: Page, name: str) -> None:
    """Follow the link of that name."""
    async with page.expect_navigation():
        await page.get_by_role("link", name=name).first.click()


async def reads(page: Page, *words: str) -> None:
    """See these words on the page."""
    for each in words:
        await expect(page.locator("main")).to_contain_text(each)


async def lacks(page: Page, words: str) -> None:
    """See the page, and not these words on it."""
    await expect(page.locator("main")).to_be_visible()
    await expect(page.locator("body")).not_to_contain_text(words)


async def link_in_letter(page: Page, to: Person | str, beginning: str) -> str:
    """Open the outbox and return the path in the newest letter to a person, or an address, that begins so."""
    email = to if isinstance(to, str) else to.email
    await page.goto("/outbox")
    rows = page.locator(".tasks a").filter(has_text=email)
    for path in [await row.get_attribute("href") for row in await rows.all()]:
        await page.goto(str(path))
        for address in [await link.inner_text() for link in await page.locator("#h-links ~ ul a").all()]:
            if urlsplit(address).path.startswith(beginning):
                return urlsplit(address).path
    raise AssertionError(f"no letter to {email} leads to {beginning}")


async def come_back(page: Page, email: str, outbox: Page) -> None:
    """Sign in by the link that is mailed, and land where one wanted to go."""
    await page.get_by_label("邮箱").fill(email)
    await press(page, "给我发登录链接")
    await page.goto(await link_in_letter(outbox, email, "/sign-in/"))
    await press(page, "登录")
