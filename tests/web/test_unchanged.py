"""A page that is still as the browser has it is answered with 304: never somebody else's, never an old one."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Notice
from community.people.models import Holding, Person, Session
from community.people.sessions import sign_out_everywhere
from community.record.reading import on_sqlite
from deliberation.debate.commands import comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from tests.asked import asked
from tests.deliberation.stage import body_of, proposed
from tests.web.crawl import client_of
from tests.world import NOON, World
from web.clock import Clock


@pytest.fixture
async def matter(town: World) -> Matter:
    """Give a public matter that nobody is waiting for."""
    body, _ = await body_of(town)
    made = await proposed(body, town.lan)
    await Matter.filter(id=made.id).update(due_at=None)
    return await Matter.get(id=made.id)


async def again(client: httpx2.AsyncClient, url: str, tag: str) -> httpx2.Response:
    return await client.get(url, headers={"if-none-match": tag})


async def settled(client: httpx2.AsyncClient, url: str) -> tuple[httpx2.Response, httpx2.Response, int]:
    """Return a page, the answer when it is asked for again, and how many questions that took.

    On PostgreSQL whatever is being written on the whole server, by other tests too, makes another page: so ask on.
    """
    first = kept = await client.get(url)
    questions = 0
    for _ in range(60):
        first = await client.get(url)
        with asked() as seen:
            kept = await again(client, url, f'"other", {first.headers["etag"]}')
        questions = len(seen)
        if kept.status_code == 304:
            break
    return first, kept, questions


@pytest.mark.parametrize("name", ["lan", "clerk", None])
async def test_an_unchanged_page_costs_a_look_and_nothing_else(
    app: Starlette, town: World, matter: Matter, name: str | None
) -> None:
    async with await client_of(app, getattr(town, name) if name else None) as client:
        for url in ("/matters", f"/matters/{matter.id}", "/matters?shelf=open"):
            first, kept, questions = await settled(client, url)
            assert first.headers["cache-control"] == "private, no-cache"
            assert "Cookie" in first.headers["vary"]
            assert (kept.status_code, kept.content, questions) == (304, b"", 0 if name and on_sqlite() else 1)
            assert kept.headers["etag"] == first.headers["etag"]
            assert (await again(client, url, '"other"')).text == first.text


async def test_whatever_happens_makes_it_another_page(app: Starlette, town: World, matter: Matter) -> None:
    url = f"/matters/{matter.id}"
    async with await client_of(app, town.lan) as client, await client_of(app, None) as visitor:
        tags = [(await each.get(url)).headers["etag"] for each in (client, visitor)]
        await comment(matter.id, Position.FOR, "新的一句话。", by=town.qiang, at=NOON)
        for each, tag in zip((client, visitor), tags, strict=True):
            fresh = await again(each, url, tag)
            assert (fresh.status_code, "新的一句话。" in fresh.text) == (200, True)


async def test_a_change_of_the_reader_makes_it_another_page(app: Starlette, town: World, matter: Matter) -> None:
    assert matter.public_at

    async def told() -> object:
        return await Notice.create(person=town.clerk, topic="matter", sentence="有消息。", url="/", at=NOON)

    async def dismissed() -> object:
        return await Holding.filter(person_id=town.clerk.id).update(until=NOON)

    async def enlarged() -> object:
        return await Person.filter(id=town.clerk.id).update(mode="elder")

    async with await client_of(app, town.clerk) as client:
        for change in (told, dismissed, enlarged):
            first, kept, _ = await settled(client, "/matters")
            assert kept.status_code == 304
            tag = first.headers["etag"]
            await change()
            assert (await again(client, "/matters", tag)).status_code == 200


async def test_nobody_gets_another_readers_page_and_a_session_that_ended_gets_the_public_one(
    app: Starlette, town: World, matter: Matter
) -> None:
    assert matter.public_at
    async with await client_of(app, town.lan) as lan, await client_of(app, town.clerk) as clerk:
        tag = (await lan.get("/matters")).headers["etag"]
        assert (await again(clerk, "/matters", tag)).status_code == 200
        await sign_out_everywhere(town.lan, by=town.lan, at=NOON)
        after = await again(lan, "/matters", tag)
        assert (after.status_code, 'href="/sign-in"' in after.text) == (200, True)
        assert (await again(clerk, "/matters", after.headers["etag"])).status_code == 200


async def test_a_visitors_page_is_drawn_once_and_still_guarded(app: Starlette, matter: Matter) -> None:
    async with await client_of(app, None) as one, await client_of(app, None) as other:
        first = second = await one.get(f"/matters/{matter.id}")
        questions = 0
        for _ in range(60):
            first = await one.get(f"/matters/{matter.id}")
            with asked() as seen:
                second = await other.get(f"/matters/{matter.id}")
            questions = len(seen)
            if questions == 1:
                break
        assert (second.text, questions) == (first.text, 1)
        assert {**second.headers} == {name: value for name, value in first.headers.items() if name != "x-request-id"}
        assert "content-security-policy" in second.headers
        english = await other.get(f"/matters/{matter.id}", headers={"accept-language": "en"})
        assert '<html lang="en"' in english.text
        part = await other.get("/matters?before=x", headers={"hx-request-type": "partial"})
        assert part.status_code == 200


async def test_a_shared_telephone_and_a_refusal_keep_nothing(app: Starlette, town: World, matter: Matter) -> None:
    async with await client_of(app, town.lan) as client:
        await Session.filter(person_id=town.lan.id).update(expires_at=NOON + timedelta(hours=1))
        for url in ("/matters", f"/matters/{matter.id}", "/matters/987654"):
            answer = await client.get(url)
            assert answer.headers["cache-control"] == "no-store"
            assert "etag" not in answer.headers
    async with await client_of(app, None) as client:
        assert (await client.get("/matters/987654")).headers["cache-control"] == "no-store"
        assert (await client.get("/sign-in")).headers["cache-control"] == "no-store"


async def test_a_page_that_tells_how_long_is_left_lasts_a_minute(
    app: Starlette, town: World, clock: Clock, matter: Matter
) -> None:
    async with await client_of(app, town.lan) as client:
        kept = await client.get("/matters")
        for _ in range(60):
            lasting = (await client.get("/matters")).headers["etag"]
            clock.move(timedelta(seconds=61))
            if (kept := await again(client, "/matters", lasting)).status_code == 304:
                break
        assert kept.status_code == 304
        clock.move(NOON - clock.now())
        await Matter.filter(id=matter.id).update(due_at=NOON + timedelta(hours=1))
        await comment(matter.id, Position.FOR, "还来得及。", by=town.lan, at=NOON)
        first, kept, _ = await settled(client, "/matters")
        assert kept.status_code == 304
        ticking = first.headers["etag"]
        clock.move(timedelta(seconds=61))
        late = await again(client, "/matters", ticking)
        assert (late.status_code, "还剩 58 分钟" in late.text) == (200, True)


async def test_signing_out_tells_the_browser_to_throw_pages_away(app: Starlette, town: World) -> None:
    async with await client_of(app, town.lan) as client:
        answer = await client.post("/sign-out")
        assert '"cache"' in answer.headers["clear-site-data"]
