"""A leak between neighbours, whole, at its dates: from the filing on a telephone to what is owed by the agreement."""

from datetime import date

from starlette.applications import Starlette

from mediation.agreement.models import Agreement, Obligation
from mediation.case.models import Case
from mediation.case.states import Clock, State
from tests.browser.people import House, sideways
from tests.browser.steps import agreeing, filing, mediation
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import Street, come_back, follow, link_in_letter, reads
from tests.mediation.scenarios.play import at, begin, due
from tests.world import World

LEAK = Story("邻里", "402 室漏水，302 室顶棚损坏，修理要 3,200 元。", "周强", "zhou@example.org", "3号楼302")
PAYS = Term("R1", "2026-09-30", "3200")


async def test_01_a_leak_between_neighbours(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town, before=11), Street(house, app, javascript=True)
    mei = await street.window(await play.person("李梅"))
    qiang, outbox = await street.window(), await street.window()
    intake, director, mediator = [
        await street.window(person, "desk") for person in (town.intake, town.director, town.mediator)
    ]
    await street.until(at("2026-08-24 09:10"))
    url = await filing.file(mei, LEAK)
    code = url.rsplit("/", 1)[1]
    await reads(mei, "您的申请已收到", code, "8月24日 周一 09:10 收到，从这一刻起诉讼时效中断")
    assert await sideways(mei) == 0
    await intake.goto(url)
    await reads(intake, "审查受理：2026年8月27日")

    await street.until(at("2026-08-26"))
    await filing.invite(intake, url)
    await street.deliver()
    await street.until(at("2026-08-27"))
    link = await link_in_letter(outbox, LEAK.email, "/i/")
    await filing.open_link(qiang, link)
    assert await sideways(qiang) == 0
    await intake.goto(url)
    await reads(intake, "已看到邀请，等答复")
    await street.until(at("2026-08-28"))
    await filing.agree(qiang, link, "周强")
    await mediation.accept(intake, url)
    for page in (mei, qiang):
        await page.goto(url)
        await reads(page, "（2026）清河居人调字第12号", "最晚 2026年9月28日 有结果", "大家都愿意谈，正在选调解员")
        assert await sideways(page) == 0
    await street.until(at("2026-08-31"))
    await mediation.assign(director, url, town.mediator.name)

    await street.until(at("2026-09-12 10:00"))
    await agreeing.write(mediator, url, PAYS, total="3200")
    await agreeing.send_out(mediator)
    await street.deliver()
    await qiang.goto(await link_in_letter(outbox, LEAK.email, "/cases/"))
    await come_back(qiang, LEAK.email, outbox)
    for page, name in ((mei, "李梅"), (qiang, "周强"), (mediator, town.mediator.name)):
        await agreeing.sign(page, url, name, outbox)
    await street.until(at("2026-09-12 10:10"))
    await mediation.seal(director, url, outbox)

    for page in (mei, qiang):
        await page.goto(url)
        await follow(page, "看协议和履行情况")
        await reads(
            page, "已生效", "9月12日 周六 10:10", "（2026）清河居人调字第12号-协1", "3,200.00 元", "最晚 2026年9月30日"
        )
        await page.get_by_text("协议全文").click()
        await reads(page, "一式三份，当事人各执一份")
        assert await sideways(page) == 0
        await page.goto(url)
        await follow(page, "期限和依据")
        await reads(page, "司法确认", "最后一天：2026年10月12日", "约定的履行日", "2026年9月30日")
    await street.looks_well(mei)
    await _bound(code)


async def _bound(code: str) -> None:
    """Find what binds, with its days."""
    case = await Case.get(code=code)
    assert case.state is State.PERFORMING
    assert (await due(case, Clock.JC)).due == date(2026, 10, 12)
    assert (await Agreement.get(case_id=case.id)).effective_at == at("2026-09-12 10:10")
    owed = await Obligation.get(case_id=case.id).select_related("clause")
    assert (owed.clause.amount_fen, owed.due_on) == (320000, date(2026, 9, 30))
