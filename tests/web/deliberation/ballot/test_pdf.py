"""The notice and the result as PDF: one sheet of A4, fonts inside, the figures of the page, nothing that is hidden."""

import re
import zlib

import httpx2
import pytest
from starlette.applications import Starlette

from deliberation.ballot.votes import Choice
from deliberation.matter.models import Matter, MatterVersion
from tests.deliberation.stage import AFTER, TEXT, body_of, empty, finalised, settle, vote
from tests.web.deliberation.ballot.examples import GENERAL, homes, night, open_one
from tests.web.deliberation.question.test_pages import NAMES as CANDIDATES
from tests.web.deliberation.question.test_pages import Hall
from tests.world import NOON, World
from web.clock import Clock
from web.deliberation.ballot import pdf as door
from web.typeset import sheet

Client = httpx2.AsyncClient
PAGE = re.compile(rb"/Type\s*/Page\b")


def streams(content: bytes) -> bytes:
    """Return what is packed inside."""
    found = b""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found += zlib.decompress(packed)
        except zlib.error:
            found += packed
    return found


def characters(content: bytes) -> set[str]:
    """Return every character that can be copied out of a PDF, from the tables that map glyphs to text."""
    maps = re.findall(rb"<[0-9a-fA-F]+> <([0-9a-fA-F]+)>", streams(content))
    return {sign for each in maps for sign in bytes.fromhex(each.decode()).decode("utf-16-be", "ignore")}


async def decided(client: Client, town: World, clock: Clock) -> int:
    """Let seven of ten homes vote, five of them yes, and publish."""
    await empty(town)
    people = await settle(town, 10)
    await homes(town, people, area=100_00)
    ballot = await open_one(town, [each.person for each in people], GENERAL)
    await vote(ballot, people[:5], Choice.YES)
    await vote(ballot, people[5:7], Choice.NO)
    clock.move(AFTER - NOON)
    await night(client, town, ballot)
    return ballot.id


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_the_result_is_one_sheet_with_its_fonts_and_figures(
    client: Client, town: World, clock: Clock, *, lang: str
) -> None:
    words = {"zh-CN": "通过赞成民法典", "en": "PassedCivilCode"}
    number = await decided(client, town, clock)
    client.cookies.clear()
    answer = await client.get(f"/ballots/{number}/result.pdf", headers={"Accept-Language": lang})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    inside = answer.content + streams(answer.content)
    assert len(PAGE.findall(inside)) == 1
    assert b"595.2" in inside
    assert b"841.8" in inside
    assert b"pdfaid" in inside
    assert re.search(rb"/FontFile[23]", inside)
    assert {*"充电棚✓5710"} <= characters(answer.content)
    assert (set(words[lang]) - set(TEXT.title)) <= characters(answer.content)


async def test_the_same_facts_are_the_same_bytes(client: Client, town: World, clock: Clock) -> None:
    number = await decided(client, town, clock)
    first = (await client.get(f"/ballots/{number}/result.pdf")).content
    sheet._kept.clear()
    assert (await client.get(f"/ballots/{number}/result.pdf")).content == first


async def test_the_notice_is_there_from_the_announcement_on_and_the_result_is_not(client: Client, town: World) -> None:
    await empty(town)
    people = await settle(town, 10)
    await homes(town, people, area=100_00)
    ballot = await open_one(town, [each.person for each in people], GENERAL)
    answer = await client.get(f"/ballots/{ballot.id}/notice.pdf")
    assert len(PAGE.findall(answer.content + streams(answer.content))) == 1
    assert set(TEXT.title) <= characters(answer.content)
    assert (await client.get(f"/ballots/{ballot.id}/result.pdf")).status_code == 404


async def test_hidden_words_are_on_no_sheet(client: Client, town: World) -> None:
    await empty(town)
    people = await settle(town, 10)
    await homes(town, people, area=100_00)
    ballot = await open_one(town, [each.person for each in people], GENERAL)
    await Matter.filter(id=ballot.matter_id).update(hidden_at=NOON, hidden_why="M3")
    shown = characters((await client.get(f"/ballots/{ballot.id}/notice.pdf")).content)
    assert not set("旧车棚") <= shown


async def test_what_people_wrote_is_words_and_no_markup(client: Client, town: World) -> None:
    await empty(town)
    people = await settle(town, 10)
    await homes(town, people, area=100_00)
    ballot = await open_one(town, [each.person for each in people], GENERAL)
    nasty = '#panic("x") $ * _ [ \\ ` <a>@b & é 𠮷'
    await MatterVersion.filter(matter_id=ballot.matter_id).update(title=nasty)
    answer = await client.get(f"/ballots/{ballot.id}/notice.pdf")
    assert answer.status_code == 200
    assert set('#panic"$*_[\\`<a>@b&é') <= characters(answer.content)


async def test_a_machine_without_a_font_says_so(client: Client, town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await empty(town)
    people = await settle(town, 10)
    await homes(town, people, area=100_00)
    ballot = await open_one(town, [each.person for each in people], GENERAL)
    monkeypatch.setattr(sheet, "has_font", lambda: False)
    sheet._kept.clear()
    answer = await client.get(f"/ballots/{ballot.id}/notice.pdf")
    assert answer.status_code == 422
    assert door.NO_FONT in answer.text


async def test_an_election_on_paper_names_who_was_elected_and_what_each_got(
    app: Starlette, client: Client, town: World, clock: Clock
) -> None:
    hall = Hall(app, client, town, clock)
    body, roll = await body_of(town)
    hall.matter = await finalised(town, body, roll, town.residents)
    ballot = await hall.open(kind="seats", options=CANDIDATES, seats="2", post="representatives", tie="lot")
    for person in town.residents[:3]:
        await hall.vote(person, ballot, ["1", "2"])
    await hall.count(ballot)
    client.cookies.clear()
    content = b""
    for name, words in (("notice", "甲乙丙丁选项"), ("result", "甲乙丙丁结果数量")):
        content = (await client.get(f"{ballot}/{name}.pdf")).content
        assert set(words) <= characters(content), name
        assert len(PAGE.findall(content + streams(content))) == 1
    assert "反" not in characters(content)
