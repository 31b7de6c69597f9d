"""One matter by two ways: a clerk joins what the page suggests, and leaves apart what only crosses."""

from playwright.async_api import expect
from starlette.applications import Starlette

from mediation.case.channels import Channel
from mediation.case.models import Case
from mediation.case.states import State
from mediation.intake.models import ChannelRef
from tests.browser.people import House, sideways
from tests.browser.steps import filing
from tests.browser.steps.filing import Story
from tests.browser.steps.windows import Street, follow, lacks, press, reads
from tests.mediation.scenarios.play import at, begin
from tests.world import World

ORDER = "BJ20260901-887"
AGAIN = Story("邻里", "402 室漏水，已经打过 12345。", "周强", "", "三号楼 302 室")
CROSSED = Story("邻里", "她装修砸坏了我家的墙。", "李梅", "", "3号楼302")


async def test_29_one_matter_by_two_ways(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=True)
    mei, qiang = await street.window(await play.person("李梅")), await street.window(await play.person("周强"))
    clerk = await street.window(town.intake, "desk")
    await street.until(at("2026-09-01 09:30"))
    await filing.register(clerk, "李梅", "周强", ORDER)
    await reads(clerk, "9月1日 周二 08:00")
    first = await Case.get(channel=Channel.HOTLINE)
    await street.until(at("2026-09-02"))
    again = await filing.file(mei, AGAIN)
    await reads(mei, "您的申请已收到")

    sheet = await filing.open_sheet(clerk, again)
    await reads(clerk, "可能是同一件事", first.code, "12345 热线", "双方、类型和楼栋都相同")
    await expect(clerk.get_by_text("系统只比对加密后的指纹，不会自己并案")).to_be_visible()
    assert (await Case.get(code=again.rsplit("/", 1)[1])).state is State.REGISTERED
    await press(clerk, "并案")
    await reads(clerk, "核对")
    assert clerk.url.endswith(f"{sheet}/merge")
    await clerk.get_by_label("我核对过：同样的当事人，同一件事").check()
    await press(clerk, "并案")
    await reads(clerk, first.code, "9月1日 周二 08:00")

    await mei.goto(again)
    await reads(mei, "已并入另一件一起办")
    await follow(mei, first.code)
    await reads(mei, first.code, "受理员正在看您的申请", "402", "您")
    assert await sideways(mei) == 0
    await mei.goto("/disputes")
    assert await mei.locator(".tasks li").count() == 2

    await street.until(at("2026-09-03"))
    crossed = await filing.file(qiang, CROSSED)
    await filing.open_sheet(clerk, crossed)
    await reads(clerk, first.code, "正好相反：各告各的，不能并案，请分别办")
    await expect(clerk.get_by_role("button", name="并案")).to_have_count(0)
    await lacks(qiang, first.code)

    await first.refresh_from_db()
    assert (first.state, first.filed_at) == (State.REGISTERED, at("2026-09-01 08:00"))
    gone = await Case.get(code=again.rsplit("/", 1)[1])
    assert (gone.state, gone.merged_into_id) == (State.MERGED, first.id)
    assert (await Case.get(code=crossed.rsplit("/", 1)[1])).merged_into_id is None
    kept = await ChannelRef.filter(org_id=play.org.id).order_by("id")
    assert [each.channel for each in kept] == [Channel.HOTLINE, Channel.WEB, Channel.WEB]
