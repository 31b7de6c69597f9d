"""The deeds of moderation: reporting, hiding with a reason, appealing, deciding the appeal."""

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

WHY = "请不要骂人，改成就事论事就能重新显示。"
APPEAL = "我只是着急，没有骂人的意思。"


async def report(reader: Page, url: str, words: str) -> None:
    """Report what somebody said."""
    await reader.goto(url)
    async with reader.expect_navigation():
        await reader.locator(".cmt", has_text=words).get_by_role("link", name="举报").click()
    await reads(reader, words)
    await reader.get_by_role("radio", name="辱骂").check()
    await press(reader, "提交举报")
    await reads(reader, "收到了，谢谢您")


async def hide(moderator: Page, words: str) -> None:
    """Hide it with a reason, from the queue."""
    await moderator.goto("/moderation")
    await reads(moderator, words)
    await moderator.get_by_role("radio", name="收起 别人看不到").check()
    await moderator.get_by_role("radio", name="M2 辱骂攻击").check()
    await moderator.get_by_label("给作者的话").fill(WHY)
    await press(moderator, "确定，处理下一条")
    await reads(moderator, "办好了", "没有等着看的举报")


async def learn_why_and_appeal(author: Page) -> None:
    """Find the notice, read the reason, and say why one does not agree."""
    await author.goto("/inbox")
    await follow(author, "收起")
    await reads(author, "辱骂", WHY)
    await author.get_by_label("您为什么不同意").fill(APPEAL)
    await press(author, "提交申诉")
    await reads(author, APPEAL)


async def decide_appeal(supervisor: Page) -> None:
    """Answer the appeal: it is right."""
    await supervisor.goto("/appeals")
    await supervisor.locator(".tasks a").first.click()
    await reads(supervisor, APPEAL)
    await supervisor.get_by_role("radio", name="申诉成立").check()
    await supervisor.get_by_label("理由（作者会看到）").fill("话急了些，不算骂人。")
    await press(supervisor, "确定")
    await expect(supervisor.locator("main")).to_be_visible()
