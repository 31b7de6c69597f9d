"""A student who comes of age at midnight: his mother takes her seat by a link, signs, and he signs beside her."""

from datetime import date

from playwright.async_api import Page
from starlette.applications import Starlette

from community.people.models import Person
from mediation.agreement.models import Signature
from mediation.agreement.rules import Capacity
from mediation.case.models import Case, Party, Side
from tests.browser.people import House, sideways
from tests.browser.steps import agreeing
from tests.browser.steps.windows import Street, follow, lacks, press, reads
from tests.mediation.scenarios.play import Play, at, begin, draft, pay
from tests.world import World

MOTHER, SCHOOL = "陈母", "清河中学"


async def test_06_a_student_turns_eighteen(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=True)
    student, rider, mother = [await play.person(name) for name in ("小陈", "骑车人", MOTHER)]
    case = await play.file(student, "骑车人", f"放学路上，在{SCHOOL}门口被电动车撞了。", at("2026-11-09"))
    party, url = await Party.get(case_id=case.id, side=Side.APPLICANT), f"/cases/{case.code}"
    intake, outbox = await street.window(town.intake, "desk"), await street.window()
    hers, his = await street.window(mother), await street.window(student)
    await street.until(at("2026-11-09"))
    await _name_guardian(intake, url)
    await hers.goto(await _link(intake))
    await reads(hers, "参加一次调解", "法定代理人")
    await lacks(hers, SCHOOL)
    await press(hers, "我是本人，参加")
    assert await sideways(hers) == 0
    await _talk_and_write(play, case, rider)

    await street.until(at("2026-11-21 20:00"))
    await his.goto(f"{url}/agreement")
    await lacks(his, SCHOOL)
    await agreeing.sign(hers, url, MOTHER, outbox)
    await agreeing.sign(his, url, "小陈", outbox)
    await reads(his, "法定代理人", "已签，11月21日 周六 20:10 之前可以撤回")
    assert await sideways(his) == 0
    hands = {each.capacity: each.signer_id for each in await Signature.filter(party_id=party.id)}
    assert hands == {Capacity.GUARDIAN: mother.id, Capacity.PARTY: student.id}

    await street.until(at("2026-11-22 00:00"))
    answer = await hers.goto(url)
    assert answer
    assert answer.status == 404
    lead = await street.window(town.mediator, "desk")
    await lead.goto(f"{url}/people")
    await reads(lead, "已成年，请本人来")
    await follow(lead, "小陈")
    await reads(lead, "他已经成年，自己做主了，法定代理人的身份已经结束")
    await lacks(lead, MOTHER)
    assert (await Party.get(id=party.id)).left_at is None


async def _name_guardian(intake: Page, case: str) -> None:
    """Enter the day of birth, and the mother."""
    await intake.goto(case)
    await follow(intake, "行为能力、代理人、翻译、名册")
    await follow(intake, "小陈")
    await intake.get_by_label("出生日期").fill(str(date(2008, 11, 22)))
    await press(intake, "记下")
    await reads(intake, "缺法定代理人", "2026年11月22日 零点起自己做主")
    await intake.get_by_text("登记法定代理人").click()
    form = intake.locator("form[action$='/guardian']")
    await form.get_by_label("姓名").fill(MOTHER)
    await form.get_by_label("凭什么代理").select_option(label="父母")
    async with intake.expect_navigation():
        await form.get_by_role("button", name="登记").click()
    await lacks(intake, "缺法定代理人")


async def _link(intake: Page) -> str:
    """Draw the link of her seat and return its path."""
    await press(intake, "给他一个链接")
    await reads(intake, "14 天内有效，只能用一次")
    address = await intake.locator(".sheet__code").inner_text()
    return "/" + address.split("/", 3)[-1]


async def _talk_and_write(play: Play, case: Case, rider: Person) -> None:
    """Walk what other tests walk by pages: the answer of the other side, the talks, the words."""
    await play.invite(case, at("2026-11-09"))
    await play.agree(case, rider, at("2026-11-10"))
    case = await play.lead(await play.accept(case, at("2026-11-10")), at("2026-11-10"))
    await play.write(case, draft(pay("R1", "A1", 150000, "2026-12-31")), at("2026-11-21"))
    await play.send_out(case, at("2026-11-21"))
