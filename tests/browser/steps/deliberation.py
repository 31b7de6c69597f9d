"""The deeds on the road of a matter: proposing, seconding, the offices, the ballot, the count."""

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

TITLE = "把东门旧车棚改成充电棚"
TEXT = {
    "题目": TITLE,
    "做什么": "拆掉旧车棚，建六十个充电位。",
    "花多少": "八万六千元，从公共收益出。",
    "谁负责": "物业施工，居委会监督。",
    "详细说明": "旧车棚漏雨，飞线充电已经三年。",
}


async def open_the_meeting(clerk: Page) -> None:
    """Found the residents' assembly and freeze its roll."""
    await clerk.goto("/desk/bodies")
    await clerk.get_by_label("居民会议", exact=True).check()
    await clerk.get_by_role("textbox", name="名称").fill("幸福里居民会议")
    await press(clerk, "开设")
    await clerk.get_by_label("按居民（年满十八周岁）").check()
    await press(clerk, "冻结名册")
    await reads(clerk, "1号楼")


async def propose(author: Page) -> str:
    """Write a proposal, read it once more, hand it in; return its address."""
    await author.goto("/matters/new")
    for label, words in TEXT.items():
        await author.get_by_label(label).first.fill(words)
    await press(author, "存成草稿，看一遍")
    await reads(author, "这是草稿", TITLE)
    await press(author, "提交，请大家附议")
    await reads(author, "附议中")
    return author.url


async def second(neighbour: Page, url: str) -> None:
    """Stand behind it."""
    await neighbour.goto(url)
    await press(neighbour, "我附议")
    await expect(neighbour.get_by_role("button", name="我附议")).to_have_count(0)


async def say(neighbour: Page, url: str, position: str, words: str) -> None:
    """Say what one thinks."""
    await neighbour.goto(url)
    box = neighbour.locator("#comments > form")
    await box.get_by_label(position, exact=True).check()
    await box.get_by_label("说说您的想法").fill(words)
    await press_in(neighbour, "#comments > form", "发表")
    await expect(neighbour.locator("#comments")).to_contain_text(words)


async def press_in(page: Page, where: str, name: str) -> None:
    """Press a button that is within a part of the page."""
    async with page.expect_navigation():
        await page.locator(where).get_by_role("button", name=name, exact=True).click()


async def accept(clerk: Page, url: str) -> None:
    """Take the matter in, at the clerk's desk."""
    await clerk.goto("/desk/matters")
    await follow(clerk, TITLE)
    assert clerk.url == url
    await follow(clerk, "受理或者退回")
    await clerk.get_by_label("受理", exact=False).first.check()
    await press(clerk, "确定")
    await reads(clerk, "党组织研究")


async def record_study(moderator: Page, url: str, day: str) -> None:
    """Write down what the party branch found."""
    await moderator.goto(url)
    await follow(moderator, "记录研究意见")
    await moderator.get_by_label("哪天研究的").fill(day)
    await moderator.get_by_label("研究意见").fill("同意提交议事，请注意消防。")
    await press(moderator, "记下来")
    await reads(moderator, "议事中")


async def declare_nothing(party: Page, url: str, capacity: str) -> None:
    """Say that one has no interest of one's own in it."""
    await party.goto(f"{url}/interests")
    if await party.get_by_role("radio", name=capacity).count():
        await party.get_by_role("radio", name=capacity).check()
    await party.get_by_role("radio", name="无", exact=True).check()
    await press(party, "申报")
    await reads(party, "已经申报的", capacity)


async def host(clerk: Page, url: str, day: str) -> None:
    """Write down the sitting, dissent included, and fix the text."""
    await clerk.goto(url)
    await follow(clerk, "记一次议事会")
    await clerk.get_by_label("哪天开的").fill(day)
    await clerk.get_by_label("到会多少人").fill("12")
    await clerk.get_by_label("记录").fill("大家都来了，谈得很细。")
    await clerk.get_by_label("不同的意见").fill("有人怕夜里吵。")
    await press(clerk, "记下来")
    await reads(clerk, "有人怕夜里吵")
    await follow(clerk, "登记共识和不同意见")
    await clerk.get_by_text("答复这一条").click()
    await clerk.get_by_label("答复", exact=True).fill("晚上十点以后停用，写进方案。")
    await press(clerk, "公开答复")
    await reads(clerk, "写进方案")
    await clerk.goto(url)
    await press(clerk, "定稿，文字从此不改")
    await reads(clerk, "已定稿")


async def announce(clerk: Page, url: str, opens: str, closes: str) -> None:
    """Announce the ballot."""
    await clerk.goto(url)
    await follow(clerk, "公示并定表决时间")
    await clerk.get_by_label("一般事项").check()
    await clerk.get_by_label("有约束力的决定").check()
    await clerk.get_by_label("哪天开始").fill(opens)
    await clerk.get_by_label("哪天截止").fill(closes)
    await press(clerk, "公示")
    await expect(clerk.locator("#text, #main").first).to_contain_text("公示")


async def vote(voter: Page, choice: str) -> None:
    """Choose on the ballot paper, hand it in, and read the receipt."""
    await expect(voter.get_by_role("radio", checked=True)).to_have_count(0)
    await voter.get_by_role("radio", name=choice).check()
    await press(voter, "提交我的表决")
    await reads(voter, f"您投的是：{choice}")


async def count(teller: Page, url: str) -> None:
    """Count, and confirm."""
    await teller.goto(f"{url}/count")
    await reads(teller, "通过", "3 人")
    await press(teller, "我数过了，确认")
