"""The deeds at the intake desk: asking those who are named, noting who could not be found, going on without somebody."""

from playwright.async_api import Page

from tests.browser.steps.windows import follow, press, reads


async def name_another(clerk: Page, case: str, name: str, *, needed: bool) -> None:
    """Name one more of the other side."""
    await clerk.goto(case)
    await follow(clerk, "再加一位对方当事人")
    await clerk.get_by_label("对方姓名或称呼").fill(name)
    if needed:
        await clerk.get_by_label("必要当事人").check()
    await press(clerk, "加上")
    await reads(clerk, name)


async def send_invitations(clerk: Page, case: str) -> None:
    """Ask everybody named to come and talk."""
    await clerk.goto(case)
    await clerk.get_by_label("这件事属于调解范围").check()
    await clerk.get_by_label("已单独问过申请人").check()
    await press(clerk, "请对方来谈")
    await reads(clerk, "还在等谁答复")
