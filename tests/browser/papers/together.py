"""Disputes of many: a mother and three children of whom one is far away, and forty homeowners."""

from playwright.async_api import Page, expect

from community.people.models import Person
from tests.browser.papers.stand import Stand
from tests.browser.steps import agreeing, filing, mediation
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import follow, link_in_letter, press, reads
from tests.printed import split_rows

SUPPORT = Story("婚姻家庭", "三个子女都不给赡养费。", "陈大", "first@example.org")
SHARES = [Term(sign, "2026-07-05", "500", "每月赡养费", times="12") for sign in ("R1", "R2")]
APART = "陈小没有参加本协议，其权利义务不受本协议影响，可以另行处理。"
PARKING = Story("房屋宅基地", "停车位没有按合同交付。", "开发商", "builder@example.org")
ROSTER = "\n".join(f"业主{n:02}，{n + 100}室" for n in range(1, 41))


async def play_04(stand: Stand) -> None:
    """A mother and her children: two are bound for twelve months, the third joins later by a supplement."""
    mother = await stand.play.person("陈桂英")
    sons = [await stand.play.person(name) for name in ("陈大", "陈二")]
    await stand.until("2026-06-01 09:00")
    desk, director = await stand.window(stand.world.intake), await stand.window(stand.world.director)
    mediator, outbox = await stand.window(stand.world.mediator), await stand.outbox()
    case = await filing.file(await stand.window(mother, "phone"), SUPPORT)
    await filing.name_another(desk, case, "陈二", "second@example.org", needed=True)
    await filing.name_another(desk, case, "陈小", needed=False)
    await filing.invite(desk, case)
    await filing.tried(desk, case, "陈小", "打了电话，没接通")
    await filing.tried(desk, case, "陈小", "上了门，没见到")
    await filing.tries(desk, case, "陈小", "联系过 3 次，用过 3 种办法，上过门")
    await stand.look(desk, "tried")
    await stand.street.deliver()
    await stand.until("2026-06-04 09:00")
    for person, email in zip(sons, ("first@example.org", "second@example.org"), strict=True):
        await mediation.consent(await stand.window(person, "phone"), await link_in_letter(outbox, email, "/i/"))
    await filing.go_on_without(desk, case, "陈小")
    await mediation.accept(desk, case)
    await mediation.assign(director, case, stand.world.mediator.name)
    await stand.until("2026-06-10 09:00")
    await agreeing.write(mediator, case, *SHARES, Term("R3", "2026-07-05", "500"), total="12500")
    await reads(mediator, "有人要承担义务却不在签名之列")
    await stand.look(mediator, "who-is-not-there")
    await follow(mediator, "有人要承担义务却不在签名之列")
    await agreeing.fill(mediator, *SHARES, total="12000")
    await press(mediator, "存好，看看成稿")
    await agreeing.send_out(mediator)
    await stand.sign(case, mother, *sons, stand.world.mediator)
    await stand.seal(case)
    monthly = "自2026年7月5日起，每月5日前（含当日），共12次，每次"
    await stand.agreement(case, mother, APART, f"陈大{monthly}", f"陈二{monthly}", "人民币伍佰元整（¥500.00）")
    await _joins(stand, case, mother, *sons)


async def _joins(stand: Stand, case: str, mother: Person, *sons: Person) -> None:
    """Let the daughter join: said in writing, a supplement for three, signed by hand."""
    await stand.until("2026-07-02 09:00")
    mediator = await stand.window(stand.world.mediator)
    await mediator.goto(f"{case}/people")
    await stand.look(mediator, "she-joins")
    form = mediator.locator("form[action$='/joining']")
    await form.get_by_label("他书面愿意加入这份协议").check()
    await press(mediator, "登记加入，再写补充协议")
    await mediator.goto(case)
    await follow(mediator, "补正变更协议")
    await mediator.get_by_label("为什么变更").fill("陈小愿意一起出赡养费。")
    await mediator.get_by_role("radio", name="没有").check()
    await press(mediator, "开始写补充协议")
    await agreeing.fill(mediator, *SHARES, Term("R3", "2026-07-05", "500", "每月赡养费", times="12"), total="18000")
    await press(mediator, "存好，看看成稿")
    await agreeing.send_out(mediator, by_hand="陈小")
    await by_hand(mediator, case, "陈小", "王律师")
    await stand.sign(case, mother, *sons, stand.world.mediator)
    await stand.seal(case)
    data = ("陈小自2026年7月5日起", "-协1-补1", "纸上亲手签名，见证人王律师", "本协议一式五份")
    await stand.agreement(case, mother, *data)


async def by_hand(mediator: Page, case: str, name: str, witness: str) -> None:
    """Enter that somebody signed the printed sheet before a witness."""
    await mediator.goto(f"{case}/agreement")
    form = mediator.locator("form[action$='/hand']")
    if not await form.is_visible():
        await mediator.get_by_text("有人当面签名或者按指印").click()
    await form.get_by_label("哪位当事人").select_option(label=name)
    await form.get_by_role("radio", name="亲手签名").check()
    await form.get_by_label("签名的人的姓名").fill(name)
    await form.get_by_label("见证人或者读协议的人").fill(witness)
    await press(mediator, "记下")
    await reads(mediator, "纸上的签名已记下")


async def play_20(stand: Stand) -> None:
    """Forty homeowners: three speak for them, 33 say yes, 4 no, 3 nothing; 99,000 yuan for those who said yes."""
    first, developer = await stand.play.person("业主01"), await stand.play.person("开发商")
    await stand.until("2026-06-01 09:00")
    case = await stand.talking(first, developer, PARKING)
    mediator = await stand.window(stand.world.mediator)
    await mediator.goto(case)
    await follow(mediator, "行为能力、代理人、翻译、名册")
    await follow(mediator, "业主01")
    await mediator.get_by_label("名册").fill(ROSTER)
    await press(mediator, "登记名册")
    boxes = mediator.locator("input[name=chosen]")
    for many, told in ((6, "2 到 5"), (3, "代表人：3 位")):
        for n in range(6):
            await boxes.nth(n).set_checked(n < many)
        await press(mediator, "记下推选结果")
        await reads(mediator, told)
    roster = mediator.url
    await agreeing.write(mediator, case, Term("R1", "2026-07-31", "3000", each=True))
    await agreeing.send_out(mediator)
    await mediator.goto(roster)
    for n in range(1, 38):
        row = mediator.locator("ul.plain li", has_text=f"业主{n:02}")
        async with mediator.expect_navigation():
            await row.get_by_role("button", name="认可" if n < 34 else "不认可", exact=True).click()
    await reads(mediator, "认可 33 人，不认可 4 人，还没有说 3 人")
    await stand.look(mediator, "forty")
    await stand.sign(case, first, developer, stand.world.mediator)
    director = await stand.window(stand.world.director)
    await stand.wait(days=3)
    await mediation.prove(director, case, await stand.outbox())
    await press(director, "盖章，让协议生效")
    await expect(director.locator("body")).to_contain_text("还有 3 位没有表态")
    await stand.wait(days=6)
    await mediation.seal(director, case, await stand.outbox())
    his = await stand.window(developer)
    await his.goto(f"{case}/agreement")
    await reads(his, "40 人里，33 位认可，4 位不认可，3 位还没有说", "人民币叁仟元整")
    names = [f"业主{n:02}" for n in range(1, 41)]
    sheet = await stand.agreement(case, developer, "中认可本协议的每一位成员", "¥3,000.00", "认可33人", *names)
    cut = split_rows(sheet, [(name, f"{n + 100}室") for n, name in enumerate(names, start=1)])
    stand.wrong += [f"the row of {name} is cut" for name in cut]
