"""Every page, by every role, in every look: nothing for axe to find, nothing wider than a small phone."""

import os
import zlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import pytest
from starlette.applications import Starlette

from community.people.models import Person
from tests.browser.people import House
from tests.browser.tour import DARK, EVENING, LARGE, LETTER, PLAIN, ROUNDS, Round, enter, look, prepared
from tests.fuller.held import Fuller
from tests.fuller.play import play_on
from tests.scene import Scene
from tests.web.crawl import Visit, Walker, client_of, follow, signs_of_use
from tests.world import sign_in

pytestmark = pytest.mark.browser
ASKED = os.environ.get("HEYI_AXE", "")
"""Look only at this route."""
SMALLEST = 150
"""Routes that have a page."""


@pytest.fixture
async def fuller(app: Starlette, played: Scene) -> Fuller:
    """Give a neighbourhood in the middle of things, with every letter and code."""
    return await play_on(app, played)


@pytest.fixture
async def visits(app: Starlette, fuller: Fuller) -> list[Visit]:
    """Give the pages that together show every kind of element of every route."""
    everything = [each for walker in fuller.walkers for each in await follow(app, walker, same_route=4)]
    return [each for each in signs_of_use(everything) if ASKED in ("", each.route)]


async def in_english(app: Starlette, walkers: Iterable[Walker], visits: list[Visit]) -> list[Visit]:
    """Return the same pages for whoever reads English."""
    await Person.all().update(lang="en")
    found = []
    for walker in walkers:
        async with await client_of(app, walker.person) as client:
            client.cookies.update({**walker.cookies, "heyi-prefs": "lang=en"})
            found += [
                replace(each, html=(await client.get(each.url)).text) for each in visits if each.role == walker.name
            ]
    return found


def firsts(visits: list[Visit]) -> list[Visit]:
    """Return the first page of each route."""
    return list({visit.route: visit for visit in reversed(visits)}.values())


def chosen_for(walk: Round, visits: list[Visit]) -> list[Visit]:
    """Return the pages of one round: the first of each route, and of the others those that fall to this width."""
    first = {id(visit) for visit in firsts(visits)}
    size = ("narrow", "desk")

    def falls(visit: Visit) -> bool:
        return walk.more and size[zlib.crc32(f"{visit.role} {visit.route}".encode()) % 2] == walk.size

    return [visit for visit in visits if (id(visit) in first or falls(visit)) and walk.chosen(visit)]


async def go(house: House, walk: Round, walkers: dict[str, Walker], visits: list[Visit]) -> list[str]:
    """Look at pages in one round, in a window where one after the other sits down."""
    found, letters = [], [visit for visit in visits if visit.route == LETTER]
    window = await prepared(house, walk, bare=bool(letters))
    for role, mine in groupby(visits, lambda visit: visit.role):
        person = walkers[role].person
        await enter(house, window, walkers[role], await sign_in(person) if person else {})
        found += [wrong for visit in mine for wrong in await look(window, walk, visit)]
    await window.context.close()
    return found


async def test_a_fault_is_found_in_the_looks_that_have_it(house: House) -> None:
    window = await prepared(house, ROUNDS[0])
    head = await window.evaluate("document.head.innerHTML")
    faulty = (
        f'<!doctype html><html lang="zh-CN"><head>{head}</head><body><main><h1>有错的一页</h1><img src="data:,">'
        '<table bgcolor="#ffffff"><tr><td nowrap>一二三四五六七八九十甲乙</td></tr></table></main></body></html>'
    )
    visit = Visit("visitor", "/faulty", "/faulty", 200, "text/html", faulty, "the start")
    found = [line.split(", ")[-1].split(" (")[0] for line in await look(window, ROUNDS[0], visit)]
    assert "as sent: image-alt" in found
    dark = [f"{worn}: color-contrast" for worn in (DARK, EVENING)]
    assert [line for line in found if "contrast" in line] == dark
    assert [line.split(":")[0] for line in found if "too wide" in line] == [str(LARGE)]


async def test_axe_finds_nothing_on_any_page(app: Starlette, house: House, fuller: Fuller, visits: list[Visit]) -> None:
    walkers = {walker.name: walker for walker in fuller.walkers}
    letters, pages = [[each for each in visits if (each.route == LETTER) is so] for so in (True, False)]
    shown = {"zh-CN": pages, "en": await in_english(app, fuller.walkers, firsts(pages))}
    found = []
    for walk in ROUNDS:
        found += await go(house, walk, walkers, chosen_for(walk, shown[walk.lang]))
    for walk in PLAIN:
        found += await go(house, walk, walkers, letters)
    assert not found, "\n".join(found)
    assert ASKED or len(firsts(visits)) > SMALLEST
