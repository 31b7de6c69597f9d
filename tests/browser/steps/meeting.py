"""The deeds of a meeting: planning, the notice, the door, the hall, the screen."""

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

TITLE = "五月议事会"
ASKED = "先装两处，同意吗"


async def plan(clerk: Page, day: str) -> str:
    """Plan a council of residents, put something on its agenda, send the notice; return its address."""
    await clerk.goto("/meetings")
    await follow(clerk, "筹备一次会议")
    await clerk.get_by_label("谁的会议").select_option(label="幸福里居民会议")
    await clerk.get_by_label("什么会").select_option(label="议事会")
    await clerk.get_by_label("题目").fill(TITLE)
    await clerk.get_by_label("地点").fill("活动室二楼")
    await clerk.get_by_label("哪天").fill(day)
    await clerk.get_by_label("几点开始").fill("19:00")
    await clerk.get_by_label("几点散会").fill("21:00")
    await clerk.get_by_label("谁主持").select_option(label="书记")
    await clerk.get_by_label("谁记录").select_option(label="老陈")
    await clerk.get_by_label("居民", exact=True).check()
    await press(clerk, "存好，去写议程")
    await clerk.get_by_label("谈什么").fill("给小广场装遮阳棚")
    await press(clerk, "加到议程")
    await press(clerk, "发通知，公开这次会议")
    await reads(clerk, "已通知")
    return clerk.url


async def come(resident: Page, link: str) -> str:
    """Open the link of the letter, answer, and return the code for the door."""
    await resident.goto(link)
    await reads(resident, TITLE, "有一票")
    await resident.get_by_label("来", exact=True).check()
    await press(resident, "送出答复")
    await reads(resident, "您答复了：来")
    return "".join((await resident.locator(".big.code").inner_text()).split())


async def check_in(clerk: Page, meeting: str, code: str, name: str) -> None:
    """Type the code at the door; the same code is not taken twice."""
    await clerk.goto(f"{meeting}/check-in?code={code}")
    await reads(clerk, name)
    await press(clerk, "签到")
    await reads(clerk, "在场")
    await clerk.goto(f"{meeting}/check-in?code={code}")
    await press(clerk, "签到")
    await reads(clerk, "已经签到了")


async def tick(clerk: Page, meeting: str, name: str) -> None:
    """Find somebody without a telephone on the list, and tick them."""
    await clerk.goto(f"{meeting}/check-in")
    await clerk.get_by_label("姓名或门牌").fill(name)
    await press(clerk, "找")
    await press_on_row(clerk, name)
    await reads(clerk, f"{name} 到")


async def press_on_row(clerk: Page, name: str) -> None:
    """Press the button in the row of somebody."""
    async with clerk.expect_navigation():
        await clerk.locator(".devices li").filter(has_text=name).get_by_role("button", name="签到").click()


async def ask(host: Page, meeting: str) -> None:
    """Open the meeting and put a question to be pressed on telephones."""
    await host.goto(f"{meeting}/host")
    await press(host, "开会")
    await host.get_by_label("问题怎么问").fill(ASKED)
    await host.get_by_label("每人在手机上按").check()
    await press(host, "开始举手")
    await reads(host, ASKED)


async def raise_hand(resident: Page, link: str, choice: str) -> None:
    """Press one's choice on one's own page."""
    await resident.goto(link)
    await press(resident, choice)
    await reads(resident, f"您按了：{choice}")


async def shows(screen: Page, *words: str, live: bool) -> None:
    """See on the big screen what holds now: by itself, or when somebody reloads."""
    if not live:
        await screen.reload()
    for each in words:
        await expect(screen.locator("main.stage")).to_contain_text(each, timeout=15_000)


async def count(clerk: Page, meeting: str) -> None:
    """Close the question."""
    await clerk.goto(f"{meeting}/host")
    await press(clerk, "数完，公布结果")
    await reads(clerk, "征求意见")
