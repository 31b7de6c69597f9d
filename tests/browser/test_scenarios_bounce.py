"""Sent on twice and sent back twice, until the centre decides; the party reads one name at every moment."""

from playwright.async_api import expect
from starlette.applications import Starlette

from community.orgs.models import OrgKind
from mediation.case.models import Case
from mediation.case.noting import notes_of
from mediation.case.states import State
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.rules import Passing
from mediation.room.commands import send
from mediation.room.rules import RoomKind
from tests.browser.people import House, sideways
from tests.browser.steps import passing
from tests.browser.steps.windows import Street, follow, lacks, press, reads
from tests.mediation.referral.making import dispatcher_of, org_of
from tests.mediation.scenarios.play import at, begin, room
from tests.world import World

OURS = "清河居人民调解委员会"
STREET, SQUAD = "清河街道办事处", "城管大队"
HERE = "就地办结，城管配合。"
ALONE = "两千也行，别告诉他"


async def test_33_a_case_bounces_twice(house: House, app: Starlette, town: World) -> None:
    play, street = await begin(town), Street(house, app, javascript=False)
    mei, qiang, dispatcher = await play.person("李梅"), await play.person("周强"), await dispatcher_of(town)
    case = await play.talking(mei, qiang, "油烟扰民。", at("2026-06-10"))
    await send((await room(case, RoomKind.CAUCUS, "A1")).code, "one", ALONE, by=mei, at=at("2026-06-11"))
    heads = [(await org_of(town, kind, name))[1] for kind, name in (
        (OrgKind.STREET_OFFICE, STREET), (OrgKind.DEPARTMENT, SQUAD))]  # fmt: skip
    director, centre, office, squad = [
        await street.window(each, "desk") for each in (town.director, dispatcher, *heads)
    ]
    hers, url = await street.window(mei), f"/cases/{case.code}"

    await street.until(at("2026-06-18"))
    await passing.hand_on(director, url, STREET, "行政调解")
    await reads(director, "请他们最晚 2026年6月24日 答复")
    await passing.one_name(hers, url, OURS)
    await reads(hers, f"这件事已送 {STREET}，等他们答复")
    assert await sideways(hers) == 0
    await street.until(at("2026-06-22"))
    await passing.send_back(office, case.code)
    await passing.one_name(hers, url, OURS)

    await street.until(at("2026-06-23"))
    await centre.goto("/desk")
    await follow(centre, "调度")
    await reads(centre, "退回过 1 次")
    await passing.hand_on(centre, url, SQUAD, "行政调解")
    await street.until(at("2026-06-24"))
    await passing.send_back(squad, case.code)
    await passing.one_name(hers, url, OURS)
    await director.goto(f"{url}/handover")
    await reads(director, "已经退回过两次，请等综治中心决定由谁办", passing.NOT_OURS)
    await expect(director.get_by_role("button", name="开始移交")).to_have_count(0)

    await street.until(at("2026-06-25"))
    await centre.goto("/desk")
    await follow(centre, "调度")
    await reads(centre, "等您决定")
    await centre.locator(".tasks a", has_text=case.code).click()
    await press(centre, "由原来的单位接着办")
    await expect(centre.locator("#f-reason-e")).to_be_visible()
    await centre.get_by_label("决定的理由").fill(HERE)
    await press(centre, "由原来的单位接着办")
    await expect(centre.locator(".top__nav")).to_contain_text("工作台")
    await passing.one_name(hers, url, OURS)
    await lacks(hers, "等他们答复")
    await follow(hers, "这件事送过哪里")
    await reads(hers, "综治中心的决定", HERE, STREET, SQUAD)
    assert await sideways(hers) == 0
    for page in (office, squad):
        answer = await page.goto(url)
        assert answer
        assert answer.status == 404

    await _kept(case, play.org.id)


async def _kept(case: Case, org_id: int) -> None:
    """Find the case where it was, and no word of a private room in what was sent."""
    case = await Case.get(id=case.id)
    assert (case.state, case.org_id) == (State.MEDIATING, org_id)
    assert [words for _, words in await notes_of(case)] == [HERE]
    sent = await Handover.filter(case_id=case.id).order_by("id")
    assert [each.state for each in sent] == [Passing.REJECTED] * 2
    parts = set(await HandoverItem.filter(handover__case_id=case.id).values_list("part", flat=True))
    assert parts
    assert not parts & {"caucus", "proposal", "internal"}
