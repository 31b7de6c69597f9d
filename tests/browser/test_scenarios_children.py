"""A mother and her three children, one of whom nobody finds; on telephones on which no script runs."""

from playwright.async_api import expect
from starlette.applications import Starlette

from mediation.agreement.queries import obligations_of
from mediation.case.models import Case, Invitation, Party, Will
from mediation.case.states import State
from tests.browser.people import House, sideways
from tests.browser.steps import agreeing, filing, mediation
from tests.browser.steps.agreeing import Term
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import Street, follow, lacks, link_in_letter, press, reads
from tests.mediation.scenarios.play import at, begin
from tests.world import World

SUPPORT = Story("婚姻家庭", "三个子女都不给赡养费。", "陈大", "first@example.org")
SHARES = [Term(sign, "2026-07-05", "500", "每月赡养费") for sign in ("R1", "R2")]
MISSING = Term("R3", "2026-07-05", "500")
NOT_THERE = "有人要承担义务却不在签名之列，请改条款，或者请他签名。"
APART = "陈小没有参加本协议，其权利义务不受本协议影响，可以另行处理。"


async def test_04_one_of_three_children_is_missing(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=False)
    parent, younger = await play.person("陈桂英"), await play.person("陈二")
    mother, first, outbox = await street.window(parent), await street.window(), await street.window()
    intake, mediator = [await street.window(person, "desk") for person in (town.intake, town.mediator)]
    await street.until(at("2026-06-01 09:00"))
    url = await filing.file(mother, SUPPORT)
    assert await sideways(mother) == 0
    case = await Case.get(code=url.rsplit("/", 1)[1])
    await filing.name_another(intake, url, "陈二", "second@example.org", needed=True)
    await filing.name_another(intake, url, "陈小", needed=False)
    await filing.invite(intake, url)
    await filing.tried(intake, url, "陈小", "打了电话，没接通")
    await filing.tried(intake, url, "陈小", "上了门，没见到")
    await filing.tries(intake, url, "陈小", "联系过 3 次，用过 3 种办法，上过门")
    await street.deliver()
    await street.until(at("2026-06-04 09:00"))
    await filing.agree(first, await link_in_letter(outbox, SUPPORT.email, "/i/"), "陈大")
    await reads(first, "等所有要来的人都答复了")
    await lacks(first, "撤回申请")
    await play.agree(case, younger, at("2026-06-04 09:00"), ordinal=2)
    await filing.go_on_without(intake, url, "陈小")
    await mediation.accept(intake, url)
    await play.lead(await Case.get(id=case.id), at("2026-06-04 09:00"))

    await agreeing.write(mediator, url, *SHARES, MISSING, total="1500")
    await follow(mediator, NOT_THERE)
    await expect(mediator.locator("#f-who-3-e")).to_contain_text(NOT_THERE)
    await agreeing.fill(mediator, *SHARES, total="1000")
    await press(mediator, "存好，看看成稿")
    await reads(mediator, APART)
    await agreeing.send_out(mediator)
    await agreeing.sign(first, url, "陈大", outbox)
    await play.sign(case, at("2026-06-04 09:00"), parent, younger, town.mediator)
    await play.seal(case, at("2026-06-04 09:10"))

    await first.goto(f"{url}/agreement")
    await reads(first, "已生效", "陈大 → 陈桂英", "500.00 元", "每月赡养费", "付款一共 1,000.00 元", APART)
    await lacks(first, "陈小 → 陈桂英")
    assert await sideways(first) == 0
    await mother.goto(url)
    await reads(mother, "协议已经生效")
    await lacks(mother, "被申请人陈小")
    await case.refresh_from_db()
    assert case.state is State.PERFORMING
    owed = await obligations_of(case)
    assert [(each.clause.obligor.sign, each.clause.amount_fen) for each in owed] == [("R1", 50000), ("R2", 50000)]
    daughter = await Party.get(case_id=case.id, ordinal=3)
    assert daughter.left_at
    tried = [each.channel for each in await Invitation.filter(party_id=daughter.id)]
    assert (len(tried), len(set(tried)), daughter.will) == (3, 3, Will.INVITED)
