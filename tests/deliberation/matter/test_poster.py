"""The sheet for the board: every public stage has one, nothing hidden is on one, and its short address leads home."""

import httpx2
import pytest

from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from community.orgs.models import Org, OrgKind
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from tests.deliberation.stage import TEXT, body_of, finalised, opened, proposed, settle
from tests.world import NOON, World
from web.deliberation.matter.poster import STAGES
from web.locale import say

Client = httpx2.AsyncClient


def test_every_public_stage_has_a_sheet() -> None:
    assert set(STAGES) == set(State) - {State.DRAFT}


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_a_sheet_says_what_to_do_and_where(client: Client, town: World, lang: str) -> None:
    body, _ = await body_of(town)
    matter = await proposed(body, town.lan)
    await Org.filter(kind=OrgKind.RESIDENTS_COMMITTEE).update(
        counter="一楼二号窗口", hours="每天 8:30–17:30", phone="0571 8888"
    )
    for state, stage in STAGES.items():
        await Matter.filter(id=matter.id).update(state=state)
        sheet = (await client.get(f"/matters/{matter.id}/poster", headers={"accept-language": lang})).text
        assert say(lang, stage.heading) in sheet
        assert say(lang, stage.on_foot) in sheet
        for words in (TEXT.title, TEXT.what, f"/m/{matter.id}<", "<svg", "一楼二号窗口", "8:30–17:30", "0571 8888"):
            assert words in sheet, (state, words)


async def test_a_sheet_names_the_days_of_the_vote(client: Client, town: World) -> None:
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    sheet = (await client.get(f"/matters/{ballot.matter_id}/poster")).text
    assert "请您表决" in sheet
    assert "6月1日" in sheet
    assert "6月5日" in sheet


async def test_no_sheet_of_a_draft_or_of_what_is_hidden(client: Client, town: World) -> None:
    body, _ = await body_of(town)
    draft = await drafting.draft(body.id, TEXT, by=town.lan, at=NOON)
    assert (await client.get(f"/matters/{draft.id}/poster")).status_code == 404
    matter = await proposed(body, town.lan)
    await hide(f"matter-{matter.id}", Order(Reason.ABUSE, "骂了人。"), by=town.moderator, at=NOON)
    assert (await client.get(f"/matters/{matter.id}/poster")).status_code == 404


async def test_the_short_address_leads_to_the_matter(client: Client, town: World) -> None:
    people = await settle(town, 6)
    body, roll = await body_of(town)
    matter = await finalised(town, body, roll, [each.person for each in people])
    response = await client.get(f"/m/{matter.id}")
    assert (response.status_code, response.headers["location"]) == (302, f"/matters/{matter.id}")
