"""A matter hidden while it is voted on: no list, letter or feed has its words, but those who vote can read them."""

import json
from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.moderation.hiding import hide, second
from community.moderation.orders import Order
from community.moderation.rules import Measure, Reason
from community.notice.models import Mail, Notice
from community.people.models import Person
from community.places.models import Resident
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.matter.models import Matter, MatterVersion
from tests.community.moderation.cast import street_moderator
from tests.deliberation.stage import AFTER, Settled, body_of, counted, opened, vote
from tests.world import World, sign_in
from web.clock import Clock
from web.courier import duties, once
from web.deliberation.waiting import waits

WORDS = "六十个充电位"
MARK = "因正在表决仍供投票人查看"
ABUSE = Order(Reason.ABUSE, "请就事论事。")


async def as_(client: httpx2.AsyncClient, person: Person | None) -> None:
    client.cookies.clear()
    if person:
        client.cookies.update(await sign_in(person))


async def under_vote(world: World, app: Starlette, clock: Clock, order: Order) -> Ballot:
    """Open a ballot, and let two people of two offices hide the matter it is about."""
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, world.residents)
    matter = await Matter.get(id=ballot.matter_id)
    at = ballot.opens_at + timedelta(hours=1)
    hiding = await hide(f"matter-{matter.id}", order, by=world.moderator, at=at)
    await second(hiding.code, agree=True, by=await street_moderator(world), at=at)
    clock.move(at + timedelta(hours=1) - clock.now())
    await once(duties(app), clock)
    return await Ballot.get(id=ballot.id).select_related("matter")


async def test_lists_and_letters_call_it_by_its_number(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot = await under_vote(town, app, clock, ABUSE)
    matter = ballot.matter
    title = (await MatterVersion.get(matter_id=matter.id, number=matter.version)).title
    for person in (None, town.lan, town.clerk, town.supervisor):
        await as_(client, person)
        for url in ("/", "/matters", f"/matters/{matter.id}", f"/matters/{matter.id}/versions", "/open", "/inbox",
                    "/desk", "/desk/matters", "/api/v1/matters", f"/api/v1/matters/{matter.id}"):  # fmt: skip
            text = (await client.get(url)).text
            assert WORDS not in text, (url, person)
            assert title not in text, (url, person)
    assert [wait.title for wait in await waits(town.lan, clock.now())] == [f"№ {matter.id}"]
    assert await Notice.filter(facts__contains=title, url=f"/matters/{matter.id}").count() == 0


async def test_on_the_ballots_own_pages_its_roll_reads_the_frozen_words_with_a_mark(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot = await under_vote(town, app, clock, ABUSE)
    pages = [f"/ballots/{ballot.id}", f"/ballots/{ballot.id}/notice"]
    await as_(client, town.lan)
    for url in [*pages, f"/ballots/{ballot.id}/vote"]:
        text = (await client.get(url)).text
        assert WORDS in text, url
        assert MARK in text, url
        assert "（M2）" in text, url
    for person in (None, town.stranger, town.clerk):
        await as_(client, person)
        for url in pages:
            text = (await client.get(url)).text
            assert (WORDS in text, MARK in text, ballot.matter.title in text) == (False, False, False), url
            assert f"№ {ballot.matter_id}" in text, url


async def test_the_count_and_the_result_do_the_same(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    matter = await Matter.get(id=ballot.matter_id)
    people = [Settled(person, await Resident.get(person_id=person.id)) for person in town.residents]
    await vote(ballot, people, Choice.YES)
    await counted(town, ballot)
    hiding = await hide(f"matter-{matter.id}", ABUSE, by=town.moderator, at=AFTER)
    await second(hiding.code, agree=True, by=await street_moderator(town), at=AFTER)
    title = matter.title
    await as_(client, town.lan)
    text = (await client.get(f"/ballots/{ballot.id}/result")).text
    assert (title in text, MARK in text) == (True, True)
    for person, url in ((None, "result"), (town.clerk, "result"), (town.clerk, "count"), (None, "")):
        await as_(client, person)
        assert title not in (await client.get(f"/ballots/{ballot.id}/{url}".rstrip("/"))).text, url


async def test_a_letter_to_voters_says_that_only_they_can_read_it(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    matter = await Matter.get(id=ballot.matter_id)
    hiding = await hide(f"matter-{matter.id}", ABUSE, by=town.moderator, at=ballot.opens_at)
    await second(hiding.code, agree=True, by=await street_moderator(town), at=ballot.opens_at)
    clock.move(ballot.opens_at + timedelta(minutes=1) - clock.now())
    await once(duties(app), clock)
    letter = await Mail.filter(person_id=town.lan.id, template__contains="mail_open").first()
    assert letter
    assert (letter.values["why"], letter.values["title"]) == ("M2", matter.title)
    shown = (await client.get(f"/outbox/{letter.code}")).text
    assert MARK in shown
    line = await Notice.filter(person_id=town.lan.id, url=f"/ballots/{ballot.id}/vote").first()
    assert line
    assert line.values["title"] == f"№ {matter.id}"


@pytest.mark.parametrize("measure", [Measure.HIDE, Measure.MASK])
async def test_what_gives_somebody_away_is_masked_there_too_and_comes_back_on_appeal(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock, measure: Measure
) -> None:
    order = Order(Reason.PRIVACY, "遮住了。", measure=measure, conceal=("充电位",))
    ballot = await under_vote(town, app, clock, order)
    await as_(client, town.lan)
    for url in (f"/ballots/{ballot.id}", f"/ballots/{ballot.id}/vote", f"/ballots/{ballot.id}/notice"):
        text = (await client.get(url)).text
        assert "充电位" not in text, url
        assert "六十个＊＊＊" in text, url
        assert (MARK in text) == (measure is Measure.HIDE), url
    text = json.dumps((await client.get(f"/api/v1/matters/{ballot.matter_id}")).json(), ensure_ascii=False)
    assert "充电位" not in text
    assert (await Ballot.get(id=ballot.id)).text_hash == ballot.text_hash
    assert await Matter.filter(title__contains="充电位").count() == 0
