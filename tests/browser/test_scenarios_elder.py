"""A deaf elder who has no telephone: the grid worker files at his door, and he signs with a finger; no script runs."""

from playwright.async_api import Page, expect
from starlette.applications import Starlette

from community.people.rules import Level
from community.rights import Role
from mediation.agreement.models import Signature
from mediation.agreement.queries import signed_name, witness_of
from mediation.case.models import Case, Consent, Party
from mediation.case.states import State
from mediation.intake.models import Assistance
from mediation.intake.rules import Authorised
from tests.browser.people import House, Look, sideways
from tests.browser.steps import agreeing, filing, mediation
from tests.browser.steps.agreeing import Term
from tests.browser.steps.windows import Street, follow, lacks, press, reads
from tests.mediation.scenarios.play import at, begin
from tests.world import World

ELDER, BESIDE, SIGNS = "马福全", "邻居", "手语老师"
STORY = "楼上堆物挡路，出不了门。"
CLEARS = Term("R1", "2026-06-30", what="搬走门口的东西")


async def test_17_a_deaf_elder_and_the_grid_worker(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=False)
    grid, other = await play.person("刘晨", Role.GRID_WORKER), await play.person(BESIDE)
    door = await house.window(grid, look=Look(mode="elder"), javascript=False)
    intake, mediator = [await street.window(person, "desk") for person in (town.intake, town.mediator)]
    await street.until(at("2026-06-01"))
    url = await _at_the_door(door)
    case = await Case.get(code=url.rsplit("/", 1)[1])
    helped = await Assistance.get(case_id=case.id)
    assert (helped.helper_id, helped.authorised) == (grid.id, Authorised.FINGERPRINT)
    assert (await Consent.get(party__case_id=case.id)).method == "on_behalf"

    await filing.invite(intake, url)
    await play.agree(case, other, at("2026-06-01"))
    await mediation.accept(intake, url)
    await door.goto(url)
    await reads(door, "已受理")
    for words in (ELDER, STORY, BESIDE):
        await lacks(door, words)
    assert await sideways(door) == 0

    case = await play.lead(await Case.get(id=case.id), at("2026-06-01"))
    elder = await Party.get(case_id=case.id, side="A")
    await _interpreter(mediator, url)
    await agreeing.write(mediator, url, CLEARS)
    await agreeing.send_out(mediator, by_hand=ELDER)
    await _finger(mediator)
    await play.sign(case, at("2026-06-01"), other, town.mediator)
    await mediator.goto(f"{url}/agreement")
    await follow(mediator, "打印协议书")
    await expect(mediator.locator("body")).to_contain_text(CLEARS.what)
    assert (await play.seal(case, at("2026-06-01 12:10"))).state is State.PERFORMING
    mark = await Signature.get(party_id=elder.id).select_related("version")
    assert (mark.level, mark.signer_id, signed_name(mark), witness_of(mark)) == (Level.S3, None, ELDER, SIGNS)


async def _at_the_door(door: Page) -> str:
    """Write down what he signs, read it back, and let him set his finger to it; return where the case is."""
    await door.goto("/disputes/new")
    await follow(door, "替别人登记，请走这里")
    assert await sideways(door) == 0
    await door.get_by_label("怎么来的").select_option(label="窗口")
    await door.get_by_label("谁来反映的").fill(ELDER)
    await door.get_by_label("对方是谁").fill(BESIDE)
    await door.get_by_label("发生了什么").fill(STORY)
    await door.get_by_label("和什么有关").select_option(label="邻里")
    await press(door, "登记，打印回执")
    await reads(door, "有 1 处要改一下", "请先")
    await door.get_by_label("已读给当事人听").select_option(label="按指印")
    await press(door, "登记，打印回执")
    await reads(door, "您的申请已收到")
    assert await sideways(door) == 0
    return door.url.removesuffix("/receipt")


async def _interpreter(mediator: Page, case: str) -> None:
    """Enter who signs for him: no kin, and sworn."""
    await mediator.goto(case)
    await follow(mediator, "行为能力、代理人、翻译、名册")
    await follow(mediator, ELDER)
    await mediator.get_by_text("登记翻译").click()
    form = mediator.locator("form[action$='/interpreter']")
    await form.get_by_label("姓名").fill(SIGNS)
    await form.get_by_label("语言或者手语").fill("手语")
    await form.get_by_label("他已承诺如实翻译").check()
    async with mediator.expect_navigation():
        await form.get_by_role("button", name="登记").click()
    await reads(mediator, SIGNS, "手语")


async def _finger(mediator: Page) -> None:
    """Enter the fingerprint on the printed sheet; a witness has to be there."""
    await mediator.get_by_text("有人当面签名或者按指印").click()
    form = mediator.locator("form[action$='/hand']")
    await form.get_by_label("哪位当事人").select_option(label=ELDER)
    await form.get_by_role("radio", name="按指印").check()
    await form.get_by_label("签名的人的姓名").fill(ELDER)
    await press(mediator, "记下")
    await expect(mediator.locator("#f-witness-e")).to_contain_text("这一项还没有填")
    await form.get_by_label("见证人或者读协议的人").fill(SIGNS)
    await press(mediator, "记下")
    await reads(mediator, "纸上的签名已记下", "已签好")
