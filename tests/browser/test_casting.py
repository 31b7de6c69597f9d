"""Voting as people do it: an elder from a letter, co-owners who differ, paper and web in one result that is checked."""

import subprocess
import sys
from asyncio import to_thread
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page, expect
from starlette.applications import Starlette

from deliberation.ballot.models import Ballot, Channel, Paper
from deliberation.polling import slips
from tests.browser.people import House, Look, sideways
from tests.browser.steps import deliberation
from tests.browser.steps.windows import Street, follow, link_in_letter, press, reads
from tests.deliberation.stage import VOTING, body_of, opened, own, settle
from tests.scene import EVENING, Scene
from tests.web.deliberation.ballot.examples import open_one
from tests.world import NOON, World

ELDER = Look(mode="elder", text="xl")
RECEIVED = "2026-06-02T18:30"


@dataclass
class Finger:
    """Counts what somebody has to press."""

    page: Page
    taps: int = 0

    async def radio(self, name: str) -> None:
        """Press one of several circles."""
        await self.page.get_by_role("radio", name=name).check()
        self.taps += 1

    async def press(self, name: str) -> None:
        """Press a button."""
        await press(self.page, name)
        self.taps += 1


async def test_an_elder_votes_from_a_letter_in_three_taps_without_scripts(
    app: Starlette, house: House, scene: Scene
) -> None:
    street, ballot = Street(house, app, javascript=False), scene.ballots["voting"]
    link = await link_in_letter(await street.window(), scene.world.zhao, "/v/")
    page = await house.window(look=ELDER, javascript=False)
    finger = Finger(page)
    await page.goto(link)
    finger.taps += 1  # the link in the letter
    assert await Paper.filter(ballot_id=ballot.id, by_id=scene.world.zhao.id).count() == 0, "looking votes nothing"
    await expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert await sideways(page) == 0
    await finger.radio("赞成")
    await finger.press("提交我的表决")
    await reads(page, "您投的是：赞成")
    assert await sideways(page) == 0
    assert finger.taps == 3
    paper = await Paper.get(ballot_id=ballot.id, by_id=scene.world.zhao.id)
    assert paper.channel is Channel.LINK


async def test_an_owner_of_two_flats_and_co_owners_who_differ_see_what_to_do(
    app: Starlette, house: House, town: World
) -> None:
    people = await settle(town, 8)
    await own(town, people[:1], area=80_00, count=2, prefix="own-")
    await own(town, people[:2], area=120_00, prefix="both-")
    ballot = await open_one(town, [*town.residents, *(each.person for each in people)])
    app.state.clock.move(VOTING - NOON)
    one = await house.window(people[0].person, look=ELDER)
    other = await house.window(people[1].person, javascript=False)
    await one.goto(f"/ballots/{ballot.id}")
    await follow(one, "我家算几票")
    await reads(one, "您一共代表 2 票。", "这 2 处的业主是同一位", "合起来是一票，面积 160.00", "要投得一样")
    assert await sideways(one) == 0
    await one.goto(f"/ballots/{ballot.id}/vote")
    await deliberation.vote(one, "赞成")
    await reads(one, "还有没投的")
    await one.locator("#h-left ~ ul a").click()
    await deliberation.vote(one, "赞成")

    await other.goto(f"/ballots/{ballot.id}/vote")
    await reads(other, "这一户的另一位已经投过。您也投的话，两人要投得一样")
    await deliberation.vote(other, "反对")
    for page in (one, other):
        await page.goto(f"/ballots/{ballot.id}/homes")
        await reads(page, "您家共有人投得不一样，这一票现在先不算。请家里商量好")
    await follow(other, "去改票")
    await reads(other, "您投过了：反对")
    await deliberation.vote(other, "赞成")
    await one.goto(f"/ballots/{ballot.id}/homes")
    await expect(one.locator("main")).not_to_contain_text("投得不一样，这一票")


async def test_paper_and_web_meet_in_one_result_that_the_verifier_confirms(
    app: Starlette, house: House, town: World, tmp_path: Path
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    printed = await slips.print_sheets(ballot.id, "1号楼", by=town.clerk, at=VOTING)
    street = Street(house, app, javascript=False)
    app.state.clock.move(EVENING - NOON)
    clerk, supervisor = [await street.window(who) for who in (town.clerk, town.supervisor)]
    lan = await street.window(town.lan)
    await lan.goto(f"/ballots/{ballot.id}/vote")
    await deliberation.vote(lan, "赞成")
    for sheet, choice in ((printed[2], "赞成"), (printed[3], "看不清、没选或者多选")):
        for reader in (clerk, supervisor):
            await enter(reader, ballot, sheet.code, choice)
    qiang = await street.window(town.qiang)
    await qiang.goto(f"/ballots/{ballot.id}/vote")
    await deliberation.vote(qiang, "反对")

    await street.wait(days=5)
    for teller in (clerk, supervisor):
        await teller.goto(f"/ballots/{ballot.id}/count")
        await press(teller, "我数过了，确认")
    anybody = await street.window()
    await anybody.goto(f"/ballots/{ballot.id}/result")
    await reads(anybody, "通过", "4 人 / 4 人", "2 人")
    package, verifier = await fetched(anybody, f"/ballots/{ballot.id}/bundle.zip", tmp_path), tmp_path / "verifier.py"
    verifier.write_bytes(await (await anybody.request.get("/verifier.py")).body())
    done = await to_thread(checked, verifier, package)
    assert (done.returncode, "全部相符" in done.stdout) == (0, True), done.stdout + done.stderr
    package.write_bytes(package.read_bytes().replace(b'"channel":"paper"', b'"channel":"kiosk"', 1))
    assert (await to_thread(checked, verifier, package)).returncode == 1


async def enter(reader: Page, ballot: Ballot, code: str, choice: str) -> None:
    """Read a sheet and enter it."""
    await reader.goto(f"/ballots/{ballot.id}/papers")
    await reader.get_by_label("票上的投票码").fill(code)
    await reader.get_by_role("radio", name=choice).check()
    await reader.get_by_label("什么时候收到的").fill(RECEIVED)
    await press(reader, "录这一张")
    await expect(reader.locator("main")).to_be_visible()


async def fetched(page: Page, path: str, folder: Path) -> Path:
    """Keep what lies at an address."""
    kept = folder / path.rpartition("/")[2]
    kept.write_bytes(await (await page.request.get(path)).body())
    return kept


def checked(verifier: Path, package: Path) -> subprocess.CompletedProcess[str]:
    """Run the program that was downloaded on the package that was downloaded, and nothing of ours."""
    return subprocess.run(  # noqa: S603 - our own program, by itself
        [sys.executable, "-I", str(verifier), str(package)], capture_output=True, text=True, check=False
    )
