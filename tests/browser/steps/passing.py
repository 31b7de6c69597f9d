"""The deeds of passing a case on: sending it to somebody, sending it back, deciding at the centre."""

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

DUTY = "平安建设条例第十二条"
NOT_OURS = "不属于我们的职责，请退回原单位。"


async def hand_on(sender: Page, case: str, to: str, track: str) -> None:
    """Send the case to another organisation, on the ground of a duty by law."""
    await sender.goto(case)
    await follow(sender, "移交")
    option = sender.locator("#f-org option", has_text=to)
    await sender.select_option("#f-org", value=await option.get_attribute("value"))
    await sender.get_by_label("走哪条路").select_option(label=track)
    await sender.get_by_label("为什么移交").fill("油烟归他们管，请他们接着办。")
    await sender.get_by_role("radio", name="法定职责").check()
    await sender.get_by_label("哪部法、第几条").fill(DUTY)
    await press(sender, "开始移交")
    await reads(sender, f"送给 {to}", "接收以前，一直由它负责")


async def send_back(receiver: Page, number: str) -> None:
    """Find what came on the desk, read what is in the parcel, and send it back."""
    await receiver.goto("/desk")
    await follow(receiver, "移交")
    await receiver.locator(f'.tasks a:has-text("{number}")').first.click()
    await reads(receiver, "移交清单", "SHA-256", "单独谈的话、调解员的内部记录、谈过的方案和满意度，都不在里面")
    await receiver.get_by_label("为什么退回").fill(NOT_OURS)
    await receiver.get_by_label("依据哪部法、第几条").fill(DUTY)
    await press(receiver, "退回")


async def one_name(party: Page, case: str, name: str) -> None:
    """Read who is responsible: one organisation, this one."""
    await party.goto(case)
    lines = party.get_by_text("负责单位：")
    await expect(lines).to_have_count(1)
    await expect(lines).to_have_text(f"负责单位：{name}")
