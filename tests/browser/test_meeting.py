"""A meeting from its notice to the figures on the big screen, with and without script."""

import pytest
from starlette.applications import Starlette

from tests.browser.people import House
from tests.browser.steps import deliberation, meeting
from tests.browser.steps.windows import Street, link_in_letter
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def street(app: Starlette, house: House, request: pytest.FixtureRequest) -> Street:
    """Give the served neighbourhood, once with and once without JavaScript."""
    return Street(house, app, javascript=request.param)


async def test_who_comes_is_checked_in_once_and_the_screen_follows(street: Street, town: World) -> None:
    live = street.javascript
    clerk, host = await street.window(town.clerk, "desk"), await street.window(town.moderator)
    await deliberation.open_the_meeting(clerk)
    address = await meeting.plan(clerk, "2026-05-24")
    await street.looks_well(clerk)
    await street.deliver()

    anybody, resident = await street.window(), await street.window()
    link = await link_in_letter(anybody, town.lan, "/seats/")
    code = await meeting.come(resident, link)
    await street.looks_well(resident)

    await street.wait(days=20, hours=6)
    await meeting.check_in(clerk, address, code, "阿兰")
    await meeting.tick(clerk, address, "阿强")
    await street.looks_well(clerk)

    screen = await street.window(size="desk")
    await screen.goto(f"{address}/screen")
    await meeting.shows(screen, "到会 2 人 / 应到 4 人", live=live)
    await meeting.ask(host, address)
    await meeting.shows(screen, meeting.ASKED, "现场表决中", live=live)
    await meeting.raise_hand(resident, link, "赞成")
    await meeting.shows(screen, "50.0%", live=live)
    await street.looks_well(screen)
    await meeting.count(clerk, address)
    await meeting.shows(screen, "征求意见", live=live)
