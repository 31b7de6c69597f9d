"""Hidden words keep their place, say why, and lead their author to an appeal."""

import httpx2

from community.moderation.hiding import Order, hide
from community.moderation.models import Hiding
from community.moderation.rules import Reason
from community.moderation.states import State
from deliberation.debate.commands import comment
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from tests.deliberation.stage import body_of, finalised, proposed
from tests.world import NOON, World, sign_in

ORDER = Order(reason=Reason.ABUSE, words="请就事论事，去掉骂人的话。")


async def test_a_hidden_comment_says_so_and_leads_its_author_to_the_appeal(
    town: World, client: httpx2.AsyncClient
) -> None:
    body, _ = await body_of(town)
    matter = await proposed(body, town.lan)
    said = await comment(matter.id, Position.AGAINST, "你们都是糊涂蛋。", by=town.qiang, at=NOON)
    await hide(f"comment-{said.id}", ORDER, by=town.moderator, at=NOON)
    hiding = await Hiding.get()
    page = (await client.get(f"/matters/{matter.id}")).text
    assert "糊涂蛋" not in page
    assert "理由 M2" in page
    assert hiding.code not in page
    client.cookies.update(await sign_in(town.qiang))
    assert hiding.code in (await client.get(f"/matters/{matter.id}")).text
    assert (await Comment.get(id=said.id)).words == "你们都是糊涂蛋。"


async def test_a_hidden_proposal_shows_neither_title_nor_words_anywhere(
    town: World, client: httpx2.AsyncClient
) -> None:
    body, _ = await body_of(town)
    matter = await proposed(body, town.lan)
    await hide(f"matter-{matter.id}", ORDER, by=town.moderator, at=NOON)
    for url in (f"/matters/{matter.id}", f"/matters/{matter.id}/versions", "/matters", "/"):
        text = (await client.get(url)).text
        assert "六十个充电位" not in text, url
    assert matter.title not in (await client.get(f"/matters/{matter.id}")).text
    assert matter.title not in (await client.get("/matters")).text


async def test_what_an_office_has_taken_on_is_not_hidden_by_one_person_alone(town: World) -> None:
    body, roll = await body_of(town)
    matter = await finalised(town, body, roll, town.residents)
    hiding = await hide(f"matter-{matter.id}", ORDER, by=town.moderator, at=NOON)
    assert hiding.state is State.ASKED
    assert (await Matter.get(id=matter.id)).hidden_at is None
