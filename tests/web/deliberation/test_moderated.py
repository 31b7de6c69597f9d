"""Hidden words keep their place, say why, and lead their author to an appeal."""

import httpx2

from community.moderation.content import find_content
from community.moderation.hiding import Order, hide
from community.moderation.models import Hiding
from community.moderation.rules import Reason
from community.moderation.states import State
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer
from deliberation.debate.commands import comment
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.inviting import invite, state
from deliberation.stakeholder.rules import Capacity, Seat
from tests.deliberation.stage import body_of, deliberating, finalised, proposed
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


async def spoken(town: World) -> tuple[Matter, dict[str, str]]:
    """Give a matter, and the words of a statement, a declaration and an answer by what moderation calls them."""
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.lan)
    slot = await invite(matter.id, Seat.LOCAL, email=town.xiu.email, by=town.clerk, at=NOON)
    await state(matter.id, slot.id, "都是骗子，没一个好人。", by=town.xiu, at=NOON)
    said = await declare(
        matter.id, Capacity.AUTHOR, interested=True, words="某某的亲戚，他家的事谁不知道。", by=town.lan, at=NOON
    )
    asked = await ask_answer(matter.id, town.residents_committee.code, "公共收益有多少？", by=town.lan, at=NOON)
    await answer(asked.id, "不归我管，去问那个人。", by=town.clerk, at=NOON)
    return matter, {
        f"slot-{slot.id}": "都是骗子，没一个好人。",
        f"declaration-{said.id}": "某某的亲戚，他家的事谁不知道。",
        f"call-{asked.id}": "不归我管，去问那个人。",
    }


async def test_statements_declarations_and_answers_can_be_hidden_and_come_back(
    town: World, client: httpx2.AsyncClient
) -> None:
    matter, said = await spoken(town)
    pages = [f"/matters/{matter.id}/{name}" for name in ("stakeholders", "interests", "calls")]
    pages += [f"/api/v1/matters/{matter.id}/{name}" for name in ("stakeholders", "calls")]
    before = "".join([(await client.get(url)).text for url in pages])
    assert [subject for subject, words in said.items() if words not in before or f"about={subject}" not in before] == []
    for subject in said:
        content = await find_content(subject)
        assert content.excerpt == said[subject]
        assert content.community_id == matter.community_id
        await content.hide("M2", at=NOON)
    hidden = "".join([(await client.get(url)).text for url in pages])
    assert [words for words in said.values() if words in hidden] == []
    assert hidden.count("M2") >= len(said)
    for subject in said:
        content = await find_content(subject)
        await content.restore(at=NOON)
        covered = await content.mask(["不归我管", "骗子", "亲戚"])
        assert covered.masked_hash != content.text_hash
        await (await find_content(subject)).unmask(covered.original)
    after = "".join([(await client.get(url)).text for url in pages])
    assert [words for words in said.values() if words not in after] == []


async def test_what_an_office_or_an_author_must_say_is_not_hidden_by_one_person_alone(town: World) -> None:
    _, said = await spoken(town)
    for subject in said:
        hiding = await hide(subject, ORDER, by=town.moderator, at=NOON)
        assert hiding.state is (State.STANDING if subject.startswith("slot") else State.ASKED), subject
