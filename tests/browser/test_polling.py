"""Voting with a code on a telephone without scripts, and notes at doors while there is no signal."""

from playwright.async_api import expect

from deliberation.ballot.models import Channel, Paper
from deliberation.polling import slips
from deliberation.polling.models import DoorNote
from tests.browser.people import House, sideways
from tests.scene import EVENING, Scene


async def test_a_code_on_paper_is_three_taps_from_a_receipt_without_scripts(house: House, scene: Scene) -> None:
    ballot, clerk = scene.ballots["voting"], scene.world.clerk
    printed = (await slips.print_sheets(ballot.id, "1号楼", by=clerk, at=EVENING))[0]
    page = await house.window(javascript=False)
    await page.goto(f"/vote?code={printed.code}")
    await page.get_by_role("button", name="看这次表决什么").click()
    assert await page.locator("input[type=radio]:checked").count() == 0
    assert await sideways(page) == 0
    await page.get_by_role("radio", name="赞成").check()
    await page.get_by_role("button", name="提交我的表决").click()
    await expect(page.locator("#main")).to_contain_text("您投的是：赞成")
    assert await sideways(page) == 0
    paper = await Paper.filter(ballot_id=ballot.id, vote__head_id=printed.head.id).order_by("-order").first()
    assert paper
    assert paper.channel is Channel.SLIP


async def test_a_note_waits_in_the_telephone_until_there_is_a_signal(house: House, scene: Scene) -> None:
    ballot = scene.ballots["voting"]
    page = await house.window(scene.world.clerk)
    await page.goto(f"/ballots/{ballot.id}/doors/building?name=1号楼")
    assert await sideways(page) == 0
    await page.context.set_offline(offline=True)
    await page.get_by_role("button", name="没人在家").first.click()
    await expect(page.locator("[data-queue-state]")).to_contain_text("有 1 条记在这台手机里")
    assert await DoorNote.all().count() == 0
    house.wrong.clear()  # the browser says that it is offline
    await page.context.set_offline(offline=False)
    await expect(page.locator(".tag", has_text="没人在家")).to_have_count(1)
    await page.reload()
    assert await DoorNote.all().count() == 1
    await expect(page.locator("[data-queue-state]")).to_be_hidden()
