"""Voting with a code on a telephone without scripts, and notes at doors while there is no signal."""

from playwright.async_api import Page, Route, expect

from community.record.models import Event
from deliberation.ballot.models import Channel, Paper
from deliberation.polling import slips
from deliberation.polling.models import DoorNote
from deliberation.polling.rules import Met
from tests.browser.people import House, Look, sideways
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


async def knock(page: Page, n: int, met: str) -> None:
    """Note what was met at one of the doors of a building."""
    await page.locator("form[data-queue]").nth(n).get_by_role("button", name=met).click()


async def test_notes_wait_in_the_telephone_until_there_is_a_signal(house: House, scene: Scene) -> None:
    ballot = scene.ballots["voting"]
    page = await house.window(scene.world.clerk)
    await page.goto(f"/ballots/{ballot.id}/doors/building?name=1号楼")
    assert await sideways(page) == 0
    await page.context.set_offline(offline=True)
    await knock(page, 0, "没人在家")
    await expect(page.locator("[data-queue-state]")).to_contain_text("有 1 条记在这台手机里")
    await expect(page.locator("[data-kept]:visible")).to_have_count(1)
    await knock(page, 0, "拿到纸票了")
    await knock(page, 1, "说自己会投")
    await expect(page.locator("[data-queue-state]")).to_contain_text("有 2 条记在这台手机里")
    await expect(page.locator("[data-kept]:visible")).to_have_count(2)
    assert await sideways(page) == 0
    assert await DoorNote.all().count() == 0
    house.wrong.clear()  # the browser says that it is offline
    await page.context.set_offline(offline=False)
    await expect(page.locator(".tag", has_text="拿到纸票了")).to_have_count(1)
    await expect(page.locator(".tag", has_text="说自己会投")).to_have_count(1)
    await expect(page.locator("[data-queue-state]")).to_be_hidden()
    assert {note.met for note in await DoorNote.all()} == {Met.TOOK_SHEET, Met.WILL_VOTE}
    assert await page.evaluate("Object.keys(localStorage)") == []


async def test_a_note_whose_answer_was_lost_is_sent_again_and_written_once(house: House, scene: Scene) -> None:
    ballot = scene.ballots["voting"]
    page = await house.window(scene.world.clerk)
    where = f"/ballots/{ballot.id}/doors/building?name=1号楼"
    await page.goto(where)

    async def swallow(route: Route) -> None:
        await route.fetch(max_redirects=0)
        await route.abort()

    await page.route(lambda url: "/doors/building" in url, swallow)
    await knock(page, 0, "没人在家")
    await expect(page.locator("[data-queue-state]")).to_contain_text("有 1 条记在这台手机里")
    assert await DoorNote.all().count() == 1
    await page.unroute_all()
    house.wrong.clear()  # the browser says that the answer never came
    other = await page.context.new_page()
    await page.close()
    async with other.expect_response(lambda answer: answer.request.method == "POST"):
        await other.goto(where)
    await expect(other.locator("[data-queue-state]")).to_be_hidden()
    assert await DoorNote.all().count() == 1
    assert await Event.filter(kind="door.resent").count() == 1


async def test_without_scripts_a_note_is_a_plain_form(house: House, scene: Scene) -> None:
    page = await house.window(scene.world.clerk, look=Look(mode="elder", text="xl"), javascript=False)
    await page.goto(f"/ballots/{scene.ballots['voting'].id}/doors/building?name=1号楼")
    assert await sideways(page) == 0
    await knock(page, 0, "要人帮")
    await expect(page.locator(".tag", has_text="要人帮")).to_have_count(1)
