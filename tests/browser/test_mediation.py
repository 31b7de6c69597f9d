"""Scenarios of mediation in a browser: residents on their telephones, those who work on a case at a desk."""

from playwright.async_api import expect

from community.people.models import Person
from community.rights import Role
from mediation.case.models import Case, Period, Proceeding
from mediation.case.states import Clock, Outcome, State
from mediation.intake.rules import Kind
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.browser.people import House, sideways
from tests.browser.steps.windows import lacks, press, reads
from tests.mediation.scenarios.play import Play, at, begin, draft, due, pay, room
from tests.world import World

MORNING = at("2026-05-04 09:00")
SECRET = "我最低可以接受两千块"


async def test_03_somebody_refuses_with_one_tap(house: House, town: World) -> None:
    play = await begin(town)
    ning = await play.person("赵宁")
    case = await play.file(ning, "孙磊", "广场舞音箱太响。", MORNING)
    await play.invite(case, MORNING)
    link, asked = await play.link(case), await house.window(javascript=False)
    await asked.goto(f"/i/{link}")
    await lacks(asked, "音箱")
    await reads(asked, "来不来由您定", "不影响任何一方去法院、仲裁或者找政府部门")
    assert await sideways(asked) == 0
    assert await asked.locator("textarea").count() == 0
    await press(asked, "不同意调解")
    await reads(asked, "已记下：不同意调解", "您不用说理由，也不会再收到这件事的邀请")
    again = await asked.goto(f"/i/{link}")
    assert again
    assert again.status in {404, 409, 410}
    kept = await Case.get(id=case.id)
    assert (kept.state, kept.outcome) == (State.CLOSED, Outcome.REFUSED_BEFORE_ACCEPTANCE)
    assert not await Period.filter(case_id=case.id, clock=Clock.INVITE, ended_at=None).exists()
    assert not await Proceeding.filter(case_id=case.id).exists()
    asker = await house.window(ning)
    await asker.goto(f"/cases/{case.code}")
    await reads(asker, "受理前对方不同意调解", "向人民法院起诉", "请有关行政机关处理", "双方愿意时再来调解")
    assert await sideways(asker) == 0
    assert await Case.all().count() == 1


async def test_08_and_16_a_mediator_is_replaced_and_a_private_room_stays_shut(house: House, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    wu = await play.person("吴建", Role.PEOPLE_MEDIATOR, play.org)
    case = await play.accepted(mei, qiang, "漏水。", MORNING)
    director, url = await house.window(town.director, "desk"), f"/cases/{case.code}"
    await director.goto(f"{url}/assignment")
    await director.get_by_role("radio", name="吴建").check()
    await director.get_by_label("调解员本人答应接手").check()
    await press(director, "就请他")
    await reads(director, "表兄弟、堂姐妹也算亲戚", "利害关系")
    case = await play.lead(case, MORNING, wu)
    before = (await due(case, Clock.MEDIATE)).due
    joint, alone = await room(case, RoomKind.JOINT), await room(case, RoomKind.CAUCUS, "R1")
    await send(alone.code, "one", SECRET, by=qiang, at=MORNING)
    hers, his = await house.window(mei), await house.window(wu, "desk")
    await his.goto(f"{url}/rooms/{alone.code}")
    await reads(his, SECRET)
    await _walls(house, play, case, alone)
    await hers.goto(f"{url}/recusal")
    await reads(hers, "吴建", "不用说理由", "马上看不到任何谈话，期限照常走")
    await press(hers, "请换一位")
    await hers.wait_for_url(f"**/cases/{case.code}")
    case = await Case.get(id=case.id)
    assert (case.state, (await due(case, Clock.MEDIATE)).due) == (State.ASSIGNING, before)
    for each in (joint, alone):
        gone = await his.goto(f"{url}/rooms/{each.code}")
        assert gone
        assert gone.status == 404
        assert SECRET not in await his.content()
    await play.lead(case, MORNING)
    after = await house.window(town.mediator, "desk")
    await after.goto(f"{url}/rooms/{alone.code}")
    await lacks(after, SECRET)  # a talk alone was held with somebody else


async def _walls(house: House, play: Play, case: Case, alone: Room) -> None:
    """Knock at a private room and where its words could leak; an unknown room answers with the same page."""
    town, base = play.world, f"/cases/{case.code}/rooms/"
    for person in (await Person.get(name="李梅"), town.director, town.admin):
        page = await house.window(person)
        for path in (base + alone.code, "/cases", f"/search?q={SECRET[:4]}", "/inbox", f"/cases/{case.code}"):
            answer = await page.goto(path)
            assert answer
            assert SECRET not in await answer.text()
        bodies = []
        for name in (alone.code, "0" * len(alone.code)):
            answer = await page.goto(base + name)
            assert answer
            assert answer.status == 404
            bodies.append((await page.locator("main").inner_text()).replace(name, ""))
        assert bodies[0] == bodies[1]


async def test_11_a_court_was_faster(house: House, town: World) -> None:
    play = await begin(town)
    patient, hospital = await play.person("患者"), await play.person("医院")
    case = await play.talking(patient, hospital, "手术后感染。", MORNING, kind=Kind.MEDICAL)
    await play.write(case, draft(pay("R1", "A1", 500000, "2026-06-30")), MORNING)
    desk, url = await house.window(town.mediator, "desk", javascript=False), f"/cases/{case.code}"
    await desk.goto(url)
    await desk.select_option("#f-outcome", label="法院已受理")
    await press(desk, "终止调解")
    await desk.goto(f"{url}/agreement/draft")
    await reads(desk, "草稿锁住了，不能再改")
    await expect(desk.get_by_role("button", name="存好，看看成稿")).to_have_count(0)
    await desk.goto(url)
    await press(desk, "结案")
    await expect(desk.locator("#f-served-e")).to_be_visible()
    await desk.locator("#f-served").check()
    await press(desk, "结案")
    await reads(desk, "结果：法院已受理")
    closed = await Case.get(id=case.id)
    assert (closed.state, closed.outcome) == (State.CLOSED, Outcome.COURT_SEIZED)
    assert not await Period.filter(case_id=case.id, clock=Clock.MEDIATE, ended_at=None).exists()
    phone = await house.window(patient)
    await phone.goto(url)
    await reads(phone, "法院已受理")
    await lacks(phone, "正在写协议")
    assert await sideways(phone) == 0
