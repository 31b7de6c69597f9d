"""Disputes before a court: an application refused for want of clearness, and a thirtieth day on a holiday."""

from playwright.async_api import Page, expect

from community.people.models import Person
from tests.browser.papers.stand import Stand
from tests.browser.steps import agreeing
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import follow, press, reads

DEBT = Story("钱和合同", "欠款一直没有还。", "周强", "zhou@example.org")
LEAK = Story("邻里", "402 室漏水。", "周强", "zhou@example.org")
COURT = "云州区人民法院"
ITEMS = ("司法确认申请书", "调解协议书", "主持调解证明")


async def before_court(stand: Stand, case: str, *people: Person, day: str) -> Page:
    """Have everybody apply, hand the papers in, and return the window of the court with the application open."""
    _, liaison = await stand.play.court()
    await stand.until(f"{day} 09:00")
    return await hand_in(stand, case, liaison, *people)


async def hand_in(stand: Stand, case: str, liaison: Person, *people: Person) -> Page:
    """Choose the court, let each apply for themselves, hand it in, and take the package."""
    first = await stand.window(people[0])
    await first.goto(f"{case}/confirmation")
    await stand.look(first, "choose-a-court")
    await first.get_by_label("向哪家法院申请").select_option(index=1)
    await press(first, "就选这家，开始准备")
    for person in people:
        page = await stand.window(person)
        await page.goto(f"{case}/confirmation")
        await page.get_by_label("我自愿申请").check()
        await press(page, "我申请司法确认")
    await first.goto(f"{case}/confirmation")
    await press(first, "提交给法院")
    await stand.look(first, "handed-in")
    await stand.sheet(first, "下载送法院的材料", "package", COURT, *(person.name for person in people), *ITEMS)
    there = await stand.window(liaison)
    await there.goto("/confirmations")
    await there.locator(".tasks a").first.click()
    await reads(there, "材料", "SHA-256")
    await stand.look(there, "at-court")
    return there


async def answered(there: Page, deed: str, number: str, on: str, refusal: str = "") -> None:
    """Enter what the court ruled."""
    await there.get_by_role("radio", name=deed).check()
    await there.get_by_label("文书编号").fill(number)
    await there.get_by_label("文书日期").fill(on)
    if refusal:
        await there.get_by_label("驳回或者不予受理的理由").select_option(label=refusal)
    await press(there, "登记")
    await reads(there, number)


async def play_30(stand: Stand) -> None:
    """Refused for want of clearness: the agreement binds on, a supplement names the days, and it is asked again."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-09-01 09:00")
    case = await stand.talking(mei, qiang, DEBT)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await stand.until("2026-09-05 09:00")
    await agreeing.write(mediator, case, Term("R1", "", "5000"), total="5000")
    await reads(mediator, "定稿前还要改")
    await follow(mediator, "回去改")
    await agreeing.fill(mediator, Term("R1", "2026-12-31", "5000", "分期付清"), total="5000")
    await press(mediator, "存好，看看成稿")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    there = await before_court(stand, case, mei, qiang, day="2026-09-25")
    await stand.until("2026-10-08 09:00")
    await answered(there, "裁定驳回申请", "（2026）云0101民特30号", "2026-10-08", "驳回：内容不明确")
    await stand.look(there, "refused")
    await stand.street.deliver()
    for person in (mei, qiang):
        page = await stand.window(person)
        await page.goto("/inbox")
        await reads(page, "法院没有确认协议")
        await page.goto(f"{case}/confirmation")
        await reads(page, "内容不明确", "补充协议", "重新调解", "向法院起诉")
    await stand.look(hers, "ways-on")
    await stand.until("2026-10-10 09:00")
    await mediator.goto(case)
    await follow(mediator, "补正变更协议")
    await mediator.get_by_label("为什么变更").fill("分期的日子没有写。")
    await mediator.get_by_role("radio", name="没有").check()
    await press(mediator, "开始写补充协议")
    parts = (Term("R1", "2026-10-31", "2500", "第一期"), Term("R1", "2026-11-30", "2500", "第二期"))
    await agreeing.fill(mediator, *parts, total="5000")
    await press(mediator, "存好，看看成稿")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    await stand.agreement(case, mei, "-协1-补1", "2026年10月31日前（含当日）", "2026年11月30日前（含当日）")
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "2026年11月9日", "以前的申请")
    liaison = next(person for person in await Person.filter(name="联络人"))
    await hand_in(stand, case, liaison, mei, qiang)


async def play_31(stand: Stand) -> None:
    """In effect on 5 September: the thirtieth day is a holiday; reminders on days 0, 10, 20, 25 and 28."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-09-01 09:00")
    case = await stand.talking(mei, qiang, LEAK)
    mediator, hers, his = [await stand.window(person) for person in (stand.world.mediator, mei, qiang)]
    await stand.until("2026-09-05 10:00")
    await agreeing.write(mediator, case, Term("R1", "2026-12-31", "3200"), total="3200")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    await stand.street.deliver()
    _, liaison = await stand.play.court()
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "2026年10月5日", "2026年10月8日", "顺延到下一个工作日")
    await stand.look(hers, "two-days")
    for day, seen in ((0, 1), (9, 1), (10, 2), (19, 2), (20, 3), (25, 4), (27, 4), (28, 5)):
        await stand.until(f"2026-{9 if day < 26 else 10:02}-{5 + day if day < 26 else day - 25:02} 12:00")
        await his.goto("/inbox")
        await expect(his.locator("main").get_by_text("建议最晚")).to_have_count(seen)
    await stand.look(his, "reminded")
    await hand_in(stand, case, liaison, mei, qiang)
    await stand.agreement(case, mei, "2026年9月5日", "自生效之日起三十日内")
