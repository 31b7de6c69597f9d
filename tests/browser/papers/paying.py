"""Disputes over money: a leak, a property fee in instalments, a debt paid in part, a wrong amount."""

from pathlib import Path

from community.people.models import Person
from tests.browser.papers.court import answered, before_court
from tests.browser.papers.stand import Stand
from tests.browser.steps import agreeing
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import follow, press, reads

LEAK = Story("邻里", "402 室漏水，302 室顶棚损坏，修理要 3,200 元。", "周强", "zhou@example.org", "1号楼302室")
FEES = Story("物业", "五个季度，每季度 486.50 元，一共 2,432.50 元，没有交。", "王刚", "wang@example.org")


async def play_01(stand: Stand) -> None:
    """李梅 and 周强: a leak, 3,200 yuan, in effect on a Saturday, thirty days for the court."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-08-24 09:10")
    case = await stand.talking(mei, qiang, LEAK, days=2)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await stand.until("2026-09-12 10:00")
    await agreeing.write(mediator, case, Term("R1", "2026-09-30", "3200"), total="3200")
    await stand.look(mediator, "final-words")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.look(hers, "signed")
    await stand.seal(case)
    number = "（2026）清河居人调字第12号-协1"
    data = (number, "申请人：李梅", "被申请人：周强", "人民币叁仟贰佰元整（¥3,200.00）", "2026年9月30日前（含当日）")
    rest = (
        "本协议一式三份",
        "2026年9月12日",
        "调解组织（印章）",
        "已由保管人加盖",
        "人民调解员（签名）",
        "吴老师",
    )
    await stand.agreement(case, mei, *data, *rest)
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "2026年10月12日")
    await stand.look(hers, "thirty-days")
    await hers.goto(f"{case}/receipt")
    await reads(hers, "诉讼时效中断")
    await stand.print(hers, "receipt-paper", case.rsplit("/", 1)[1], "诉讼时效中断")


async def play_02(stand: Stand) -> None:
    """The property firm and 王刚: a fifth off, three instalments that add up to the fen, three other promises."""
    firm, gang = await stand.play.person("清河物业公司"), await stand.play.person("王刚")
    await stand.until("2026-06-01 09:00")
    case = await stand.talking(firm, gang, FEES)
    mediator = await stand.window(stand.world.mediator)
    days = ("2026-07-31", "2026-08-31", "2026-09-30")
    others = (
        Term("A1", "", what="免收滞纳金", whom="R1", kind="other"),
        Term("A1", "2026-12-31", what="每周公布保洁记录", whom="R1"),
    )
    off = [Term("R1", day, "648.67", f"第{n}期物业费") for n, day in enumerate(days, start=1)]
    await stand.until("2026-06-10 09:00")
    await agreeing.write(mediator, case, *off, *others, total="1946")
    await reads(mediator, "定稿前还要改")
    await stand.look(mediator, "a-fen-too-much")
    await follow(mediator, "回去改")
    right = [*off[:2], Term("R1", days[2], "648.66", "第3期物业费")]
    await agreeing.fill(mediator, *right, *others, total="1946")
    await stand.look(mediator, "five-lines")
    await press(mediator, "存好，看看成稿")
    await agreeing.send_out(mediator)
    await stand.sign(case, firm, gang, stand.world.mediator)
    await stand.seal(case)
    sums = (
        "陆佰肆拾捌元陆角柒分（¥648.67）",
        "陆佰肆拾捌元陆角陆分（¥648.66）",
        "以上付款合计人民币壹仟玖佰肆拾陆元整",
    )
    when = [f"2026年{month}日前（含当日）" for month in ("7月31", "8月31", "9月30")]
    await stand.agreement(case, gang, "免收滞纳金", "每周公布保洁记录", *sums, *when)


DEBT = Story("钱和合同", "欠款 10,000 元，一直没有还。", "周强", "zhou@example.org")
WORKS = Story("房屋宅基地", "装修的工钱没有结清。", "周强", "zhou@example.org")
WRONG = "金额应为12,800元，误写为18,200元。"


async def play_10(stand: Stand) -> None:
    """A debt of 10,000: confirmed by the court, 6,000 come in time, the rest is late and can be enforced."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-09-01 09:00")
    case = await stand.talking(mei, qiang, DEBT)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await stand.until("2026-09-05 09:00")
    await agreeing.write(mediator, case, Term("R1", "2026-09-30", "10000"), total="10000")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    await stand.agreement(case, mei, "人民币壹万元整（¥10,000.00）", "2026年9月30日前")
    there = await before_court(stand, case, mei, qiang, day="2026-09-08")
    await stand.until("2026-09-20 09:00")
    await answered(there, "裁定协议有效", "（2026）云0101民特10号", "2026-09-20")

    await stand.until("2026-09-28 09:00")
    await mediator.goto(f"{case}/agreement")
    await mediator.get_by_text("只付了一部分").click()
    part = mediator.locator("form", has=mediator.get_by_label("这次收到多少钱（元）"))
    await part.get_by_label("这次收到多少钱（元）").fill("6000")
    await part.get_by_label("看过什么凭证").fill("收条，9月28日")
    async with mediator.expect_navigation():
        await part.get_by_role("button", name="记下这一笔").click()
    await reads(mediator, "已付 6,000.00 元，还欠 4,000.00 元")
    await stand.until("2026-10-01 00:05")
    await hers.goto(f"{case}/agreement")
    await reads(hers, "有约定到期没有办", "还欠 4,000.00 元", "强制执行")
    await stand.look(hers, "broken")
    await follow(hers, "没有履行，怎么办")
    await reads(hers, "向法院申请强制执行", "2028年10月4日", "还欠 4,000.00 元")
    await stand.look(hers, "roads")
    await follow(hers, "打印申请书")
    data = (
        "强制执行申请书",
        "申请执行人：李梅",
        "被执行人：周强",
        "人民币肆仟元整（¥4,000.00）",
        "（2026）云0101民特10号",
    )
    await stand.sheet(hers, "下载 PDF", "enforce", *data, "《中华人民共和国民事诉讼法》第二百零六条", "附件")
    await stand.print(hers, "enforce-printed", *data)
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "法院已确认有效", "还欠 4,000.00 元", "2028年10月4日")
    await stand.look(hers, "to-enforce")


async def play_14(stand: Stand) -> None:
    """A wrong amount is found after two days: the first sheet stays, a supplement says what was meant."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    await stand.until("2026-06-01 09:00")
    case = await stand.talking(mei, qiang, WORKS)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await stand.until("2026-06-10 09:00")
    await agreeing.write(mediator, case, Term("R1", "2026-07-31", "18200"), total="18200")
    await agreeing.send_out(mediator)
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    first = await stand.agreement(case, mei, "人民币壹万捌仟贰佰元整（¥18,200.00）", "-协1")
    await stand.until("2026-06-12 09:00")
    again = await changed(stand, case, mei, qiang)
    if again.read_bytes() != first.read_bytes():
        stand.wrong.append("the first sheet has changed")
    await hers.goto(f"{case}/confirmation")
    await reads(hers, "2026年7月10日")


async def changed(stand: Stand, case: str, mei: Person, qiang: Person) -> Path:
    """Write, sign and seal the supplement, and return the first sheet as it is handed out afterwards."""
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await mediator.goto(case)
    await follow(mediator, "补正变更协议")
    await mediator.get_by_label("为什么变更").fill(WRONG)
    await mediator.get_by_role("radio", name="没有").check()
    await stand.look(mediator, "why-changed")
    await press(mediator, "开始写补充协议")
    await agreeing.fill(mediator, Term("R1", "2026-07-31", "12800"), total="12800")
    await press(mediator, "存好，看看成稿")
    await reads(mediator, WRONG)
    await agreeing.send_out(mediator)
    his = await stand.window(qiang)
    await his.goto(f"{case}/agreement")
    await reads(his, "这是补充协议", "可以请人民法院撤销或者变更")
    await stand.look(his, "supplement-to-sign")
    await follow(his, "哪里改过")
    await reads(his, "第 2 稿，和第 1 稿比", "18,200.00", "12,800.00")
    await stand.look(his, "what-changed")
    await stand.sign(case, mei, qiang, stand.world.mediator)
    await stand.seal(case)
    data = ("人民币壹万贰仟捌佰元整（¥12,800.00）", "-协1-补1", WRONG, "原件保留")
    await stand.agreement(case, mei, *data)
    await hers.goto(f"{case}/agreement")
    await follow(hers, "看最初的协议")
    return await stand.sheet(hers, "下载 PDF", "first-again", "人民币壹万捌仟贰佰元整（¥18,200.00）")
