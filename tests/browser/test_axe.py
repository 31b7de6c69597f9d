"""Every page, by every role, in every look: nothing for axe to find, nothing wider than a small phone."""

import asyncio
import os
import zlib

import pytest
from playwright.async_api import Page
from starlette.applications import Starlette

from community.people.models import Person
from tests.browser.axe import violations
from tests.browser.people import LOOKS, STANDARD, House, Look, Size, sideways, stretch, too_wide
from tests.scene import Scene
from tests.web.crawl import Visit, roles, signs_of_use, walk

pytestmark = pytest.mark.browser
START = ("/", "/no-such-page")
ASKED = os.environ.get("HEYI_AXE", "")  # "full": every look at every width; the path of a route: that, in full


@pytest.fixture
async def visits(app: Starlette, scene: Scene) -> list[Visit]:
    """Give every page that every role can reach."""
    everything = [each for one in roles(scene.world).items() for each in await walk(app, *one, start=START)]
    return [each for each in everything if ASKED in ("", "full", each.route)]


def views(visit: Visit) -> list[tuple[Look, Size]]:
    """Return how to look at a page: at both widths, in the standard look and in one that its address picks.

    The pick spreads all looks over the pages of every role; a full run takes every look at every width.
    """
    sizes: tuple[Size, Size] = ("phone", "desk")
    if ASKED:
        return [(look, size) for look in (STANDARD, *LOOKS) for size in sizes]
    pick = zlib.crc32(f"{visit.role} {visit.route}".encode())
    first, second = sizes if pick % 2 else sizes[::-1]
    return [(STANDARD, first), (LOOKS[pick // 2 % len(LOOKS)], second)]


async def examine(page: Page, visit: Visit, size: Size) -> list[str]:
    """Return all that is wrong with one page at one width, and at the width of a small phone."""
    answer = await page.goto(visit.url)
    assert answer is not None
    found = [] if answer.status == visit.status else [f"status {answer.status}"]
    await stretch(page, size)
    found += await violations(page)
    await stretch(page, "narrow")
    wider = await sideways(page)
    return [*found, f"{wider} px too wide at 320: {await too_wide(page)}"] if wider else found


async def tour(house: House, role: str, person: Person | None, visits: list[Visit]) -> list[str]:
    """Look at all pages chosen for one role; whoever is signed in changes their look between the rounds."""
    found = []
    for look in (STANDARD, *LOOKS):
        chosen = [(visit, size) for visit in visits for one, size in views(visit) if one == look]
        if chosen:
            window = await house.window(person, look=look)
            for visit, size in chosen:
                found += [f"{visit} as {look}, {size}: {wrong}" for wrong in await examine(window, visit, size)]
            await window.context.close()
    return found


async def test_axe_finds_nothing_on_any_page(house: House, scene: Scene, visits: list[Visit]) -> None:
    chosen = signs_of_use(visits)
    people = roles(scene.world).items()
    two = asyncio.Semaphore(2)

    async def one(role: str, person: Person | None) -> list[str]:
        async with two:
            return await tour(house, role, person, [visit for visit in chosen if visit.role == role])

    found = [line for lines in await asyncio.gather(*(one(*each) for each in people)) for line in lines]
    assert not found, "\n".join(found)
