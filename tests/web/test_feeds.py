"""Feeds that strict readers take, with names that last, and nothing in them that is hidden."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from icalendar import Calendar

from community.moderation.hiding import Order, hide
from community.moderation.rules import Reason
from deliberation.ballot.votes import Choice
from deliberation.matter import drafting
from tests.deliberation.stage import AFTER, TEXT, body_of, counted, opened, proposed, settle, vote
from tests.world import NOON, World

Client = httpx2.AsyncClient
ATOM = "{http://www.w3.org/2005/Atom}"
TAG = re.compile(r"^tag:[a-z0-9.-]+,2026:.+$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
FEEDS = [
    "/matters.atom",
    "/matters.atom?shelf=done",
    "/matters/{matter}/steps.atom",
    "/open/decisions.atom",
    "/publications.atom",
    "/meetings.atom",
    "/moderation/log.atom",
]


def one(node: ET.Element, tag: str) -> str:
    """Return the text of the only child of that name."""
    found = node.findall(f"{ATOM}{tag}")
    assert len(found) == 1, (tag, len(found))
    assert found[0].text
    assert found[0].text.strip()
    return found[0].text


def checked(response: httpx2.Response) -> list[ET.Element]:
    """Return the entries of a feed that keeps every rule of RFC 4287 §4.1 that concerns us."""
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml"
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert one(root, "title")
    author = root.find(f"{ATOM}author")
    assert author is not None
    assert one(author, "name")
    links = {(link.get("rel"), link.get("type")): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert set(links) == {("self", "application/atom+xml"), ("alternate", "text/html")}
    entries = root.findall(f"{ATOM}entry")
    ids = [one(node, "id") for node in (root, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(TAG.match(each) for each in ids)
    times = [one(node, "updated") for node in (root, *entries)]
    assert all(TIME.match(each) for each in times)
    assert times[0] == max(times[1:], default=times[0])
    for entry in entries:
        assert one(entry, "title")
        assert one(entry, "published") <= one(entry, "updated")
        (link,) = entry.findall(f"{ATOM}link")
        assert (link.get("href") or "").startswith("http")
    return entries


@pytest.fixture
async def matter_id(town: World) -> int:
    """Give a matter that was decided."""
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    await counted(town, ballot)
    return ballot.matter_id


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_every_feed_is_valid_and_its_pages_open(client: Client, town: World, matter_id: int, lang: str) -> None:
    for address in FEEDS:
        response = await client.get(address.format(matter=matter_id), headers={"accept-language": lang})
        for entry in checked(response):
            link = entry.find(f"{ATOM}link")
            assert link is not None
            path = "/" + (link.get("href") or "").split("/", 3)[3]
            assert (await client.get(path)).status_code == 200


async def test_the_steps_are_told_in_order_and_never_the_draft(client: Client, matter_id: int) -> None:
    entries = checked(await client.get(f"/matters/{matter_id}/steps.atom"))
    titles = [one(entry, "title").rpartition("：")[2] for entry in entries]
    road = ["附议中", "待受理", "党组织研究", "议事中", "已定稿", "会前公示", "表决中", "计票中", "结果公示"]
    assert titles == road[::-1]
    assert not any("草拟" in title for title in titles)


async def test_who_has_it_is_told_so(client: Client, matter_id: int) -> None:
    first = await client.get("/matters.atom")
    again = await client.get("/matters.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = await client.get("/matters.atom", headers={"if-modified-since": first.headers["last-modified"]})
    assert since.status_code == 304
    old = await client.get("/matters.atom", headers={"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"})
    assert old.status_code == 200
    assert (await client.get("/matters.atom", headers={"if-modified-since": "soon"})).status_code == 200


async def test_names_last_while_words_and_times_change(client: Client, town: World) -> None:
    body, _ = await body_of(town)
    matter = await proposed(body, town.lan)
    (before,) = checked(await client.get("/matters.atom"))
    later = NOON + timedelta(hours=3)
    await drafting.revise(matter.id, replace(TEXT, title="别的题目 <&>"), by=town.lan, at=later)
    (after,) = checked(await client.get("/matters.atom"))
    assert one(before, "id") == one(after, "id")
    assert one(before, "updated") < one(after, "updated")
    assert one(after, "title").startswith("别的题目 <&>")
    assert len(checked(await client.get(f"/matters/{matter.id}/steps.atom"))) == 2


async def test_nothing_hidden_and_no_draft_is_told(client: Client, town: World) -> None:
    body, _ = await body_of(town)
    draft = await drafting.draft(body.id, TEXT, by=town.lan, at=NOON)
    matter = await proposed(body, town.lan)
    await hide(f"matter-{matter.id}", Order(Reason.ABUSE, "骂了人。"), by=town.moderator, at=NOON)
    assert checked(await client.get("/matters.atom")) == []
    assert (await client.get(f"/matters/{draft.id}/steps.atom")).status_code == 404
    assert (await client.get(f"/matters/{matter.id}/steps.atom")).status_code == 404
    (entry,) = checked(await client.get("/moderation/log.atom"))
    assert "M2" in one(entry, "title")
    assert "充电" not in (await client.get("/moderation/log.atom")).text


async def test_the_calendar_says_when_votes_open_and_close(client: Client, matter_id: int) -> None:
    response = await client.get("/ballots.ics")
    assert response.headers["content-type"].startswith("text/calendar")
    events: list[Any] = list(Calendar.from_ical(response.text).walk("VEVENT"))
    assert [str(each["summary"]).partition("：")[0] for each in events] == ["开始表决", "表决截止"]
    starts = [each["dtstart"].dt for each in events]
    assert all(isinstance(each, datetime) and each.tzinfo for each in starts)
    assert starts[0] < starts[1] < AFTER
    assert (await client.get("/ballots.ics", headers={"if-none-match": response.headers["etag"]})).status_code == 304


async def test_pages_say_where_their_feeds_are(client: Client, matter_id: int) -> None:
    for page in ("/matters", "/matters?shelf=done", f"/matters/{matter_id}", "/open", "/moderation/log"):
        html = (await client.get(page)).text
        links = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)
        assert len(links) == 1, page
        checked(await client.get(links[0].replace("&amp;", "&")))
    assert (await client.get("/feeds")).status_code == 200
