"""The deeds after the vote: carried out, judged by the residents, put away in a file."""

import zipfile
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

STEP = "拆掉旧车棚"


async def appeal(author: Page, url: str, words: str) -> None:
    """Not agree with the return."""
    await author.goto(url)
    await reads(author, "退回的理由")
    await follow(author, "不同意退回，我要申诉")
    await author.get_by_label("为什么不该退").fill(words)
    await press(author, "申诉")
    await reads(author, words, "等裁定")


async def reinstate(supervisor: Page, url: str, why: str) -> None:
    """Find the appeal right."""
    await supervisor.goto(f"{url}/appeal")
    await supervisor.get_by_role("radio", name="申诉成立").check()
    await supervisor.get_by_label("裁定的理由").fill(why)
    await press(supervisor, "裁定")
    await reads(supervisor, why)


async def send_back(clerk: Page, url: str, why: str) -> None:
    """Return it to the author with reasons."""
    await clerk.goto(f"{url}/screening")
    await clerk.get_by_role("radio", name="退回").check()
    await clerk.get_by_label("退回的理由").fill(why)
    await press(clerk, "确定")
    await reads(clerk, "退回")


async def plan(clerk: Page, url: str, org: str, lead: str, days: tuple[str, str]) -> None:
    """Say who does it, for how much, until when: the days of the step and of the whole."""
    await clerk.goto(url)
    await follow(clerk, "定计划，开始落实")
    await clerk.get_by_label("落实单位").select_option(label=org)
    await clerk.get_by_label("负责人").select_option(label=lead)
    await clerk.get_by_label("预算（元）").fill("86000")
    await clerk.get_by_label("全部办完的日子").fill(days[1])
    await clerk.get_by_label("分几步").fill(f"{days[0]} {STEP}")
    await press(clerk, "就这样定")
    await reads(clerk, STEP, "86,000.00")


async def finish_step(clerk: Page, url: str, proof: Path) -> None:
    """Show that a step is done."""
    await clerk.goto(f"{url}/outcome")
    await follow(clerk, "这一步办完了")
    await clerk.get_by_label("办了什么（公开）").fill("旧棚拆完，清运走了。")
    await clerk.get_by_label("这一步花了多少（元）").fill("12000.50")
    await clerk.locator("input[type=file]").set_input_files(proof)
    await press(clerk, "办完了，记下来")
    await reads(clerk, "旧棚拆完", "12,000.50")


async def report(clerk: Page) -> None:
    """Say that all of it is done."""
    await follow(clerk, "报告办完")
    await clerk.get_by_label("办成了什么样（公开）").fill("六十个充电位都能用了。")
    await press(clerk, "报告办完，请大家评议")
    await reads(clerk, "评议中")


async def judge(neighbour: Page, url: str, score: str) -> None:
    """Say how satisfied one is."""
    await neighbour.goto(f"{url}/evaluation")
    await expect(neighbour.get_by_role("radio", checked=True)).to_have_count(0)
    await neighbour.get_by_role("radio", name=score, exact=True).check()
    await press(neighbour, "评好了，交上去")


async def put_away(clerk: Page, url: str) -> None:
    """Close the file; what is lacking is told why."""
    await clerk.goto(url)
    await follow(clerk, "归档")
    for box in await clerk.locator("main textarea").all():
        await box.fill("当时没有拍照片，已经说明。")
    await press(clerk, "归档")
    await reads(clerk, "卷宗", "总校验码")


async def take_file(anybody: Page, url: str, folder: Path) -> Path:
    """Download the public file of a matter and return where it lies."""
    await anybody.goto(f"{url}/archive")
    async with anybody.expect_download() as coming:
        await anybody.get_by_role("link", name="下载公开的卷宗").click()
    found = folder / "file.zip"
    await (await coming.value).save_as(found)
    assert zipfile.ZipFile(found).testzip() is None
    return found
