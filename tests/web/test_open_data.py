"""The tables of open data: the same rows in both forms, page after page, nothing hidden and nobody's name."""

import csv
import io

import httpx2
import pytest

from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from deliberation.ballot.votes import Choice
from deliberation.matter import drafting
from tests.deliberation.stage import TEXT, body_of, counted, opened, proposed, settle, vote
from tests.world import NOON, World
from web.deliberation import open_data
from web.deliberation.open_data import TABLES

Client = httpx2.AsyncClient


@pytest.fixture
async def busy(town: World) -> World:
    """Give a neighbourhood with a decision, a draft and something hidden."""
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    await counted(town, ballot)
    await drafting.draft(body.id, TEXT, by=town.lan, at=NOON)
    gone = await proposed(body, town.lan)
    await hide(f"matter-{gone.id}", Order(Reason.ABUSE, "骂了人。"), by=town.moderator, at=NOON)
    return town


@pytest.mark.parametrize("name", TABLES)
async def test_both_forms_say_the_same(client: Client, busy: World, name: str) -> None:
    given, table = await client.get(f"/open/{name}.json"), await client.get(f"/open/{name}.csv")
    items = given.json()["items"]
    lines = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert tuple(lines[0]) == tuple(TABLES[name].columns)
    assert [line[0] for line in lines[1:]] == [str(item["id"]) for item in items]
    assert all(tuple(item) == tuple(TABLES[name].columns) for item in items)
    assert 'rel="license"' in given.headers["link"]
    for who in (busy.lan, busy.moderator, busy.clerk):
        assert who.name not in given.text + table.text


async def test_drafts_are_missing_and_hidden_ones_have_no_words(client: Client, busy: World) -> None:
    items = (await client.get("/open/matters.json")).json()["items"]
    assert [(item["hidden"], bool(item["title"])) for item in items] == [(False, True), (True, False)]
    (item,) = (await client.get("/open/moderation.json")).json()["items"]
    assert (item["kind"], item["reason"]) == ("matter", "M2")
    (decision,) = (await client.get("/open/decisions.json")).json()["items"]
    assert (decision["outcome"], decision["title"]) == ("passed", TEXT.title)


async def test_pages_follow_each_other(client: Client, town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_data, "PAGE", 2)
    body, _ = await body_of(town)
    made = [(await proposed(body, town.lan)).id for _ in range(5)]
    seen, address = [], "/open/matters.json"
    while address:
        answer = await client.get(address)
        seen += [item["id"] for item in answer.json()["items"]]
        address = answer.json()["next"]
        assert ('rel="next"' in answer.headers["link"]) is bool(address)
    assert seen == made


def test_no_cell_is_a_formula() -> None:
    assert open_data._cell("=1+1") == "'=1+1"
    assert (open_data._cell(None), open_data._cell(value=False), open_data._cell(7)) == ("", "false", "7")


async def test_the_page_names_every_table(client: Client, town: World) -> None:
    shown = (await client.get("/open/data")).text
    for name in TABLES:
        assert f'href="/open/{name}.csv"' in shown
    assert "CC BY 4.0" in shown
