"""The deeds on the road of a dispute: filing, inviting, agreeing to talk, talking, agreeing, keeping one's word."""

import re

from playwright.async_api import Page, expect

from tests.browser.steps.windows import follow, press, reads

STORY = "卫生间顶上一直滴水，吊顶塌了一块，两家为此吵过好几次。"
FACTS = "四月起 402 室水管漏水，302 室卫生间吊顶塌了一块。"
REPAIR = "更换漏水的水管"


async def file(applicant: Page, email: str) -> str:
    """File the dispute and return the address of the case."""
    await applicant.goto("/disputes/new")
    await applicant.get_by_label("和什么有关").select_option(label="邻里")
    await applicant.get_by_label("发生了什么").fill(STORY)
    await applicant.get_by_label("对方是谁").fill("阿强")
    await applicant.get_by_label("您希望怎么解决").fill("修好水管，赔吊顶的钱。")
    await applicant.get_by_label("对方的邮箱").fill(email)
    await applicant.get_by_label("我已知道").check()
    await press(applicant, "提交申请")
    return applicant.url.removesuffix("/receipt")


async def invite(intake: Page, case: str) -> None:
    """Find the case on the desk and ask the other side to talk."""
    await intake.goto("/desk")
    await intake.locator(f'.tasks a[href="{case[case.index("/cases/") :]}"]').click()
    await reads(intake, STORY)
    await intake.get_by_label("这件事属于调解范围").check()
    await intake.get_by_label("已单独问过申请人").check()
    await press(intake, "请对方来谈")
    await reads(intake, "还在等谁答复")


async def consent(respondent: Page, link: str) -> None:
    """Open the link of the invitation and agree to talk."""
    await respondent.goto(link)
    await reads(respondent, "有人请您来谈一件事")
    await expect(respondent.locator("main")).not_to_contain_text(STORY)
    await press(respondent, "同意调解")
    await reads(respondent, "下一步")


async def accept(intake: Page, case: str) -> None:
    """Take the case in; from now on its number and its people are not for the desk that took it."""
    await intake.goto(case)
    await reads(intake, "都答复了")
    await press(intake, "受理并编号")
    await reads(intake, "已受理")
    await expect(intake.locator("main")).not_to_contain_text("人调字")


async def assign(director: Page, case: str, mediator: str) -> None:
    """Choose who mediates."""
    await director.goto(case)
    await reads(director, "人调字")
    await follow(director, "选调解员")
    await director.get_by_role("radio", name=mediator).check()
    await director.get_by_label("已问过").check()
    await director.get_by_label("调解员本人答应接手").check()
    await press(director, "就请他")


async def enter(page: Page, case: str, room: str) -> None:
    """Go into a room of the case."""
    await page.goto(case)
    await follow(page, room)
    await expect(page.get_by_role("log")).to_be_visible()


async def say(page: Page, words: str, *, live: bool) -> None:
    """Say something in the room one is in; live, the page stays where it is."""
    await page.get_by_label("写消息").fill(words)
    button = page.locator("[data-composer] button.btn--send")
    if live:
        await button.click()
    else:
        async with page.expect_navigation():
            await button.click()
    await expect(page.locator(".msg--me", has_text=words)).to_be_visible()


async def hear(page: Page, words: str, *, live: bool) -> None:
    """Hear what somebody else said: it comes by itself, or when one looks again."""
    if not live:
        await page.reload()
    await expect(page.get_by_role("log")).to_contain_text(words)


async def write_agreement(mediator: Page, case: str) -> None:
    """Write down what was agreed, check it, send it out to be signed."""
    await mediator.goto(case)
    await follow(mediator, "协议")
    await mediator.get_by_label("每一位要受约束的人").check()
    await press(mediator, "开始写协议")
    await mediator.get_by_label("主要事实").fill(FACTS)
    await mediator.get_by_label("争的是什么").fill("谁修水管，赔多少钱。")
    await mediator.get_by_label("各方的责任").fill("水管老化，由阿强负责。")
    for label, value in (("哪一类", "do"), ("谁", "R1"), ("给谁", "A1")):
        await mediator.get_by_label(label, exact=True).first.select_option(value)
    await mediator.get_by_label("做什么，怎么做").first.fill(REPAIR)
    await mediator.get_by_label("最晚哪天").first.fill("2026-05-20")
    await press(mediator, "存好，看看成稿")
    for box in await mediator.get_by_role("checkbox").all():
        await box.check()
    await mediator.get_by_role("radio", name="都没有").check()
    await press(mediator, "定稿，请各方签名")
    await reads(mediator, "协议已定稿")


async def prove(page: Page, case: str, outbox: Page) -> None:
    """Have a code sent, and read it in the mail."""
    await page.goto(f"{case}/agreement")
    await press(page, "把验证码发给我")
    await outbox.goto("/outbox")
    await outbox.locator(".tasks a", has_text="验证码").first.click()
    found = re.search(r"：(\d{6})", await outbox.locator("pre").inner_text())
    assert found
    await page.get_by_label("邮件里的六位数字").fill(found[1])


async def sign(party: Page, case: str, name: str, outbox: Page) -> None:
    """Read the agreement in plain words and sign it."""
    await prove(party, case, outbox)
    await reads(party, "一眼看明白", REPAIR)
    await party.get_by_label("您的姓名").fill(name)
    await party.get_by_label("我看完了，同意协议内容").check()
    await press(party, "签名")
    await reads(party, "您签好了")


async def seal(director: Page, case: str, outbox: Page) -> None:
    """Seal it; it takes effect."""
    await prove(director, case, outbox)
    await press(director, "盖章，让协议生效")
    await reads(director, "公章已盖，协议生效了")


async def confirm_kept(applicant: Page, case: str) -> None:
    """Confirm that the promise was kept."""
    await applicant.goto(f"{case}/agreement")
    await press(applicant, "办好了，我确认")
    await reads(applicant, "已记下")


async def visit_and_close(mediator: Page, case: str) -> None:
    """Visit both, and close the case."""
    await mediator.goto(case)
    await mediator.get_by_label("已回访").check()
    await mediator.get_by_label("已问过是否满意").check()
    await press(mediator, "回访完成，结案")
    await reads(mediator, "结果：达成书面协议")
