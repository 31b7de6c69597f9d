"""Printed by a real browser, a sheet for the board is one page of A4, with the longest words and in both languages."""

import re
from dataclasses import replace

import pytest

from community.orgs.models import Org, OrgKind
from deliberation.ballot.models import Result
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.matter.text import SENTENCE, TITLE
from tests.browser.people import House
from tests.deliberation.stage import TEXT
from tests.scene import Scene
from tests.world import NOON

LONG = replace(
    TEXT, title=("东门旧车棚改造" * 20)[: TITLE[1]], what=("拆掉旧车棚再建充电位，" * 20)[: SENTENCE[1]],
    cost=("八万六千元从公共收益里出，" * 20)[: SENTENCE[1]], who=("物业施工居委会验收，" * 20)[: SENTENCE[1]],
)  # fmt: skip
STATES = (State.ENDORSING, State.DELIBERATING, State.EXECUTING, State.EVALUATING, State.CLOSED)


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
async def test_a_sheet_is_one_page(house: House, scene: Scene, lang: str) -> None:
    draft = await drafting.draft(scene.body.id, LONG, by=scene.world.lan, at=NOON)
    await drafting.submit(draft.id, by=scene.world.lan, at=NOON)
    await Org.filter(kind=OrgKind.RESIDENTS_COMMITTEE).update(counter="社" * 64, hours="时" * 64)
    context, printed = await house.browser.new_context(locale=lang), 0
    page = await context.new_page()
    for number in (draft.id, *(matter.id for name, matter in scene.matters.items() if name != "hidden")):
        for state in STATES if number == draft.id else (None,):
            if state:
                await Matter.filter(id=number).update(state=state)
            response = await page.goto(f"{house.url}/matters/{number}/poster")
            assert response
            if response.status == 404:  # a draft
                continue
            printed += 1
            size = await page.pdf(prefer_css_page_size=True, print_background=True)
            assert pages_of(size) == 1, (number, state)
    assert printed > len(STATES)
    await context.close()


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
async def test_a_result_is_one_page_with_its_code(house: House, scene: Scene, lang: str) -> None:
    context = await house.browser.new_context(locale=lang, java_script_enabled=False)
    page, found = await context.new_page(), await Result.all().values_list("ballot_id", flat=True)
    assert found
    for number in found:
        await page.goto(f"{house.url}/ballots/{number}/result/notice")
        assert await page.locator(".sheet__qr svg").count() == 1
        assert pages_of(await page.pdf(prefer_css_page_size=True, print_background=True)) == 1, number
    await context.close()


async def test_search_without_scripts(house: House, scene: Scene) -> None:
    context = await house.browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = await context.new_page()
    await page.goto(f"{house.url}/matters")
    await page.fill("#f-q", "充电")
    await page.click("form[role=search] button")
    assert await page.locator("ol.hits > li").count() >= 1
    assert "充电" in (await page.locator("ol.hits mark").all_inner_texts())
    await page.click("details summary")
    await page.select_option("#f-kind", "matter")
    await page.click("form[role=search] button")
    assert "kind=matter" in page.url
    assert await page.locator("#f-kind").input_value() == "matter"
    await page.click("ol.hits > li >> nth=0 >> a")
    assert "/matters/" in page.url
    await context.close()
