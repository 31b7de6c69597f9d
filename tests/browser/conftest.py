"""A browser for the whole run, and the served application with people at their windows for each test."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser
from starlette.applications import Starlette

from tests.browser.people import House, chromium
from tests.scene import Scene
from tests.servers import serving


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Give one Chromium to all tests."""
    async with chromium() as started:
        yield started


@pytest.fixture
def scene(played: Scene) -> Scene:
    """Give a neighbourhood in the middle of things."""
    return played


@pytest.fixture
async def house(app: Starlette, browser: Browser) -> AsyncGenerator[House]:
    """Serve the application and let people in; at the end no script may have failed and nothing been refused."""
    async with serving(app) as url:
        made = House(browser, url)
        yield made
        await made.close()
    assert made.wrong == []
