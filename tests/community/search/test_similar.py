"""What sounds alike is shown while typing and before handing in; what others may not see never is."""

from dataclasses import replace

import httpx2

from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from community.search.similar import similar, telling
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.world import NOON, World, sign_in

SAME = "东门旧车棚改充电棚"


def test_single_signs_and_letters_tell_nothing() -> None:
    assert telling("水") == telling("a") == telling("3") == []
    assert telling("水管 水管") == ["水管"]


async def test_the_closest_comes_first_and_five_are_enough(client: httpx2.AsyncClient, town: World) -> None:
    body, _ = await body_of(town)
    other = replace(TEXT, title="给六号楼装电梯", what="给六号楼加装电梯一部。", body="")
    lift = await drafting.draft(body.id, other, by=town.qiang, at=NOON)
    await drafting.submit(lift.id, by=town.qiang, at=NOON)
    sheds = [await proposed(body, town.lan) for _ in range(6)]
    found = await similar(None, SAME, kind="matter", community_id=town.community.id)
    assert [each.number for each in found] == [shed.id for shed in reversed(sheds)][:5]
    found = await similar(None, "六号楼 电梯", kind="matter", community_id=town.community.id)
    assert [each.number for each in found] == [lift.id]
    assert await similar(None, "完全没有关系的话", kind="matter", community_id=town.community.id) == []
    assert await similar(None, SAME, kind="matter", community_id=town.community.id + 99) == []


async def test_drafts_and_hidden_ones_are_left_out(client: httpx2.AsyncClient, town: World) -> None:
    body, _ = await body_of(town)
    await drafting.draft(body.id, TEXT, by=town.lan, at=NOON)
    matter = await proposed(body, town.lan)
    await hide(f"matter-{matter.id}", Order(Reason.ABUSE, "骂了人。"), by=town.moderator, at=NOON)
    assert await similar(town.lan, SAME, kind="matter", community_id=town.community.id) == []


async def test_the_form_and_the_step_before_show_it(client: httpx2.AsyncClient, town: World) -> None:
    body, _ = await body_of(town)
    matter = await proposed(body, town.lan)
    client.cookies.update(await sign_in(town.qiang))
    assert 'hx-post="/matters/alike"' in (await client.get("/matters/new")).text
    shown = await client.post("/matters/alike", data={"title": SAME, "what": ""})
    assert shown.status_code == 200
    assert f'href="/matters/{matter.id}"' in shown.text
    assert "<html" not in shown.text
    words = {"meeting": str(body.id), "title": SAME, "what": TEXT.what, "cost": TEXT.cost, "who": TEXT.who, "body": ""}
    made = await client.post("/matters", data=words)
    draft = await Matter.all().order_by("-id").first()
    assert draft
    assert made.headers["location"] == f"/matters/{draft.id}/alike"
    step = await client.get(made.headers["location"])
    assert "是同一件事吗" in step.text
    assert f'href="/matters/{matter.id}"' in step.text
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get(made.headers["location"])).status_code == 404
    other = await client.post("/matters", data={**words, "title": "种一排桂花树", "what": "在南边空地种桂花。"})
    assert other.headers["location"].endswith(f"/matters/{draft.id + 1}")
