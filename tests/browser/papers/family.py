"""A marriage that ends: its parting is signed on four printed sheets, the money settled apart from it."""

from tests.browser.papers.stand import Stand
from tests.browser.papers.together import by_hand
from tests.browser.steps import agreeing, mediation
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import follow, press, reads

PARTING = Story("婚姻家庭", "双方都想离婚，孩子和钱要说好。", "周强", "zhou@example.org")
APART = Story("婚姻家庭", "离婚以后的分期付款。", "周强", "zhou@example.org")
NOTHING = "协议里有婚姻、亲子等人身关系的约定，法院不确认"


async def play_23(stand: Stand) -> None:
    """The parting is printed, signed by hand before a witness, scanned and sealed; the money is an agreement apart."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-06-01 09:00")
    case = await stand.talking(mei, qiang, PARTING)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await stand.until("2026-06-03 09:00")
    await agreeing.write(mediator, case, Term("R1", "", what="双方自愿离婚。", kind="status"))
    await _sent_on_paper(stand, case)
    await hers.goto(f"{case}/agreement")
    await reads(hers, "这份协议在纸上签", "依法不能电子签名")
    await stand.look(hers, "on-paper")
    await mediator.goto(f"{case}/agreement/paper")
    data = ("一式四份", "双方自愿离婚", "以登记为准")
    sheet = await stand.sheet(mediator, "下载 PDF", "to-be-signed", *data, "＿＿＿＿")
    for name in ("李梅", "周强"):
        await by_hand(mediator, case, name, "王见证")
    await mediator.get_by_label("您的姓名").fill(stand.world.mediator.name)
    await press(mediator, "记下我在纸上签了")
    director = await stand.window(stand.world.director)
    await mediation.prove(director, case, await stand.outbox())
    await press(director, "盖章，让协议生效")
    await reads(director, "先把签好字的纸扫描下来")
    await mediator.goto(f"{case}/agreement")
    await follow(mediator, "去放扫描件")
    await follow(mediator, "加一份证据")
    await mediator.locator("input[type=file]").set_input_files(sheet)
    await mediator.get_by_label("叫什么").fill("签好字的协议")
    await mediator.get_by_label("是哪一种").select_option(label="签好字的文书")
    await mediator.locator("[name=form]").first.check()
    await mediator.get_by_label("各方都可以看").check()
    await mediator.get_by_label("我核对过").check()
    await press(mediator, "加上")
    await mediation.seal(director, case, await stand.outbox())
    await stand.agreement(case, mei, *data, "纸上亲手签名", "见证人王见证", "印章已由保管人加盖")
    await hers.goto(f"{case}/confirmation")
    await reads(hers, NOTHING)
    await stand.look(hers, "no-court")
    await _money(stand)


async def _sent_on_paper(stand: Stand, case: str) -> None:
    """Find that it cannot be signed on a screen, and send it round on paper."""
    mediator = await stand.window(stand.world.mediator)
    for box in await mediator.locator("input[name=legality]").all():
        await box.check()
    await mediator.get_by_role("radio", name="都没有").check()
    await press(mediator, "定稿，请各方签名")
    await reads(mediator, "纸质签署")
    await stand.look(mediator, "not-on-a-screen")
    for box in await mediator.locator("input[name=legality]").all():
        await box.check()
    await mediator.locator("input[name=on_paper][value=yes]").check()
    await press(mediator, "定稿，请各方签名")
    await reads(mediator, "协议已定稿")


async def _money(stand: Stand) -> None:
    """Settle the instalments as a dispute of its own, which a court may confirm."""
    mei, qiang = [await stand.play.person(name) for name in ("李梅", "周强")]
    await stand.until("2026-06-04 09:00")
    case = await stand.talking(mei, qiang, APART)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    parts = (Term("R1", "2026-12-31", "15000", "第一期"), Term("R1", "2027-06-30", "15000", "第二期"))
    await agreeing.write(mediator, case, *parts, total="30000")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    await stand.agreement(case, mei, "人民币壹万伍仟元整（¥15,000.00）", "以上付款合计人民币叁万元整", "2027年6月30日")
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "三十日", "2026年7月6日")
