"""Elections and polls through the pages alone, without script: announced, filled in wrongly and rightly, counted."""

import re
from datetime import timedelta
from typing import Final

import httpx2
import pytest
from starlette.applications import Starlette

from community.people.models import Holding, Person
from community.rights import Role
from deliberation.ballot.models import FITS, Ballot, Channel
from deliberation.body.rules import Basis, BodyKind
from deliberation.matter.models import Matter
from deliberation.question.rules import Kind
from tests.asked import asked
from tests.deliberation.stage import body_of, finalised
from tests.web.test_questions import MOST
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once

NAMES: Final = "甲｜住 1 号楼\n乙\n丙\n丁"
NEW: Final = ("/vote", "/candidates", "/announcement")
DAYS: Final = {"weight": "general", "opens_on": "2026-05-16", "closes_on": "2026-05-20", "channels": ["site", "link"]}


class Hall:
    """A client that can be anybody, and a matter that is ready to be announced."""

    def __init__(self, app: Starlette, client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
        self.app, self.client, self.town, self.clock = app, client, town, clock
        self.matter = Matter()

    async def be(self, person: Person) -> None:
        self.client.cookies.clear()
        self.client.cookies.update(await sign_in(person))

    async def get(self, url: str, status: int = 200) -> str:
        with asked() as seen:
            answer = await self.client.get(url)
        assert len(seen) <= MOST or not url.endswith(NEW), (url, len(seen), seen)
        assert answer.status_code == status, (url, answer.status_code, answer.text[-2000:])
        return answer.text

    async def post(self, url: str, status: int = 303, **data: object) -> str:
        answer = await self.client.post(url, data=data)
        assert answer.status_code == status, (url, answer.status_code, answer.text[-3000:])
        return answer.headers["location"] if status == 303 else answer.text

    async def announce(self, status: int = 303, **asked: object) -> str:
        await self.be(self.town.clerk)
        return await self.post(
            f"/matters/{self.matter.id}/announcement", status, **{**DAYS, "effect": "binding", **asked}
        )

    async def open(self, **asked: object) -> str:
        await self.announce(303, **asked)
        self.clock.move(timedelta(days=12))
        await self.ring()
        return f"/ballots/{(await Ballot.get()).id}"

    async def ring(self) -> None:
        await once([duty for duty in duties(self.app) if duty.name != "mail"], self.app.state.clock)

    async def vote(self, person: Person, ballot: str, mark: list[str], status: int = 303) -> str:
        await self.be(person)
        head = re.search(r'name="head" value="(\d+)"', await self.get(f"{ballot}/vote"))
        assert head
        return await self.post(f"{ballot}/vote", status, head=head[1], asks="marks", mark=mark)

    async def count(self, ballot: str) -> None:
        self.clock.move(timedelta(days=5))
        await self.ring()
        for teller in (self.town.clerk, self.town.supervisor):
            await self.be(teller)
            await self.get(f"{ballot}/count")
            await self.post(f"{ballot}/count")


@pytest.fixture
async def hall(app: Starlette, client: httpx2.AsyncClient, town: World, clock: Clock) -> Hall:
    """Give the hall with a matter whose words are final."""
    made = Hall(app, client, town, clock)
    body, roll = await body_of(town)
    made.matter = await finalised(town, body, roll, town.residents)
    return made


async def test_people_are_elected_through_the_pages(hall: Hall) -> None:
    assert "选项或候选人" in await _form(hall)
    wrong = await hall.announce(422, kind="seats", options="甲", seats="2", post="representatives")
    assert "要写 2 到 30 个选项" in wrong
    assert "甲</textarea>" in wrong
    secret = await hall.announce(422, kind="seats", options=NAMES, seats="2", post="residents_committee")
    assert "法律要求这类选举不记名投票" in secret
    ballot = await hall.open(kind="seats", options=NAMES, seats="2", post="representatives", tie="lot")
    notice = await hall.get(f"{ballot}/notice")
    for words in ("住 1 号楼", "得票过半", "这是差额选举", "抽签种子"):
        assert words in notice
        assert words in await hall.get(ballot)
    await _papers(hall, ballot)
    await hall.count(ballot)
    for page in (f"{ballot}/result", f"{ballot}/result/notice"):
        told = await hall.get(page)
        for words in ("当选：甲、乙", "3 人 / 4 人", "✓ 当选", "✗ 没有", "抽签种子", "27 条"):
            assert words in told, words
    assert "甲、乙" in (await hall.get(f"{ballot}/result")).partition("记名的票")[2]
    await hall.get(f"{ballot}/compare", 404)
    hall.clock.move(timedelta(days=16))
    await hall.ring()
    assert "已通过" in await hall.get(f"/matters/{hall.matter.id}")


async def _form(hall: Hall) -> str:
    await hall.be(hall.town.clerk)
    return await hall.get(f"/matters/{hall.matter.id}/announcement")


async def _papers(hall: Hall, ballot: str) -> None:
    lan, qiang, xiu, zhao = hall.town.residents
    await hall.be(lan)
    page = await hall.get(f"{ballot}/vote")
    assert "checked" not in page
    assert "最多选 2 个" in page
    assert "请先选" in await hall.vote(lan, ballot, [], 422)
    over = await hall.vote(lan, ballot, ["1", "2", "3"], 422)
    assert "您选了 3 个" in over
    assert over.count("checked") == 3
    receipt = await hall.vote(lan, ballot, ["1", "2"])
    assert "您投的是：甲、乙" in await hall.get(receipt)
    await hall.vote(qiang, ballot, ["2", "1"])
    await hall.vote(xiu, ballot, ["1", "2"])
    assert "弃权" in await hall.get(await hall.vote(zhao, ballot, ["none"]))
    assert "您投过了：弃权" in await hall.get(f"{ballot}/vote")
    head = re.search(r'name="head" value="(\d+)"', await hall.get(f"{ballot}/vote"))
    assert head
    assert "不是这样问" in await hall.post(f"{ballot}/vote", 422, head=head[1], choice="yes")


async def test_seats_left_open_are_announced_again_with_who_stands(hall: Hall) -> None:
    ballot = await hall.open(kind="seats", options=NAMES, seats="2", post="representatives")
    for person, mark in zip(hall.town.residents, (["1"], ["1"], ["1", "2"], ["3"]), strict=True):
        await hall.vote(person, ballot, mark)
    await hall.count(ballot)
    told = await hall.get(f"{ballot}/result")
    assert "还空 1 个名额" in told
    assert "再选的候选人：乙、丙、丁" in told
    hall.clock.move(timedelta(days=17))
    await hall.ring()
    form = await _form(hall)
    assert "乙\n丙\n丁</textarea>" in form
    assert 'value="seats" selected' in form


async def test_a_ranking_says_what_to_mend_and_shows_both_counts(hall: Hall) -> None:
    binding = await hall.announce(422, kind="ranked", options=NAMES)
    assert "没有法律效力" in binding
    ballot = await hall.open(kind="ranked", options=NAMES, effect="advisory", method="schulze")
    lan = hall.town.lan
    await hall.be(lan)
    assert " selected" not in (await hall.get(f"{ballot}/vote")).partition("<main")[2].partition("</main")[0]
    twice = await hall.vote(lan, ballot, ["1:1", "2:1", "3:", "4:"], 422)
    assert "第 1 名写了 2 个：甲、乙" in twice
    assert twice.count(" selected") == 2
    assert "少了第 2 名" in await hall.vote(lan, ballot, ["1:1", "2:3"], 422)
    receipt = await hall.vote(lan, ballot, ["1:2", "2:1", "3:", "4:"])
    assert "1. 乙、2. 甲" in await hall.get(receipt)
    await hall.count(ballot)
    told = await hall.get(f"{ballot}/result")
    for words in (
        "意见收齐了",
        "结果：乙",
        "公告写明以这一种为准：两两相比（舒尔策法）",
        "逐轮淘汰",
        "两两相比",
        "舒尔策法的先后：乙 › 甲",
    ):
        assert words in told, words
    assert "通过的要" not in told
    hall.client.cookies.clear()
    public = await hall.get(f"{ballot}/result")
    assert "只写结果" in public
    assert "左边排在上边前面的票" not in public


async def test_ways_that_do_not_fit_are_left_out_and_the_notice_names_the_others(hall: Hall) -> None:
    alone = await hall.announce(422, kind="score", options=NAMES, effect="advisory", channels=["proxy"])
    assert "不能委托" in alone
    assert 'value="proxy" checked' in alone
    ballot = await hall.open(kind="score", options=NAMES, effect="advisory", channels=[str(way) for way in Channel])
    assert set((await Ballot.get()).ways) == set(FITS[Kind.SCORE])
    notice = await hall.get(f"{ballot}/notice")
    assert "可以怎么投：网站、邮件链接、纸条上的投票码、现场平板、纸票、上门帮办" in notice
    assert "不能委托" in notice
    assert "受托人代投" not in notice


async def test_an_election_that_goes_on_has_only_fitting_ways_ticked(hall: Hall) -> None:
    assert 'value="proxy" checked' in await _form(hall)
    ballot = await hall.open(kind="seats", options=NAMES, seats="2", post="representatives")
    for person in hall.town.residents:
        await hall.vote(person, ballot, ["1"])
    await hall.count(ballot)
    hall.clock.move(timedelta(days=17))
    await hall.ring()
    form = await _form(hall)
    assert 'value="site" checked' in form
    assert 'value="proxy" checked' not in form


async def test_points_and_approvals_are_told_with_their_figures(hall: Hall) -> None:
    await Holding.create(
        person_id=hall.town.lan.id, role=Role.PARTY_MEMBER, place_id=hall.town.community.id, since=NOON
    )
    ballot = await hall.open(kind="score", options=NAMES, effect="advisory", seats="2", sides=["party"])
    assert "每一项的分加起来，取前 2 名" in await hall.get(ballot)
    receipt = await hall.vote(hall.town.lan, ballot, ["1:5", "2:0", "3:3", "4:"])
    assert "甲 5 分、乙 0 分、丙 3 分" in await hall.get(receipt)
    await hall.vote(hall.town.qiang, ballot, ["1:4", "2:", "3:", "4:"])
    await hall.count(ballot)
    told = await hall.get(f"{ballot}/result")
    for words in ("结果：甲、丙", "4.50", "1.50", "党员（1 / 1）", "各列不能相加"):
        assert words in told, words


async def test_candidates_declare_on_their_page(
    app: Starlette, client: httpx2.AsyncClient, town: World, clock: Clock
) -> None:
    hall = Hall(app, client, town, clock)
    body, roll = await body_of(town, BodyKind.RESIDENTS_ASSEMBLY, Basis.HOUSEHOLDS)
    hall.matter = await finalised(town, body, roll, town.residents)
    ballot = await hall.open(kind="seats", options=NAMES, seats="2", post="residents_committee", effect="preparatory")
    await hall.be(town.clerk)
    assert "还没有申报" in await hall.get(f"{ballot}/candidates")
    assert "没有用这个邮箱" in await hall.post(f"{ballot}/candidates/account", 422, key="1", email="nobody@example.org")
    await hall.post(f"{ballot}/candidates/account", key="1", email=town.lan.email)
    await hall.post(f"{ballot}/candidates", key="2", woman="no")
    await hall.be(town.qiang)
    await hall.get(f"{ballot}/candidates", 403)
    await hall.be(town.lan)
    own = await hall.get(f"{ballot}/candidates")
    assert own.count('name="woman" value="yes"') == 1
    assert "丁</h2>" not in own
    await hall.post(f"{ballot}/candidates", key="1", woman="yes", kin=["2"])
    assert "申报过了" in await hall.get(f"{ballot}/candidates")
    await hall.post(f"{ballot}/candidates", 403, key="3", woman="yes")
