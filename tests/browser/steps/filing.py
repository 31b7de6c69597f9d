"""The deeds before the talks: filing, being asked, asking, noting who could not be found, going on without somebody."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page

from tests.browser.steps.windows import follow, press, reads


@dataclass(frozen=True)
class Story:
    """What somebody writes on the page on which a dispute is filed."""

    kind: str
    words: str
    other: str
    email: str = ""
    place: str = ""


async def file(applicant: Page, story: Story) -> str:
    """File a dispute from its door and return the address of the case; the receipt stays open."""
    await applicant.goto("/disputes")
    await follow(applicant, "申请调解")
    await applicant.get_by_label("和什么有关").select_option(label=story.kind)
    await applicant.get_by_label("发生了什么").fill(story.words)
    await applicant.get_by_label("对方是谁").fill(story.other)
    await applicant.get_by_label("事情发生在哪里").fill(story.place)
    await applicant.get_by_label("对方的邮箱").fill(story.email)
    await applicant.get_by_label("我已知道").check()
    await press(applicant, "提交申请")
    return applicant.url.removesuffix("/receipt")


async def name_another(clerk: Page, case: str, name: str, email: str = "", *, needed: bool) -> None:
    """Name one more of the other side."""
    await clerk.goto(case)
    await follow(clerk, "再加一位对方当事人")
    await clerk.get_by_label("对方姓名或称呼").fill(name)
    await clerk.get_by_label("对方邮箱").fill(email)
    if needed:
        await clerk.get_by_label("必要当事人").check()
    await press(clerk, "加上")
    await reads(clerk, name)


async def invite(clerk: Page, case: str) -> None:
    """Ask everybody who was named to come and talk."""
    await clerk.goto(case)
    await clerk.get_by_label("这件事属于调解范围").check()
    await clerk.get_by_label("已单独问过申请人").check()
    await press(clerk, "请对方来谈")
    await reads(clerk, "还在等谁答复")


async def open_link(respondent: Page, link: str) -> None:
    """Open the link of the letter and read what is asked, and nothing of what is claimed."""
    await respondent.goto(link)
    await reads(respondent, "有人请您来谈一件事", "不收钱，全凭自愿")


async def agree(respondent: Page, link: str, name: str) -> None:
    """Agree to talk, without an account."""
    await open_link(respondent, link)
    await respondent.get_by_label("怎么称呼您").fill(name)
    await press(respondent, "同意调解")
    await reads(respondent, "下一步")


async def tried(clerk: Page, case: str, name: str, what: str) -> None:
    """Note that somebody was called or visited in vain."""
    await clerk.goto(case)
    async with clerk.expect_navigation():
        await asked(clerk, name).get_by_role("button", name=what).click()


async def said(clerk: Page, case: str, name: str, answer: str, how: str) -> None:
    """Note what somebody answered by word of mouth."""
    await clerk.goto(case)
    form = asked(clerk, name)
    await form.get_by_role("radio", name=answer, exact=True).check()
    await form.get_by_role("radio", name=how).check()
    async with clerk.expect_navigation():
        await form.get_by_role("button", name="记下答复").click()


def asked(clerk: Page, name: str) -> Locator:
    """Return the part of the page about one who has not answered."""
    return clerk.get_by_role("region", name=name, exact=True)


async def tries(clerk: Page, case: str, name: str, *words: str) -> None:
    """Read how often and in which ways somebody was tried."""
    await clerk.goto(case)
    await asked(clerk, name).get_by_role("link", name="联系过几次").click()
    await reads(clerk, *words)


async def go_on_without(clerk: Page, case: str, name: str) -> None:
    """Sever somebody who is not needed; the others said so in writing."""
    await clerk.goto(case)
    await follow(clerk, "部分当事人先行")
    await clerk.get_by_role("radio", name=name).check()
    await clerk.get_by_label("其他当事人都书面同意先谈").check()
    await press(clerk, "其他人先谈")


async def register(clerk: Page, who: str, whom: str, number: str) -> None:
    """Register what the hotline sent under its number, and when it came to them."""
    await clerk.goto("/desk")
    await follow(clerk, "收件台")
    await follow(clerk, "登记一件")
    await clerk.get_by_label("怎么来的").select_option(label="12345 热线")
    await clerk.get_by_label("谁来反映的").fill(who)
    await clerk.get_by_label("对方是谁").fill(whom)
    await clerk.get_by_label("事情发生在哪里").fill("3号楼302")
    await clerk.get_by_label("发生了什么").fill("楼上 402 漏水，请派人来看。")
    await clerk.get_by_label("和什么有关").select_option(label="邻里")
    await clerk.get_by_text("别处转来的，或者还知道更多").click()
    await clerk.get_by_label("来文或工单编号").fill(number)
    await clerk.get_by_label("对方最早收到的时间").fill("2026-09-01T08:00")
    await press(clerk, "登记，打印回执")


async def open_sheet(clerk: Page, case: str) -> str:
    """Find a filing in the queue of intake and open its sheet; return its path."""
    code = case.rsplit("/", 1)[1]
    await clerk.goto("/desk/intake")
    async with clerk.expect_navigation():
        await clerk.locator(f'.tasks a[href$="/{code}"]').click()
    await reads(clerk, "可能是同一件事")
    return f"/desk/intake/{code}"
