"""Scenarios of mediation in a browser: residents on their telephones, those who work on a case at a desk."""

from mediation.case.models import Case
from mediation.case.states import Outcome, State
from mediation.intake.rules import Kind
from mediation.room.commands import send
from mediation.room.rules import RoomKind
from tests.browser.people import House, sideways
from tests.mediation.scenarios.play import at, begin, room
from tests.world import World

MORNING = at("2026-05-04 09:00")
SECRET = "我最低可以接受两千块"


async def test_03_somebody_refuses_with_one_tap(house: House, town: World) -> None:
    play = await begin(town)
    ning = await play.person("赵宁")
    case = await play.file(ning, "孙磊", "广场舞音箱太响。", MORNING)
    await play.invite(case, MORNING)
    asked = await house.window()
    await asked.goto(f"/i/{await play.link(case)}")
    assert await sideways(asked) == 0
    await asked.get_by_role("button", name="不同意调解").click()
    await asked.get_by_role("heading", name="已记下：不同意调解").wait_for()
    assert (await Case.get(id=case.id)).outcome is Outcome.REFUSED_BEFORE_ACCEPTANCE
    asker = await house.window(ning)
    await asker.goto(f"/cases/{case.code}")
    assert await asker.get_by_text("向人民法院起诉").count() == 1
    assert await sideways(asker) == 0


async def test_08_and_16_a_mediator_is_replaced_and_a_private_room_stays_shut(house: House, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", MORNING)
    joint, alone = await room(case, RoomKind.JOINT), await room(case, RoomKind.CAUCUS, "R1")
    await send(alone.code, "one", SECRET, by=qiang, at=MORNING)
    hers, his = await house.window(mei), await house.window(town.mediator, "desk")
    talk = await his.goto(f"/cases/{case.code}/rooms/{joint.code}")
    assert talk
    assert talk.status == 200
    guessed = await hers.goto(f"/cases/{case.code}/rooms/{alone.code}")
    assert guessed
    assert guessed.status == 404
    assert SECRET not in await hers.content()
    await hers.goto(f"/cases/{case.code}/recusal")
    assert await hers.get_by_text("不用说理由").count() == 1
    await hers.get_by_role("button", name="请换一位").click()
    await hers.wait_for_url(f"**/cases/{case.code}")
    assert (await Case.get(id=case.id)).state is State.ASSIGNING
    gone = await his.goto(f"/cases/{case.code}/rooms/{joint.code}")
    assert gone
    assert gone.status == 404


async def test_11_a_court_was_faster(house: House, town: World) -> None:
    play = await begin(town)
    patient, hospital = await play.person("患者"), await play.person("医院")
    case = await play.talking(patient, hospital, "手术后感染。", MORNING, kind=Kind.MEDICAL)
    desk = await house.window(town.mediator, "desk")
    await desk.goto(f"/cases/{case.code}")
    await desk.select_option("#f-outcome", "court_seized")
    await desk.get_by_role("button", name="终止调解").click()
    await desk.locator("#f-served").check()
    await desk.get_by_role("button", name="结案").click()
    await desk.get_by_text("结果：法院已受理").wait_for()
    assert (await Case.get(id=case.id)).state is State.CLOSED
    phone = await house.window(patient)
    await phone.goto(f"/cases/{case.code}")
    assert await phone.get_by_text("法院已受理").count() == 1
    assert await sideways(phone) == 0
