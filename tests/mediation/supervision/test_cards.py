"""A card from its sending to its end, by commands and on the pages, with the clock and the notices."""

import asyncio
from typing import Any

import httpx2
import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Notice
from community.people.models import Holding, Person
from community.record.models import Event
from community.record.outbox import deliver
from community.rights import Role
from mediation.supervision.commands import act, issue
from mediation.supervision.models import CardTurn, SupervisionCard
from mediation.supervision.queries import turns_of
from mediation.supervision.rules import CardDeed, CardState, Colour, Ground
from tests.mediation.clock.test_striking import ring
from tests.mediation.making import made_case
from tests.mediation.scenarios.play import at
from tests.world import NOON, World, sign_in
from web.mediation.supervision.tellers import ANSWERED, ASKED, RED
from web.telling import tell


async def office(world: World, role: Role = Role.DISPATCHER) -> Person:
    """Return somebody who oversees the place."""
    person = await Person.create(name="督办员", email=f"{role}@example.org", confirmed_at=NOON, joined_at=NOON)
    await Holding.create(person=person, role=role, place=world.community, since=NOON)
    return person


async def told(sentence: str) -> set[int]:
    """Return who was told a sentence."""
    await deliver(tell, consumer="notice", at=at("2026-05-20"))
    return {each.person_id for each in await Notice.filter(sentence=sentence)}


async def test_a_card_is_answered_asked_again_and_settled(world: World) -> None:
    centre, case = await office(world), await made_case(world)
    ask: dict[str, Any] = {"days": 3, "colour": Colour.YELLOW}
    for person in (world.lan, world.mediator, world.director, world.moderator):
        with pytest.raises(Hidden):
            await issue(case.code, Ground.NOT_DONE, "为什么还没有约时间？", **ask, by=person, at=NOON)
    for words, days, field in ((" ", 3, "words"), ("为什么？", 16, "days")):
        with pytest.raises(Unfit) as wrong:
            await issue(case.code, Ground.NOT_DONE, words, days=days, colour=Colour.RED, by=centre, at=NOON)
        assert wrong.value.field == field
    card = await issue(case.code, Ground.NOT_DONE, "为什么还没有约时间？", **ask, by=centre, at=NOON)
    assert str(card.due_on) == "2026-05-08"  # 5 May is a day off, 9 May a working Saturday
    assert await told(ASKED) == {world.director.id}
    with pytest.raises(MovedOn):
        await issue(case.code, Ground.LATE, "又来一张。", **ask, by=centre, at=NOON)
    with pytest.raises(Forbidden):
        await act(card.code, CardDeed.ANSWER, "替他们答。", by=centre, at=NOON)
    with pytest.raises(Hidden):
        await act(card.code, CardDeed.ANSWER, "我来答。", by=world.mediator, at=NOON)
    both = [act(card.code, CardDeed.ANSWER, "明天上午谈。", by=world.director, at=NOON) for _ in range(2)]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["MovedOn", "SupervisionCard"]
    assert await told(ANSWERED) == {centre.id}
    with pytest.raises(Forbidden):
        await act(card.code, CardDeed.ACCEPT, by=world.director, at=NOON)
    await act(card.code, CardDeed.AGAIN, "哪天办完？", by=centre, at=at("2026-05-06"))
    assert await ring(at("2026-05-09 00:00")) == 0  # the first day no longer counts
    await ring(at("2026-05-12 00:00"))
    late = await SupervisionCard.get(id=card.id)
    assert (late.colour, late.state, late.rounds) == (Colour.RED, CardState.OPEN, 2)
    assert await told(RED) == {world.director.id, centre.id}
    await act(card.code, CardDeed.ANSWER, "十五号办完。", by=world.director, at=at("2026-05-12"))
    await act(card.code, CardDeed.ACCEPT, by=centre, at=at("2026-05-13"))
    assert await ring(at("2026-06-30")) == 0
    turns = [words for _, words in await turns_of(await SupervisionCard.get(id=card.id))]
    assert turns == ["为什么还没有约时间？", "明天上午谈。", "哪天办完？", "", "十五号办完。", ""]
    assert "时间" not in "".join(each.words for each in await CardTurn.all())
    assert "时间" not in "".join(each.body for each in await Event.filter(subject=card.key))
    assert (await SupervisionCard.get(id=card.id)).ended_at == at("2026-05-13")


async def test_the_pages_of_a_card(client: httpx2.AsyncClient, town: World) -> None:
    centre, case = await office(town, Role.JUSTICE_OFFICE), await made_case(town)
    client.cookies.update(await sign_in(centre))
    assert f"/cases/{case.code}/supervision" in (await client.get(f"/cases/{case.code}")).text
    here = f"/cases/{case.code}/supervision"
    wrong = await client.post(here, data={"ground": "not-done", "words": "", "days": "5"})
    assert wrong.status_code == 422
    assert "请写清楚" in wrong.text
    sent = await client.post(here, data={"ground": "not-done", "words": "为什么还没有约时间？", "days": "5"})
    card = sent.headers["location"]
    assert (await client.get(here)).headers["location"] == card
    client.cookies.update(await sign_in(town.director))
    assert card in (await client.get("/supervision")).text
    assert (await client.post(card, data={"deed": "answer", "words": ""})).status_code == 422
    assert (await client.post(card, data={"deed": "accept"})).status_code == 409
    assert (await client.post(card, data={"deed": "answer", "words": "明天谈。"})).status_code == 303
    client.cookies.update(await sign_in(centre))
    html = (await client.get(card)).text
    assert "明天谈。" in html
    assert "认可答复" in html
    assert (await client.post(card, data={"deed": "accept"})).status_code == 303
    assert "已销号" in (await client.get("/supervision")).text
    for person, code in ((town.lan, 404), (town.mediator, 404)):
        client.cookies.update(await sign_in(person))
        assert (await client.get(card)).status_code == code
        assert (await client.get("/supervision")).status_code == 403
