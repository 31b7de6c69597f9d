"""What the page and the API find: what is public, never what is hidden or a draft, from the moment of the change."""

from dataclasses import replace

import httpx2
import pytest

from community.moderation.hiding import Order, hide
from community.moderation.models import Hiding
from community.moderation.rules import Reason
from community.search.keeping import reindex
from community.search.models import SearchText
from deliberation.ballot.votes import Choice
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from tests.deliberation.stage import TEXT, body_of, counted, opened, proposed, settle, vote
from tests.world import NOON, World, sign_in

Client = httpx2.AsyncClient
WORDS = "隧道里的鹦鹉太吵了"


async def subjects(client: Client, words: str, **more: str) -> list[str]:
    """Return what the API finds, as kind-number."""
    answer = await client.get("/api/v1/search", params={"q": words, **more})
    assert answer.status_code == 200, answer.text
    return [f"{hit['kind']}-{hit['id']}" for hit in answer.json()["items"]]


@pytest.fixture
async def matter(town: World) -> Matter:
    body, _ = await body_of(town)
    return await proposed(body, town.lan)


async def test_a_draft_is_found_by_nobody_and_a_proposal_at_once(client: Client, town: World) -> None:
    body, _ = await body_of(town)
    draft = await drafting.draft(body.id, TEXT, by=town.lan, at=NOON)
    client.cookies.update(await sign_in(town.lan))
    assert await subjects(client, "充电棚") == []
    assert "充电" not in (await client.get("/search", params={"q": "旧车棚"})).text.partition("<main")[2].replace(
        "旧车棚", ""
    )
    await drafting.submit(draft.id, by=town.lan, at=NOON)
    assert await subjects(client, "充电棚") == [f"matter-{draft.id}"]


async def test_words_that_change_are_found_as_they_are_now(client: Client, town: World, matter: Matter) -> None:
    await drafting.revise(matter.id, replace(TEXT, title="改成隧道", body=WORDS), by=town.lan, at=NOON)
    assert await subjects(client, "鹦鹉") == await subjects(client, "隧道") == [f"matter-{matter.id}"]
    assert await subjects(client, "东门") == []


async def hidden(town: World, subject: str) -> Hiding:
    """Let two people hide something."""
    return await hide(subject, Order(Reason.ABUSE, "骂了人。"), by=town.moderator, at=NOON)


async def test_a_hidden_comment_is_gone_at_once(client: Client, town: World, matter: Matter) -> None:
    said = await comment(matter.id, Position.MORE, WORDS, by=town.lan, at=NOON)
    assert await subjects(client, "鹦鹉") == [f"comment-{said.id}"]
    page = (await client.get("/search", params={"q": "鹦鹉"})).text
    assert "<mark>鹦鹉</mark>" in page
    assert f"#c-{said.code}" in page
    await hidden(town, f"comment-{said.id}")
    assert await subjects(client, "鹦鹉") == []
    await reindex()
    assert await subjects(client, "鹦鹉") == []
    assert await SearchText.filter(subject=f"comment-{said.id}").count() == 0


async def test_a_hidden_matter_takes_its_title_along(client: Client, town: World, matter: Matter) -> None:
    said = await comment(matter.id, Position.MORE, WORDS, by=town.lan, at=NOON)
    await hidden(town, f"matter-{matter.id}")
    assert await subjects(client, "充电棚") == []
    found = (await client.get("/api/v1/search", params={"q": "鹦鹉"})).json()["items"]
    assert [(hit["id"], hit["title"]) for hit in found] == [(said.id, "")]
    assert "充电棚" not in (await client.get("/search", params={"q": "鹦鹉"})).text


async def test_the_page_keeps_its_filters_and_turns_over(client: Client, town: World, matter: Matter) -> None:
    for number in range(25):
        await comment(matter.id, Position.MORE, f"{WORDS}，第{number}次", by=town.lan, at=NOON)
    first = await client.get("/search", params={"q": "鹦鹉", "kind": "comment", "shelf": "open", "since": "2026-05-01"})
    assert first.text.count('<li><a href="/matters/') == 20
    assert "25" in first.text
    more = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "kind=comment" in more
    second = await client.get(more)
    assert second.text.count('<li><a href="/matters/') == 5
    for none in ({"kind": "matter"}, {"shelf": "vote"}, {"until": "2026-05-01"}, {"since": "9999-12-31"}):
        assert (await client.get("/search", params={"q": "鹦鹉", **none})).text.count("<mark>") == 0


@pytest.mark.parametrize(
    "query", ["", "   ", "。，", "'\"", "%", "a AND b", "*", "x" * 500, "停\u202e车", "NEAR(", "(", "\\"]
)
async def test_any_query_is_answered(client: Client, town: World, matter: Matter, query: str) -> None:
    for params in ({"q": query}, {"q": query, "after": "zz", "since": "x", "place": "99999999"}):
        assert (await client.get("/search", params=params)).status_code in {200, 422}
    assert (await client.get("/api/v1/search", params={"q": query})).status_code in {200, 422}


async def test_a_decision_is_found_with_its_outcome(client: Client, town: World) -> None:
    people = await settle(town, 6)
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, [each.person for each in people])
    await vote(ballot, people, Choice.YES)
    await counted(town, ballot)
    assert await subjects(client, "充电棚", kind="ballot") == [f"ballot-{ballot.id}"]
    assert await subjects(client, "充电棚", kind="publication")
    assert "充电棚" in (await client.get("/publications.atom")).text
    assert "充电棚" in (await client.get("/publications.ics")).text.replace("\r\n ", "")
    await Matter.filter(id=ballot.matter_id).update(hidden_at=NOON)
    await reindex()
    assert await subjects(client, "充电棚") == []
    assert "充电棚" not in (await client.get("/publications.atom")).text + (await client.get("/publications.ics")).text
