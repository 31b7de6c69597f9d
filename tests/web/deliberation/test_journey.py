"""One matter from the first word to its published result, through the pages alone, without script."""

import re
from datetime import timedelta

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from community.people.models import Person
from deliberation.ballot.models import Ballot, Paper
from deliberation.body.models import Body
from deliberation.debate.models import Opinion
from deliberation.matter.models import Matter
from tests.world import World, sign_in
from web.clock import Clock
from web.courier import duties, once

TEXT = {
    "title": "把东门旧车棚改成充电棚",
    "what": "拆掉旧车棚，建六十个充电位。",
    "cost": "八万六千元，从公共收益出。",
    "who": "物业施工，业委会监督。",
    "body": "第一段。\n\n第二段。<b>不是粗体</b>",
}


class Hand:
    """A client that can be anybody."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client

    async def be(self, person: Person | None) -> None:
        self.client.cookies.clear()
        if person:
            self.client.cookies.update(await sign_in(person))

    async def get(self, url: str, status: int = 200) -> str:
        answer = await self.client.get(url)
        assert answer.status_code == status, (url, answer.status_code, answer.text[-2000:])
        return answer.text

    async def post(self, url: str, status: int = 303, **data: object) -> str:
        answer = await self.client.post(url, data={key: str(value) for key, value in data.items()})
        assert answer.status_code == status, (url, answer.status_code, answer.text[-2000:])
        return answer.headers["location"] if status == 303 else answer.text


async def ring(app: Starlette) -> None:
    """Let the courier do everything but the sending."""
    await once([duty for duty in duties(app) if duty.name != "mail"], app.state.clock)


async def test_the_whole_way(app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    hand = Hand(client)
    body = await a_body(hand, town)
    url = await a_proposal(hand, town, body)
    await seconds_and_talk(hand, town, url)
    await offices(hand, town, url)
    vote = await announced(hand, app, town, url)
    clock.move(timedelta(days=12))
    await ring(app)
    await signed_in_vote(hand, town, vote)
    link, head = await link_votes(hand, town, vote)
    await strangers(hand, town, vote, head)
    clock.move(timedelta(days=3, hours=9))
    await ring(app)
    await only_the_silent_are_reminded(town)
    clock.move(timedelta(days=1))
    await ring(app)
    await too_late(hand, town, vote, link, head)
    await count(hand, town, vote)
    await result_for_all(hand, town, vote)
    await ring(app)
    assert await Notice.filter(sentence__contains="结果公布", person_id=town.zhao.id).exists()
    clock.move(timedelta(days=16))
    await ring(app)
    assert "已通过" in await hand.get(url)


def head_in(page: str) -> str:
    found = re.search(r'name="head" value="(\d+)"', page)
    assert found
    return found[1]


async def a_body(hand: Hand, town: World) -> Body:
    await hand.be(town.clerk)
    assert "再开一个会议" in await hand.get("/desk/bodies")
    await hand.post("/desk/bodies", kind="residents_assembly", name="幸福里居民会议")
    body = await Body.get()
    roll_url = await hand.post(f"/desk/bodies/{body.id}/rolls", basis="residents")
    assert "1号楼 3**" in await hand.get(roll_url)
    return body


async def a_proposal(hand: Hand, town: World, body: Body) -> str:
    await hand.be(town.lan)
    assert 'name="meeting"' in await hand.get("/matters/new")
    wrong = await hand.post("/matters", 422, **{**TEXT, "title": "棚", "meeting": body.id})
    assert "八万六千元" in wrong
    assert "errsum" in wrong
    url = await hand.post("/matters", **TEXT, meeting=body.id)  # type: ignore[arg-type]
    page = await hand.get(url)
    assert "这是草稿" in page
    assert "&lt;b&gt;" in page
    await hand.be(town.qiang)
    await hand.get(url, 404)
    await hand.be(town.lan)
    await hand.post(f"{url}/submission")
    return url


async def seconds_and_talk(hand: Hand, town: World, url: str) -> None:
    for person in (town.qiang, town.xiu, town.zhao):
        await hand.be(person)
        assert "我附议" in await hand.get(url)
        await hand.post(f"{url}/endorsement")
        assert await Matter.exists(id=1)
    await hand.post(f"{url}/endorsement", 409)
    await hand.post(f"{url}/comments", position="for", words="早该建了。")
    assert "请先选" in await hand.post(f"{url}/comments", 422, words="没选立场。")
    assert "早该建了" in await hand.get(url)


async def offices(hand: Hand, town: World, url: str) -> None:
    await hand.be(town.lan)
    await hand.get(f"{url}/screening", 403)
    await hand.be(town.clerk)
    assert TEXT["title"] in await hand.get("/desk/matters")
    assert "受理或者退回" in await hand.get(url)
    assert "退回的理由" in await hand.get(f"{url}/screening")
    sent = await hand.post(f"{url}/screening", 422, accepted="no")
    assert "至少写" in sent
    await hand.post(f"{url}/screening", accepted="yes")
    await hand.be(town.moderator)
    await hand.post(f"{url}/study", held_on="2026-05-04", opinion="建议注意消防。")
    await hand.be(town.clerk)
    await hand.post(
        f"{url}/sittings", held_on="2026-05-04", attended="12", minutes="大家都来了。", dissent="有人怕吵。"
    )
    assert "有人怕吵" in await hand.get(url)
    await hand.post(f"{url}/final-text", 422)
    dissent = await Opinion.get(words="有人怕吵。")
    assert "等答复" in await hand.get(f"{url}/opinions")
    assert "至少写" in await hand.post(f"{url}/opinions/{dissent.code}/answer", 422, answer="好")
    await hand.post(f"{url}/opinions/{dissent.code}/answer", answer="晚上十点以后停用，写进方案。")
    assert "写进方案" in await hand.get(f"{url}/opinions")
    await hand.post(f"{url}/interests", capacity="host", interested="no")
    await hand.be(town.lan)
    assert "至少写" in await hand.post(f"{url}/interests", 422, capacity="author", interested="yes")
    await hand.post(f"{url}/interests", capacity="author", interested="yes", words="我家有一辆电动车。")
    assert "我家有一辆电动车" in await hand.get(f"{url}/interests")
    await hand.be(town.clerk)
    await hand.post(f"{url}/final-text")


async def announced(hand: Hand, app: Starlette, town: World, url: str) -> str:
    early = await hand.post(
        f"{url}/announcement", 422, weight="general", effect="binding", opens_on="2026-05-10", closes_on="2026-05-20"
    )
    assert "公示要满" in early
    assert 'value="2026-05-10"' in early
    await hand.post(
        f"{url}/announcement", weight="general", effect="binding", opens_on="2026-05-16", closes_on="2026-05-20"
    )
    ballot = await Ballot.get()
    vote = f"/ballots/{ballot.id}"
    notice = await hand.get(f"{vote}/notice")
    assert "<svg" in notice
    assert "27 条" in notice
    await ring(app)
    assert await Notice.filter(person_id=town.lan.id, sentence__contains="公示了").exists()
    return vote


async def signed_in_vote(hand: Hand, town: World, vote: str) -> None:
    await hand.be(town.lan)
    assert "请您投票" in await hand.get("/inbox")
    assert TEXT["title"] in await hand.get("/")
    page = await hand.get(f"{vote}/vote")
    assert "checked" not in page
    assert "请先选" in await hand.post(f"{vote}/vote", 422, head=head_in(page))
    receipt = await hand.post(f"{vote}/vote", head=head_in(page), choice="no")
    assert "您投的是：反对" in await hand.get(receipt)
    assert "您投过了：反对" in await hand.get(f"{vote}/vote")
    await hand.post(f"{vote}/vote", head=head_in(page), choice="yes")
    await hand.be(town.qiang)
    await hand.get(receipt, 404)


async def link_votes(hand: Hand, town: World, vote: str) -> tuple[str, str]:
    client, link, head = hand.client, "", ""
    for person in (town.qiang, town.xiu):
        mail = await Mail.get(person_id=person.id, template__contains="mail_open")
        link = str(mail.values["path"])
        await hand.be(None)
        for _ in range(3):
            assert (await client.head(link)).status_code in (303, 405)
            assert (await client.get(link)).headers["location"] == f"{vote}/vote"
        page = await hand.get(f"{vote}/vote")
        assert "checked" not in page
        assert "不用登录" in page
        head = head_in(page)
        assert not await Paper.filter(by_id=person.id).exists()
        done = await hand.post(f"{vote}/vote", head=head, choice="yes")
        assert "您投的是：赞成" in await hand.get(done)
    return link, head


async def strangers(hand: Hand, town: World, vote: str, head: str) -> None:
    await hand.be(town.stranger)
    await hand.get(f"{vote}/vote", 403)
    await hand.post(f"{vote}/vote", 403, head=head, choice="yes")
    open_page = await hand.get(vote)
    assert "赞成 <b>" not in open_page
    await hand.get(f"{vote}/result", 404)


async def only_the_silent_are_reminded(town: World) -> None:
    assert await Mail.filter(template__contains="mail_open", person_id=town.zhao.id).count() == 2
    assert await Mail.filter(template__contains="mail_open", person_id=town.lan.id).count() == 1


async def too_late(hand: Hand, town: World, vote: str, link: str, head: str) -> None:
    await hand.be(town.zhao)
    page = await hand.get(f"{vote}/vote")
    assert "已经截止" in page
    late = await hand.post(f"{vote}/vote", 422, head=head, choice="no")
    assert "截止" in late
    await hand.be(None)
    await hand.get(link, 404)


async def count(hand: Hand, town: World, vote: str) -> None:
    await hand.be(town.clerk)
    assert "我数过了" in await hand.get(f"{vote}/count")
    assert await hand.post(f"{vote}/count") == f"{vote}/count"
    await hand.post(f"{vote}/count", 422)
    await hand.be(town.supervisor)
    assert await hand.post(f"{vote}/count") == f"{vote}/result"


async def result_for_all(hand: Hand, town: World, vote: str) -> None:
    await hand.be(None)
    result = await hand.get(f"{vote}/result")
    assert "通过" in result
    assert "<b>3 人</b> / 4 人" in result
    assert "记名的票" not in result
    assert TEXT["title"] in await hand.get("/open")
    await hand.be(town.lan)
    receipt = (await Paper.filter(by_id=town.lan.id).order_by("order").first()).receipt  # type: ignore[union-attr]
    result = await hand.get(f"{vote}/result?receipt={receipt.upper()}")
    assert "记名的票" in result
    assert "1号楼 3**" in result
    assert "后来改过" in result
