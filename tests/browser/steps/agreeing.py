"""The deeds of an agreement: its lines, its check, its signatures, its seal, and what is owed by it."""

from dataclasses import dataclass

from playwright.async_api import Page

from tests.browser.steps.mediation import prove
from tests.browser.steps.windows import follow, press, reads


@dataclass(frozen=True)
class Term:
    """One line: who, for whom, how much in yuan or what, until when; ``times`` months running, or for each member."""

    who: str
    until: str
    amount: str = ""
    what: str = ""
    whom: str = "A1"
    kind: str = ""
    times: str = ""
    each: bool = False


async def write(mediator: Page, case: str, *terms: Term, total: str = "") -> None:
    """Begin the agreement and write it down."""
    await mediator.goto(case)
    await follow(mediator, "协议")
    await mediator.get_by_label("每一位要受约束的人").check()
    await press(mediator, "开始写协议")
    await fill(mediator, *terms, total=total)
    await press(mediator, "存好，看看成稿")


async def fill(mediator: Page, *terms: Term, total: str) -> None:
    """Fill the form in, lines that are no longer there emptied."""
    await mediator.get_by_label("主要事实").fill("事情的经过双方都认。")
    await mediator.get_by_label("争的是什么").fill("怎样办，多少钱。")
    await mediator.get_by_label("各方的责任").fill("各方不再追究责任。")
    while await mediator.locator("fieldset.term").count() < len(terms):
        await press(mediator, "再加一行")
    for row in range(1, await mediator.locator("fieldset.term").count() + 1):
        await _row(mediator, row, terms[row - 1] if row <= len(terms) else Term("", "", whom=""))
    await mediator.get_by_label("付款合计").fill(total)


async def _row(mediator: Page, row: int, term: Term) -> None:
    kind = term.kind or ("" if not term.who else "pay" if term.amount else "do")
    for name, value in (("kind", kind), ("who", term.who), ("whom", term.whom)):
        await mediator.select_option(f"#f-{name}-{row}", value)
    cells = (("amount", term.amount), ("until", term.until), ("what", term.what), ("times", term.times))
    for name, value in cells:
        await mediator.fill(f"#f-{name}-{row}", value)
    if term.each:
        await mediator.check(f"#f-each-{row}")


async def send_out(mediator: Page, by_hand: str = "") -> None:
    """Check everything on the page that shows the final words, and send it round; somebody may sign by hand."""
    for box in await mediator.locator("input[name=legality]").all():
        await box.check()
    if by_hand:
        await mediator.get_by_role("checkbox", name=by_hand).check()
    await mediator.get_by_role("radio", name="都没有").check()
    await press(mediator, "定稿，请各方签名")
    await reads(mediator, "协议已定稿")


async def sign(page: Page, case: str, name: str, outbox: Page) -> None:
    """Read the agreement and sign it."""
    await prove(page, case, outbox)
    await page.get_by_label("您的姓名").fill(name)
    await page.get_by_label("我看完了，同意协议内容").check()
    await press(page, "签名")
    await reads(page, "您签好了")
