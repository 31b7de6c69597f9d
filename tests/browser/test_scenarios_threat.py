"""A threat in a private room: red within the minute, 110 first, a paper for the police, no talk together meanwhile."""

from playwright.async_api import expect
from starlette.applications import Starlette

from mediation.case.models import Case
from mediation.risk.models import PoliceExtract, RiskAlarm, SafetyStep
from mediation.risk.queries import assessed
from mediation.risk.rules import Level
from mediation.room.rules import RoomKind
from tests.browser.people import House, sideways
from tests.browser.steps import mediation
from tests.browser.steps.windows import Street, follow, lacks, press, reads
from tests.mediation.scenarios.play import at, begin, room
from tests.world import World

THREAT = "今晚我拿刀去找他"
HELD = "大家一起谈先停一停"


async def test_21_a_threat_is_answered_in_minutes(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=True)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-05-04 12:00"))
    joint = await room(case, RoomKind.JOINT)
    url, his, hers = f"/cases/{case.code}", await street.window(qiang), await street.window(mei)
    duty = await street.window(town.director, "desk")
    await street.until(at("2026-05-04 20:14"))
    await mediation.enter(his, url, "只和调解员")
    await reads(his, "扬言伤人不保密")
    await mediation.say(his, THREAT, live=True)

    await street.deliver()
    await street.until(at("2026-05-04 20:16"))
    await duty.goto("/inbox")
    await lacks(duty, "刀")
    await follow(duty, "紧急：有一件事请您马上看")
    await reads(
        duty, "红色：有危险", "说到凶器、放火、下毒或者自杀", "明说要伤人", "5月4日 周一 20:14 响起", "请先打 110"
    )
    await street.looks_well(duty)
    await press(duty, "我来处理")
    await lacks(duty, "警报响着，还没有人接")
    assert await duty.get_by_role("link", name="打 110").get_attribute("href") == "tel:110"
    async with duty.expect_navigation():
        await duty.locator("li", has_text="打 110，说清楚谁、在哪里").get_by_role("button", name="办好了，记下").click()
    await reads(duty, "主任 · 5月4日 周一 20:16")
    await duty.get_by_label("交给哪个派出所、哪位民警").fill("清河派出所")
    await press(duty, "出摘要")
    await reads(duty, "给公安的摘要", "清河派出所", "周强", "13900139000", "R1 · 5月4日 周一 20:14", THREAT)
    await lacks(duty, "漏水")

    for page in (his, hers):
        await page.goto(f"{url}/rooms/{joint.code}")
        await reads(page, HELD)
        await expect(page.locator("[data-composer]")).to_have_count(0)
        assert await sideways(page) == 0
        await page.goto(url)
        for word in ("红色", "风险", "公安", "派出所"):
            await lacks(page, word)
    for path in ("/inbox", f"{url}/risk"):
        await his.goto(path)
        await lacks(his, "公安")
    await _answered(case)


async def _answered(case: Case) -> None:
    """Find the alarm answered, the call of 110 with who made it, one paper; the case is red until two say otherwise."""
    alarm = await RiskAlarm.get(case_id=case.id)
    assert (alarm.raised_at, (await assessed(case)).level) == (at("2026-05-04 20:14"), Level.RED)
    assert await SafetyStep.filter(case_id=case.id).count() == 1
    assert await PoliceExtract.filter(case_id=case.id).count() == 1
