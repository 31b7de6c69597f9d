"""Forty homeowners: the roster, three who speak for them, everybody's own word on what was agreed; no script runs."""

from datetime import date

from playwright.async_api import Page, expect
from starlette.applications import Starlette

from mediation.agreement.ratifying import rosters
from mediation.agreement.rules import Line
from mediation.case.models import Case, Party
from mediation.intake.rules import Kind
from mediation.parties.queries import members_of
from mediation.parties.rules import MemberVote
from tests.browser.people import House, Look, sideways
from tests.browser.steps.windows import Street, follow, press, reads
from tests.mediation.scenarios.play import at, begin, draft
from tests.world import NOON, World

ROSTER = "\n".join(f"业主{n:02}，{n + 100}室" for n in range(1, 41))


async def test_20_forty_homeowners(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=False)
    first, developer = await play.person("业主01"), await play.person("开发商")
    case = await play.talking(first, developer, "停车位没有交付。", at("2026-05-04 12:00"), kind=Kind.HOUSING)
    party = await Party.get(case_id=case.id, side="A")
    mediator = await street.window(town.mediator, "desk")
    await mediator.goto(f"/cases/{case.code}")
    await follow(mediator, "行为能力、代理人、翻译、名册")
    await follow(mediator, "业主01")
    await mediator.get_by_label("名册").fill(ROSTER)
    await press(mediator, "登记名册")
    await reads(mediator, "代表人不能替大家达成协议", "业主40", "140室")

    await _elect(mediator, 6)
    await reads(mediator, "有 1 处要改一下", "2 到 5")
    await _elect(mediator, 3)
    await reads(mediator, "代表人：3 位")
    await expect(mediator.locator("li", has_text="业主03").get_by_text("代表人", exact=True)).to_be_visible()

    await play.write(case, draft(Line(who="R1", whom="A1", amount=300000, until=date(2026, 7, 31), each=True)), NOON)
    version = await play.send_out(case, NOON)
    door = await house.window(town.mediator, look=Look(mode="elder"), javascript=False)
    await door.goto(mediator.url)
    await _says(door, "业主07", "认可")
    await _says(door, "业主08", "不认可")
    await reads(door, "认可 1 人，不认可 1 人，还没有说 38 人")
    assert await sideways(door) == 0
    roster = (await rosters(await Case.get(id=case.id), version))[0]
    assert [roster.votes[each.id] for each in (await members_of(party))[6:8]] == [MemberVote.YES, MemberVote.NO]


async def _elect(mediator: Page, many: int) -> None:
    """Tick the first so many, and nobody else, as those who speak for all."""
    boxes = mediator.locator("input[name=chosen]")
    for n in range(6):
        await boxes.nth(n).set_checked(n < many)
    await press(mediator, "记下推选结果")


async def _says(door: Page, name: str, word: str) -> None:
    """Let a member say whether what was agreed holds for them."""
    row = door.locator("ul.plain li", has_text=name)
    async with door.expect_navigation():
        await row.get_by_role("button", name=word, exact=True).click()
    await expect(row.locator(".tag", has_text=word).first).to_be_visible()
