"""Rounds through all pages, one window each: pages are written into its document, looks put on without loading."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.async_api import Page

from tests.browser.axe import SOURCE, TAGS
from tests.browser.people import House, Look, Size
from tests.web.crawl import Visit, Walker

SCRIPT: Final = (Path(__file__).parent / "tour.js").read_text(encoding="utf-8")
LAYOUT: Final = ("target-size", "scrollable-region-focusable")
"""Rules that the size of letters can break, judged in the largest; every look can break colours and the width."""
DARK, ELDER, EVENING, LARGE = Look(theme="dark"), Look(mode="elder"), Look(mode="elder", theme="dark"), Look(text="xl")
LETTER: Final = "/outbox/{code}/html"
"""Stands in a frame under a policy of its own; its styles are for mail readers."""
SCRIPTS: Final = re.compile(r"<script[^>]*></script>|</?noscript>")


def everywhere(_: Visit) -> bool:
    """Choose every page."""
    return True


def on_paper(visit: Visit) -> bool:
    """Choose pages that are made to be printed."""
    return 'class="sheet' in visit.html or "data-print" in visit.html


@dataclass(frozen=True)
class Round:
    """One way to look at pages.

    Attributes:
        looks: to put on after a page was looked at as it was sent.
        media: what the device says of itself.
        scripts: whether the page may run its own.
        more: also pages that show something new of a route, not only its first.
        chosen: which pages.
        tags: the rules for what was sent.
    """

    size: Size
    looks: tuple[Look, ...] = ()
    lang: str = "zh-CN"
    media: dict[str, Any] = field(default_factory=dict)
    scripts: bool = True
    more: bool = False
    chosen: Callable[[Visit], bool] = everywhere
    tags: tuple[str, ...] = TAGS

    def __str__(self) -> str:
        return " ".join([self.size, self.lang, *map(str, self.media.values()), "" if self.scripts else "no scripts"])


ROUNDS: Final = (
    Round("narrow", (DARK, ELDER, EVENING, LARGE), more=True),
    Round("desk", (EVENING, LARGE), scripts=False, more=True),  # colours were seen one by one on the narrow screen
    Round("narrow", (ELDER,), lang="en", media={"color_scheme": "dark"}, scripts=False),
    Round("desk", (EVENING,), lang="en", media={"contrast": "more"}),
    Round("desk", media={"media": "print"}, chosen=on_paper),
)
PLAIN: Final = tuple(
    Round(size, tags=tuple(tag for tag in TAGS if tag != "best-practice")) for size in ("narrow", "desk")
)
"""For letters, which know no looks, and stand inside a page of whoever reads them."""


async def prepared(house: House, walk: Round, *, bare: bool = False) -> Page:
    """Open a window into which pages can be written, with axe-core in it, past the policy of the site."""
    page = await house.window(None, walk.size)
    await page.emulate_media(**walk.media)
    await page.goto("about:blank" if bare else "/accessibility")
    await page.evaluate(SOURCE)
    await page.evaluate(SCRIPT)
    return page


async def enter(house: House, page: Page, walker: Walker, session: dict[str, str]) -> None:
    """Let somebody else sit down at a window: what a page asks for by script is asked in their name."""
    given = {**walker.cookies, **session}
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": name, "value": value, "url": house.url} for name, value in given.items()])


async def look(page: Page, walk: Round, visit: Visit) -> list[str]:
    """Write a page into a prepared window and return all that is wrong with it."""
    worn = [(str(each), {"mode": each.mode, "theme": each.theme, "text": each.text}) for each in walk.looks]
    html = visit.html if walk.scripts else SCRIPTS.sub("", visit.html)
    parts = urlsplit(visit.url)
    url = "" if visit.route == LETTER else parts._replace(fragment="").geturl()
    given = {"html": html, "url": url, "tags": walk.tags, "looks": worn, "layout": LAYOUT}
    return [f"{visit} on {walk}, {line}" for line in await page.evaluate("given => tour(given)", given)]
