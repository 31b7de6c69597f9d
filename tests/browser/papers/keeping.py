"""Disputes that are put away: a dossier and a wish for deletion, and a day on which everything was on paper."""

from zipfile import ZipFile

from playwright.async_api import expect

from community.rights import Role
from tests.browser.papers.stand import Stand
from tests.browser.steps import mediation
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import follow, link_in_letter, press, reads

LEAK = Story("邻里", "402 室漏水，302 室顶棚湿了。", "周强", "zhou@example.org")


async def play_36(stand: Stand) -> None:
    """No agreement; the case is put away; later she asks for everything to be deleted, and the term is not over."""
    mei, qiang = await stand.play.person("李梅"), await stand.play.person("周强")
    keeper = await stand.play.person("老钱", Role.ARCHIVIST, stand.play.org)
    await stand.until("2026-06-01 09:00")
    case = await stand.talking(mei, qiang, LEAK)
    mediator, hers = await stand.window(stand.world.mediator), await stand.window(mei)
    await mediation.enter(hers, case, "只和调解员")
    await mediation.say(hers, "两千也行", live=False)
    await stand.until("2026-06-05 09:00")
    await mediator.goto(case)
    await mediator.select_option("#f-outcome", value="failed_gap")
    await press(mediator, "终止调解")
    await mediator.goto(case)
    await mediator.locator("#f-served").check()
    await press(mediator, "结案")
    await stand.until("2026-06-10 09:00")
    shelf = await stand.window(keeper)
    await shelf.goto(case)
    await follow(shelf, "归档")
    await stand.look(shelf, "to-the-shelf")
    await shelf.get_by_label("情况说明").fill("没有达成协议，没有协议书。")
    await shelf.get_by_label("单独谈话和内部记录三十天后销毁").check()
    await press(shelf, "归档，从此只看不改")
    await shelf.goto(f"{case}/dossier")
    await stand.look(shelf, "dossier")
    async with shelf.expect_download() as coming:
        await shelf.get_by_role("button", name="导出卷宗").click()
    parcel = stand.folder / f"{stand.name}-dossier.zip"
    await (await coming.value).save_as(parcel)
    with ZipFile(parcel) as opened:
        name = next(each for each in opened.namelist() if each.endswith(".pdf"))
        stand.keep(opened.read(name), "dossier-paper", "卷内目录", "人民调解卷宗", "李梅", "周强", "卷内备考表", "老钱")
    if "两千也行" in parcel.read_bytes().decode("latin-1"):
        stand.wrong.append("what was said alone is in the dossier")
    await stand.until("2027-02-01 09:00")
    await hers.goto(f"{case}/deletion")
    await hers.locator("main form button").first.click()
    await reads(hers, "只和调解员", "第四十七条", "向网信部门投诉")
    await stand.look(hers, "not-yet")


async def play_38(stand: Stand) -> None:
    """A day without power: blank forms printed before, the sheet keyed in with its own time, its scan kept."""
    qiang = await stand.play.person("周强")
    anybody = await stand.outbox()
    await anybody.goto("/forms/blank")
    await stand.look(anybody, "blank-forms")
    links = anybody.locator(".tasks a")
    titles = [await link.locator("b").inner_text() for link in await links.all()]
    for title in titles:
        await anybody.goto("/forms/blank")
        await stand.sheet(anybody, title, "blank", title, "纸面形成时间")
    desk = await stand.window(stand.world.intake)
    await desk.goto("/desk/intake/new")
    await desk.get_by_label("怎么来的").select_option(label="窗口")
    await desk.get_by_label("谁来反映的").fill("李梅")
    await desk.get_by_label("对方是谁").fill("周强")
    await desk.get_by_label("发生了什么").fill("漏水。")
    await desk.get_by_label("和什么有关").select_option(label="邻里")
    await desk.get_by_label("已读给当事人听").select_option(label="签名")
    await desk.get_by_text("别处转来的，或者还知道更多").click()
    await desk.locator("[name=on_paper]").check()
    await desk.get_by_label("对方最早收到的时间").fill("2026-04-30T10:00")
    await stand.look(desk, "keyed-in")
    await press(desk, "登记，打印回执")
    case = desk.url.removesuffix("/receipt")
    await stand.print(desk, "receipt", case.rsplit("/", 1)[1])
    await desk.goto(case)
    await desk.get_by_label("对方邮箱").fill("zhou@example.org")
    await desk.get_by_label("这件事属于调解范围").check()
    await desk.get_by_label("已单独问过申请人").check()
    await press(desk, "请对方来谈")
    await stand.street.deliver()
    link = await link_in_letter(anybody, "zhou@example.org", "/i/")
    await mediation.consent(await stand.window(qiang, "phone"), link)
    await desk.goto(case)
    await follow(desk, "纸质申请")
    scan = next(iter(sorted(stand.folder.glob(f"{stand.name}-*blank.pdf"))))
    await desk.locator("input[type=file]").set_input_files(scan)
    await press(desk, "存扫描件")
    await desk.get_by_label("纸上写的受理日期").fill("2026-05-01")
    await stand.look(desk, "scan")
    await press(desk, "照纸上的日期受理并编号")
    director = await stand.window(stand.world.director)
    await director.goto(case)
    await reads(director, "（2026）清河居人调字第1号", "4月30日")
    await stand.look(director, "taken-in")
    await expect(director.locator("main")).to_contain_text("第1号")
