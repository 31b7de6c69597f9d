"""Every page, by every role, in every look: nothing for axe to find, nothing wider than a small phone."""

import asyncio
import os
import zlib
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page
from starlette.applications import Starlette

from tests.browser.axe import violations
from tests.browser.people import LOOKS, STANDARD, House, Look, Size, sideways, stretch, too_wide
from tests.fuller.held import Fuller
from tests.fuller.play import play_on
from tests.web.crawl import Visit, Walker, follow, signs_of_use

pytestmark = pytest.mark.browser
ASKED = os.environ.get("HEYI_AXE", "")  # "full": every look at every width; the path of a route: that, in full
PATIENCE = 90  # seconds
Views = list[tuple[Visit, Look, Size]]


@pytest.fixture
async def fuller(app: Starlette) -> Fuller:
    """Give a neighbourhood in the middle of things, with every letter and code."""
    return await play_on(app)


@pytest.fixture
async def visits(app: Starlette, fuller: Fuller) -> list[Visit]:
    """Give every page that every role can reach."""
    everything = [each for walker in fuller.walkers for each in await follow(app, walker)]
    return [each for each in everything if ASKED in ("", "full", each.route)]


def views(visits: list[Visit]) -> Views:
    """Return how to look at the chosen pages.

    The first of each route is seen in the standard look at one width and in one more look at the other; what another
    page of that route shows besides is seen in one look. Which look is picked by role and route, so that all looks are
    spread over all pages. A full run takes every look at every width.
    """
    looks = (STANDARD, *LOOKS)
    sizes: tuple[Size, Size] = ("phone", "desk")
    if ASKED:
        return [(visit, look, size) for visit in visits for look in looks for size in sizes]
    found: Views = []
    seen: set[str] = set()
    for visit in visits:
        pick = zlib.crc32(f"{visit.role} {visit.route}".encode())
        first, second = sizes if pick % 2 else sizes[::-1]
        if visit.route in seen:
            found.append((visit, looks[pick // 2 % len(looks)], first))
        else:
            found += [(visit, STANDARD, first), (visit, LOOKS[pick // 2 % len(LOOKS)], second)]
        seen.add(visit.route)
    return found


async def examine(page: Page, visit: Visit, size: Size) -> list[str]:
    """Return all that is wrong with one page; one that hangs is named, and the tour goes on."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await faults(page, visit, size)
    except TimeoutError:
        return [f"hangs for {PATIENCE} s"]


async def faults(page: Page, visit: Visit, size: Size) -> list[str]:
    """Return all that is wrong with one page at one width, and at the width of a small phone."""
    answer = await page.goto(visit.url)
    assert answer is not None
    found = [] if answer.status == visit.status else [f"status {answer.status}"]
    found += [] if urlsplit(page.url).path == urlsplit(visit.url).path else [f"led to {page.url}"]
    await stretch(page, size)
    found += await violations(page)
    await stretch(page, "narrow")
    wider = await sideways(page)
    return [*found, f"{wider} px too wide at 320: {await too_wide(page)}"] if wider else found


async def tour(house: House, walker: Walker, mine: Views) -> list[str]:
    """Look at all pages chosen for one role; whoever is signed in changes their look between the rounds."""
    found = []
    for look in (STANDARD, *LOOKS):
        chosen = [(visit, size) for visit, one, size in mine if one == look]
        if chosen:
            window = await house.window(walker.person, look=look)
            given = [{"name": name, "value": value, "url": house.url} for name, value in walker.cookies.items()]
            await window.context.add_cookies(given)  # type: ignore[arg-type]
            for visit, size in chosen:
                found += [f"{visit} as {look}, {size}: {wrong}" for wrong in await examine(window, visit, size)]
            await window.context.close()
    return found


async def test_axe_finds_nothing_on_any_page(house: House, fuller: Fuller, visits: list[Visit]) -> None:
    chosen = views(signs_of_use(visits))
    two = asyncio.Semaphore(2)

    async def one(walker: Walker) -> list[str]:
        async with two:
            return await tour(house, walker, [view for view in chosen if view[0].role == walker.name])

    async with asyncio.TaskGroup() as tours:
        walking = [tours.create_task(one(walker)) for walker in fuller.walkers]
    assert not (found := [line for tour in walking for line in tour.result()]), "\n".join(found)
